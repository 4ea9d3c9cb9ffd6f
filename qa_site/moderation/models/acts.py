"""The public log of what moderators did that is not about a single text."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from qa_site.moderation.models import desk_sentences
from qa_site.moderation.models.desk_sentences import Facts
from questions.models import MAX_REASON_LENGTH


class DeskAct(models.Model):
    """One line of the public log. Never changed, never deleted.

    `facts` is what `sentence` needs to say what was done, to everybody and in their language: it names no address and
    quotes nothing that is hidden. Lines from before there were facts keep the English sentence that stood there then.
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
    facts = models.JSONField(default=dict, db_default={})
    sentence_then = models.CharField(max_length=500, blank=True, default="", db_default="")
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

    @property
    def sentence(self) -> str:
        """What was done, in the reader's language; in English where the line has no facts."""
        return self.sentence_then or said(self.kind, self.facts)


def said(kind: str, facts: Facts) -> str:
    """What was done, in the reader's language."""
    return _SENTENCES[DeskAct.Kind(kind)](facts)


_SENTENCES: dict[DeskAct.Kind, Callable[[Facts], str]] = {
    DeskAct.Kind.WAVE_HIDDEN: desk_sentences.wave_hidden,
    DeskAct.Kind.WAVE_UNDONE: desk_sentences.wave_undone,
    DeskAct.Kind.BLOCKED: desk_sentences.blocked,
    DeskAct.Kind.UNBLOCKED: desk_sentences.unblocked,
    DeskAct.Kind.WATCHED: desk_sentences.watched,
    DeskAct.Kind.UNWATCHED: desk_sentences.unwatched,
    DeskAct.Kind.UPHELD: desk_sentences.upheld,
    DeskAct.Kind.DECLINED: desk_sentences.declined,
    DeskAct.Kind.REOPENED: desk_sentences.reopened,
    DeskAct.Kind.GRANTED: desk_sentences.granted,
    DeskAct.Kind.REFUSED: desk_sentences.refused,
}
