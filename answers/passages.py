"""Which passages two texts in Markdown share word for word. Pure functions.

What is quoted, code, and addresses of links are no words here. Words are compared without regard to case, markup
and punctuation. Chinese and Japanese have no spaces: there a character counts as half a word, so that a passage
of eight words is one of sixteen characters. How it works: docs/explanation/copied-passages.md.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
# Of a passage that is written again and again, so many places are looked at for the longest.
_MOST_PLACES = 8
# Words are counted in halves, for a Chinese or Japanese character is half a word.
_HALVES = 2 * LEAST_WORDS

Parts = list[tuple[str, bool]]


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
        return _whole(self.halves[-1])

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


def _whole(halves: int) -> int:
    return (halves + 1) // 2


# --- The words of a text


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


# --- The index: numbers for passages


def sketch(text: str) -> list[int]:
    """Return numbers that stand for the passages of a text, in rising order, about one for two words.

    Two texts that share LEAST_WORDS words in a row share a number. They are signed and of 32 bits, and the same in
    every process and release.
    """
    return sketch_of(words(text))


def sketch_of(text: Words) -> list[int]:
    """Return the sketch of a text whose words are known."""
    numbers, _ = text.windows
    return np.unique(numbers).tolist()


def new_numbers(text: Words, before: Words) -> list[int]:
    """Return those numbers of a text that stand for passages which were not in it before.

    Whoever shares LEAST_WORDS words in a row with it that it did not have before shares one of these.
    """
    (numbers, passages), (_, known) = text.windows, before.windows
    return np.unique(numbers[~np.isin(passages, known)]).tolist()


# --- The passages themselves


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
                    word_count=_whole(halves[after] - halves[at]),
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


# --- Showing and quoting them

Place = tuple[int, int]


def places(passages: Sequence[Passage], *, other: bool = False) -> list[Place]:
    """Return where the passages stand in their text, or in the other one: in order, those that overlap as one."""
    found: list[Place] = []
    for start, end in sorted((p.other_start, p.other_end) if other else (p.start, p.end) for p in passages):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def parts(text: str, shown: Sequence[Place]) -> Parts:
    """Return the text in parts, each with whether it is one of these places; joined, the parts are the text again."""
    found: Parts = []
    done = 0
    for start, end in shown:
        found += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [part for part in [*found, (text[done:], False)] if part[0]]


def excerpts(text: str, shown: Sequence[Place], *, around: int = 80, most: int = 4) -> Parts:
    """Return the first `most` of these places in parts, as `parts` does, each with some characters around it."""
    found: Parts = []
    done = 0
    for number, (start, end) in enumerate(shown[:most]):
        after = shown[number + 1][0] if number + 1 < len(shown) else len(text)
        begin, stop = max(done, start - around), min(after, end + around)
        if begin > done:
            begin = _next_word(text, begin, start)
            found.append(("… " if not found else " … ", False))
        stop = _last_word(text, stop, end)
        found += [(text[begin:start], False), (text[start:end], True), (text[end:stop], False)]
        done = stop
    if found and done < len(text):
        found.append((" …", False))
    return [part for part in found if part[0]]


def _next_word(text: str, begin: int, start: int) -> int:
    space = re.compile(r"\s+").search(text, begin, start)
    return space.end() if space else begin


def _last_word(text: str, stop: int, end: int) -> int:
    if stop == len(text):
        return stop
    spaces = [match.start() for match in re.finditer(r"\s", text[end:stop])]
    return end + spaces[-1] if spaces else stop


def quoted(text: str, passages: Sequence[Passage], *, source: str) -> str:
    """Return the text with these passages as quotations, and `source`, a line in Markdown, under each."""
    found = []
    done = 0
    for place in places(passages):
        start, end = _with_markup(text, *place)
        start = max(start, done)
        found += [text[done:start].rstrip(), _quotation(text[start:end], source)]
        done = end
    found.append(text[done:].strip())
    return "\n\n".join(part for part in found if part)


def _quotation(passage: str, source: str) -> str:
    lines = [line.strip() for line in passage.strip().splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in [*lines, "", source])


def _with_markup(text: str, start: int, end: int) -> Place:
    """Take in the signs that belong to the words: emphasis before, punctuation after, and what begins a line."""
    # Looked for close by only, for a line of 50,000 stars would take hours.
    before = _BEFORE.search(text, max(0, start - 40), start)
    after = _AFTER.match(text, end, end + 40)
    return before.start() if before else start, after.end() if after else end


_BEFORE = re.compile(r"(?:(?<![^\n])[ \t]*(?:[-*+]|\d+[.)]|#{1,6})?[ \t]*)?[*_~`\"'(\[“‘„]*\Z")
_AFTER = re.compile(r"[*_~`\"')\]”’.,;:!?…。，！？]*")
