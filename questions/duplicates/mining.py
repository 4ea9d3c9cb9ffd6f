"""Looking for the duplicates that nobody has reported: a walk over the wordings, which files candidates.

A walk goes through the wordings in the order of their ids and remembers how far it has come, in the same
transaction in which it files what it found. So it can be killed at any time; the next one goes on from there.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Floor, Least
from django.utils import timezone

from questions.duplicates import matching
from questions.duplicates.confidence import confidence
from questions.models import Act, DuplicateCandidate, MiningWalk, Question
from questions.suggesting import LEAST_CONFIDENCE

# Pairs less sure than this are not filed, unless another threshold is given.
THRESHOLD = LEAST_CONFIDENCE
# Wordings that are looked at between two commits: half a second's work, or a few seconds' on a large site.
BATCH = 100
# Families that a wording is compared with. A question asked in so many ways that this does not reach round is met
# from the other side as well, and by its nearest first.
_COMPARED = 5
# An act is dated before it is committed, and seen after that.
_ACTS_TAKE = timedelta(minutes=1)

_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('find_duplicates', 0))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtextextended('find_duplicates', 0))"


class AnotherWalks(Exception):
    def __init__(self) -> None:
        super().__init__("Another find_duplicates is at work on this site. One at a time is enough.")


@dataclass(frozen=True)
class _Pair:
    newer: Question
    older: Question
    confidence: float


@contextmanager
def alone() -> Iterator[None]:
    """Keep others from walking at the same time. Raises AnotherWalks."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
        if not cursor.fetchone()[0]:
            raise AnotherWalks
    try:
        yield
    finally:
        # The connection is one of a pool, and would keep the lock there. If it is lost, so is the lock.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(_UNLOCK)


def unfinished() -> MiningWalk | None:
    """The walk that was stopped on its way, or None."""
    newest = MiningWalk.objects.first()
    return newest if newest and not newest.finished_at else None


def begin(
    *, everything: bool = False, threshold: float = THRESHOLD, waiting: Callable[[], object] = lambda: None
) -> MiningWalk | None:
    """Begin a walk over what is new since the last one, or over everything, and return it; None if nothing is.

    `waiting` is called now and then while others are writing questions, which have to be there first.
    """
    last = MiningWalk.objects.filter(finished_at__isnull=False).first()
    walk = MiningWalk(
        started_at=timezone.now(),
        first_id=0 if everything or last is None else last.last_id,
        reached_id=0,
        last_id=_newest_id(waiting),
        threshold=threshold,
    )
    if not to_walk(walk).exists():
        return None
    walk.save()
    return walk


def to_walk(walk: MiningWalk) -> QuerySet[Question]:
    """The wordings that the walk has before it, those that readers see; the next one first.

    Beside what was written since the last walk, what was reworded since, and what came to light again.
    """
    chosen = Q(pk__gt=walk.first_id)
    last = MiningWalk.objects.filter(finished_at__isnull=False, started_at__lt=walk.started_at).first()
    if walk.first_id and last:
        changed = Act.objects.filter(
            kind__in=[Act.Kind.REWORDED, Act.Kind.RESTORED], created_at__gte=last.started_at - _ACTS_TAKE
        ).values("question")
        chosen |= Q(pk__in=changed) | Q(primary__in=changed)
    return (
        Question.objects.visible()
        .on_visible_pages()
        .filter(chosen, pk__gt=walk.reached_id, pk__lte=walk.last_id)
        .order_by("pk")
    )


def go_on(walk: MiningWalk) -> Iterator[int]:
    """Walk to the end, and yield after each batch how many wordings were looked at."""
    while batch := list(to_walk(walk)[:BATCH]):
        found = [pair for question in batch for pair in _duplicates_of(question, walk.threshold)]
        new = _new(found)
        with transaction.atomic():
            DuplicateCandidate.objects.bulk_create(new, ignore_conflicts=True)
            walk.found += len(new)
            walk.reached_id = batch[-1].pk
            walk.save(update_fields=["threshold", "found", "reached_id"])
        yield len(batch)
    walk.finished_at = timezone.now()
    walk.save(update_fields=["finished_at"])


def waiting_by_confidence() -> list[int]:
    """How many candidates wait for a moderator at each tenth of confidence, the least sure first."""
    tenths = (
        DuplicateCandidate.objects.waiting()
        .order_by()
        .values(tenth=Least(Floor(F("confidence") * 10), 9.0))
        .annotate(count=Count("pk"))
    )
    counts = {int(row["tenth"]): row["count"] for row in tenths}
    return [counts.get(tenth, 0) for tenth in range(10)]


def _duplicates_of(question: Question, threshold: float) -> Iterator[_Pair]:
    for match in matching.similar_to(question, limit=_COMPARED):
        sure = confidence(question.text, match.wording.text, cosine=match.cosine)
        if sure >= threshold:
            older, newer = sorted([question, match.wording], key=lambda one: (one.created_at, one.pk))
            yield _Pair(newer, older, sure)


def _new(found: Iterable[_Pair]) -> list[DuplicateCandidate]:
    """Return the candidates that are to be filed: the surest pair of two families that have none yet.

    Whatever was decided about any two wordings of two families is decided about the two. Where a mined pair of
    theirs is waiting and this one is surer, this one takes its place.
    """
    now = timezone.now()
    new = []
    surest = _surest_of_families(found)
    known = _known({family for families in surest for family in families})
    for families, pair in surest.items():
        if not known[families]:
            new.append(
                DuplicateCandidate(
                    source=pair.newer,
                    target=pair.older,
                    origin=DuplicateCandidate.Origin.MINED,
                    confidence=pair.confidence,
                    created_at=now,
                )
            )
        elif len(known[families]) == 1:
            # One at a time, each committed at once, so that nobody who decides about several has to wait.
            # Somebody may have suggested this pair a moment ago.
            with suppress(IntegrityError), transaction.atomic():
                DuplicateCandidate.objects.filter(
                    Q(claimed_until=None) | Q(claimed_until__lt=now),
                    pk=known[families][0],
                    decision="",
                    origin=DuplicateCandidate.Origin.MINED,
                    confidence__lt=pair.confidence,
                ).update(source=pair.newer, target=pair.older, confidence=pair.confidence)
    return new


def _surest_of_families(found: Iterable[_Pair]) -> dict[frozenset[int], _Pair]:
    """Return the surest pair of every two families, as they are now: somebody may have merged or hidden some."""
    found = sorted(found, key=lambda pair: pair.confidence)
    ids = {question.pk for pair in found for question in (pair.newer, pair.older)}
    primaries = dict(
        Question.objects.visible().on_visible_pages().filter(pk__in=ids).values_list("pk", "primary")
    )
    surest = {}
    for pair in found:
        newer, older = primaries.get(pair.newer.pk), primaries.get(pair.older.pk)
        if newer and older and newer != older:
            surest[frozenset({newer, older})] = pair
    return surest


def _known(families: Iterable[int]) -> defaultdict[frozenset[int], list[int]]:
    """Return the candidates, decided or not, of every two of these families."""
    known: defaultdict[frozenset[int], list[int]] = defaultdict(list)
    rows = DuplicateCandidate.objects.filter(
        source__primary__in=families, target__primary__in=families
    ).values_list("pk", "source__primary", "target__primary")
    for pk, *pair in rows:
        known[frozenset(pair)].append(pk)
    return known


def _newest_id(waiting: Callable[[], object]) -> int:
    """Return the id of the newest wording, once all that were being written have been, or never will be.

    A question has its number before others see it, an import's even an hour before; meanwhile questions
    with greater numbers come. A walk up to one of these would leave the others behind for good.
    """
    newest = Question.objects.aggregate(newest=Max("pk"))["newest"] or 0
    writers = _writers()
    while writers:
        waiting()
        time.sleep(0.1)
        writers &= _writers()
    return newest


def _writers() -> set[str]:
    """The transactions that have taken ids of questions: they hold the sequence until they end."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT virtualtransaction FROM pg_locks
            WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND relation = pg_get_serial_sequence(%s, 'id')::regclass
              AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
            """,
            [Question._meta.db_table],
        )
        return {transaction for (transaction,) in cursor.fetchall()}
