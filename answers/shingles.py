"""Numbers that stand for so many words in a row, for all places of a text at once. Pure functions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, and without a pattern in its bits


def shingles(words: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """Return a number for each `size` neighbouring words, given as numbers themselves, in the order of the text.

    Equal neighbours get equal numbers; that different ones do is as improbable as for 64 bits by chance. The numbers
    are kept in databases: they must not change from one release to the next.
    """
    count = len(words) - size + 1
    sums = np.zeros(max(0, count), dtype=np.uint64)
    for step in range(size if count > 0 else 0):
        # Modulo 2 to the 64th, as overflow does it.
        sums = (sums * _FACTOR + words[step : step + count]) * _FACTOR
        sums ^= sums >> np.uint64(29)
    return sums
