"""The public log of what moderators did that is not about a single text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from questions.models import MAX_REASON_LENGTH


class DeskAct(models.Model):
    """One line of the public log. Never changed, never deleted.

    `sentence` is what was done, as everybody may read it: it names no address and quotes nothing that is hidden.
    """

    class Kind(models.TextChoices):
        WAVE_HIDDEN = "wave hidden", _("Wave Hidden")
        WAVE_UNDONE = "wave undone", _("Wave Undone")
        BLOCKED = "blocked", _("Blocked")
        UNBLOCKED = "unblocked", _("Unblocked")
        WATCHED = "watched", _("Watched")
        UNWATCHED = "unwatched", _("Unwatched")
        UPHELD = "upheld", _("Upheld")
        DECLINED = "declined", _("Declined")
        REOPENED = "reopened", _("Reopened")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    kind = models.CharField(max_length=12, choices=Kind)
    sentence = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="desk_act_newest")]
        permissions = [
            ("block_writers", "Can block who writes"),
            ("watch_words", "Can decide which words are watched"),
        ]

    def __str__(self) -> str:
        return self.sentence
