"""The public log of what was done to answers and comments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from answers.models.answers import Answer
from answers.models.comments import Comment
from questions.models import MAX_REASON_LENGTH, STATE_AFTER, STATE_PHRASES, Question


class AnswerActQuerySet(models.QuerySet["AnswerAct"]):
    def of_family(self, question: Question) -> AnswerActQuerySet:
        """Acts on answers to any wording of the family."""
        return self.filter(answer__question__primary=question.primary_id)

    def newest(self) -> AnswerActQuerySet:
        return self.order_by("-id")


class AnswerAct(models.Model):
    """One line of the log about an answer: what was done, by whom and why. Never changed, never deleted.

    `other` is, for folded, unfolded and combined, the answer that it was folded into or that went into it.
    """

    class Kind(models.TextChoices):
        HIDDEN = "hidden"
        RESTORED = "restored"
        PROTECTED = "protected"
        UNPROTECTED = "unprotected"
        FOLDED = "folded"
        UNFOLDED = "unfolded"
        COMBINED = "combined"
        APPROVED = "approved"
        REJECTED = "rejected"
        SPAM = "spam"
        RETURNED = "returned"
        HELD = "held"

    kind = models.CharField(max_length=11, choices=Kind)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="acts")
    other = models.ForeignKey(Answer, null=True, on_delete=models.PROTECT, related_name="acts_as_other")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()

    objects = AnswerActQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="answer_act_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["folded", "unfolded", "combined"], other__isnull=False)
                | Q(kind__in=["protected", "unprotected", *STATE_AFTER], other__isnull=True),
                name="answer_act_names_the_other_answer_if_there_is_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: answer {self.answer_id}"

    @property
    def phrase(self) -> str:
        """What was done, as it is said after the answer and before the other one, if there is one."""
        return _PHRASES[AnswerAct.Kind(self.kind)]


_PHRASES = {
    AnswerAct.Kind.PROTECTED: "was protected from being edited",
    AnswerAct.Kind.UNPROTECTED: "may be edited again",
    AnswerAct.Kind.FOLDED: "was folded into",
    AnswerAct.Kind.UNFOLDED: "was taken out from under",
    AnswerAct.Kind.COMBINED: "took in the text of",
    **{AnswerAct.Kind(kind): phrase for kind, phrase in STATE_PHRASES.items()},
}


class CommentAct(models.Model):
    """One line of the log about a comment. Never changed, never deleted."""

    class Kind(models.TextChoices):
        APPROVED = "approved"
        REJECTED = "rejected"
        SPAM = "spam"
        HIDDEN = "hidden"
        RESTORED = "restored"
        RETURNED = "returned"
        HELD = "held"

    kind = models.CharField(max_length=10, choices=Kind)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="comment_act_newest")]

    def __str__(self) -> str:
        return f"{self.kind}: comment {self.comment_id}"

    @property
    def phrase(self) -> str:
        """What was done, as it is said after the comment."""
        return STATE_PHRASES[self.kind]
