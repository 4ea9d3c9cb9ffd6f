"""Marking passages in their texts, and quoting them. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers.passages.finding import Passage

Parts = list[tuple[str, bool]]
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
