"""What people leave at a question besides wordings: texts of its details, following, arriving."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from questions.models.questions import Question
from questions.models.writing import Authored, State


class DetailsRevisionQuerySet(models.QuerySet["DetailsRevision"]):
    def of_family(self, question: Question) -> DetailsRevisionQuerySet:
        """Details that any wording of the family has had."""
        return self.filter(question__primary=question.primary_id)

    def of_visible_questions(self) -> DetailsRevisionQuerySet:
        return self.filter(question__state=State.APPROVED)


class Arrivals(models.Model):
    """How many readers came to a page by this wording on a day, as their browsers told."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="arrivals")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "arrivals"
        constraints = [
            models.UniqueConstraint(
                fields=["question", "day"], name="arrivals_by_a_wording_are_counted_daily"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} by {self.question} on {self.day}"


class DetailsRevision(Authored):
    """A text that the details of a question have had, the present one included."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="details_revisions")
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects = DetailsRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"Details of {self.question} as of {self.created_at:%Y-%m-%d}"


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
        return f"{self.user} follows {self.question}"
