"""Makes small web fonts from the whole ones that a package carries. Knows no Django."""

from __future__ import annotations

import hashlib
import io
from importlib.metadata import version
from pathlib import Path

import font_source_serif_pro as package
from fontTools import subset

# By the weight that css/tokens.css names. A cut for italics would take 15 kB of the 60 that a page may weigh, for few
# words; browsers slant the upright one.
_WHOLE = {"400": "Regular", "600": "Semibold"}
# As in css/tokens.css (unicode-range): what Western European languages need, fetched with nearly every page, and
# the rest of the Latin, Greek and Cyrillic letters, fetched by pages on which one of them stands.
_SIGNS = {
    "": "20-7E A0-FF 131 152-153 2C6 2DA 2DC 2009 2013-2014 2018-201A 201C-201E 2020 2022 2026 2030 2032-2033 "
    "2039-203A 20AC 2122 2212 2248 2260 2264-2265",
    "-more": "100-130 132-151 154-24F 2BC 2C7 2D8-2D9 2DB 2DD 300-36F 370-3FF 400-52F 1E00-1EFF",
}
# Figures of one width for tables, kerning, accents in their place; small capitals and the like stay away.
_FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum"]

_PARTS = {f"serif-{face}{signs}.woff2": (face, signs) for face in _WHOLE for signs in _SIGNS}
NAMES = tuple(_PARTS)


def edition() -> str:
    """What tells cuts from those of other versions of the package, of the tool, or of other signs."""
    asked = repr((_WHOLE, _SIGNS, _FEATURES, version("font-source-serif-pro"), version("fonttools")))
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def cut(name: str) -> bytes:
    """Return the WOFF2 of one of NAMES; raises KeyError for any other.

    The names inside are left out: the licence (SIL Open Font License 1.1) keeps “Source” for the whole face.
    """
    face, signs = _PARTS[name]
    options = subset.Options(layout_features=_FEATURES, flavor="woff2", hinting=False, name_IDs=[0, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_code_points(_SIGNS[signs]))
    made = io.BytesIO()
    with subset.load_font(str(whole(face)), options) as font:
        subsetter.subset(font)
        subset.save_font(font, made, options)
    return made.getvalue()


def whole(face: str) -> Path:
    """Return where the whole face of a weight lies, "400" or "600"."""
    return _folder() / f"SourceSerifPro-{_WHOLE[face]}.ttf"


def licence() -> bytes:
    """Return the licence, which must go wherever the cuts go."""
    return (_folder() / "LICENSE.txt").read_bytes()


def _folder() -> Path:
    return Path(package.__file__).parent / "files"


def _code_points(ranges: str) -> list[int]:
    points: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        points += range(int(first, 16), int(last or first, 16) + 1)
    return points
