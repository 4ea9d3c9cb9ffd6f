"""The public log of what was done to answers and comments."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from answers.models.answers import Answer
from answers.models.comments import Comment
from questions.models import MAX_REASON_LENGTH, STATE_AFTER, Question


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
        HIDDEN = "hidden", pgettext_lazy("answer", "Hidden")
        RESTORED = "restored", pgettext_lazy("answer", "Restored")
        PROTECTED = "protected", pgettext_lazy("answer", "Protected")
        UNPROTECTED = "unprotected", pgettext_lazy("answer", "Unprotected")
        FOLDED = "folded", pgettext_lazy("answer", "Folded")
        UNFOLDED = "unfolded", pgettext_lazy("answer", "Unfolded")
        COMBINED = "combined", pgettext_lazy("answer", "Combined")
        APPROVED = "approved", pgettext_lazy("answer", "Approved")
        REJECTED = "rejected", pgettext_lazy("answer", "Rejected")
        SPAM = "spam", pgettext_lazy("answer", "Spam")
        RETURNED = "returned", pgettext_lazy("answer", "Returned")
        HELD = "held", pgettext_lazy("answer", "Held")

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
        return gettext("{act}: answer {number}").format(act=self.get_kind_display(), number=self.answer_id)

    @property
    def sentence_format(self) -> str:
        """What was done, to be filled with how `answer` and `other` are called; without its full stop."""
        return str(_ANSWER_SENTENCES[AnswerAct.Kind(self.kind)])


_ANSWER_SENTENCES = {
    AnswerAct.Kind.PROTECTED: _("{answer} was protected from being edited"),
    AnswerAct.Kind.UNPROTECTED: _("{answer} may be edited again"),
    AnswerAct.Kind.FOLDED: _("{answer} was folded into {other}"),
    AnswerAct.Kind.UNFOLDED: _("{answer} was taken out from under {other}"),
    AnswerAct.Kind.COMBINED: _("{answer} took in the text of {other}"),
    AnswerAct.Kind.APPROVED: _("{answer} was approved"),
    AnswerAct.Kind.RESTORED: _("{answer} was restored"),
    AnswerAct.Kind.RETURNED: _("{answer} was put back into the queue"),
    AnswerAct.Kind.HELD: _("{answer} was hidden after reports until a moderator looks"),
    AnswerAct.Kind.SPAM: _("{answer} was marked as spam"),
    AnswerAct.Kind.REJECTED: _("{answer} was rejected"),
    AnswerAct.Kind.HIDDEN: _("{answer} was hidden"),
}


class CommentAct(models.Model):
    """One line of the log about a comment. Never changed, never deleted."""

    class Kind(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("comment", "Approved")
        REJECTED = "rejected", pgettext_lazy("comment", "Rejected")
        SPAM = "spam", pgettext_lazy("comment", "Spam")
        HIDDEN = "hidden", pgettext_lazy("comment", "Hidden")
        RESTORED = "restored", pgettext_lazy("comment", "Restored")
        RETURNED = "returned", pgettext_lazy("comment", "Returned")
        HELD = "held", pgettext_lazy("comment", "Held")

    kind = models.CharField(max_length=10, choices=Kind)
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="comment_act_newest")]

    def __str__(self) -> str:
        return gettext("{act}: comment {number}").format(act=self.kind, number=self.comment_id)

    @property
    def sentence_format(self) -> str:
        """What was done, to be filled with how `comment` is called; without its full stop."""
        return str(_COMMENT_SENTENCES[CommentAct.Kind(self.kind)])


_COMMENT_SENTENCES = {
    CommentAct.Kind.APPROVED: _("{comment} was approved"),
    CommentAct.Kind.RESTORED: _("{comment} was restored"),
    CommentAct.Kind.RETURNED: _("{comment} was put back into the queue"),
    CommentAct.Kind.HELD: _("{comment} was hidden after reports until a moderator looks"),
    CommentAct.Kind.SPAM: _("{comment} was marked as spam"),
    CommentAct.Kind.REJECTED: _("{comment} was rejected"),
    CommentAct.Kind.HIDDEN: _("{comment} was hidden"),
}
