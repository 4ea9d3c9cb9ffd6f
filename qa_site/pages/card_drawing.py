"""Drawing the card of a question, the picture that other sites show where somebody links to it. Knows no Django."""

from __future__ import annotations

import io
from functools import cache, lru_cache

import font_source_serif_pro as serif
from PIL import Image, ImageDraw, ImageFont

# What the pages of other sites expect of a large card, in pixels.
WIDTH, HEIGHT = 1200, 630
_MARGIN = 88
_PAPER, _INK, _QUIET, _ACCENT, _HAIRLINE = "#fbf9f4", "#1c1a17", "#5d574d", "#17604f", "#ddd6c8"
# The wording in the largest of these sizes in which it needs no more lines than there is room for.
_SIZES = ((76, 4), (64, 4), (54, 5), (46, 6))
_LEADING = 1.22
# The sign of the family (templates/_family_glyph.html): three strokes, each a cubic curve, in a square of 24.
_STROKES = (
    ((4, 3), (4, 10), (12, 9), (12, 15)),
    ((20, 3), (20, 10), (12, 9), (12, 15)),
    ((12, 3), (12, 9), (12, 15), (12, 21)),
)
_FINER = 4  # the sign is drawn so many times as large and made smaller, for smooth edges


def draw(wording: str, facts: str, site: str) -> bytes:
    """Return a PNG with the wording, a line of facts and the name of the site.

    In place of a wording in a script that the face has no signs for stands the sign of the family, not boxes.
    """
    card = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(card)
    sign = _sign(64)
    card.paste(sign, (_MARGIN - 10, 64), sign)
    pen.text((_MARGIN + 66, 96), site, font=_face("Semibold", 34), fill=_ACCENT, anchor="lm")
    if can_show(wording):
        font, lines = _fitted(wording)
        height = font.size * _LEADING
        top = 160 + (350 - height * len(lines)) / 2
        for number, line in enumerate(lines):
            pen.text((_MARGIN, top + number * height), line, font=font, fill=_INK)
    else:
        large = _sign(260)
        card.paste(large, (_MARGIN, 220), large)
    pen.line([(_MARGIN, 536), (WIDTH - _MARGIN, 536)], fill=_HAIRLINE, width=2)
    pen.text((_MARGIN, 574), facts, font=_face("", 30), fill=_QUIET, anchor="lm")
    written = io.BytesIO()
    # Few colours, for there are few: a third of the size.
    card.quantize(colors=32, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def can_show(text: str) -> bool:
    """Whether the face has a sign for every character: Latin, Greek and Cyrillic letters, mostly."""
    face = _face("Semibold", 46)
    missing = _shape(face, "\U0010ffff")
    return all(character.isspace() or _shape(face, character) != missing for character in set(text))


@lru_cache(maxsize=2048)
def _shape(face: ImageFont.FreeTypeFont, character: str) -> bytes:
    return bytes(face.getmask(character))


def _fitted(wording: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    for size, most in _SIZES:
        font = _face("Semibold", size)
        lines = _lines(wording, font)
        if len(lines) <= most:
            return font, lines
    kept = lines[:most]
    kept[-1] = kept[-1].rstrip(" ,;:.–-")[:-1] + "…"
    return font, kept


def _lines(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """The text broken at spaces, and a word that is longer than a line within."""
    room = WIDTH - 2 * _MARGIN
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if font.getlength(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
    return lines


@cache
def _face(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(serif.font_files_ttf[f"SourceSerifPro{weight}"], size)


@cache
def _sign(size: int) -> Image.Image:
    large = size * _FINER
    picture = Image.new("RGBA", (large, large))
    pen = ImageDraw.Draw(picture)
    unit, width = large / 24, large / 10
    for stroke in _STROKES:
        for step in range(101):
            x, y = (unit * value for value in _on_curve(stroke, step / 100))
            pen.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=_ACCENT)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def _on_curve(points: tuple[tuple[int, int], ...], t: float) -> tuple[float, float]:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1)
    )
    return x, y
