"""Which words of one text stand for which words of another: the ground of comparing and of merging. Pure functions."""

from __future__ import annotations

import re
import time
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from fast_diff_match_patch import diff
from numpy.typing import NDArray

from answers.shingles import shingles
from questions.duplicates.differences import UNSPACED

# Signs that stand for themselves; what is neither sign nor space nor unspaced is part of a word. Joiners (U+200C,
# U+200D) and combining marks are parts of words, as in many scripts of India and in emoji.
_SIGNS = (
    "!-/:-@\\[-`{-~\u00a1-\u00a9\u00ab-\u00b1\u00b4-\u00b9\u00bb-\u00bf"
    "\u2010-\u2027\u2030-\u205e\u3001-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20"
)
_WORD = rf"[^\s{_SIGNS}{UNSPACED}]+"
# "don't", "snake_case" and "3.14" are one word. The spaces after a token go with it, those at the start of the text
# with an empty first token, so that all tokens together are the text.
_TOKEN = re.compile(
    rf"(\A|\n|[{UNSPACED}]|{_WORD}(?:(?:['’_]|(?<=\d)[.,](?=\d)){_WORD})*|[{_SIGNS}])([^\S\n]*)"
)

# So many tokens in a row, found once in either text, are taken to be the same place.
_ANCHOR = 8
# In a sentence the library alone is quicker, and as good.
_ANCHORS_FROM = 20
# The library's time limit does not cover one of its steps, whose time grows with the square of a repetitive text
# (50,000 words: 4 s; 5,000: 40 ms). Longer stretches without any anchor have nothing in common worth showing.
_LONGEST_SHORT_SIDE = 5_000
_LONGEST_LONG_SIDE = 50_000
# Behind the surrogates, from here on, there is a character for every token of both sides.
_FIRST_CHARACTER = 0xE000


class Block(NamedTuple):
    """`size` tokens from `old` on in the old text are those from `new` on in the new one."""

    old: int
    new: int
    size: int


class Tokens(NamedTuple):
    """A text as words, signs and line feeds, and the spaces after each of them; the first word is empty."""

    words: list[str]
    spaces: list[str]


def tokens(text: str) -> Tokens:
    """Return the words of a text; joined with their spaces, they are the text again."""
    found = _TOKEN.findall(text)
    return Tokens([word for word, _ in found], [space for _, space in found])


def is_word(token: str) -> bool:
    return len(token) > 1 or token.isalnum()


def matching_blocks(old: Sequence[str], new: Sequence[str], *, seconds: float = 0.15) -> list[Block]:
    """Return the blocks that are the same in both, in order, as long as possible, none touching the next.

    Looks for about `seconds` of its own time at most, so that others on the machine do not make the result worse;
    what is not found by then counts as different.
    """
    if seconds <= 0:
        return []
    anchors = _anchors(old, new)
    until = time.thread_time() + seconds
    blocks: list[Block] = []
    old_from = new_from = 0
    for anchor in [*anchors, Block(len(old), len(new), 0)]:
        between = _blocks_between(old[old_from : anchor.old], new[new_from : anchor.new], until)
        _add(blocks, [Block(block.old + old_from, block.new + new_from, block.size) for block in between])
        _add(blocks, [anchor])
        old_from, new_from = anchor.old + anchor.size, anchor.new + anchor.size
    return blocks


def _add(blocks: list[Block], more: list[Block]) -> None:
    for block in more:
        last = blocks[-1] if blocks else None
        if last and (last.old + last.size, last.new + last.size) == (block.old, block.new):
            blocks[-1] = Block(last.old, last.new, last.size + block.size)
        elif block.size:
            blocks.append(block)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return passages that occur once in either text, as many as keep their order (a "patience" comparison)."""
    if old == new:
        return [Block(0, 0, len(old))]
    if min(len(old), len(new)) < _ANCHORS_FROM:
        return []
    numbers: dict[str, int] = {}
    for word in (*old, *new):
        numbers.setdefault(word, len(numbers))
    (sums, places), (sums_there, places_there) = (
        _single_passages(np.array([numbers[word] for word in words], dtype=np.uint64)) for words in (old, new)
    )
    _, found, found_there = np.intersect1d(sums, sums_there, assume_unique=True, return_indices=True)
    order = np.argsort(places[found])
    anchors: list[Block] = []
    for here, there in _longest_in_order(places[found][order], places_there[found_there][order]):
        last = anchors[-1] if anchors else Block(-1, -1, 0)
        beyond = last.old + last.size
        if here - there == last.old - last.new and here <= beyond:
            size, start, start_there = here + _ANCHOR - last.old, beyond, last.new + last.size
        elif here >= beyond and there >= last.new + last.size:
            size, start, start_there = _ANCHOR, here, there
        else:
            continue
        # Two passages with the same sum that are not the same are not to be expected; yet nothing may get lost.
        if old[start : here + _ANCHOR] == new[start_there : there + _ANCHOR]:
            if size > _ANCHOR:
                anchors[-1] = Block(last.old, last.new, size)
            else:
                anchors.append(Block(here, there, size))
    return anchors


def _single_passages(words: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """Return a number for each passage that occurs once, and where it is."""
    found, places, counts = np.unique(shingles(words, _ANCHOR), return_index=True, return_counts=True)
    return found[counts == 1], places[counts == 1]


def _longest_in_order(places: NDArray[np.intp], places_there: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the longest choice of pairs in which both numbers grow; those of the first do already."""
    pairs: list[tuple[int, int]] = list(zip(places.tolist(), places_there.tolist(), strict=True))
    if bool(np.all(places_there[1:] > places_there[:-1])):
        return pairs
    ends: list[int] = []  # the least second number that ends a choice of this length
    last_of: list[int] = []  # and the pair that it belongs to
    before: list[int] = []
    for number, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(last_of[length - 1] if length else -1)
        if length == len(ends):
            ends.append(there)
            last_of.append(number)
        else:
            ends[length], last_of[length] = there, number
    chosen = []
    number = last_of[-1] if last_of else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _blocks_between(old: Sequence[str], new: Sequence[str], until: float) -> list[Block]:
    """Return the blocks of a stretch without anchors: the library's, or those at its two ends only."""
    if not old or not new:
        return []
    start = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        start += 1
    end = 0
    for one, other in zip(reversed(old[start:]), reversed(new[start:]), strict=False):
        if one != other:
            break
        end += 1
    middles = old[start : len(old) - end], new[start : len(new) - end]
    return [
        Block(0, 0, start),
        *(Block(start + one, start + other, size) for one, other, size in _by_library(*middles, until)),
        Block(len(old) - end, len(new) - end, end),
    ]


def _by_library(old: Sequence[str], new: Sequence[str], until: float) -> list[Block]:
    shorter, longer = sorted((len(old), len(new)))
    left = until - time.thread_time()
    if not shorter or shorter > _LONGEST_SHORT_SIDE or longer > _LONGEST_LONG_SIDE or left <= 0:
        return []
    numbers: dict[str, str] = {}
    for word in (*old, *new):
        if word not in numbers:
            numbers[word] = chr(_FIRST_CHARACTER + len(numbers))
    # "checklines" is off for it has a buffer overflow in its C++; "cleanup" for it counts characters, we count words.
    steps = diff(
        "".join(map(numbers.__getitem__, old)),
        "".join(map(numbers.__getitem__, new)),
        timelimit=left,
        checklines=False,
        cleanup="No",
    )
    blocks, here, there = [], 0, 0
    for step, size in steps:
        if step == "=":
            blocks.append(Block(here, there, size))
        here += size * (step != "+")
        there += size * (step != "-")
    return blocks
