"""Pointing at a question, an answer or a comment, by three columns of which one is filled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answers.models import Answer, Comment
from questions.models import Question


class AboutText(models.Model):
    """About one question, answer or comment."""

    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def about(self):
        """The question, answer or comment itself."""
        return self.question or self.answer or self.comment


def one_of(*columns: str) -> Q:
    """A condition for a constraint: exactly one of these foreign keys is filled."""
    condition = Q()
    for filled in columns:
        condition |= Q(**{f"{column}__isnull": column != filled for column in columns})
    return condition
