"""What moderators tell each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from door.models import Guest
from qa_site.moderation.models.about import AboutText, one_of


class Note(AboutText):
    """A private word about a text, a member or a guest; only moderators read it."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_of("question", "answer", "comment", "member", "guest"),
                name="note_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return gettext("Note by {name}").format(name=self.by)
