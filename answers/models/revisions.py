"""The texts that answers have had, and those that somebody proposes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from answers.models.answers import Answer
from questions.models import MAX_REASON_LENGTH, Authored


class Revision(Authored):
    """A text that an answer has had, the present one included; numbered from 1 within the answer."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    summary = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()
    restores = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The former text that this one brought back."),
    )
    combines = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The text of another answer that went into this one."),
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who accepted it, where it was proposed."),
    )

    class Meta:
        ordering = ["answer", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "number"], name="revision_number_is_unique_in_its_answer"
            )
        ]

    def __str__(self) -> str:
        return gettext("Revision {number} of answer {answer}").format(
            number=self.number, answer=self.answer_id
        )


class EditProposalQuerySet(models.QuerySet["EditProposal"]):
    def pending(self) -> EditProposalQuerySet:
        return self.filter(state=EditProposal.State.PENDING)

    def oldest_first(self) -> EditProposalQuerySet:
        return self.order_by("created_at", "id")


class EditProposal(models.Model):
    """A text that a member would give to an answer, and waits for somebody who may."""

    class State(models.TextChoices):
        PENDING = "pending", pgettext_lazy("proposed edit", "Pending")
        ACCEPTED = "accepted", pgettext_lazy("proposed edit", "Accepted")
        REJECTED = "rejected", pgettext_lazy("proposed edit", "Rejected")
        WITHDRAWN = "withdrawn", pgettext_lazy("proposed edit", "Withdrawn")

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="proposals")
    base = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="+", help_text=_("The text that was edited.")
    )
    text = models.TextField()
    summary = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)

    objects = EditProposalQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at", "id"], condition=Q(state="pending"), name="proposals_that_wait"
            ),
            models.Index(fields=["author", "-created_at"], name="proposals_of_a_member"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "author"],
                condition=Q(state="pending"),
                name="member_proposes_one_text_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | ~Q(state="pending") & Q(decided_at__isnull=False),
                name="proposal_is_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Proposal for answer {number} by {author}").format(
            number=self.answer_id, author=self.author
        )

    @property
    def author_name(self) -> str:
        return self.author.name

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def is_decided_by_another(self) -> bool:
        """Whether somebody else than its author decided about it."""
        return self.decided_by_id is not None and self.decided_by_id != self.author_id
