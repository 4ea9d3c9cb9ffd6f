"""Families drawn as small trees: strokes that run into one stem, as in the sign of the site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from unicodedata import bidirectional

from django.utils.translation import gettext, ngettext, pgettext

from qa_site.faces import measuring
from questions.models import Question

# All in units of the picture, which is shown at this size on wide screens and smaller on narrow ones.
WIDTH = 300
_ROW, _LINE, _INDENT, _LEFT, _TOP = 30, 18, 20, 10, 17
_TEXT_GAP = 14
# The size of the wordings in css/components.css, and a little more, for faces that stand in for ours are wider.
_EM = 15 * 1.08
# A character of a note, on average, with the gap before it.
_NOTE_CHARACTER, _NOTE_GAP = 7, 8
# A wording is cut after so many lines.
MOST_LINES = 3
# Whatever is beyond is counted, not drawn.
MOST_SHOWN = 12


@dataclass(frozen=True)
class Twig:
    """A wording to be drawn: what it says, how deep it hangs, a word about it, and whether it is one that joins."""

    text: str
    depth: int
    note: str = ""
    joins: bool = False


@dataclass(frozen=True)
class DrawnTwig:
    """Where a wording stands in the picture; the numbers are written out, for a locale would put commas into them.

    `lines` are its words in lines, each with how far it stands below the one before.
    """

    twig: Twig
    x: str
    y: str
    text_x: str
    lines: list[tuple[str, int]]
    stroke: str

    @property
    def opening(self) -> str:
        """The sign that has each line written in the direction of the whole wording, until U+2069 comes."""
        of_letters = (
            sign for character in self.twig.text if (sign := bidirectional(character)) in {"L", "R", "AL"}
        )
        return "\u2066" if next(of_letters, "L") == "L" else "\u2067"


@dataclass(frozen=True)
class Picture:
    """A tree as SVG needs it. `more` is how many wordings are not drawn."""

    twigs: list[DrawnTwig]
    width: int
    height: int
    more: int

    @property
    def described(self) -> str:
        """The whole picture in a sentence, for who does not see it."""
        primary, *others = [drawn.twig for drawn in self.twigs]
        if not others:
            return gettext("“{text}”, alone.").format(text=primary.text)
        told = pgettext("in a list", ", ").join(gettext("“{text}”").format(text=twig.text) for twig in others)
        if not self.more:
            return gettext("“{text}” with {others}.").format(text=primary.text, others=told)
        said = ngettext(
            "“{text}” with {others} and {number} more.",
            "“{text}” with {others} and {number} more.",
            self.more,
        )
        return said.format(text=primary.text, others=told, number=self.more)


def as_tree(wordings: list[Question], root: int) -> list[tuple[Question, int]]:
    """The wordings in the order of a tree drawn downwards, each with its depth.

    What hangs on a wording that is not among them, as hidden ones are not, hangs on the root.
    """
    by_id = {wording.pk: wording for wording in wordings}
    children: dict[int, list[int]] = {}
    for wording in wordings:
        if wording.pk != root:
            parent = wording.merged_into_id if wording.merged_into_id in by_id else root
            children.setdefault(parent, []).append(wording.pk)
    tree, waiting = [], [(root, 0)]
    while waiting:
        pk, depth = waiting.pop()
        tree.append((by_id[pk], depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(pk, []))]
    return tree


def picture(twigs: Sequence[Twig]) -> Picture:
    """Return a tree, given with the primary first and each branch before the next, as it is to be drawn."""
    shown = twigs[:MOST_SHOWN]
    places: list[tuple[float, float]] = []
    last_at: dict[int, int] = {}
    drawn = []
    y = float(_TOP)
    for number, twig in enumerate(shown):
        # Deeper ones hang as if less deep, or no room would be left for words.
        depth = min(twig.depth, 6)
        x = _LEFT + depth * _INDENT
        parent = last_at.get(depth - 1, 0) if depth else None
        last_at[depth] = number
        places.append((x, y))
        room = (WIDTH - x - _TEXT_GAP) / _EM
        of_note = (len(twig.note) * _NOTE_CHARACTER + _NOTE_GAP) / _EM if twig.note else 0
        width = partial(measuring.width, face="400" if twig.depth else "600")
        lines = in_lines(twig.text, room, last=room - of_note, width=width)
        drawn.append(
            DrawnTwig(
                twig=twig,
                x=f"{x:g}",
                y=f"{y:g}",
                text_x=f"{x + _TEXT_GAP:g}",
                lines=[(line, _LINE if at else 0) for at, line in enumerate(lines)],
                stroke=_stroke(places[parent], (x, y)) if parent is not None else "",
            )
        )
        y += _ROW + _LINE * (len(lines) - 1)
    more = len(twigs) - len(shown)
    return Picture(drawn, WIDTH, round(y) - _ROW // 2 + (_ROW if more else 0), more)


def in_lines(text: str, room: float, *, last: float, width: Callable[[str], float]) -> list[str]:
    """Break a text into at most MOST_LINES lines that are at most `room` wide, and the last of them `last`.

    Breaks between words, within one where a line has no room for it; "…" stands where the text is cut.
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if width(longer) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if width(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
    is_cut = len(lines) > MOST_LINES
    del lines[MOST_LINES:]
    if not is_cut and width(lines[-1]) <= last:
        return lines
    if not is_cut and len(lines) < MOST_LINES and " " in lines[-1]:
        *words, moved = lines[-1].split()
        lines[-1:] = [" ".join(words), moved]
        if width(moved) <= last:
            return lines
    while lines[-1] and width(f"{lines[-1]}…") > last:
        lines[-1] = lines[-1][:-1]
    lines[-1] = f"{lines[-1].rstrip(' ,;:')}…"
    return lines


def _stroke(parent: tuple[float, float], child: tuple[float, float]) -> str:
    """From the child in a bow into the stem below its parent, and up to it."""
    (px, py), (cx, cy) = parent, child
    return f"M{cx:g} {cy:g}C{px:g} {cy:g} {px:g} {cy - 4:g} {px:g} {cy - 14:g}V{py:g}"
