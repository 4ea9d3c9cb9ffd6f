"""Fitting a logistic regression, and the measures by which one is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from questions.duplicates.confidence import Regression

FOLDS = 10
_STEPS = 100

Floats = NDArray[np.float64]


def fit(
    features: Sequence[str],
    seen: Floats,
    same: Floats,
    *,
    start: Regression | None = None,
    trust: float = 1.0,
) -> Regression:
    """Return the regression of most probable coefficients, by Newton's method.

    `seen` has a row of features for each pair, `same` 1 for duplicates and 0 for others. Coefficients are
    drawn to those of `start`, or to 0, as strongly as `trust` pairs would (a normal prior), so that a few
    hundred pairs adjust a regression rather than make one up.
    """
    means, scales = seen.mean(axis=0), seen.std(axis=0)
    if start:
        means, scales = np.array(start.means), np.array(start.scales)
    scales = np.where(scales > 1e-9, scales, 1.0)
    shifted = np.column_stack([np.ones(len(seen)), (seen - means) / scales])
    prior = np.array([start.intercept, *start.coefficients]) if start else np.zeros(shifted.shape[1])
    strength = np.full(len(prior), trust)
    strength[0] = 1e-3  # how common duplicates are is for the pairs to say

    def likelihood(coefficients: Floats) -> float:
        score = shifted @ coefficients
        return float(
            np.sum(same * score - np.logaddexp(0, score)) - strength @ (coefficients - prior) ** 2 / 2
        )

    found, reached = prior.copy(), likelihood(prior)
    for _ in range(_STEPS):
        probability = _logistic(shifted @ found)
        slope = shifted.T @ (same - probability) - strength * (found - prior)
        curvature = (shifted.T * (probability * (1 - probability))) @ shifted + np.diag(strength)
        step = np.linalg.solve(curvature, slope)
        # Where a prior is far from what the pairs say, a whole step would lead further away.
        while (likely := likelihood(found + step)) < reached and np.abs(step).max() > 1e-9:
            step /= 2
        found, reached = found + step, likely
        if np.abs(step).max() < 1e-9:
            break
    return Regression(
        features=tuple(features),
        intercept=float(found[0]),
        coefficients=tuple(found[1:].tolist()),
        means=tuple(means.tolist()),
        scales=tuple(scales.tolist()),
    )


def probabilities(regression: Regression, seen: Floats) -> Floats:
    """Return the probability of each row, as `Regression.probability` has it."""
    shifted = (seen - np.array(regression.means)) / np.array(regression.scales)
    return _logistic(regression.intercept + shifted @ np.array(regression.coefficients))


def cross_validated(
    features: Sequence[str],
    seen: Floats,
    same: Floats,
    *,
    start: Regression | None = None,
    trust: float = 1.0,
) -> Floats:
    """Return for each pair the probability by a regression that was fitted on the nine tenths without it."""
    fold = np.random.default_rng(0).permutation(len(same)) % FOLDS
    found = np.empty(len(same))
    for number in range(FOLDS):
        held = fold == number
        regression = fit(features, seen[~held], same[~held], start=start, trust=trust)
        found[held] = probabilities(regression, seen[held])
    return found


@dataclass(frozen=True)
class Judgement:
    """How well probabilities tell duplicates from others; everything from 0 to 1, `log_loss` from 0 up.

    `auc` is the area under the receiver operating characteristic, the chance that a duplicate gets more than
    another pair. `calibration_error` is the expected one over ten bins of equal size.
    """

    pairs: int
    auc: float
    average_precision: float
    best_f1: float
    best_f1_threshold: float
    recall_at_90_precision: float
    calibration_error: float
    log_loss: float

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def judge(same: Floats, found: Floats) -> Judgement:
    """Judge probabilities by what is known. There must be pairs of both kinds."""
    order = np.argsort(-found, kind="stable")
    hits = np.cumsum(same[order])
    # Pairs with one probability are taken or left together.
    ends = np.append(np.flatnonzero(np.diff(found[order])), len(found) - 1)
    precision, recall = hits[ends] / (ends + 1), hits[ends] / hits[-1]
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    best = int(np.argmax(f1))
    _, tied, counts = np.unique(found, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[tied]
    positive = same.sum()
    negative = len(same) - positive
    safe = np.clip(found, 1e-12, 1 - 1e-12)
    return Judgement(
        pairs=len(same),
        auc=float((ranks[same == 1].sum() - positive * (positive + 1) / 2) / (positive * negative)),
        average_precision=float(np.sum(np.diff(recall, prepend=0.0) * precision)),
        best_f1=float(f1[best]),
        best_f1_threshold=float(found[order][ends[best]]),
        recall_at_90_precision=float(max(recall[precision >= 0.9], default=0.0)),
        calibration_error=float(
            sum(len(bin_) * abs(said - true) for bin_, said, true in calibration(same, found)) / len(same)
        ),
        log_loss=float(-np.mean(same * np.log(safe) + (1 - same) * np.log(1 - safe))),
    )


def precision_and_recall(same: Floats, found: Floats, least: float) -> tuple[float, float]:
    """Return how many of the pairs with at least this probability are duplicates, and how many of those they are.

    The first is 1 when there is no such pair.
    """
    taken = found >= least
    hits = same[taken].sum()
    return (float(hits / taken.sum()) if taken.any() else 1.0), float(hits / same.sum())


def calibration(
    same: Floats, found: Floats, *, bins: int = 10
) -> list[tuple[NDArray[np.intp], float, float]]:
    """Return, for bins of equal size from the least probable up, the pairs in it, what was said and what is true."""
    # Which of those with one probability fall into which bin is chance, so each counts as their mean.
    _, tied, counts = np.unique(found, return_inverse=True, return_counts=True)
    true = (np.bincount(tied, same) / counts)[tied]
    parts = np.array_split(np.argsort(found, kind="stable"), bins)
    return [(part, float(found[part].mean()), float(true[part].mean())) for part in parts if len(part)]


def _logistic(score: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(score, -500, 500)))
