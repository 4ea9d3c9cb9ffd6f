"""The passages that two texts share. Pure functions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from answers.passages.reading import LEAST_WORDS, Words, whole, words

# Of a passage that is written again and again, so many places are looked at for the longest.
_MOST_PLACES = 8
# Words are counted in halves, for a Chinese or Japanese character is half a word.
_HALVES = 2 * LEAST_WORDS


@dataclass(frozen=True)
class Passage:
    """A run of words that two texts share, by its places in both, from its first character to after its last.

    `other` is the number of the other text, where there are several.
    """

    start: int
    end: int
    other_start: int
    other_end: int
    word_count: int
    other: int = 0


class Texts:
    """Texts in which the passages of others are looked for."""

    def __init__(self, texts: Sequence[Words]) -> None:
        self._texts = texts
        self._places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
        for number, text in enumerate(texts):
            for first, after in text.runs():
                for at in range(first, after - LEAST_WORDS + 1):
                    places = self._places[tuple(text.keys[at : at + LEAST_WORDS])]
                    if len(places) < _MOST_PLACES:
                        places.append((number, at))

    def passages_in(self, text: Words) -> list[Passage]:
        """Return the passages of `text` that stand in one of the texts, in their order.

        Each reaches as far as it goes, and none into the one before it. Takes time in proportion to the length, also
        where a text says the same thing again and again.
        """
        found = []
        keys, halves, at = text.keys, text.halves, 0
        while at + LEAST_WORDS <= len(keys):
            after, other, other_at = self._longest(keys, at)
            if halves[after] - halves[at] < _HALVES:
                at += 1
                continue
            there = self._texts[other]
            found.append(
                Passage(
                    start=text.starts[at],
                    end=text.ends[after - 1],
                    other_start=there.starts[other_at],
                    other_end=there.ends[other_at + after - at - 1],
                    word_count=whole(halves[after] - halves[at]),
                    other=other,
                )
            )
            at = after
        return found

    def _longest(self, keys: list[str], at: int) -> tuple[int, int, int]:
        """Where the longest passage from `at` ends, and where it stands: the text and the place in it."""
        longest = (at, 0, 0)
        for other, other_at in self._places.get(tuple(keys[at : at + LEAST_WORDS]), ()):
            there = self._texts[other].keys
            last = min(len(keys), at + len(there) - other_at)
            after, ahead = at + LEAST_WORDS, other_at - at
            while after < last and keys[after] and keys[after] == there[after + ahead]:
                after += 1
            if after > longest[0]:
                longest = (after, other, other_at)
        return longest


def common(text: str, other: str) -> list[Passage]:
    """Return the passages of `text` that stand in `other`, in their order; see Texts.passages_in."""
    return Texts([words(other)]).passages_in(words(text))


def share(passages: Sequence[Passage], text: Words) -> float:
    """Return which share of the words of a text stands in these passages of it, 0 to 1."""
    inside = sum(passage.word_count for passage in passages)
    return min(1.0, inside / text.count) if text.count else 0.0
