"""Answers and their texts, what readers found useful, comments and reports: columns, constraints, reading."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.urls import reverse

from questions.models import MAX_REASON_LENGTH, Authored, Question, State

MAX_ANSWER_LENGTH = 60_000
MAX_COMMENT_LENGTH = 5_000


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of_family(self, question: Question) -> AnswerQuerySet:
        """Answers to any wording of the family that `question` belongs to."""
        return self.filter(question__primary=question.primary_id)

    def visible(self) -> AnswerQuerySet:
        return self.filter(state=State.APPROVED)

    def on_visible_pages(self) -> AnswerQuerySet:
        """Answers to families whose page readers see; some of them may be hidden themselves."""
        return self.filter(question__primary__state=State.APPROVED)

    def most_useful_first(self) -> AnswerQuerySet:
        """The order of a page; the first is the best answer. Among equals, the older."""
        return self.order_by("-useful_count", "created_at", "id")

    def with_author_and_home(self) -> AnswerQuerySet:
        return self.select_related("author", "question")


class Answer(Authored):
    """One answer at its home. `text` is Markdown as typed, `html` what `markdown_html` made of it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(max_length=MAX_ANSWER_LENGTH)
    html = models.TextField(editable=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.APPROVED)
    is_accepted = models.BooleanField(
        "accepted", default=False, help_text="The asker marked this answer as the one that helped."
    )
    useful_elsewhere = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Useful marks that an import brought as a number, without people.",
    )
    useful_count = models.PositiveIntegerField(default=0, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(is_accepted=True), name="question_accepts_one_answer"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_a_text"),
        ]
        # An expression index, no column: there is nothing to keep in step and nothing to load by mistake.
        indexes = [GinIndex(SearchVector("text", config="english"), name="answer_words")]
        permissions = [
            ("edit_answer", "Can edit other people's answers"),
            ("hide_answer", "Can hide and restore answers"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk} to {self.question}"

    @property
    def is_hidden(self) -> bool:
        return self.state == State.HIDDEN

    def get_absolute_url(self) -> str:
        """The permanent address, which leads to the answer's place wherever its home has gone."""
        return reverse("answer", args=[self.pk])


class Revision(Authored):
    """A text that an answer has had, the present one included; numbered from 1 within the answer."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    summary = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["answer", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "number"], name="revision_number_is_unique_in_its_answer"
            )
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of answer {self.answer_id}"


class UsefulMark(models.Model):
    """Somebody found an answer useful: a member, or a guest known by the random token in a signed cookie."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="useful_marks")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    guest = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, guest__isnull=False)
                | Q(user__isnull=False, guest__isnull=True),
                name="useful_mark_is_a_members_or_a_guests",
            ),
            models.UniqueConstraint(fields=["answer", "user"], name="member_finds_an_answer_useful_once"),
            models.UniqueConstraint(fields=["answer", "guest"], name="guest_finds_an_answer_useful_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user or 'A guest'} found answer {self.answer_id} useful"


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


class AnswerActQuerySet(models.QuerySet["AnswerAct"]):
    def of_family(self, question: Question) -> AnswerActQuerySet:
        """Acts on answers to any wording of the family."""
        return self.filter(answer__question__primary=question.primary_id)

    def newest(self) -> AnswerActQuerySet:
        return self.order_by("-id")


class AnswerAct(models.Model):
    """One line of the log about an answer: hidden or restored, by whom and why. Never changed, never deleted."""

    class Kind(models.TextChoices):
        HIDDEN = "hidden"
        RESTORED = "restored"

    kind = models.CharField(max_length=10, choices=Kind)
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()

    objects = AnswerActQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: answer {self.answer_id}"


class Report(models.Model):
    """A reader says that something is wrong with a question or an answer; waits for a moderator."""

    class Reason(models.TextChoices):
        SPAM = "spam", "It is advertising or spam"
        RUDE = "rude", "It is rude or hurtful"
        WRONG = "wrong", "It is wrong or dangerous"
        OTHER = "other", "Something else"

    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    answer = models.ForeignKey(
        Answer, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.TextField("in your own words", max_length=1_000, blank=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(question__isnull=True, answer__isnull=False)
                | Q(question__isnull=False, answer__isnull=True),
                name="report_is_about_a_question_or_an_answer",
            )
        ]

    def __str__(self) -> str:
        about = f"question {self.question_id}" if self.question_id else f"answer {self.answer_id}"
        return f"{self.get_reason_display()}: {about}"
