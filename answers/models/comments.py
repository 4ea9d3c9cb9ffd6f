"""Remarks on questions and answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answers.models.answers import Answer
from questions.models import Moderated, Question, State, seen_by

MAX_COMMENT_LENGTH = 5_000


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible(self) -> CommentQuerySet:
        return self.filter(state=State.APPROVED)

    def of_family(self, question: Question) -> CommentQuerySet:
        """Comments on any wording of the family and on any answer to one.

        Found in two ways by an index each; for one condition with OR, PostgreSQL would go through all comments.
        """
        on_wordings = Comment.objects.filter(question__primary=question.primary_id).values("pk")
        on_answers = Comment.objects.filter(answer__question__primary=question.primary_id).values("pk")
        return self.filter(pk__in=on_wordings.union(on_answers))

    def seen_by(self, user, guest_token) -> CommentQuerySet:
        """What is approved, and the reader's own that waits for a moderator."""
        return self.filter(seen_by(user, guest_token))

    def oldest_first(self) -> CommentQuerySet:
        return self.select_related("author").order_by("created_at", "id")


class Comment(Moderated):
    """A remark on a question or on an answer. `text` as typed, `html` what `markup.comment_html` made of it."""

    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    replies_to = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replies"
    )
    text = models.TextField(max_length=MAX_COMMENT_LENGTH)
    html = models.TextField(editable=False)
    website = models.URLField(blank=True, default="", db_default="")
    likeness = models.CharField(
        max_length=32,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_(
            "The same for texts of the same words; empty for texts too short to be told apart by them."
        ),
    )
    created_at = models.DateTimeField()

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=True, answer__isnull=False)
                | Q(question__isnull=False, answer__isnull=True),
                name="comment_is_on_a_question_or_on_an_answer",
            ),
            models.CheckConstraint(condition=~Q(replies_to=F("id")), name="comment_does_not_reply_to_itself"),
        ]
        indexes = [
            models.Index(
                fields=["spam_score", "created_at", "id"],
                condition=Q(state=State.PENDING),
                name="comment_pending",
            ),
            # For the oldest first; by the index of all comments, all that are decided would be gone through.
            models.Index(
                fields=["created_at", "id"], condition=Q(state=State.PENDING), name="comment_pending_oldest"
            ),
            models.Index(
                fields=["address_block"], condition=~Q(address_block=""), name="comment_address_block"
            ),
            models.Index(fields=["likeness"], condition=~Q(likeness=""), name="comment_likeness"),
            models.Index(fields=["created_at"], name="comment_created_at"),
        ]
        permissions = [("moderate_comment", "Can decide which comments readers see")]

    def __str__(self) -> str:
        return gettext("Comment {number} by {author}").format(number=self.pk, author=self.author_name)

    @property
    def on(self) -> Question | Answer:
        """The question or the answer that it is on. Needs either loaded."""
        return self.question or self.answer  # type: ignore[return-value]

    @property
    def home(self) -> Question:
        """The question that it hangs on, itself or through its answer. Needs either loaded."""
        return self.question or self.answer.question  # type: ignore[union-attr]

    def get_absolute_url(self) -> str:
        """The permanent address, which leads to the comment's place wherever its home has gone."""
        return reverse("comment", args=[self.pk])
