"""Finding, among all answers, the few that share passages with a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from answers import passages
from answers.models import Answer
from answers.passages import Passage, Texts

# A text is compared with so many others, and with no more than so many words of them (but with one at least).
MOST_COMPARED = 20
_MOST_WORDS = 50_000
# Whatever stands in so many of them already, no further ones are looked at for.
_ENOUGH = 3
# So many texts are loaded at a time; mostly it is enough.
_LOADED = 8
# Of the answers that one number stands in, so many are looked at: those that were written first, mostly.
# So a sentence that half of the site ends with costs no more than another.
_MOST_OF_A_NUMBER = 64


@dataclass(frozen=True)
class Copy:
    """Passages of a text that stand in an answer. `share` is of the words of the text, 0 to 1."""

    source: Answer
    passages: list[Passage]
    word_count: int
    share: float


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
    for candidate in candidates(
        numbers,
        author=author.pk if author else None,
        exclude=edited.pk if edited else None,
        visible=True,
    ):
        there = Texts([passages.words(candidate.answer.text)])
        if shared := there.passages_in(read):
            candidate.is_right()
            count = count_words(shared)
            if before is None or count > count_words(there.passages_in(before)):
                found.append(Copy(candidate.answer, shared, count, passages.share(shared, read)))
    return sorted(found, key=lambda copy: (-copy.word_count, copy.source.created_at, copy.source.pk))


def count_words(shared: list[Passage]) -> int:
    return sum(passage.word_count for passage in shared)


@dataclass(frozen=True)
class Candidate:
    """An answer that shares numbers with a text."""

    answer: Answer
    numbers: list[int]
    _found: Counter[int]

    def is_right(self) -> None:
        """Note that it shares passages as well, so that not too many others are looked at for the same."""
        self._found.update(self.numbers)


def candidates(
    numbers: list[int], *, author: int | None, exclude: int | None, visible: bool
) -> Iterator[Candidate]:
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
            if compared == MOST_COMPARED or (compared and room < 0):
                return
            compared += 1
            yield Candidate(by_id[pk], shared, found)


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
                "most": 4 * MOST_COMPARED,
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
