"""Counting anew what hangs on a question, after anything about its answers changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import connection
from django.db.models import Count, F, Subquery
from django.db.models.functions import Coalesce

from answers.models import Answer, UsefulMark
from questions import families, markdown
from questions.families import Tally
from questions.models import LEAD_LENGTH, Question

# So many best answers are in memory at once.
_AT_ONCE = 1_000


def recount_home(home: Question) -> None:
    """Count the answers of one question anew and, with them, the numbers of its family.

    Called by every verb that changes an answer, with the home as `families.lock` returned it. Every verb
    takes that lock before it touches an answer's row, so that none waits for another crosswise. Hidden answers
    do not count.
    """
    families.record_tallies(_tallies([home.pk]))
    families.recount([home.primary_id])


def recount_homes(homes: Iterable[int]) -> None:
    """Do the same for the questions with these ids, whose families the caller has locked; three queries a thousand."""
    numbers = sorted(set(homes))
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        families.record_tallies(_tallies(some))
        families.recount_families_of(some)


def _tallies(homes: list[int]) -> Iterator[Tally]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [homes])
        rows = cursor.fetchall()
    for home, answers, useful, last_activity_at, best_useful, best_at, is_folded, html in rows:
        yield Tally(
            home=home,
            answer_count=answers,
            useful_count=useful,
            last_activity_at=last_activity_at,
            # What another answer says better stands behind any that is not folded, of another home as well.
            best_useful=0 if is_folded else best_useful or 0,
            best_at=None if is_folded else best_at,
            lead=markdown.lead(html, LEAD_LENGTH) if html else "",
        )


# The order of the best is that of AnswerQuerySet.best_first.
_COUNT = """
    SELECT home.id, counted.answers, counted.useful, counted.last_activity_at,
           best.useful_count, best.created_at, best.folded_into_id IS NOT NULL, best.html
    FROM unnest(%s::bigint[]) AS home(id)
    CROSS JOIN LATERAL (
        SELECT count(*) AS answers,
               coalesce(sum(useful_count), 0) AS useful,
               max(greatest(created_at, edited_at)) AS last_activity_at
        FROM answers_answer WHERE question_id = home.id AND state = 'approved'
    ) AS counted
    LEFT JOIN LATERAL (
        SELECT useful_count, created_at, folded_into_id, html
        FROM answers_answer WHERE question_id = home.id AND state = 'approved'
        ORDER BY (folded_into_id IS NOT NULL), useful_count DESC, created_at, id
        LIMIT 1
    ) AS best ON true
"""


def recount_useful(answer: Answer) -> None:
    """Count the useful marks of one answer anew; the caller recounts its home afterwards."""
    marks = (
        UsefulMark.objects.filter(answer=answer)
        .order_by()
        .values("answer")
        .annotate(count=Count("id"))
        .values("count")
    )
    Answer.objects.filter(pk=answer.pk).update(
        useful_count=F("useful_elsewhere") + Coalesce(Subquery(marks), 0)
    )
