"""What a person wrote: who it was, whether readers see it, and how long it may be."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from door.admitting import Admission
from door.models import MAX_GUEST_NAME_LENGTH, Guest

LEAD_LENGTH = 170
MAX_DETAILS_LENGTH = 30_000
MAX_REASON_LENGTH = 300


class State(models.TextChoices):
    """What readers see of something that a person wrote: what is approved. Nothing is deleted, except for the law."""

    APPROVED = "approved", pgettext_lazy("state of a text", "Approved")
    PENDING = "pending", pgettext_lazy("state of a text", "Pending")
    SPAM = "spam", pgettext_lazy("state of a text", "Spam")
    REJECTED = "rejected", pgettext_lazy("state of a text", "Rejected")
    HIDDEN = "hidden", pgettext_lazy("state of a text", "Hidden")


class Authored(models.Model):
    """Who wrote something: a member, or a guest with the name that the guest gave, if any."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guest_name = models.CharField(max_length=MAX_GUEST_NAME_LENGTH, blank=True)

    class Meta:
        abstract = True

    @property
    def author_name(self) -> str:
        return self.author.name if self.author else self.guest_name or gettext("Anonymous")


def columns_of(admission: Admission) -> dict[str, object]:
    """The columns of a `Moderated` row in which it stands how the text was let in."""
    return {
        "state": State.PENDING if admission.is_held else State.APPROVED,
        "held_because": "\n".join(admission.reasons),
        "spam_score": admission.spam_score,
        "guest": admission.guest,
        "address_block": admission.address_block,
    }


class Moderated(Authored):
    """What somebody put before readers, whether they see it, and what moderators want to know about that."""

    state = models.CharField(max_length=10, choices=State, default=State.APPROVED)
    guest = models.ForeignKey(
        Guest, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    address_block = models.CharField(
        max_length=32,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("Where it came from: a fingerprint, which cannot be read back."),
    )
    held_because = models.TextField(
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("Why it waits or waited for a moderator: a sentence a line."),
    )
    spam_score = models.FloatField(
        null=True,
        editable=False,
        help_text=_("How likely it is spam, 0 to 1, by what moderators called spam before."),
    )
    seen_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When a moderator last decided what readers see of it.")
    )
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    claimed_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_hidden(self) -> bool:
        """Whether readers do not see it, for whatever reason."""
        return self.state != State.APPROVED

    @property
    def is_pending(self) -> bool:
        return self.state == State.PENDING

    @property
    def reasons_held(self) -> list[str]:
        return self.held_because.splitlines()

    @property
    def is_held(self) -> bool:
        """Whether a moderator has it before them just now."""
        return self.claimed_until is not None and self.claimed_until > timezone.now()

    def is_held_from(self, user) -> bool:
        """Whether another moderator has it before them just now."""
        return self.is_held and self.claimed_by_id != user.pk

    def is_by(self, user, guest_token) -> bool:
        """Whether this reader wrote it: a member, or the guest whose cookie has this number. Needs `guest`."""
        if user.is_authenticated:
            return self.author_id == user.pk
        if guest_token is None or self.author_id is not None or self.guest is None:
            return False
        return self.guest.token == guest_token

    @property
    def public_author_name(self) -> str:
        """Who wrote it, for lines about what readers do not see: a guest's name is as hidden as the text."""
        return (
            pgettext("who wrote", "a guest")
            if self.author_id is None and self.is_hidden
            else self.author_name
        )


def seen_by(user, guest_token) -> models.Q:
    """The condition for rows of a `Moderated` that this reader sees: what is approved, and their own that waits."""
    condition = models.Q(state=State.APPROVED)
    if user.is_authenticated:
        return condition | models.Q(state=State.PENDING, author=user.pk)
    if guest_token is not None:
        return condition | models.Q(state=State.PENDING, author=None, guest__token=guest_token)
    return condition


def name_of_change(before: str, after: str, *, by) -> str:
    """What the log calls it when the state of a text changes: the value of a Kind that all logs share.

    `by` is None when reports hid the text until somebody looks.
    """
    if after == State.PENDING:
        return "returned" if by else "held"
    if after == State.APPROVED:
        return "approved" if before == State.PENDING else "restored"
    return {State.SPAM: "spam", State.REJECTED: "rejected", State.HIDDEN: "hidden"}[State(after)]


# The state in which each kind of act leaves a text; acts of other kinds change no state.
STATE_AFTER = {
    "approved": State.APPROVED,
    "restored": State.APPROVED,
    "returned": State.PENDING,
    "held": State.PENDING,
    "spam": State.SPAM,
    "rejected": State.REJECTED,
    "hidden": State.HIDDEN,
}
