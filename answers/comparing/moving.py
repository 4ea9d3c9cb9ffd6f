"""Finding what was removed at one place and added at another. Pure functions."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator

from answers.aligning import Block, matching_blocks
from answers.comparing.sides import IS_CHANGED, IS_MOVED, Side
from answers.comparing.smoothing import PASSAGE, without_confetti

# Looking closer at paragraphs that moved and were changed as well ends then.
_SECONDS_FOR_MOVED = 0.1


def find_moved(old: Side, new: Side) -> None:
    """Mark what was removed at one place and added at another: paragraphs, passages, and paragraphs with changes."""
    _find_moved_lines(old, new)
    _find_the_rest_of_moved_lines(old, new, _find_moved_passages(old, new))
    for side in (old, new):
        side.move_line_ends()


def _find_moved_lines(old: Side, new: Side) -> None:
    places: dict[tuple[str, ...], deque[tuple[int, int]]] = {}
    for start, end in _changed_lines(old):
        places.setdefault(tuple(old.words[start:end]), deque()).append((start, end))
    for there, end_there in _changed_lines(new):
        if found := places.get(tuple(new.words[there:end_there])):
            start, end = found.popleft()
            old.kinds[start:end] = new.kinds[there:end_there] = bytes([IS_MOVED]) * (end - start)


def _changed_lines(side: Side) -> Iterator[tuple[int, int]]:
    """Return where the lines are that have words, all of which are changed, if perhaps not the full stop."""
    for start, end in side.lines():
        if side.words_in(start, end) and all(
            side.kinds[at] == IS_CHANGED or not side.is_word[at] for at in range(start, end)
        ):
            yield start, end


def _find_moved_passages(old: Side, new: Side) -> list[Block]:
    """Mark the passages that moved and return them."""
    places: dict[tuple[str, ...], deque[int]] = {}
    for at in old.changed_words():
        places.setdefault(tuple(old.words[at : at + PASSAGE]), deque()).append(at)
    moved: list[Block] = []
    beyond = 0
    for there in new.changed_words():
        if there < beyond:
            continue
        candidates = places.get(tuple(new.words[there : there + PASSAGE]), deque())
        # Some were taken by other passages meanwhile.
        while candidates and old.kinds[candidates[0]] != IS_CHANGED:
            candidates.popleft()
        if not candidates:
            continue
        at, size = candidates[0], 0
        while (
            at + size < len(old.words)
            and there + size < len(new.words)
            and old.words[at + size] == new.words[there + size]
            and old.kinds[at + size] == new.kinds[there + size] == IS_CHANGED
        ):
            size += 1
        if old.words_in(at, at + size) >= PASSAGE:
            old.kinds[at : at + size] = new.kinds[there : there + size] = bytes([IS_MOVED]) * size
            moved.append(Block(at, there, size))
            beyond = there + size
    return moved


def _find_the_rest_of_moved_lines(old: Side, new: Side, passages: list[Block]) -> None:
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
        for block in without_confetti(shifted, old, new, within=(start, there, end, end_there)):
            for step in range(block.size):
                if old.kinds[block.old + step] == new.kinds[block.new + step] == IS_CHANGED:
                    old.kinds[block.old + step] = new.kinds[block.new + step] = IS_MOVED


def _line_at(lines: list[tuple[int, int]], at: int) -> int:
    return bisect_right(lines, at, key=lambda line: line[0]) - 1
