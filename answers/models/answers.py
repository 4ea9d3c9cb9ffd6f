"""The answers themselves: columns, constraints, the language of reading."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from questions.models import Moderated, Question, State, seen_by

MAX_ANSWER_LENGTH = 60_000


class AnswerQuerySet(models.QuerySet["Answer"]):
    def of_family(self, question: Question) -> AnswerQuerySet:
        """Answers to any wording of the family that `question` belongs to."""
        return self.filter(question__primary=question.primary_id)

    def visible(self) -> AnswerQuerySet:
        return self.filter(state=State.APPROVED)

    def seen_by(self, user, guest_token) -> AnswerQuerySet:
        """What is approved, and the reader's own that waits for a moderator."""
        return self.filter(seen_by(user, guest_token))

    def on_visible_pages(self) -> AnswerQuerySet:
        """Answers to families whose page readers see; some of them may be hidden themselves."""
        return self.filter(question__primary__state=State.APPROVED)

    def most_useful_first(self) -> AnswerQuerySet:
        """The order of a page; the first is the best answer. Among equals, the older."""
        return self.order_by("-useful_count", "created_at", "id")

    def best_first(self) -> AnswerQuerySet:
        """The same order, with those behind that another answer says better."""
        return self.order_by(
            models.Case(models.When(folded_into=None, then=0), default=1), "-useful_count", "created_at", "id"
        )

    def with_author_and_home(self) -> AnswerQuerySet:
        return self.select_related("author", "question")


class Answer(Moderated):
    """One answer at its home. `text` is Markdown as typed, `html` what `markdown_html` made of it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(max_length=MAX_ANSWER_LENGTH)
    html = models.TextField(editable=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_accepted = models.BooleanField(
        _("accepted"), default=False, help_text=_("The asker marked this answer as the one that helped.")
    )
    is_protected = models.BooleanField(
        _("protected"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Only moderators edit it."),
    )
    folded_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="folded",
        help_text=_("The answer that says it better, under which this one is put away."),
    )
    useful_elsewhere = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=_("Useful marks that an import brought as a number, without people."),
    )
    useful_count = models.PositiveIntegerField(default=0, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(is_accepted=True), name="question_accepts_one_answer"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_a_text"),
            models.CheckConstraint(
                condition=~Q(folded_into=F("id")), name="answer_is_not_folded_into_itself"
            ),
        ]
        indexes = [
            models.Index(
                fields=["spam_score", "created_at", "id"],
                condition=Q(state=State.PENDING),
                name="answer_pending",
            ),
            models.Index(
                fields=["address_block"], condition=~Q(address_block=""), name="answer_address_block"
            ),
        ]
        permissions = [
            ("edit_answer", "Can edit other people's answers"),
            ("hide_answer", "Can decide which answers readers see"),
            ("protect_answer", "Can protect answers from being edited"),
            ("fold_answer", "Can fold answers into others and combine them"),
            ("review_edit", "Can accept and reject proposed edits, and settle copied passages"),
        ]

    def __str__(self) -> str:
        return gettext("Answer {number} to {question}").format(number=self.pk, question=self.question)

    def get_absolute_url(self) -> str:
        """The permanent address, which leads to the answer's place wherever its home has gone."""
        return reverse("answer", args=[self.pk])


class AnswerIndex(models.Model):
    """The words of an answer for full text search, one row an answer; a trigger writes it with the answer's text.

    A table of its own: PostgreSQL writes a new entry into every index of a row when one indexed column changes, and
    hiding an answer, let alone fifty thousand, may not cost that of its words.
    """

    answer = models.OneToOneField(
        Answer, primary_key=True, on_delete=models.CASCADE, related_name="index", editable=False
    )
    words = SearchVectorField()

    class Meta:
        verbose_name_plural = _("answer index")
        indexes = [GinIndex(fields=["words"], name="answer_index_words")]

    def __str__(self) -> str:
        return gettext("Words of answer {number}").format(number=self.answer_id)
