"""What is derived from the edges: locking families against each other, and their recounted numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext

from questions.models import HomeTally, Question

_ATTEMPTS = 20

_T = TypeVar("_T")


class FamiliesAreBusy(Exception):
    """Other people kept changing these families for as long as we looked. Trying again is all there is to do."""

    def __init__(self) -> None:
        super().__init__(gettext("Other people are changing these questions just now. Please try again."))


class _Moved(Exception):
    """A family changed between looking and locking."""


def lock(*questions: Question) -> list[Question]:
    """Lock the families of these questions and return the questions, fresh from the table, in the same order.

    Each has its `primary` loaded. Until the transaction ends no one else can merge, part or re-root these
    families; reading, and writing answers and comments, goes on. Everybody locks roots in the order of their
    ids, so two who want the same families wait for each other and never deadlock; who came second sees what
    the first has done.

    Raises FamiliesAreBusy after 20 attempts that each found the families changed. Runs two queries and one
    for each root when nobody interferes.
    """
    ids = [question.pk for question in questions]

    def lock_and_look_again() -> list[Question]:
        roots = _lock_roots(ids)
        fresh = Question.objects.select_related("primary").in_bulk(ids)
        if any(question.primary_id not in roots for question in fresh.values()):
            raise _Moved
        return [fresh[pk] for pk in ids]

    return _until_nothing_moved(lock_and_look_again)


def lock_many(ids: list[int]) -> None:
    """Lock the families of the questions with these ids, as `lock` does, but load none of the questions.

    For what touches thousands: imports and spam waves. Raises FamiliesAreBusy.
    """

    def lock_and_look_again() -> None:
        if _lock_many_roots(ids) != _roots(ids):
            raise _Moved

    _until_nothing_moved(lock_and_look_again)


def _until_nothing_moved(lock_and_look_again: Callable[[], _T]) -> _T:
    for _ in range(_ATTEMPTS):
        try:
            # Rolling back to the savepoint gives the locks of a failed attempt back. Keeping them while
            # taking others would break the order of ids.
            with transaction.atomic():
                return lock_and_look_again()
        except _Moved:
            continue
    raise FamiliesAreBusy


def _lock_roots(ids: list[int]) -> set[int]:
    roots = _roots(ids)
    with connection.cursor() as cursor:
        for root in sorted(roots):
            # "No key": a merge does not change ids, so rows that refer to a root may be written meanwhile.
            cursor.execute(
                "SELECT merged_into_id FROM questions_question WHERE id = %s FOR NO KEY UPDATE", [root]
            )
            # One at a time, and given back at once if it is no root any more: who waits for the next root while
            # holding a row of somebody else's family would have that somebody wait for them in turn.
            if cursor.fetchone() != (None,):
                raise _Moved
    return roots


def _lock_many_roots(ids: list[int]) -> set[int]:
    """Do as `_lock_roots` does, one root after the other, but inside the database: one query."""
    roots = _roots(ids)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('families.roots', %s, true)", [",".join(map(str, sorted(roots)))])
        try:
            cursor.execute(_LOCK_ONE_BY_ONE)
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", "") == _MOVED:
                raise _Moved from None
            raise
    return roots


_MOVED = "FAMOV"
_LOCK_ONE_BY_ONE = f"""
    DO $$
    DECLARE
        root bigint;
        above bigint;
    BEGIN
        FOREACH root IN ARRAY string_to_array(current_setting('families.roots'), ',')::bigint[] LOOP
            SELECT merged_into_id INTO above FROM questions_question WHERE id = root FOR NO KEY UPDATE;
            IF NOT FOUND OR above IS NOT NULL THEN
                RAISE EXCEPTION 'moved' USING ERRCODE = '{_MOVED}';
            END IF;
        END LOOP;
    END $$
"""  # noqa: S608 (nothing from outside)


def _roots(ids: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT primary_id FROM questions_question WHERE id = ANY(%s)", [ids])
        return {root for (root,) in cursor.fetchall()}


def version(*questions: Question) -> str:
    """A short text that changes whenever what a merge preview shows of these families changes.

    That is their wordings, edges and states, how many answers and useful marks hang on them, and when there was an
    answer or an edit of one. Followers come and go without it. One query.
    """
    roots = {question.primary_id for question in questions}
    rows = (
        Question.objects.filter(primary__in=roots)
        .order_by("pk")
        .values_list(
            "pk", "merged_into_id", "text", "state", "answer_count", "useful_count", "last_activity_at"
        )
    )
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


def recount(roots: Iterable[int]) -> None:
    """Write the derived numbers of these primaries anew, in one query; the caller has locked them.

    Wordings are counted as far as readers see them. The lead is that of the best answer: the most useful
    one, and among equals the oldest, as on the page.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [list(roots)])


_RECOUNT = """
    UPDATE questions_question AS root
    SET wording_count = family.wordings,
        answer_count = family.answers,
        useful_count = family.useful,
        last_activity_at = family.last_activity_at,
        lead = family.lead
    FROM (
        SELECT wording.primary_id,
               count(*) FILTER (WHERE wording.state = 'approved') AS wordings,
               coalesce(sum(tally.answer_count), 0) AS answers,
               coalesce(sum(tally.useful_count), 0) AS useful,
               max(greatest(wording.created_at, tally.last_activity_at)) AS last_activity_at,
               coalesce(
                   (array_agg(tally.lead ORDER BY tally.best_useful DESC, tally.best_at, wording.id)
                    FILTER (WHERE tally.answer_count > 0))[1],
                   ''
               ) AS lead
        FROM questions_question AS wording
        LEFT JOIN questions_hometally AS tally ON tally.question_id = wording.id
        WHERE wording.primary_id = ANY(%s)
        GROUP BY wording.primary_id
    ) AS family
    WHERE root.id = family.primary_id
"""


def recount_families_of(homes: Iterable[int]) -> None:
    """Do the same for the families of the questions with these ids, in one query more."""
    recount(_roots(list(homes)))


@dataclass(frozen=True, slots=True)
class Tally:
    """What hangs on one question itself, counted by the app that owns it."""

    home: int
    answer_count: int
    useful_count: int
    last_activity_at: datetime | None
    best_useful: int
    best_at: datetime | None
    lead: str


def record_tallies(tallies: Iterable[Tally]) -> None:
    """Take note of what hangs on questions now, in one query; the caller recounts their families afterwards.

    For the app that owns what is counted: it locks the families first, counts anew, and comes here, all in one
    transaction. Counting before locking would let two people each miss the other.
    """
    HomeTally.objects.bulk_create(
        [
            HomeTally(question_id=tally.home, **{name: getattr(tally, name) for name in _TALLIED})
            for tally in tallies
        ],
        update_conflicts=True,
        unique_fields=["question"],
        update_fields=_TALLIED,
    )


_TALLIED = ["answer_count", "useful_count", "last_activity_at", "best_useful", "best_at", "lead"]
