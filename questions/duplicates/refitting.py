"""Fitting confidence() to what the people of this site decide: their merges and their dismissals."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.db.models import F

from questions import wording
from questions.duplicates import confidence, fitting, model, pairs
from questions.duplicates.confidence import Regression
from questions.duplicates.fitting import Floats, Judgement
from questions.models import Act, DuplicateCandidate

LEAST_PAIRS = 200
LEAST_OF_A_KIND = 30
# Of the commoner kind the newest are taken, so many times as many as of the other. An import brings thousands of
# merges and no dismissal, and that says nothing about how common duplicates are among what looks alike.
_MOST_OF_A_KIND = 3
# As many pairs as the published coefficients are worth. On three public sets, fitted to 200 pairs or to 400 and
# judged on all others, this was within 0.001 of the best log loss; the figures are in docs/how-to/find-duplicates.md.
TRUST = 30.0
# What a fit gains is more than chance from one standard error on. Where a site decides exactly as the published
# coefficients say, one fit in thirty passes by chance, and does no harm; where it does not, nine in ten pass with 200
# pairs already, and with two standard errors it would have been three.
_GAIN_ERRORS = 1.0
# That it tells the two kinds apart at all is wanted beyond doubt.
_ORDER_ERRORS = 2.0

Labelled = list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Refit:
    """A regression and the one in use, judged on the same pairs; the new one on pairs it was not fitted to."""

    name: str
    old: Regression
    new: Regression
    old_judged: Judgement
    new_judged: Judgement
    is_better: bool

    @property
    def kept(self) -> Regression:
        return self.new if self.is_better else self.old


def decided_pairs() -> Labelled:
    """Return the pairs that people of the site decided about, by date: what was merged, and what was dismissed.

    A merge that was undone is none; undoing it left a dismissal. What was dismissed and is one family all the
    same was merged in the end.
    """
    merged = Act.objects.filter(kind=Act.Kind.MERGED, undone_by=None)
    dismissed = DuplicateCandidate.objects.filter(decision=DuplicateCandidate.Decision.DISMISSED).exclude(
        source__primary=F("target__primary")
    )
    decided: list[tuple[Any, str, str, bool]] = [
        (at, one, other, True)
        for at, one, other in merged.values_list("created_at", "question_text", "other_text")
    ]
    decided += [
        (at, one, other, False)
        for at, one, other in dismissed.values_list("decided_at", "source__text", "target__text")
    ]
    # One pair of wordings is one pair, whatever people did to it over the years; what they did last counts.
    last: dict[frozenset[str], tuple[str, str, bool]] = {}
    for _, one, other, same in sorted(decided):
        both = frozenset({wording.key(one), wording.key(other)})
        if len(both) == 2:
            last.pop(both, None)
            last[both] = (one, other, same)
    return list(last.values())


def balanced(decided: Labelled) -> Labelled:
    """Return the newest pairs of either kind, neither more than three times as many as the other."""
    kinds = [[pair for pair in decided if pair[2] == same] for same in (True, False)]
    most = _MOST_OF_A_KIND * min(map(len, kinds))
    return [pair for kind in kinds for pair in kind[-most:]]


def refit(labelled: Labelled, progress: Callable[[int], object] = lambda count: None) -> list[Refit]:
    """Fit both regressions to the pairs, and judge them; the one with the model only where the model is.

    The prior is what was published, not what this site fitted before, or the older pairs would count twice.
    """
    looked = {"without model": _without_model(labelled)}
    if model.encoder():
        looked["with model"] = pairs.look_at(labelled, progress)
    return [_refit(name, given) for name, given in looked.items()]


def _without_model(labelled: Labelled) -> pairs.Pairs:
    return pairs.Pairs(
        features=confidence.WITHOUT_MODEL,
        seen=np.array([confidence.features(one, other, None) for one, other, _ in labelled]),
        same=np.array([float(same) for _, _, same in labelled]),
    )


def _refit(name: str, given: pairs.Pairs) -> Refit:
    start = confidence.read(confidence.PUBLISHED)[name]
    old = confidence.regression(with_model=name == "with model")
    old_found = fitting.probabilities(old, given.seen)
    new_found = fitting.cross_validated(given.features, given.seen, given.same, start=start, trust=TRUST)
    old_judged, new_judged = fitting.judge(given.same, old_found), fitting.judge(given.same, new_found)
    gains = _losses(given.same, old_found) - _losses(given.same, new_found)
    is_better = gains.mean() > _GAIN_ERRORS * gains.std() / math.sqrt(len(gains))
    return Refit(
        name=name,
        old=old,
        new=fitting.fit(given.features, given.seen, given.same, start=start, trust=TRUST),
        old_judged=old_judged,
        new_judged=new_judged,
        is_better=bool(is_better and new_judged.auc > 0.5 + _ORDER_ERRORS * _error_of_chance(given.same)),
    )


def _losses(same: Floats, found: Floats) -> Floats:
    """The log loss of each pair."""
    return -np.log(np.clip(np.where(same == 1, found, 1 - found), 1e-12, 1))


def _error_of_chance(same: Floats) -> float:
    """The standard error of the area under the curve where nothing tells the two kinds apart.

    Who tosses a coin for each pair is well calibrated, and no use to anybody. The formula is that of the rank-sum test
    (Hanley and McNeil 1982, https://doi.org/10.1148/radiology.143.1.7063747).
    """
    positive = same.sum()
    negative = len(same) - positive
    return math.sqrt((len(same) + 1) / (12 * positive * negative))


def write(refits: list[Refit], labelled: Labelled) -> Path:
    """Write the site's own regressions, whole or not at all, and return where; all processes read them from then on."""
    kept = {
        "with model": confidence.regression(with_model=True),
        "without model": confidence.regression(with_model=False),
    } | {done.name: done.kept for done in refits}
    merged = sum(same for _, _, same in labelled)
    text = json.dumps(
        {
            "made by": "manage.py fit_confidence",
            "from pairs": {"merged": merged, "dismissed": len(labelled) - merged},
            "by cross-validation": {
                done.name: done.new_judged.as_dict() for done in refits if done.is_better
            },
            "regressions": {name: asdict(regression) for name, regression in kept.items()},
        },
        indent=1,
    )
    path = confidence.site_file()
    unfinished = path.with_suffix(f".{os.getpid()}")
    with unfinished.open("w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return path
