"""Readers mark answers as useful, and may take the mark back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from answers import tallies
from answers.models import Answer, UsefulMark
from questions import families


@transaction.atomic
def mark(answer: Answer, *, by=None, guest: UUID | None = None) -> None:
    """Note that a member (`by`) or a guest found the answer useful; marking twice is marking once."""
    [home] = families.lock(answer.question)
    UsefulMark.objects.bulk_create(
        [UsefulMark(answer=answer, user=by, guest=guest, created_at=timezone.now())], ignore_conflicts=True
    )
    tallies.recount_useful(answer)
    tallies.recount_home(home)


@transaction.atomic
def unmark(answer: Answer, *, by=None, guest: UUID | None = None) -> None:
    """Take the mark back, if there is one."""
    [home] = families.lock(answer.question)
    UsefulMark.objects.filter(answer=answer, user=by, guest=guest).delete()
    tallies.recount_useful(answer)
    tallies.recount_home(home)
