"""A text in tokens, and what became of each of them. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from answers.aligning import tokens

SAME, REMOVED, ADDED = "same", "removed", "added"
# A passage that stands elsewhere now: where it is in the new text, and where it was in the old one.
MOVED, MOVED_AWAY = "moved", "moved-away"


class Part(NamedTuple):
    """A stretch of text of one kind."""

    text: str
    kind: str

    @property
    def shows_breaks(self) -> bool:
        """Whether all of the change is in spaces and line ends, which would not be seen without a sign."""
        return self.kind != SAME and self.text.isspace()


# What a token is, by number.
IS_SAME, IS_CHANGED, IS_MOVED = range(3)


class Side:
    """A text in tokens, and what became of each; changed until it is found in the other one."""

    def __init__(self, text: str) -> None:
        self.words, self.spaces = tokens(text)
        self.kinds = bytearray([IS_CHANGED]) * len(self.words)
        self.is_word = [len(word) > 1 or word.isalnum() for word in self.words]
        # How many words there are before each token.
        self.words_before = [0, *accumulate(self.is_word)]

    def count(self, kind: int) -> int:
        return sum(counts for counts, its in zip(self.is_word, self.kinds, strict=True) if its == kind)

    def words_in(self, start: int, end: int) -> int:
        return self.words_before[end] - self.words_before[start]

    def lines(self) -> Iterator[tuple[int, int]]:
        """Where lines begin and end, without their line feeds; empty lines are none."""
        start = 1  # behind the empty token
        for at, word in enumerate([*self.words[1:], "\n"], start=1):
            if word == "\n":
                if start < at:
                    yield start, at
                start = at + 1

    def move_line_ends(self) -> None:
        """Let the line ends around what moved have moved with it."""
        ways = range(1, len(self.words)), range(len(self.words) - 2, -1, -1)
        for way, step in zip(ways, (-1, 1), strict=True):
            for at in way:
                if (
                    self.words[at] == "\n"
                    and self.kinds[at] == IS_CHANGED
                    and self.kinds[at + step] == IS_MOVED
                ):
                    self.kinds[at] = IS_MOVED

    def changed_words(self) -> Iterator[int]:
        for at, counts in enumerate(self.is_word):
            if counts and self.kinds[at] == IS_CHANGED:
                yield at

    def parts(self, start: int, end: int, names: tuple[str, ...]) -> list[Part]:
        """Return the tokens as parts, each as long as its kind lasts."""
        parts = []
        while start < end:
            kind, stop = self.kinds[start], start + 1
            while stop < end and self.kinds[stop] == kind:
                stop += 1
            text = "".join(map("".join, zip(self.words[start:stop], self.spaces[start:stop], strict=True)))
            if text:
                parts.append(Part(text, names[kind]))
            start = stop
        return parts
