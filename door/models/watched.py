"""Words that are watched for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class WatchedWordQuerySet(models.QuerySet["WatchedWord"]):
    def in_force(self) -> WatchedWordQuerySet:
        return self.filter(removed_at=None)


class WatchedWord(models.Model):
    """A word or phrase, and what happens to a text in which it stands."""

    class Action(models.TextChoices):
        BLOCK = "block", _("Refuse the text")
        HOLD = "hold", _("Hold it for a moderator")
        FLAG = "flag", _("Show it, and put it before a moderator")
        REPLACE = "replace", _("Replace the words")

    phrase = models.CharField(max_length=200)
    whole_words = models.BooleanField(
        default=True, help_text=_("So that a watched “ass” does not hold a “class”.")
    )
    action = models.CharField(max_length=10, choices=Action)
    replacement = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = WatchedWordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phrase"], condition=Q(removed_at=None), name="phrase_is_watched_once"
            ),
            models.CheckConstraint(
                condition=Q(action="replace") | Q(replacement=""), name="only_replacing_has_a_replacement"
            ),
        ]

    def __str__(self) -> str:
        return self.phrase
