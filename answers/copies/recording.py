"""Keeping the sketches of answers and the record of what they share, and settling it."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from answers import passages
from answers.copies.finding import MOST_COMPARED, candidates, count_words
from answers.models import Answer, CopiedPassage, PassageSketch
from answers.passages import Texts, Words

_BATCH = 200


@transaction.atomic
def record(answer: Answer, *, before: str = "") -> None:
    """Write the sketch of an answer as it reads now, and which passages it shares with answers by others.

    Of each pair the later answer is the copy. What somebody settled stays settled unless there is more of it.
    `before` is the text that it had: others are looked for only where it is new, if the rest has been recorded.
    """
    read = passages.words(answer.text)
    numbers = new_numbers = passages.sketch_of(read)
    if before and PassageSketch.objects.filter(answer=answer).exists():
        new_numbers = passages.new_numbers(read, passages.words(before))
    _write_sketch(answer, read, numbers)
    _record_copies(answer, read, new_numbers)


def write_sketch(answer: Answer) -> None:
    """Write the numbers that the answer, as it reads now, is found by."""
    read = passages.words(answer.text)
    _write_sketch(answer, read, passages.sketch_of(read))


@transaction.atomic
def _write_sketch(answer: Answer, read: Words, numbers: list[int]) -> None:
    with connection.cursor() as cursor:
        # What is new in a GIN index waits in a list that every look-up reads for every number; keep it short.
        cursor.execute("SET LOCAL gin_pending_list_limit = '64kB'")
    PassageSketch.objects.bulk_create(
        [PassageSketch(answer=answer, numbers=numbers, word_count=read.count)],
        update_conflicts=True,
        unique_fields=["answer"],
        update_fields=["numbers", "word_count"],
    )


def _record_copies(answer: Answer, read: Words, new_numbers: list[int]) -> None:
    pairs = CopiedPassage.objects.filter(Q(answer=answer) | Q(source=answer))
    # What is known already is looked at again, but for a text that half of the site has copied.
    known = {
        (copy, source)
        for copy, source in pairs.order_by("-word_count").values_list("answer", "source")[:MOST_COMPARED]
    }
    true_now: dict[tuple[int, int], tuple[int, float]] = {}
    here = functools.cache(lambda: Texts([read]))

    def compare(other: Answer) -> bool:
        there = passages.words(other.text)
        if (answer.created_at, answer.pk) > (other.created_at, other.pk):
            copy, source, text, shared = answer, other, read, Texts([there]).passages_in(read)
        else:
            copy, source, text, shared = other, answer, there, here().passages_in(there)
        if shared:
            true_now[copy.pk, source.pk] = (count_words(shared), passages.share(shared, text))
        return bool(shared)

    for candidate in candidates(new_numbers, author=answer.author_id, exclude=answer.pk, visible=False):
        if compare(candidate.answer):
            candidate.is_right()
    others = {pk for pair in known - set(true_now) for pk in pair} - {answer.pk}
    for other in Answer.objects.filter(pk__in=others) if others else ():
        if answer.author_id is None or answer.author_id != other.author_id:
            compare(other)
    for copy_pk, source_pk in known - set(true_now):
        pairs.filter(answer=copy_pk, source=source_pk).delete()
    if true_now:
        _upsert(true_now)


def _upsert(pairs: dict[tuple[int, int], tuple[int, float]]) -> None:
    rows = [(copy, source, count, share) for (copy, source), (count, share) in sorted(pairs.items())]
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [timezone.now(), *(list(column) for column in zip(*rows, strict=True))])


# One statement that takes the rows in their order, so that two who record the same pairs wait but never for each other.
_UPSERT = """
    INSERT INTO answers_copiedpassage AS kept (answer_id, source_id, word_count, share, found_at)
    SELECT made.answer_id, made.source_id, made.word_count, made.share, %s
    FROM unnest(%s::bigint[], %s::bigint[], %s::integer[], %s::float8[])
        AS made (answer_id, source_id, word_count, share)
    ORDER BY made.answer_id, made.source_id
    ON CONFLICT (answer_id, source_id) DO UPDATE SET
        word_count = excluded.word_count,
        share = excluded.share,
        found_at = CASE WHEN excluded.word_count > kept.word_count THEN excluded.found_at ELSE kept.found_at END,
        settled_at = CASE WHEN excluded.word_count > kept.word_count THEN NULL ELSE kept.settled_at END,
        settled_by_id = CASE WHEN excluded.word_count > kept.word_count THEN NULL ELSE kept.settled_by_id END
"""


def count_missing() -> int:
    """How many answers have no sketch."""
    return Answer.objects.filter(sketch=None).count()


def fill_in() -> Iterator[int]:
    """Record every answer that has no sketch, and yield now and then how many it has done since.

    Each is a transaction of its own, so it can be stopped at any time and goes on where it was.
    """
    last = 0
    while True:
        missing = Answer.objects.filter(sketch=None, pk__gt=last).order_by("pk")
        batch = list(missing.values_list("pk", flat=True)[:_BATCH])
        if not batch:
            return
        for pk in batch:
            with transaction.atomic():
                # Held, so that nobody gives it another text, with another sketch, in the meantime.
                held = Answer.objects.select_for_update(no_key=True, of=("self",))
                answer = held.filter(pk=pk, sketch=None).first()
                if answer is not None:
                    record(answer)
        last = batch[-1]
        yield len(batch)


def settle(copied: CopiedPassage, *, by) -> None:
    """Note that somebody looked at this and it may stay. Settled already, it stays with who did."""
    CopiedPassage.objects.filter(pk=copied.pk, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by
    )


def unsettle(copied: CopiedPassage) -> None:
    """Put it back among those that nobody has looked at."""
    CopiedPassage.objects.filter(pk=copied.pk).update(settled_at=None, settled_by=None)
