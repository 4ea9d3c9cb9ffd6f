"""Putting together what two people made of the same text at the same time. Pure functions."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from merge3 import Merge3

from answers.aligning import is_word, matching_blocks, tokens


class Marks(NamedTuple):
    """The lines between which both texts stand, where a person has to choose; said in the language of that person."""

    theirs: str
    mine: str
    end: str


MARK_THEIRS = "<<<<<<< the text saved meanwhile"
MARK_MINE = "======= your text"
MARK_END = ">>>>>>> until here"
ENGLISH = Marks(MARK_THEIRS, MARK_MINE, MARK_END)

# What stands between sentences is a piece of its own: as long as it stays, changing the sentence before it and the
# one after it is no conflict.
_BETWEEN_SENTENCES = re.compile(r"((?<=[.!?…])[^\S\n]+|(?<=[.!?…][\"'”’»)\]*_])[^\S\n]+|[。！？])")
# Lines of tables and of code, which a mark in their midst would break.
_UNDIVIDED_LINE = re.compile(r"\s*\||\t| {4}")
# Changes by two people in one sentence are put together if so many words between them stayed.
_WORDS_APART = 3
_SECONDS = 0.1


class MergedText(NamedTuple):
    """The text with everything that both have changed, and at how many places a person has to choose."""

    text: str
    conflicts: int


def merge(base: str, theirs: str, mine: str, *, marks: Marks = ENGLISH) -> MergedText:
    """Return `base` with the changes of both `theirs` and `mine`; where they contradict, both, between marks.

    Takes about 0.2 s at most, half of it in search of what is the same. Where that is not enough, more than
    necessary stands between marks.
    """
    # Usual, and exact even where dividing texts into sentences is not.
    if theirs in (base, mine):
        return MergedText(mine, 0)
    if mine == base:
        return MergedText(theirs, 0)
    until = time.thread_time() + _SECONDS
    merged = _Merged(marks)
    for kind, *sides in _groups([_sentences(text) for text in (base, theirs, mine)], until):
        texts = ["".join(side) for side in sides]
        if kind != "conflict":
            merged.add(texts[0])
        elif (text := _merged_words(texts, until)) is not None:
            merged.add(text)
        else:
            merged.add_conflict(*texts[1:])
    return MergedText("".join(merged.texts), merged.conflicts)


def has_marks(text: str, *others: Marks) -> bool:
    """Whether there is still a line that `merge` put in for a person to choose: in English or one of these `others`."""
    return _mark_lines((ENGLISH, *others)).search(text) is not None


@cache
def _mark_lines(marks: tuple[Marks, ...]) -> re.Pattern[str]:
    lines = {re.escape(line) for of_language in marks for line in of_language}
    return re.compile(rf"^(?:{'|'.join(sorted(lines))})[^\S\n]*$", re.MULTILINE)


class _Merged:
    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self.texts: list[str] = []
        self.conflicts = 0
        self._is_after_mark = False

    def add(self, text: str) -> None:
        if self._is_after_mark and text:
            # The line feed after the mark stands for the space or the line feed that was here.
            text = text[1:] if text.startswith("\n") else text.lstrip(" ")
            self._is_after_mark = False
        self.texts.append(text)

    def add_conflict(self, theirs: str, mine: str) -> None:
        self._end_line()
        for mark, text in ((self._marks.theirs, theirs), (self._marks.mine, mine)):
            self.texts += [f"{mark}\n", text]
            self._end_line()
        self.texts.append(f"{self._marks.end}\n")
        self._is_after_mark = True
        self.conflicts += 1

    def _end_line(self) -> None:
        while self.texts and not self.texts[-1]:
            self.texts.pop()
        if self.texts and not self.texts[-1].endswith("\n"):
            # Two spaces at the end of a line would be a line break in Markdown.
            self.texts[-1] = self.texts[-1].rstrip(" ") + "\n"


def _sentences(text: str) -> list[str]:
    """Return the text in sentences and what is between them; tables and code in lines."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        content = line.rstrip("\n")
        pieces += [content] if _UNDIVIDED_LINE.match(content) else _BETWEEN_SENTENCES.split(content)
        pieces.append(line[len(content) :])
    return [piece for piece in pieces if piece]


def _merged_words(texts: list[str], until: float) -> str | None:
    """Return a passage with the changes of both, or None where they are at the same place or too near.

    `texts` are the passage in base, theirs and mine.
    """
    merged: list[str] = []
    unchanged, last = _WORDS_APART, ""
    for kind, *sides in _groups([_words(text) for text in texts], until):
        if kind == "conflict":
            return None
        if kind == "unchanged":
            unchanged += sum(map(is_word, sides[0]))
        else:
            if kind != last and unchanged < _WORDS_APART:
                return None
            unchanged, last = 0, kind
        merged += sides[0]
    return "".join(merged)


def _words(text: str) -> list[str]:
    return [piece for pair in zip(*tokens(text), strict=True) for piece in pair if piece]


def _groups(sides: list[list[str]], until: float) -> Iterator[tuple]:
    """Return what became of the pieces: "unchanged", "a" (theirs), "b" (mine), "same", or "conflict", and they.

    `sides` are the pieces of base, theirs and mine. Of a conflict all three come, else one.
    """

    class Matcher:
        def __init__(self, _: object, a: Sequence[str], b: Sequence[str]) -> None:
            self._sides = a, b

        def get_matching_blocks(self) -> list[tuple[int, int, int]]:
            one, other = self._sides
            found = matching_blocks(one, other, seconds=until - time.thread_time())
            return [*found, (len(one), len(other), 0)]

    base, theirs, mine = sides
    return Merge3(base, theirs, mine, sequence_matcher=Matcher).merge_groups()
