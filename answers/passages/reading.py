"""The words of a text in Markdown, and what stands for each few of them in a row. Pure functions."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import pyromark
from numpy.typing import NDArray

from answers.shingles import shingles

# A passage counts from so many words on.
LEAST_WORDS = 8
# Winnowing (Schleimer, Wilkerson, Aiken 2003): of every _WINDOW neighbouring shingles of _SHINGLE words the one
# with the least hash is kept. _SHINGLE + _WINDOW - 1 words have a window of their own, so whatever shares so
# many words in a row shares a number.
_SHINGLE = 6
_WINDOW = LEAST_WORDS + 1 - _SHINGLE


@dataclass
class Words:
    """The words of a text in their order, what each is compared by, and its place in the text.

    "" stands where something was left out that no passage reaches across.
    """

    keys: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    # For each word how many half words stand before it; one more at the end.
    halves: list[int] = field(default_factory=lambda: [0])

    @property
    def count(self) -> int:
        return whole(self.halves[-1])

    def add(self, key: str, start: int, end: int, halves: int) -> None:
        self.keys.append(key)
        self.starts.append(start)
        self.ends.append(end)
        self.halves.append(self.halves[-1] + halves)

    def leave_out(self, place: int) -> None:
        if self.keys and self.keys[-1]:
            self.add("", place, place, 0)

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield where each run without anything left out begins and ends, as numbers of words."""
        gaps = [-1, *(number for number, key in enumerate(self.keys) if not key), len(self.keys)]
        yield from ((before + 1, after) for before, after in pairwise(gaps))

    @functools.cached_property
    def windows(self) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
        """For each LEAST_WORDS words in a row the number that is kept for them, and one that is theirs alone."""
        by_word = {key: blake2b(key.encode(), digest_size=8).digest() for key in set(self.keys)}
        words = np.frombuffer(b"".join(map(by_word.__getitem__, self.keys)), dtype=">u8").astype(np.uint64)
        numbers, passages = [np.empty(0, np.int32)], [np.empty(0, np.uint64)]
        for first, after in self.runs():
            count = after - first - LEAST_WORDS + 1
            if count > 0:
                # Signed and of 32 bits, as PostgreSQL's integers are.
                small = (
                    (shingles(words[first:after], _SHINGLE) >> np.uint64(32)).astype(np.uint32).view(np.int32)
                )
                numbers.append(np.min([small[step : step + count] for step in range(_WINDOW)], axis=0))
                passages.append(shingles(words[first:after], LEAST_WORDS))
        return np.concatenate(numbers), np.concatenate(passages)


def whole(halves: int) -> int:
    """Words are counted in halves, for a Chinese or Japanese character is half a word."""
    return (halves + 1) // 2


@functools.lru_cache(maxsize=8)
def words(text: str) -> Words:
    """Return the words of a text in Markdown with their places in it, which nobody may change.

    Kept for the next few calls: one who posts a text has it looked at several times.
    """
    reader = _Reader(text)
    for event, where in pyromark.events_with_range(text, options=_OPTIONS):
        if isinstance(event, dict):
            reader.read(*next(iter(event.items())), where["start"], where["end"])
    return reader.words


def word_count(text: str) -> int:
    """Return how many words of a text count."""
    return words(text).count


_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_FOOTNOTES
)
_BLOCKS_ASIDE = {"BlockQuote", "CodeBlock", "MetadataBlock"}
_TAGS_ASIDE = r"blockquote|pre|q|script|style"
_TAG = re.compile(rf"<(?:(?P<end>/?)(?:{_TAGS_ASIDE})\b)?[^<>]*>", re.IGNORECASE)

_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Accents and vowel signs, which Python takes for no letters, and signs that nobody sees, with which a copy might
# be hidden.
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
_LETTERS = rf"[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_MARKS}{_UNSEEN}])*"
_ADDRESS = r"(?:https?://|www\.)[^\s<>]*"
_WORD = re.compile(
    rf"(?P<address>{_ADDRESS})|(?P<unspaced>[{_UNSPACED}][{_MARKS}]*)|{_LETTERS}(?:['’]{_LETTERS})*"
)
# The same where there is only ASCII, six times as fast.
_ASCII_WORD = re.compile(rf"(?P<address>{_ADDRESS})|[a-zA-Z0-9]+(?:'[a-zA-Z0-9]+)*")
_DROPPED = re.compile(f"['’{_UNSEEN}]")


class _Reader:
    """Collects the words from the events of pyromark, whose places are numbers of bytes in UTF-8."""

    def __init__(self, text: str) -> None:
        self.words = Words()
        self._text = text
        self._bytes = b"" if text.isascii() else text.encode()
        self._byte = self._character = 0  # one place by both numbers
        self._blocks_aside = 0
        self._tags_aside = 0

    def read(self, kind: str, value: object, start: int, end: int) -> None:
        match kind:
            case "Text" | "Code":
                if not self._blocks_aside and not self._tags_aside:
                    self._read_text(str(value), self._place(start), self._place(end))
            case "Start":
                if _name(value) in _BLOCKS_ASIDE:
                    self._blocks_aside += 1
                    self.words.leave_out(self._place(start))
            case "End":
                if _name(value) in _BLOCKS_ASIDE:
                    self._blocks_aside -= 1
                elif value == "HtmlBlock":
                    # A tag that stays open does not swallow the rest of the text.
                    self._tags_aside = 0
            case "Html" | "InlineHtml":
                if not self._blocks_aside:
                    self._read_html(self._place(start), self._place(end))

    def _place(self, byte: int) -> int:
        """Turn a number of bytes into one of characters. Places come in their order but for few."""
        if not self._bytes:
            return byte
        if byte < self._byte:
            self._byte = self._character = 0
        self._character += len(self._bytes[self._byte : byte].decode(errors="replace"))
        self._byte = byte
        return self._character

    def _read_text(self, value: str, start: int, end: int) -> None:
        if self._text[start:end] != value and "`" not in self._text[start:end]:
            # An entity, which stands for something else than what is typed: all of it is the place of its words.
            for match in _WORD.finditer(value):
                self._add(match, start, end)
            return
        if not value.isascii():
            for match in _WORD.finditer(self._text, start, end):
                self._add(match, match.start(), match.end())
            return
        # What `_add` does, written out: most texts go this way, and it takes half as long.
        into = self.words
        for match in _ASCII_WORD.finditer(self._text, start, end):
            if match.lastgroup is None:
                into.keys.append(match[0].lower().replace("'", ""))
                into.starts.append(match.start())
                into.ends.append(match.end())
                into.halves.append(into.halves[-1] + 2)

    def _read_html(self, start: int, end: int) -> None:
        for tag in [*_TAG.finditer(self._text, start, end), None]:
            stop = tag.start() if tag else end
            if not self._tags_aside:
                self._read_text(self._text[start:stop], start, stop)
            if tag is None:
                break
            start = tag.end()
            if tag["end"] == "/":
                self._tags_aside = max(0, self._tags_aside - 1)
            elif tag["end"] is not None:
                self._tags_aside += 1
                self.words.leave_out(start)

    def _add(self, match: re.Match[str], start: int, end: int) -> None:
        if match.lastgroup == "address":
            return
        word = match[0]
        if word.isascii():
            key = word.lower().replace("'", "")
        else:
            key = _DROPPED.sub("", unicodedata.normalize("NFKC", word)).casefold()
        if key:
            self.words.add(key, start, end, 1 if match.lastgroup == "unspaced" else 2)


def _name(value: object) -> str:
    return str(next(iter(value)) if isinstance(value, dict) else value)
