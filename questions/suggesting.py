"""Readers suggest that two questions are one; moderators decide."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from questions import merging
from questions.models import DuplicateCandidate, Question


class AlreadyDecided(Exception):
    """Somebody decided about this pair before; the message says what."""


class AlreadySuggested(Exception):
    """The pair is waiting for a moderator already; the message says so."""

    def __init__(self) -> None:
        super().__init__("These two have been suggested already and wait for a moderator.")


_DECIDED = {
    DuplicateCandidate.Decision.DISMISSED: (
        "A moderator has looked at these two before: they are not the same question."
    ),
    DuplicateCandidate.Decision.MERGED: (
        "These two were merged before and parted again, so they stay two questions."
    ),
}


def suggest(source: Question, *, into: Question, by, reason: str = "") -> DuplicateCandidate:
    """Put the pair before the moderators and return the candidate.

    Raises merging.SameQuestion, merging.AlreadyOneFamily, AlreadySuggested, or AlreadyDecided when a
    moderator said that the two are not duplicates.
    """
    if source.pk == into.pk:
        raise merging.SameQuestion
    if source.primary_id == into.primary_id:
        raise merging.AlreadyOneFamily(source, into)
    try:
        with transaction.atomic():
            return DuplicateCandidate.objects.create(
                source=source, target=into, suggested_by=by, reason=reason, created_at=timezone.now()
            )
    except IntegrityError:
        known = DuplicateCandidate.objects.of_pair(source, into).get()
        if known.decision:
            raise AlreadyDecided(_DECIDED[DuplicateCandidate.Decision(known.decision)]) from None
        raise AlreadySuggested from None


def dismiss(candidate: DuplicateCandidate, *, by) -> None:
    """Remember for ever that the two are not duplicates. A pair that is decided stays as it was decided."""
    DuplicateCandidate.objects.filter(pk=candidate.pk, decision="").update(
        decision=DuplicateCandidate.Decision.DISMISSED, decided_by=by, decided_at=timezone.now()
    )
