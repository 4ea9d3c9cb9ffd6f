"""People with an account."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qa_site.accounts import languages


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str | None, password: str | None = None, **columns) -> "User":
        """Return a new user. Without a password the account cannot be signed in to until one is reset."""
        user = self.model(email=email.lower() if email else None, **columns)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **columns) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **columns)


class User(AbstractUser):
    """Somebody with a shown name, who signs in with an e-mail address.

    People that came with an import have no address and cannot sign in. Accounts are deactivated rather than
    deleted: what they wrote keeps its author.
    """

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(
        _("shown name"), max_length=60, help_text=_("Stands beside what this person writes.")
    )
    email = models.EmailField(  # type: ignore[assignment]
        _("e-mail address"), unique=True, null=True, blank=True
    )
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=languages.choices,
        blank=True,
        default="",
        db_default="",
        help_text=_("In which the pages and mails come; without a choice as the browser asks."),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta(AbstractUser.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_is_lower_case"),
            models.CheckConstraint(condition=~models.Q(name=""), name="user_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("user", args=[self.pk])

    def clean(self) -> None:
        # AbstractUser.clean() would turn a missing address into an empty one, and those are not unique.
        self.email = self.email.lower() if self.email else None


def shown_name(user: User) -> str:
    """For allauth, which greets people by it."""
    return user.name
