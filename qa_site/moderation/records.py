"""Counting what became of a writer's questions, answers and comments, for the door and for the desk."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from answers.models import Answer, Comment
from door.models import Guest
from door.records import Record
from questions.models import Question, State

_TEXTS = (Question, Answer, Comment)
# So long a text must have stood without being hidden to speak for its writer, unless a moderator saw it.
_A_WHILE = timedelta(days=1)


def record_of(user=None, guest: Guest | None = None) -> Record:
    """The record of a member, or of a guest as far as one address in one browser tells; of nobody, an empty one.

    One query for each kind of text.
    """
    if user is None and (guest is None or guest.pk is None):
        return Record()
    whose = Q(author=user) if user is not None else Q(guest=guest, author=None)
    lasts = Q(state=State.APPROVED) & (Q(seen_at__isnull=False) | Q(created_at__lt=timezone.now() - _A_WHILE))
    counts: Counter[str] = Counter()
    for model in _TEXTS:
        rows = model._default_manager.filter(whose).values("state").order_by()
        for row in rows.annotate(texts=Count("pk"), lasting=Count("pk", filter=lasts)):
            counts[row["state"]] += row["texts"]
            counts["lasting"] += row["lasting"]
    return Record(
        **{state.value: counts[state.value] for state in State},
        lasting=counts["lasting"],
        since=user.date_joined if user is not None else guest.created_at,  # type: ignore[union-attr]
    )


def recent_count(*, since: datetime, user=None, guest: Guest | None = None, address_block: str = "") -> int:
    """How many texts came since then from any of these: the member, the guest's browser, the block of addresses."""
    whose = Q(pk__in=[])
    if user is not None:
        whose |= Q(author=user)
    if guest is not None:
        whose |= Q(guest__token=guest.token)
    if address_block:
        whose |= Q(address_block=address_block)
    return sum(model._default_manager.filter(whose, created_at__gt=since).count() for model in _TEXTS)
