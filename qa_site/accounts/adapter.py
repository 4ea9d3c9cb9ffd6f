"""How allauth makes our users and writes to them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from door import limits
from door.blocking import block_of
from door.keeping_out import sentence


class AccountAdapter(DefaultAccountAdapter):
    def clean_email(self, email: str) -> str:
        """Take no new account, nor another address for one, where addresses are blocked. Raises ValidationError."""
        if found := block_of(email=email):
            raise ValidationError(sentence(found))
        return super().clean_email(email)

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data["name"]
        return super().save_user(request, user, form, commit)

    def should_send_confirmation_mail(self, request, email_address, signup) -> bool:
        """The door counted who signs up; while an address is not confirmed, each signing in would send one too."""
        return signup or limits.may_be_mailed(email_address.email)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Take as long as making an account does, or the time would tell who has one."""
        make_password("of nobody")
        super().send_account_already_exists_mail(email)

    def format_email_subject(self, subject: str) -> str:
        """Begin as every mail of the site does."""
        return f"{settings.SITE_NAME}: {subject}"

    def render_mail(self, template_prefix, email, context, headers=None):
        """Greet in the name of the site: without a table of sites, Django knows it by its host alone."""
        if "current_site" in context:
            context["current_site"].name = settings.SITE_NAME
        return super().render_mail(template_prefix, email, context, headers)
