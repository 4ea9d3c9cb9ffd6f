"""What readers say is wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from answers.models.answers import Answer
from answers.models.comments import Comment
from questions.models import MAX_REASON_LENGTH, Question

_SAID_OF = {
    "question": _("{reason}: question {number}"),
    "answer": _("{reason}: answer {number}"),
    "comment": _("{reason}: comment {number}"),
    "member": _("{reason}: member {number}"),
}


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(settled_at=None)


class Report(models.Model):
    """Somebody says that something is wrong with a text or a member; waits for a moderator.

    `reporter` is None for guests, and for the site itself when a watched word stands in a text.
    """

    class Reason(models.TextChoices):
        SPAM = "spam", _("It is advertising or spam")
        RUDE = "rude", _("It is rude or hurtful")
        WRONG = "wrong", _("It is wrong or dangerous")
        OTHER = "other", _("Something else")
        WATCHED = "watched", _("A watched word stands in it")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("A moderator did something about it")
        DECLINED = "declined", _("A moderator found nothing wrong with it")

    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    comment = models.ForeignKey(
        Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.TextField(_("in your own words"), max_length=1_000, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="", db_default="")
    said = models.CharField(
        _("said to the reporter"), max_length=MAX_REASON_LENGTH, blank=True, default="", db_default=""
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    question__isnull=False, answer__isnull=True, comment__isnull=True, member__isnull=True
                )
                | Q(question__isnull=True, answer__isnull=False, comment__isnull=True, member__isnull=True)
                | Q(question__isnull=True, answer__isnull=True, comment__isnull=False, member__isnull=True)
                | Q(question__isnull=True, answer__isnull=True, comment__isnull=True, member__isnull=False),
                name="report_is_about_one_thing",
            )
        ]
        indexes = [
            models.Index(fields=["created_at", "id"], condition=Q(settled_at=None), name="report_open")
        ]
        permissions = [("settle_report", "Can settle what readers report")]

    def __str__(self) -> str:
        kind, number = next(
            (kind, getattr(self, f"{kind}_id")) for kind in _SAID_OF if getattr(self, f"{kind}_id")
        )
        return str(_SAID_OF[kind]).format(reason=self.get_reason_display(), number=number)

    @property
    def about(self):
        """The question, answer, comment or member that it is about."""
        return self.question or self.answer or self.comment or self.member
