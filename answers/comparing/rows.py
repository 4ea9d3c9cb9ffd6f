"""Both texts in rows of parts that stand beside each other. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from answers.aligning import Block
from answers.comparing.sides import ADDED, MOVED, MOVED_AWAY, REMOVED, SAME, Part, Side

# Unchanged rows that are shown before and after a change, and how many it takes to fold what is between.
_AROUND, _FOLDED_FROM = 1, 3
# How the kinds of tokens are called on either side.
_OLD_KINDS = (SAME, REMOVED, MOVED_AWAY)
_NEW_KINDS = (SAME, ADDED, MOVED)


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


def rows_of(blocks: list[Block], old: Side, new: Side) -> list[Row]:
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


def folded(rows: list[Row]) -> list[Row | SkippedRows]:
    """Return the rows with those put away that are far from any change."""
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
