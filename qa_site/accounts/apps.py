from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "qa_site.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from qa_site.accounts.groups import give_moderators_their_permissions

        # After every migrate, because that is when Django itself has written the permissions of the models.
        # Once for each app, so that a permission added later reaches the group as well.
        post_migrate.connect(give_moderators_their_permissions)
