from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "questions"

    def ready(self) -> None:
        from questions.duplicates import checks  # noqa: F401 (registers itself, once settings are read)
