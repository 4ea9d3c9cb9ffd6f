"""Counting by which wordings readers arrive."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from questions.models import Arrivals, Question

# What `/alternates/` looks back on.
DAYS = 90


def arrive(wording: Question) -> None:
    """Count one arrival by this wording today. Two at once are counted as two."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO questions_arrivals (question_id, day, count) VALUES (%s, %s, 1)
            ON CONFLICT (question_id, day) DO UPDATE SET count = questions_arrivals.count + 1
            """,
            [wording.pk, timezone.localdate()],
        )


def led_to_answers() -> None:
    """Count one who came to ask today and was led to answers that were there. Two at once are counted as two."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO questions_ledtoanswers (day, count) VALUES (%s, 1)
            ON CONFLICT (day) DO UPDATE SET count = questions_ledtoanswers.count + 1
            """,
            [timezone.localdate()],
        )


def by_wording(primaries: Sequence[Question]) -> dict[int, int]:
    """Return how many arrived by each alternate of these primaries in the last DAYS days, by its id. One query."""
    return dict(
        Arrivals.objects.recent(DAYS)
        .filter(question__primary__in=primaries, question__merged_into__isnull=False)
        .total_by("question")
    )


def most_arrived(*, limit: int) -> list[Question]:
    """Return the visible primaries at which most arrived by another wording in the last DAYS days. Two queries."""
    totals = (
        Arrivals.objects.recent(DAYS)
        .filter(question__merged_into__isnull=False)
        .of_visible_wordings()
        .total_by("question__primary")
    )
    ids = [pk for pk, _ in totals.order_by("-total", "question__primary")[:limit]]
    primaries = Question.objects.in_bulk(ids)
    return [primaries[pk] for pk in ids]
