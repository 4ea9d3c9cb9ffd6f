"""Readers mark answers as useful, and may take the mark back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from answers import tallies
from answers.models import Answer, UsefulMark
from questions import families


class TooManyFromThere(Exception):
    """So many guests from one block of addresses have marked the answer that no more are taken."""


@transaction.atomic
def mark(answer: Answer, *, by=None, guest: UUID | None = None, address_block: str = "") -> None:
    """Note that a member (`by`) or a guest found the answer useful; marking twice is marking once.

    Raises TooManyFromThere when USEFUL_PER_ADDRESS_BLOCK other guests from the same block of addresses did
    before. Without a block nothing is counted.
    """
    [home] = families.lock(answer.question)
    if guest is not None and address_block:
        others = UsefulMark.objects.filter(answer=answer, address_block=address_block).exclude(guest=guest)
        if others.count() >= settings.USEFUL_PER_ADDRESS_BLOCK:
            raise TooManyFromThere
    UsefulMark.objects.bulk_create(
        [
            UsefulMark(
                answer=answer, user=by, guest=guest, address_block=address_block, created_at=timezone.now()
            )
        ],
        ignore_conflicts=True,
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
