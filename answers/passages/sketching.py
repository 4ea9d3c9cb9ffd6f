"""Numbers by which texts are found that share a passage. Pure functions."""

from __future__ import annotations

import numpy as np

from answers.passages.reading import Words, words


def sketch(text: str) -> list[int]:
    """Return numbers that stand for the passages of a text, in rising order, about one for two words.

    Two texts that share LEAST_WORDS words in a row share a number. They are signed and of 32 bits, and the same in
    every process and release.
    """
    return sketch_of(words(text))


def sketch_of(text: Words) -> list[int]:
    """Return the sketch of a text whose words are known."""
    numbers, _ = text.windows
    return np.unique(numbers).tolist()


def new_numbers(text: Words, before: Words) -> list[int]:
    """Return those numbers of a text that stand for passages which were not in it before.

    Whoever shares LEAST_WORDS words in a row with it that it did not have before shares one of these.
    """
    (numbers, passages), (_, known) = text.windows, before.windows
    return np.unique(numbers[~np.isin(passages, known)]).tolist()
