from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "qa_site"
    verbose_name = _("Site")

    def ready(self) -> None:
        from qa_site import names

        names.translate()
