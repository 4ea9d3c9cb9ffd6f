"""How wide a text is in the face that texts are set in. Knows no Django."""

from __future__ import annotations

import functools
from unicodedata import combining, east_asian_width

from fontTools.ttLib import TTFont

from qa_site.faces.cutting import whole

# Of signs that the face lacks, which another face of the reader's shows: how wide they are about, in em.
_ELSEWHERE, _WIDE = 0.6, 1.0


def width(text: str, face: str) -> float:
    """Return the width of a line in em, without kerning; `face` is "400" or "600", its weight in css/tokens.css."""
    widths = _widths(face)
    return sum(widths.get(ord(character)) or _of_another_face(character) for character in text)


def _of_another_face(character: str) -> float:
    if combining(character):
        return 0.0
    return _WIDE if east_asian_width(character) in "WF" else _ELSEWHERE


@functools.cache
def _widths(face: str) -> dict[int, float]:
    with TTFont(whole(face), lazy=True) as font:
        per_em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {point: widths[glyph][0] / per_em for point, glyph in font.getBestCmap().items()}
