"""What is counted of the site, by weeks that begin on Monday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from answers.models import Answer
from questions.models import Act, DuplicateCandidate, LedToAnswers, Question, QuestionQuerySet

WEEKS = 26
# Families of so many wordings are counted by themselves, larger ones together.
_SIZES = (
    ("1", 1, 1),
    ("2", 2, 2),
    ("3", 3, 3),
    ("4–5", 4, 5),
    ("6–10", 6, 10),
    ("11–20", 11, 20),
    ("21+", 21, None),
)


@dataclass(frozen=True)
class Totals:
    questions: int
    wordings: int
    answers: int
    answered: int

    @property
    def share_answered(self) -> int:
        """Of the questions, in percent, rounded down: 100 means all."""
        return 100 * self.answered // self.questions if self.questions else 0


def totals() -> Totals:
    visible = Question.objects.visible()
    primaries = visible.primaries().aggregate(
        questions=Count("id"), answered=Count("id", filter=Q(answer_count__gt=0)), answers=Sum("answer_count")
    )
    return Totals(
        questions=primaries["questions"],
        wordings=visible.on_visible_pages().count(),
        answers=primaries["answers"] or 0,
        answered=primaries["answered"],
    )


def weeks(today: date | None = None) -> list[date]:
    """The Mondays of the last WEEKS weeks, the present one included, the oldest first."""
    today = today or timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def written() -> list[tuple[date, Sequence[float]]]:
    """Questions that were asked and answers that were written, as far as readers see them, by week."""
    return _together(
        _by_week(_asked().visible().on_visible_pages(), "created_at"),
        _by_week(Answer.objects.visible().on_visible_pages(), "created_at"),
    )


def duplicates() -> list[tuple[date, Sequence[float]]]:
    """Pairs that were found to resemble each other, merges, and pairs that were told apart, by week."""
    acts = Act.objects.filter(undone_by=None)
    return _together(
        _by_week(DuplicateCandidate.objects.all(), "created_at"),
        _by_week(acts.filter(kind=Act.Kind.MERGED), "created_at"),
        _by_week(acts.filter(kind=Act.Kind.DISMISSED), "created_at"),
    )


def caught() -> list[tuple[date, Sequence[float]]]:
    """Of those who came to ask, how many percent were led to answers that were there, by week."""
    asked = _by_week(_asked(), "created_at")
    led = {
        row["week"]: row["total"]
        for row in LedToAnswers.objects.filter(day__gte=weeks()[0])
        .annotate(week=TruncWeek("day"))
        .values("week")
        .annotate(total=Sum("count"))
    }
    return [
        (
            week,
            [
                round(100 * led.get(week, 0) / come, 1)
                if (come := led.get(week, 0) + asked.get(week, 0))
                else 0
            ],
        )
        for week in weeks()
    ]


def family_sizes() -> list[tuple[str, Sequence[float]]]:
    """How many families have so many wordings."""
    counted = dict(
        Question.objects.visible()
        .primaries()
        .values_list("wording_count")
        .annotate(families=Count("id"))
        .order_by()
    )
    return [
        (
            label,
            [sum(number for size, number in counted.items() if least <= size <= (most or size))],
        )
        for label, least, most in _SIZES
    ]


@dataclass(frozen=True)
class Queue:
    """How long things waited in a queue, of those decided in the last WEEKS weeks, in hours; and how many wait."""

    name: str
    decided: int
    median: float | None
    slowest_tenth: float | None
    waiting: int

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return gettext(self.name)


_QUEUES = {
    gettext_noop("Duplicates"): """
        SELECT created_at, decided_at AS ended FROM questions_duplicatecandidate
        WHERE origin <> 'mined' AND decided_at IS DISTINCT FROM created_at -- told apart without having waited
    """,
    gettext_noop("Wordings"): "SELECT created_at, decided_at AS ended FROM questions_suggestedalternate",
    gettext_noop(
        "Edits"
    ): "SELECT created_at, decided_at AS ended FROM answers_editproposal WHERE state <> 'withdrawn'",
    gettext_noop("Reports"): "SELECT created_at, settled_at AS ended FROM answers_report",
    gettext_noop("Appeals"): "SELECT created_at, decided_at AS ended FROM moderation_appeal",
    gettext_noop("Questions"): """
        SELECT created_at, CASE WHEN state <> 'pending' THEN seen_at END AS ended FROM questions_question
        WHERE held_because <> ''
    """,
    gettext_noop("Answers"): """
        SELECT created_at, CASE WHEN state <> 'pending' THEN seen_at END AS ended FROM answers_answer
        WHERE held_because <> ''
    """,
    gettext_noop("Comments"): """
        SELECT created_at, CASE WHEN state <> 'pending' THEN seen_at END AS ended FROM answers_comment
        WHERE held_because <> ''
    """,
}


def queues() -> list[Queue]:
    """What moderators are asked to decide, queue by queue. One query."""
    since = timezone.make_aware(datetime.combine(weeks()[0], datetime.min.time()))
    # Nothing of it comes from outside.
    parts = " UNION ALL ".join(
        f"SELECT %s AS name, created_at, ended FROM ({sql}) AS of_it"  # noqa: S608
        for sql in _QUEUES.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT name,
                   count(*) FILTER (WHERE ended >= %s),
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended - created_at) / 3600)
                       FILTER (WHERE ended >= %s),
                   percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM ended - created_at) / 3600)
                       FILTER (WHERE ended >= %s),
                   count(*) FILTER (WHERE ended IS NULL)
            FROM ({parts}) AS item GROUP BY name
            """,  # noqa: S608
            [since, since, since, *_QUEUES],
        )
        found = {row[0]: Queue(*row) for row in cursor.fetchall()}
    return [found.get(name, Queue(name, 0, None, None, 0)) for name in _QUEUES]


def _asked() -> QuestionQuerySet:
    """Questions that somebody asked, whatever was merged since; not wordings that were alternates from the first."""
    return Question.objects.exclude(acts__kind=Act.Kind.ADDED)


def _by_week(rows: QuerySet, column: str) -> dict[date, int]:
    since = timezone.make_aware(datetime.combine(weeks()[0], datetime.min.time()))
    counted = (
        rows.filter(**{f"{column}__gte": since})
        .annotate(week=TruncWeek(column))
        .order_by()
        .values("week")
        .annotate(total=Count("pk", distinct=True))
    )
    return {timezone.localdate(row["week"]): row["total"] for row in counted}


def _together(*counted: dict[date, int]) -> list[tuple[date, Sequence[float]]]:
    return [(week, [one.get(week, 0) for one in counted]) for week in weeks()]
