from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StackExchangeConfig(AppConfig):
    name = "qa_site.stackexchange"
    verbose_name = _("Stack Exchange imports")
