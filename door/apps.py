from django.apps import AppConfig


class DoorConfig(AppConfig):
    name = "door"
    verbose_name = "The door"

    def ready(self) -> None:
        from door import checks  # noqa: F401 (registers itself, once settings are read)
