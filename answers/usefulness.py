"""Readers mark answers as useful, and may take the mark back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from answers import tallies
from answers.models import Answer, UsefulMark


@transaction.atomic
def mark(answer: Answer, *, by=None, guest: UUID | None = None) -> None:
    """Note that a member (`by`) or a guest found the answer useful; marking twice is marking once."""
    UsefulMark.objects.bulk_create(
        [UsefulMark(answer=answer, user=by, guest=guest, created_at=timezone.now())], ignore_conflicts=True
    )
    _recount(answer)


@transaction.atomic
def unmark(answer: Answer, *, by=None, guest: UUID | None = None) -> None:
    """Take the mark back, if there is one."""
    UsefulMark.objects.filter(answer=answer, user=by, guest=guest).delete()
    _recount(answer)


def _recount(answer: Answer) -> None:
    # The answer's row is locked by this update before its marks are counted, as every count here is.
    Answer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    tallies.recount_useful(answer)
    tallies.recount_home(answer.question)
