"""The public log of what was done to questions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from questions import wording
from questions.models.questions import Question
from questions.models.writing import MAX_REASON_LENGTH, STATE_AFTER, STATE_PHRASES, State

_SWITCHES = ("locked", "unlocked", "closed", "opened")


class ActQuerySet(models.QuerySet["Act"]):
    def of_family(self, question: Question) -> ActQuerySet:
        """Every act in which a wording of the family took part on either side."""
        return self.filter(Q(question__primary=question.primary_id) | Q(other__primary=question.primary_id))

    def of_visible_questions(self) -> ActQuerySet:
        """Acts of which every wording may be read by everybody."""
        hidden = Question.objects.filter(~Q(state=State.APPROVED) | ~Q(primary__state=State.APPROVED)).values(
            "pk"
        )
        return self.exclude(question__in=hidden).exclude(other__in=hidden)

    def standing_merge(self, question: Question, other: Question) -> Act | None:
        """The newest act that tied these two wordings together and was not undone, or None."""
        return (
            self.filter(
                Q(question=question, other=other) | Q(question=other, other=question),
                kind__in=[Act.Kind.MERGED, Act.Kind.ADDED],
                undone_by=None,
            )
            .order_by("-id")
            .first()
        )

    def newest(self) -> ActQuerySet:
        return self.order_by("-id")

    def with_people_and_wordings(self) -> ActQuerySet:
        return self.select_related("by", "question__primary", "other__primary", "undone_by", "undoes")


class Act(models.Model):
    """One line of the public log: something a person did to a question. Never changed, never deleted.

    `question` and `other` by kind: merged (the primary that became an alternate, the wording it was merged
    into), unmerged (the wording that was cut off, the one it had hung on), promoted (the new primary, the
    old one), added (the new alternate, the wording it was added to), dismissed and reopened (the two of a
    candidate), all others (the question, none). The texts are the wordings as they read
    after the act; `text_before` is there for reworded alone.
    """

    class Kind(models.TextChoices):
        MERGED = "merged"
        UNMERGED = "unmerged"
        PROMOTED = "promoted"
        ADDED = "added"
        REWORDED = "reworded"
        HIDDEN = "hidden"
        RESTORED = "restored"
        APPROVED = "approved"
        REJECTED = "rejected"
        SPAM = "spam"
        RETURNED = "returned"
        HELD = "held"
        LOCKED = "locked"
        UNLOCKED = "unlocked"
        CLOSED = "closed"
        OPENED = "opened"
        DISMISSED = "dismissed"
        REOPENED = "reopened"

    kind = models.CharField(max_length=10, choices=Kind)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="acts")
    other = models.ForeignKey(Question, null=True, on_delete=models.PROTECT, related_name="acts_as_other")
    question_text = models.CharField(max_length=wording.MAX_LENGTH)
    other_text = models.CharField(max_length=wording.MAX_LENGTH, blank=True)
    text_before = models.CharField(max_length=wording.MAX_LENGTH, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    objects = ActQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="act_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["merged", "unmerged", "promoted", "added", "dismissed", "reopened"],
                    other__isnull=False,
                )
                | Q(kind__in=["reworded", *STATE_AFTER, *_SWITCHES], other__isnull=True),
                name="act_names_the_other_wording_if_there_is_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.question_text}"

    @property
    def phrase(self) -> str:
        """What was done, as it is said between the two wordings, or after the only one: "was merged into"."""
        return _PHRASES[Act.Kind(self.kind)]

    @property
    def sentence(self) -> str:
        """What was done, with the wordings as they read then."""
        wordings = (
            (self.text_before, self.question_text)
            if self.kind == Act.Kind.REWORDED
            else (self.question_text, self.other_text)
        )
        one, other = (f"“{text}”" if text else "" for text in wordings)
        return " ".join(filter(None, (one, self.phrase, other))) + "."


_PHRASES = {
    Act.Kind.MERGED: "was merged into",
    Act.Kind.UNMERGED: "was split off from",
    Act.Kind.PROMOTED: "became the primary in place of",
    Act.Kind.ADDED: "was added as an alternate of",
    Act.Kind.REWORDED: "was reworded to",
    Act.Kind.DISMISSED: "was found to be another question than",
    Act.Kind.REOPENED: "is to be compared again with",
    Act.Kind.LOCKED: "was locked against new answers and edits",
    Act.Kind.UNLOCKED: "was unlocked",
    Act.Kind.CLOSED: "takes no more comments",
    Act.Kind.OPENED: "takes comments again",
    **{Act.Kind(kind): phrase for kind, phrase in STATE_PHRASES.items()},
}
