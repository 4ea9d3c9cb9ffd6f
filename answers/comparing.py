"""What changed from one text to another, word by word, as a person would say it. Pure functions."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import ClassVar, NamedTuple

from answers.aligning import Block, is_word, matching_blocks, tokens

SAME, REMOVED, ADDED = "same", "removed", "added"
# A passage that stands elsewhere now: where it is in the new text, and where it was in the old one.
MOVED, MOVED_AWAY = "moved", "moved-away"

# Words that have moved together; fewer are a coincidence, unless they are a whole paragraph.
_PASSAGE = 8
# Looking closer at paragraphs that moved and were changed as well ends then.
_SECONDS_FOR_MOVED = 0.1
# Unchanged rows that are shown before and after a change, and how many it takes to fold what is between.
_AROUND, _FOLDED_FROM = 1, 3


class Part(NamedTuple):
    """A stretch of text of one kind."""

    text: str
    kind: str

    @property
    def shows_breaks(self) -> bool:
        """Whether all of the change is in spaces and line ends, which would not be seen without a sign."""
        return self.kind != SAME and self.text.isspace()


@dataclass(slots=True)
class Row:
    """Paragraphs that stand beside each other; joined, the parts of all rows on one side are that side's text."""

    old: list[Part] = field(default_factory=list)
    new: list[Part] = field(default_factory=list)
    inline: list[Part] = field(default_factory=list)
    is_skipped: ClassVar[bool] = False

    @property
    def is_changed(self) -> bool:
        return any(part.kind != SAME for part in self.inline)

    @property
    def text(self) -> str:
        """What the row says; of a changed one, both sides."""
        return "".join(part.text for part in self.inline)


@dataclass(slots=True)
class SkippedRows:
    """Rows without any change, put away."""

    rows: tuple[Row, ...]
    is_skipped: ClassVar[bool] = True

    @property
    def text(self) -> str:
        return "".join(row.text for row in self.rows)

    @property
    def line_count(self) -> int:
        """How many lines there are to read in it; empty ones do not count."""
        return sum(1 for line in self.text.split("\n") if line.strip())


@dataclass(slots=True)
class Comparison:
    """The rows of both views, and how many words changed (a moved word counts once)."""

    rows: list[Row | SkippedRows]
    removed: int
    added: int
    moved: int

    @property
    def is_same(self) -> bool:
        return not any(row.is_changed for row in self.all_rows())

    def all_rows(self) -> Iterator[Row]:
        """Every row, the skipped ones too."""
        for row in self.rows:
            yield from row.rows if isinstance(row, SkippedRows) else (row,)


def compare(old: str, new: str) -> Comparison:
    """Return what changed from `old` to `new`. Takes no more than about a second, whatever the texts."""
    sides = _Side(old), _Side(new)
    blocks = matching_blocks(sides[0].words, sides[1].words)
    blocks = _without_confetti(_at_line_starts(blocks, *sides), *sides)
    for block in blocks:
        for side, start in zip(sides, (block.old, block.new), strict=True):
            side.kinds[start : start + block.size] = bytes(block.size)
    _find_moved(*sides)
    removed, added = (side.count(_CHANGED) for side in sides)
    return Comparison(_folded(_rows(blocks, *sides)), removed, added, sides[1].count(_MOVED))


_SAME, _CHANGED, _MOVED = range(3)
# and how they are called on either side
_OLD_KINDS = (SAME, REMOVED, MOVED_AWAY)
_NEW_KINDS = (SAME, ADDED, MOVED)


class _Side:
    """A text in tokens, and what became of each; changed until it is found in the other one."""

    def __init__(self, text: str) -> None:
        self.words, self.spaces = tokens(text)
        self.kinds = bytearray([_CHANGED]) * len(self.words)
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
                if self.words[at] == "\n" and self.kinds[at] == _CHANGED and self.kinds[at + step] == _MOVED:
                    self.kinds[at] = _MOVED

    def changed_words(self) -> Iterator[int]:
        for at, counts in enumerate(self.is_word):
            if counts and self.kinds[at] == _CHANGED:
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


# How far a change is moved within a repetition; more would take time and help nobody.
_FARTHEST = 200


def _at_line_starts(blocks: list[Block], old: _Side, new: _Side) -> list[Block]:
    """Return the blocks with what was merely added, or merely removed, beginning at a line or a sentence if it can.

    Between "a. b. b. c." and "a. b. c." it cannot be said which "b." went: any of them, or "b" of one and the
    full stop of the other. A person says it in whole sentences and paragraphs.
    """
    moved = list(blocks)
    for number in range(len(moved) - 1):
        before, after = moved[number], moved[number + 1]
        old_gap = before.old + before.size, after.old
        new_gap = before.new + before.size, after.new
        if (old_gap[0] == old_gap[1]) == (new_gap[0] == new_gap[1]):
            continue
        words, (start, end) = (old.words, old_gap) if old_gap[0] < old_gap[1] else (new.words, new_gap)
        left = right = 0
        while left < min(before.size - 1, _FARTHEST) and words[start - left - 1] == words[end - left - 1]:
            left += 1
        while right < min(after.size - 1, _FARTHEST) and words[start + right] == words[end + right]:
            right += 1
        step = max(range(-left, right + 1), key=lambda step: (_beginning(words, start + step), -abs(step)))
        moved[number] = Block(before.old, before.new, before.size + step)
        moved[number + 1] = Block(after.old + step, after.new + step, after.size - step)
    return moved


def _beginning(words: Sequence[str], at: int) -> int:
    """How well a change begins here: at a line best, then after a sentence, then after another sign."""
    before = words[at - 1]
    if before in ("", "\n"):
        return 3 if words[at] == "\n" else 4
    return 2 if before in ".!?…。！？" else int(not is_word(before))


def _without_confetti(
    blocks: list[Block], old: _Side, new: _Side, within: tuple[int, int, int, int] | None = None
) -> list[Block]:
    """Return the blocks without a few same words between longer changes, and without signs between changed words.

    Line ends stay, so that paragraphs stand beside each other. `within` says where both sides begin and end.
    """
    first, first_there, last, last_there = within or (0, 0, len(old.words), len(new.words))
    pieces = [piece for block in blocks for piece in _split_at_lines(block, old.words)]
    # What was left out makes the changes around it longer; twice more is enough for nearly all.
    for _ in range(3):
        kept: list[Block] = []
        here, there = first, first_there  # where the piece before ends
        for piece, following in zip(pieces, [*pieces[1:], Block(last, last_there, 0)], strict=False):
            end, end_there = piece.old + piece.size, piece.new + piece.size
            count = old.words_in(piece.old, end)
            left = max(old.words_in(here, piece.old), new.words_in(there, piece.new))
            right = max(old.words_in(end, following.old), new.words_in(end_there, following.new))
            is_line_end = old.words[piece.old] in ("", "\n")
            is_few = 2 * count < min(left, right) or (count <= 2 and 6 * count < left + right)
            is_lost = left and right and is_few
            if is_line_end or count >= _PASSAGE or not is_lost:
                kept.append(piece)
                here, there = end, end_there
        if len(kept) == len(pieces):
            break
        pieces = kept
    return pieces


def _split_at_lines(block: Block, words: Sequence[str]) -> Iterator[Block]:
    start = block.old
    for at in range(block.old + 1, block.old + block.size):
        if (words[at] == "\n") != (words[at - 1] == "\n"):
            yield Block(start, block.new + start - block.old, at - start)
            start = at
    yield Block(start, block.new + start - block.old, block.old + block.size - start)


def _find_moved(old: _Side, new: _Side) -> None:
    """Mark what was removed at one place and added at another: paragraphs, passages, and paragraphs with changes."""
    _find_moved_lines(old, new)
    _find_the_rest_of_moved_lines(old, new, _find_moved_passages(old, new))
    for side in (old, new):
        side.move_line_ends()


def _find_moved_lines(old: _Side, new: _Side) -> None:
    places: dict[tuple[str, ...], deque[tuple[int, int]]] = {}
    for start, end in _changed_lines(old):
        places.setdefault(tuple(old.words[start:end]), deque()).append((start, end))
    for there, end_there in _changed_lines(new):
        if found := places.get(tuple(new.words[there:end_there])):
            start, end = found.popleft()
            old.kinds[start:end] = new.kinds[there:end_there] = bytes([_MOVED]) * (end - start)


def _changed_lines(side: _Side) -> Iterator[tuple[int, int]]:
    """Return where the lines are that have words, all of which are changed, if perhaps not the full stop."""
    for start, end in side.lines():
        if side.words_in(start, end) and all(
            side.kinds[at] == _CHANGED or not side.is_word[at] for at in range(start, end)
        ):
            yield start, end


def _find_moved_passages(old: _Side, new: _Side) -> list[Block]:
    """Mark the passages that moved and return them."""
    places: dict[tuple[str, ...], deque[int]] = {}
    for at in old.changed_words():
        places.setdefault(tuple(old.words[at : at + _PASSAGE]), deque()).append(at)
    moved: list[Block] = []
    beyond = 0
    for there in new.changed_words():
        if there < beyond:
            continue
        candidates = places.get(tuple(new.words[there : there + _PASSAGE]), deque())
        # Some were taken by other passages meanwhile.
        while candidates and old.kinds[candidates[0]] != _CHANGED:
            candidates.popleft()
        if not candidates:
            continue
        at, size = candidates[0], 0
        while (
            at + size < len(old.words)
            and there + size < len(new.words)
            and old.words[at + size] == new.words[there + size]
            and old.kinds[at + size] == new.kinds[there + size] == _CHANGED
        ):
            size += 1
        if old.words_in(at, at + size) >= _PASSAGE:
            old.kinds[at : at + size] = new.kinds[there : there + size] = bytes([_MOVED]) * size
            moved.append(Block(at, there, size))
            beyond = there + size
    return moved


def _find_the_rest_of_moved_lines(old: _Side, new: _Side, passages: list[Block]) -> None:
    """Mark the other same words, too, where most of a line moved into one other line and the rest was changed."""
    until = time.thread_time() + _SECONDS_FOR_MOVED
    lines, lines_there = list(old.lines()), list(new.lines())
    shared: Counter[tuple[int, int]] = Counter()
    for passage in passages:
        pair = _line_at(lines, passage.old), _line_at(lines_there, passage.new)
        shared[pair] += old.words_in(passage.old, passage.old + passage.size)
    for (line, line_there), count in shared.items():
        (start, end), (there, end_there) = lines[line], lines_there[line_there]
        if 2 * count < max(old.words_in(start, end), new.words_in(there, end_there)):
            continue
        found = matching_blocks(
            old.words[start:end], new.words[there:end_there], seconds=until - time.thread_time()
        )
        shifted = [Block(start + block.old, there + block.new, block.size) for block in found]
        for block in _without_confetti(shifted, old, new, within=(start, there, end, end_there)):
            for step in range(block.size):
                if old.kinds[block.old + step] == new.kinds[block.new + step] == _CHANGED:
                    old.kinds[block.old + step] = new.kinds[block.new + step] = _MOVED


def _line_at(lines: list[tuple[int, int]], at: int) -> int:
    return bisect_right(lines, at, key=lambda line: line[0]) - 1


def _rows(blocks: list[Block], old: _Side, new: _Side) -> list[Row]:
    """Return both texts in rows, of which each ends where a line ends in both."""
    rows = _RowsInTheMaking()
    here = there = 0
    for block in [*blocks, Block(len(old.words), len(new.words), 0)]:
        rows.add_changed(old.parts(here, block.old, _OLD_KINDS), new.parts(there, block.new, _NEW_KINDS))
        here, there = block.old + block.size, block.new + block.size
        spaces, spaces_there = old.spaces[block.old : here], new.spaces[block.new : there]
        words = old.words[block.old : here]
        if spaces == spaces_there and "\n" not in words:
            rows.add_same_text("".join(map("".join, zip(words, spaces, strict=True))))
            continue
        for word, space, space_there in zip(words, spaces, spaces_there, strict=True):
            rows.add_same(word, space, space_there)
    return rows.finished()


class _RowsInTheMaking:
    def __init__(self) -> None:
        self._rows: list[Row] = [Row()]
        self._same: list[str] = []  # what is not yet a part, for parts are many words long
        self._ends_line = False

    def add_changed(self, old: list[Part], new: list[Part]) -> None:
        if not old and not new:
            return
        self._begin_row_after_line()
        self._end_same()
        row = self._rows[-1]
        # Whole lines that went and came stand beside each other, apart from what follows.
        are_lines = all(part.kind != SAME for part in row.inline) and all(
            not parts or parts[-1].text.endswith("\n") for parts in (row.old + old, row.new + new)
        )
        _join(row.old, old)
        _join(row.new, new)
        _join(row.inline, old)
        _join(row.inline, new)
        if are_lines:
            self._rows.append(Row())

    def add_same_text(self, text: str) -> None:
        """Add what has no line end in it, and the same spaces on both sides."""
        if text:
            self._begin_row_after_line()
            self._same.append(text)

    def add_same(self, word: str, space: str, space_there: str) -> None:
        if word == "\n":
            self._same.append(word)
            self._ends_line = True
        elif word:
            self._begin_row_after_line()
            self._same.append(word)
        if space == space_there:
            # What indents a line belongs to that line.
            if space and self._ends_line:
                self._begin_row_after_line()
            self._same.append(space)
        else:
            self.add_changed(
                [Part(space, REMOVED)] if space else [], [Part(space_there, ADDED)] if space_there else []
            )

    def finished(self) -> list[Row]:
        self._end_same()
        return [row for row in self._rows if row.inline]

    def _begin_row_after_line(self) -> None:
        if self._ends_line:
            self._end_same()
            self._rows.append(Row())
            self._ends_line = False

    def _end_same(self) -> None:
        if text := "".join(self._same):
            row = self._rows[-1]
            for parts in (row.old, row.new, row.inline):
                _join(parts, [Part(text, SAME)])
        self._same.clear()


def _join(parts: list[Part], more: list[Part]) -> None:
    """Add parts, as one with the last where it is of the same kind."""
    for part in more:
        if parts and parts[-1].kind == part.kind:
            parts[-1] = Part(parts[-1].text + part.text, part.kind)
        else:
            parts.append(part)


def _folded(rows: list[Row]) -> list[Row | SkippedRows]:
    folded: list[Row | SkippedRows] = []
    changed = [number for number, row in enumerate(rows) if row.is_changed]
    if not changed:
        return list(rows)
    start = 0
    for number in [*changed, len(rows) + _AROUND]:
        end = number - _AROUND  # from here on rows are shown because of this change
        shown = start + _AROUND if start else 0  # and to here because of the last one
        if end - shown >= _FOLDED_FROM:
            folded += rows[start:shown]
            folded.append(SkippedRows(tuple(rows[shown:end])))
            folded += rows[end : number + 1]
        else:
            folded += rows[start : number + 1]
        start = number + 1
    return folded
