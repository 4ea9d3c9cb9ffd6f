"""What people leave at a question besides wordings: texts of its details, following, arriving."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from questions.models.questions import Question
from questions.models.writing import Authored, State


class DetailsRevisionQuerySet(models.QuerySet["DetailsRevision"]):
    def of_family(self, question: Question) -> DetailsRevisionQuerySet:
        """Details that any wording of the family has had."""
        return self.filter(question__primary=question.primary_id)

    def of_visible_questions(self) -> DetailsRevisionQuerySet:
        return self.filter(question__state=State.APPROVED)


class ArrivalsQuerySet(models.QuerySet["Arrivals"]):
    def recent(self, days: int) -> ArrivalsQuerySet:
        """Those of the last so many days, today included."""
        return self.filter(day__gt=timezone.localdate() - timedelta(days=days))

    def of_visible_wordings(self) -> ArrivalsQuerySet:
        return self.filter(question__state=State.APPROVED, question__primary__state=State.APPROVED)

    def total_by(self, column: str):
        """Pairs of what the column holds and how many arrived in all."""
        return self.values(column).annotate(total=models.Sum("count")).values_list(column, "total")


class Arrivals(models.Model):
    """How many readers came to a page by this wording on a day, as their browsers told."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="arrivals")
    day = models.DateField()
    count = models.PositiveIntegerField()

    objects = ArrivalsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("arrivals")
        indexes = [models.Index(fields=["day"], name="arrivals_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "day"], name="arrivals_by_a_wording_are_counted_daily"
            )
        ]

    def __str__(self) -> str:
        said = ngettext("{count} by {question} on {day}", "{count} by {question} on {day}", self.count)
        return said.format(count=self.count, question=self.question, day=self.day)


class LedToAnswers(models.Model):
    """How many people who came to ask on a day were led to a question that was there."""

    day = models.DateField(primary_key=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = _("led to answers")

    def __str__(self) -> str:
        said = ngettext("{count} on {day}", "{count} on {day}", self.count)
        return said.format(count=self.count, day=self.day)


class DetailsRevision(Authored):
    """A text that the details of a question have had, the present one included."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="details_revisions")
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = DetailsRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        said = gettext("Details of {question} as of {day}")
        return said.format(question=self.question, day=self.created_at.date())


class Follow(models.Model):
    """A member wants to know what happens to a question; kept at the home, as everything."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="follows")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "user"], name="member_follows_a_question_once")
        ]

    def __str__(self) -> str:
        return gettext("{user} follows {question}").format(user=self.user, question=self.question)
