"""Remarks on questions and answers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from answers.models.answers import Answer
from questions.models import Authored, Question, State

MAX_COMMENT_LENGTH = 5_000


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self) -> CommentQuerySet:
        return self.filter(state=State.APPROVED)

    def of_family(self, question: Question) -> CommentQuerySet:
        """Comments on any wording of the family and on any answer to one."""
        return self.filter(
            Q(question__primary=question.primary_id) | Q(answer__question__primary=question.primary_id)
        )

    def oldest_first(self) -> CommentQuerySet:
        return self.select_related("author").order_by("created_at", "id")


class Comment(Authored):
    """A remark on a question or on an answer. `text` as typed, `html` what `markup.comment_html` made of it."""

    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    text = models.TextField(max_length=MAX_COMMENT_LENGTH)
    html = models.TextField(editable=False)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.APPROVED)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=True, answer__isnull=False)
                | Q(question__isnull=False, answer__isnull=True),
                name="comment_is_on_a_question_or_on_an_answer",
            )
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} by {self.author_name}"
