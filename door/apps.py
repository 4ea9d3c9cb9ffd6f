from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DoorConfig(AppConfig):
    name = "door"
    verbose_name = _("The door")

    def ready(self) -> None:
        from door import checks  # noqa: F401 (registers itself, once settings are read)
