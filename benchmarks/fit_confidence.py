"""Fits the published coefficients of confidence(), and says how good they are on pairs they have not seen.

    python benchmarks/fit_confidence.py FILE...            prints the measures, by cross-validation
    python benchmarks/fit_confidence.py FILE... --write    also writes questions/duplicates/confidence.json and the
                                                           calibration curve in docs/explanation/calibration.svg

A FILE has lines of label (1 for duplicates, 0 for others), one wording, the other, between tabs. The published
coefficients were fitted on the pairs of qqp10k (Quora Question Pairs) and mqp (Medical Question Pairs).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402

from questions.duplicates import confidence, fitting, model, pairs  # noqa: E402

CURVE = ROOT / "docs" / "explanation" / "calibration.svg"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    model.require_encoder()
    sets = {file.parent.name: pairs.look_at(pairs.read(file)) for file in options.files}
    made = {}
    for kind in ("with model", "without model"):
        used = sets if kind == "with model" else {name: _without(options.files, name) for name in sets}
        seen = np.concatenate([given.seen for given in used.values()])
        same = np.concatenate([given.same for given in used.values()])
        features = next(iter(used.values())).features
        found = fitting.cross_validated(features, seen, same)
        made[kind] = fitting.fit(features, seen, same)
        end = 0
        for name, given in used.items():
            start, end = end, end + len(given.same)
            _print(f"{kind}: {name}, fitted on all", fitting.judge(same[start:end], found[start:end]))
            alone = fitting.cross_validated(features, given.seen, given.same)
            _print(f"{kind}: {name}, fitted on itself", fitting.judge(given.same, alone))
        if kind == "with model":
            curves = fitting.calibration(same, found)
            total = fitting.judge(same, found)
            _print(f"{kind}: all", total)
    if options.write:
        _write(made, {name: len(given.same) for name, given in sets.items()}, total)
        _plot([(said, true) for _, said, true in curves])


def _without(files: list[Path], name: str) -> pairs.Pairs:
    """What is seen without the model: other features, for words are then all equally rare."""
    file = next(file for file in files if file.parent.name == name)
    given = pairs.read(file)
    return pairs.Pairs(
        features=confidence.WITHOUT_MODEL,
        seen=np.array([confidence.features(one, other, None) for one, other, _ in given]),
        same=np.array([float(same) for _, _, same in given]),
    )


def _print(what: str, judged: fitting.Judgement) -> None:
    print(
        f"{what:45} AUC {judged.auc:.4f}  AP {judged.average_precision:.3f}  "
        f"calibration error {judged.calibration_error:.3f}  log loss {judged.log_loss:.3f}"
    )


def _write(made: dict[str, fitting.Regression], counts: dict[str, int], judged: fitting.Judgement) -> None:
    text = json.dumps(
        {
            "made by": "benchmarks/fit_confidence.py",
            "from pairs of": counts,
            "by cross-validation": {name: round(value, 4) for name, value in judged.as_dict().items()},
            "regressions": {
                name: {
                    key: [round(v, 5) for v in value]
                    if isinstance(value, tuple) and key != "features"
                    else value
                    for key, value in asdict(regression).items()
                }
                for name, regression in made.items()
            },
        },
        indent=1,
    )
    confidence.PUBLISHED.write_text(text + "\n")


def _plot(points: list[tuple[float, float]]) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams.update({"svg.hashsalt": "one", "font.family": "sans-serif", "svg.fonttype": "none"})
    figure, axes = pyplot.subplots(figsize=(4.5, 4.5))
    axes.plot([0, 1], [0, 1], color="#999", linewidth=1, linestyle="--")
    axes.plot(*zip(*points, strict=True), marker="o", color="#17604f")
    axes.set(
        xlabel="confidence, mean of a tenth of the pairs",
        ylabel="share that are duplicates",
        xlim=(0, 1),
        ylim=(0, 1),
    )
    axes.set_title("What confidence says, and what is so")
    figure.tight_layout()
    figure.savefig(CURVE, metadata={"Date": None})


if __name__ == "__main__":
    main()
