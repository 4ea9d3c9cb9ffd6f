from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "qa_site.moderation"
    verbose_name = _("Moderation")
