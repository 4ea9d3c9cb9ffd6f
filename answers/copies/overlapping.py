"""What the answers of two families share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import accumulate

from answers import passages
from answers.models import Answer, PassageSketch
from answers.passages import Texts, Words


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
