"""What was decided about texts today."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time

from django.db.models import Count
from django.utils import timezone

from answers.models import AnswerAct, CommentAct
from questions.models import STATE_AFTER, Act, State

_WORDS = {
    State.APPROVED: "approved",
    State.SPAM: "marked as spam",
    State.REJECTED: "rejected",
    State.HIDDEN: "hidden",
}


def done_today(reader) -> list[tuple[str, int, int]]:
    """What was done today, in words, how often by anybody, and how often by this reader. One query."""
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
    return [(words, everybody[state], own[state]) for state, words in _WORDS.items() if everybody[state]]
