"""Which words of two wordings differ, so that a page can mark them. Pure functions."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from questions import wording

Parts = list[tuple[str, bool]]

# Chinese and Japanese are written without spaces, so there every character counts as a word.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")
_AROUND_WORDS = ".,;:!?…‥()[]{}<>\"“”„«»'‘’‚‹›¿¡。、，；：！？（）「」『』،؛؟।—–"
# As many as fit into a wording, with spaces between them. What follows is compared no more: the time grows with the
# square, and for some texts with the cube (two characters in turn: 25 ms, usual wordings: 0.1 ms).
_MOST_WORDS = 150


def differences(one: str, other: str) -> tuple[Parts, Parts]:
    """Return both texts in parts, each with whether it differs; joined, the parts are the text again.

    Words are compared in their order, without regard to case and to signs around them. Neighbouring words that
    differ are one part, with the space between them.
    """
    words, others = _words(one), _words(other)
    # Without "autojunk", which would take the words of a long text that occur often for noise.
    matcher = SequenceMatcher(None, [w[2] for w in words], [w[2] for w in others], autojunk=False)
    blocks = matcher.get_matching_blocks()
    same = {block.a + n for block in blocks for n in range(block.size)}
    same_in_other = {block.b + n for block in blocks for n in range(block.size)}
    return _parts(one, words, same), _parts(other, others, same_in_other)


def _words(text: str) -> list[tuple[int, int, str]]:
    """Return where each word begins and ends, and what it is compared by."""
    found = []
    for run in _RUN.finditer(text):
        word = run[0].strip(_AROUND_WORDS)
        if word:
            start = run.start() + run[0].index(word)
            found.append((start, start + len(word), wording.key(word) or word))
        if len(found) == _MOST_WORDS:
            break
    return found


def _parts(text: str, words: list[tuple[int, int, str]], same: set[int]) -> Parts:
    parts: Parts = []
    shown = 0
    number = 0
    while number < len(words):
        if number in same:
            number += 1
            continue
        last = number
        while last + 1 < len(words) and last + 1 not in same:
            last += 1
        start, end = words[number][0], words[last][1]
        if start > shown:
            parts.append((text[shown:start], False))
        parts.append((text[start:end], True))
        shown, number = end, last + 1
    if shown < len(text):
        parts.append((text[shown:], False))
    return parts
