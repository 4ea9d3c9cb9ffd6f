"""Guests who gave a name and an address."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MAX_GUEST_NAME_LENGTH = 60


class Guest(models.Model):
    """Somebody without an account, as they named themselves in one browser.

    `token` is the number in that browser's signed cookie. The address is shown to nobody but admins; it is confirmed
    only for the browser in which the link of the mail was opened, because anyone can type anyone's address.
    """

    token = models.UUIDField(editable=False)
    email = models.EmailField(_("e-mail address"), blank=True)
    name = models.CharField(max_length=MAX_GUEST_NAME_LENGTH, blank=True)
    website = models.URLField(blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token", "email"], name="guest_has_an_address_once_in_a_browser"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="guest_email_is_lower_case"
            ),
        ]
        indexes = [models.Index(fields=["email"], name="guest_email")]

    def __str__(self) -> str:
        return self.name or gettext("Anonymous")

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
