"""What was decided about texts today."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time

from django.db.models import Count
from django.utils import timezone

from answers.models import AnswerAct, CommentAct
from questions.models import STATE_AFTER, Act, State

# The state into which texts were put, how often by anybody, and how often by the reader.
Done = tuple[State, int, int]

_IN_ORDER = (State.APPROVED, State.SPAM, State.REJECTED, State.HIDDEN)


def done_today(reader) -> list[Done]:
    """What was done today, by anybody and by this reader. One query."""
    since = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    kinds = [kind for kind, state in STATE_AFTER.items() if state != State.PENDING]
    rows = [
        log.objects.filter(created_at__gte=since, kind__in=kinds, by__isnull=False)
        .order_by()
        .values_list("kind", "by")
        .annotate(number=Count("pk"))
        for log in (Act, AnswerAct, CommentAct)
    ]
    everybody, own = Counter[State](), Counter[State]()
    for kind, by, number in rows[0].union(*rows[1:], all=True):
        everybody[STATE_AFTER[kind]] += number
        own[STATE_AFTER[kind]] += number if by == reader.pk else 0
    return [(state, everybody[state], own[state]) for state in _IN_ORDER if everybody[state]]
