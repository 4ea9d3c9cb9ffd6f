"""Which answers stand in others word for word: the sketches they are found by, and the record of what was found.

`passages` compares texts; this module finds, among all answers, the few that are worth comparing.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from answers import passages
from answers.models import Answer, CopiedPassage, PassageSketch
from answers.passages import Passage, Texts, Words

# A text is compared with so many others, and with no more than so many words of them (but with one at least).
_MOST_COMPARED = 20
_MOST_WORDS = 50_000
# Whatever stands in so many of them already, no further ones are looked at for.
_ENOUGH = 3
# So many texts are loaded at a time; mostly it is enough.
_LOADED = 8
# Of the answers that one number stands in, so many are looked at: those that were written first, mostly.
# So a sentence that half of the site ends with costs no more than another.
_MOST_OF_A_NUMBER = 64
_BATCH = 200


@dataclass(frozen=True)
class Copy:
    """Passages of a text that stand in an answer. `share` is of the words of the text, 0 to 1."""

    source: Answer
    passages: list[Passage]
    word_count: int
    share: float


# --- Looking for them


def found_in(text: str, *, author, edited: Answer | None = None) -> list[Copy]:
    """Return the answers, seen by readers, that passages of this text stand in, those with most words first.

    `author` is who writes the text, None for a guest; members may say again what they said themselves. `edited` is
    the answer that the text is for: only where more is copied than before is returned. Of a passage that stands in
    many answers, some of the oldest are returned. The time it takes depends on the length of the text, and hardly on
    the number of answers.
    """
    read = passages.words(text)
    before = passages.words(edited.text) if edited else None
    numbers = passages.new_numbers(read, before) if before else passages.sketch_of(read)
    found = []
    for candidate in _candidates(
        numbers,
        author=author.pk if author else None,
        exclude=edited.pk if edited else None,
        visible=True,
    ):
        there = Texts([passages.words(candidate.answer.text)])
        if shared := there.passages_in(read):
            candidate.is_right()
            count = _count(shared)
            if before is None or count > _count(there.passages_in(before)):
                found.append(Copy(candidate.answer, shared, count, passages.share(shared, read)))
    return sorted(found, key=lambda copy: (-copy.word_count, copy.source.created_at, copy.source.pk))


def _count(shared: list[Passage]) -> int:
    return sum(passage.word_count for passage in shared)


@dataclass(frozen=True)
class _Candidate:
    """An answer that shares numbers with a text."""

    answer: Answer
    numbers: list[int]
    _found: Counter[int]

    def is_right(self) -> None:
        """Note that it shares passages as well, so that not too many others are looked at for the same."""
        self._found.update(self.numbers)


def _candidates(
    numbers: list[int], *, author: int | None, exclude: int | None, visible: bool
) -> Iterator[_Candidate]:
    """Yield answers by others that share numbers, those first that share most of what is rare."""
    rows = _sharing(numbers, author=author, exclude=exclude, visible=visible)
    found: Counter[int] = Counter()
    compared, room = 0, _MOST_WORDS
    for start in range(0, len(rows), _LOADED):
        wanted = [row for row in rows[start : start + _LOADED] if _is_worth_it(row, found)]
        answers = Answer.objects.select_related("author", "question__primary").defer("html")
        by_id = answers.in_bulk([pk for pk, _, _ in wanted]) if wanted else {}
        for pk, word_count, shared in wanted:
            if pk not in by_id or not _is_worth_it((pk, word_count, shared), found):
                continue
            room -= word_count
            if compared == _MOST_COMPARED or (compared and room < 0):
                return
            compared += 1
            yield _Candidate(by_id[pk], shared, found)


def _is_worth_it(row: _Sharing, found: Counter[int]) -> bool:
    """Whether there is a number that has not led to enough answers yet."""
    return any(found[number] < _ENOUGH for number in row[2])


# An answer, how many words it has, and which of the numbers.
_Sharing = tuple[int, int, list[int]]


def _sharing(numbers: list[int], *, author: int | None, exclude: int | None, visible: bool) -> list[_Sharing]:
    """Return answers by others that share numbers, those first that share most of what is rare."""
    if not numbers:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner does not know that the numbers are rare. For some it would rather read the whole table, and
        # compile the query first, which takes longer than all of it.
        cursor.execute("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
        cursor.execute(
            _SHARING,
            {
                "numbers": numbers,
                "of_a_number": _MOST_OF_A_NUMBER,
                "exclude": exclude,
                "author": author,
                "visible": visible,
                "most": 4 * _MOST_COMPARED,
            },
        )
        rows = cursor.fetchall()
        cursor.execute("SELECT set_config('enable_seqscan', NULL, true), set_config('jit', NULL, true)")
    return rows


# Number for number, so that each can stop where it has found enough. The rarer a number the more it counts, or a
# sentence that many end their answers with would push aside what was copied from one.
_SHARING = """
    WITH hits AS MATERIALIZED (
        SELECT hit.answer_id, hit.word_count, wanted.number, count(*) OVER (PARTITION BY wanted.number) AS answers
        FROM unnest(%(numbers)s::integer[]) AS wanted (number)
        CROSS JOIN LATERAL (
            SELECT sketch.answer_id, sketch.word_count
            FROM answers_passagesketch AS sketch
            WHERE sketch.numbers @> ARRAY[wanted.number]
            LIMIT %(of_a_number)s
        ) AS hit
    ), best AS MATERIALIZED (
        SELECT answer_id, word_count, array_agg(number) AS numbers, sum(1.0 / answers) AS weight
        FROM hits
        GROUP BY answer_id, word_count
        ORDER BY weight DESC, answer_id
        LIMIT 4 * %(most)s
    )
    SELECT answer.id, best.word_count, best.numbers
    FROM best
    JOIN answers_answer AS answer ON answer.id = best.answer_id
    JOIN questions_question AS home ON home.id = answer.question_id
    JOIN questions_question AS page ON page.id = home.primary_id
    WHERE answer.id IS DISTINCT FROM %(exclude)s::bigint
      AND (answer.author_id IS NULL OR answer.author_id IS DISTINCT FROM %(author)s::bigint)
      AND (NOT %(visible)s OR answer.state = 'approved' AND page.state = 'approved')
    ORDER BY best.weight DESC, answer.created_at, answer.id
    LIMIT %(most)s
"""


# --- Keeping them


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
        for copy, source in pairs.order_by("-word_count").values_list("answer", "source")[:_MOST_COMPARED]
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
            true_now[copy.pk, source.pk] = (_count(shared), passages.share(shared, text))
        return bool(shared)

    for candidate in _candidates(new_numbers, author=answer.author_id, exclude=answer.pk, visible=False):
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


# --- Settling them


def settle(copied: CopiedPassage, *, by) -> None:
    """Note that somebody looked at this and it may stay. Settled already, it stays with who did."""
    CopiedPassage.objects.filter(pk=copied.pk, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by
    )


def unsettle(copied: CopiedPassage) -> None:
    """Put it back among those that nobody has looked at."""
    CopiedPassage.objects.filter(pk=copied.pk).update(settled_at=None, settled_by=None)


# --- Between two families


@dataclass(frozen=True)
class Shared:
    """A passage of an answer, as it is typed there, that stands in an answer on the other side."""

    text: str
    other: Answer


@dataclass(frozen=True)
class Overlap:
    """What two groups of answers share: the share of the words of the first, 0 to 1, and the passages by answer."""

    share: float
    passages: dict[int, list[Shared]]
    # Whether all was compared. Otherwise there is more, and the share is an estimate.
    is_exact: bool


# So many words of each side are compared, those of the answers that share most first.
_MOST_WORDS_OF_A_SIDE = 6_000


def overlap(joining: Collection[Answer], receiving: Collection[Answer]) -> Overlap:
    """Return which passages of the answers of the first group stand in those of the second. One query.

    An answer counts here whoever wrote it. Those without a sketch are compared as if they shared something.
    """
    ids = [answer.pk for answer in (*joining, *receiving)]
    rows = PassageSketch.objects.filter(answer__in=ids).values_list("answer", "numbers", "word_count")
    sketches = {pk: (set(numbers), count) for pk, numbers, count in rows} if joining and receiving else {}
    alike = _alike(joining, receiving, sketches), _alike(receiving, joining, sketches)
    ones, others = (_within(side, _MOST_WORDS_OF_A_SIDE, sketches) for side in alike)
    is_exact = (ones, others) == alike
    read = {answer.pk: passages.words(answer.text) for answer in (*ones, *others)}
    there = Texts([read[answer.pk] for answer in others])
    found: dict[int, list[Shared]] = defaultdict(list)
    inside: Counter[int] = Counter()
    for answer in ones:
        for passage in there.passages_in(read[answer.pk]):
            other = others[passage.other]
            inside[answer.pk] += passage.word_count
            found[answer.pk].append(Shared(answer.text[passage.start : passage.end], other))
            found[other.pk].append(Shared(other.text[passage.other_start : passage.other_end], answer))
    if not is_exact:
        # As many of the words are shared as of the numbers, about: there is one for every two words.
        numbers = _numbers(receiving, sketches)
        for answer in joining:
            own, count = sketches.get(answer.pk, (set(), 0))
            if own:
                inside[answer.pk] = max(inside[answer.pk], round(count * len(own & numbers) / len(own)))
    words = sum(_word_count(answer, sketches, read) for answer in joining)
    share = min(1.0, inside.total() / words) if words else 0.0
    return Overlap(share, dict(found), is_exact)


_Sketches = dict[int, tuple[set[int], int]]


def _alike(answers: Collection[Answer], others: Collection[Answer], sketches: _Sketches) -> list[Answer]:
    """Return those of the answers that may share a passage with one of the others, those that share most first."""
    numbers = _numbers(others, sketches)
    some_unknown = any(other.pk not in sketches for other in others)
    shared = {
        answer.pk: len(sketches[answer.pk][0] & numbers) if answer.pk in sketches else 1 for answer in answers
    }
    return sorted(
        (answer for answer in answers if shared[answer.pk] or some_unknown),
        key=lambda answer: (-shared[answer.pk], answer.pk),
    )


def _numbers(answers: Collection[Answer], sketches: _Sketches) -> set[int]:
    return set().union(*(sketches[answer.pk][0] for answer in answers if answer.pk in sketches))


def _within(answers: list[Answer], words: int, sketches: _Sketches) -> list[Answer]:
    """Return the first of the answers, as many as have so many words in all."""
    counts = accumulate(_word_count(answer, sketches, {}) for answer in answers)
    return [answer for answer, sum_of_words in zip(answers, counts, strict=True) if sum_of_words <= words]


def _word_count(answer: Answer, sketches: _Sketches, read: dict[int, Words]) -> int:
    if answer.pk in read:
        return read[answer.pk].count
    if answer.pk in sketches:
        return sketches[answer.pk][1]
    return len(answer.text) // 6  # about: nobody has counted them yet
