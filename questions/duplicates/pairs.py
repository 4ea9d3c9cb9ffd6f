"""Labelled pairs of wordings, and what is seen of each, for fitting and for judging."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from questions.duplicates import confidence, model
from questions.duplicates.encoder import Vectors
from questions.duplicates.evaluation import SetError, rows
from questions.duplicates.fitting import Floats

_BATCH = 2_000


@dataclass(frozen=True)
class Pairs:
    """Pairs with 1 for duplicates and 0 for others in `same`, and a row of `features` for each in `seen`."""

    features: tuple[str, ...]
    seen: Floats
    same: Floats


def read(path: Path) -> list[tuple[str, str, bool]]:
    """Read a file of label (0 or 1), one wording, other wording, without a header. Raises evaluation.SetError."""
    pairs = []
    for number, (label, one, other) in rows(path, 3):
        if label not in ("0", "1"):
            raise SetError(
                f"{path}, line {number}: the label is “{label}”; it is 0 or 1, and there is no header line."
            )
        pairs.append((one, other, label == "1"))
    labels = {same for _, _, same in pairs}
    if labels != {True, False}:
        raise SetError(f"{path} needs pairs of both kinds, duplicates and others.")
    return pairs


def look_at(
    pairs: Iterable[tuple[str, str, bool]], progress: Callable[[int], object] = lambda count: None
) -> Pairs:
    """Compute what is seen of the pairs; with the model, if it is there."""
    pairs = list(pairs)
    cosines: list[float | None] = [None] * len(pairs)
    if encoder := model.encoder():
        texts = list(dict.fromkeys(text for one, other, _ in pairs for text in (one, other)))
        vectors: dict[str, Vectors] = {}
        for start in range(0, len(texts), _BATCH):
            some = texts[start : start + _BATCH]
            vectors |= zip(some, encoder.encode_many(some), strict=True)
            progress(len(some))
        cosines = [float(vectors[one] @ vectors[other]) for one, other, _ in pairs]
    seen = [
        confidence.features(one, other, cosine)
        for (one, other, _), cosine in zip(pairs, cosines, strict=True)
    ]
    return Pairs(
        features=confidence.FEATURES if encoder else confidence.WITHOUT_MODEL,
        seen=np.array(seen),
        same=np.array([float(same) for _, _, same in pairs]),
    )
