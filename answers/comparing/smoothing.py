"""Making an alignment of words into changes as a person would say them. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from answers.aligning import Block, is_word
from answers.comparing.sides import Side

# Words that have moved together; fewer are a coincidence, unless they are a whole paragraph.
PASSAGE = 8
# How far a change is moved within a repetition; more would take time and help nobody.
_FARTHEST = 200


def at_line_starts(blocks: list[Block], old: Side, new: Side) -> list[Block]:
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


def without_confetti(
    blocks: list[Block], old: Side, new: Side, within: tuple[int, int, int, int] | None = None
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
            if is_line_end or count >= PASSAGE or not is_lost:
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
