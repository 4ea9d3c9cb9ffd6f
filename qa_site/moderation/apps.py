from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "qa_site.moderation"
    verbose_name = "Moderation"
