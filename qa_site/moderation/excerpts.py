"""Short pieces of long texts, with the places marked that are of interest. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

Parts = list[tuple[str, bool]]

_AROUND = 80
_MOST_PLACES = 3


def excerpt(text: str, places: Sequence[tuple[int, int]]) -> Parts:
    """Return the text around the first places, as pieces of which some are marked; its beginning if there are none."""
    parts: Parts = []
    here = 0
    for start, end in places[:_MOST_PLACES]:
        begin = max(here, start - _AROUND)
        if begin > here:
            # Show all that stands between two places that are near each other.
            parts += [(text[here : here + _AROUND] if here else "", False), (" … ", False)]
        parts += [(text[begin:start], False), (text[start:end][:300], True)]
        here = end
    rest = text[here : here + (_AROUND if parts else 2 * _AROUND)]
    parts += [(rest, False), (" …" if here + len(rest) < len(text) else "", False)]
    return [(part, is_marked) for part, is_marked in parts if part]
