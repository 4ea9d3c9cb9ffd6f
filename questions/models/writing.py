"""What a person wrote: who it was, whether readers see it, and how long it may be."""

from __future__ import annotations

from django.conf import settings
from django.db import models

LEAD_LENGTH = 170
MAX_DETAILS_LENGTH = 30_000
MAX_REASON_LENGTH = 300
MAX_GUEST_NAME_LENGTH = 60


class State(models.TextChoices):
    """What readers see of something that a person wrote. Nothing is deleted, except for the law."""

    APPROVED = "approved"
    HIDDEN = "hidden"


class Authored(models.Model):
    """Who wrote something: a member, or a guest with the name that the guest gave, if any."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guest_name = models.CharField(max_length=MAX_GUEST_NAME_LENGTH, blank=True)

    class Meta:
        abstract = True

    @property
    def author_name(self) -> str:
        return self.author.name if self.author else self.guest_name or "Anonymous"
