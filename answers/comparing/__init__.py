"""What changed from one text to another, word by word, as a person would say it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answers.aligning import matching_blocks
from answers.comparing.moving import find_moved
from answers.comparing.rows import Row, SkippedRows, folded, rows_of
from answers.comparing.sides import ADDED, IS_CHANGED, IS_MOVED, MOVED, MOVED_AWAY, REMOVED, SAME, Part, Side
from answers.comparing.smoothing import at_line_starts, without_confetti

__all__ = [
    "ADDED",
    "MOVED",
    "MOVED_AWAY",
    "REMOVED",
    "SAME",
    "Comparison",
    "Part",
    "Row",
    "SkippedRows",
    "compare",
]


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
    sides = Side(old), Side(new)
    blocks = matching_blocks(sides[0].words, sides[1].words)
    blocks = without_confetti(at_line_starts(blocks, *sides), *sides)
    for block in blocks:
        for side, start in zip(sides, (block.old, block.new), strict=True):
            side.kinds[start : start + block.size] = bytes(block.size)
    find_moved(*sides)
    removed, added = (side.count(IS_CHANGED) for side in sides)
    return Comparison(folded(rows_of(blocks, *sides)), removed, added, sides[1].count(IS_MOVED))
