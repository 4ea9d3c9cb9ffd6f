"""How fast find_duplicates walks, how many of the pairs that it files are right, and how tightly to hold a prior.

    python benchmarks/find_duplicates.py speed FILE --questions 20000   walks over so many lines of FILE
    python benchmarks/find_duplicates.py precision DIR...               of each tenth of confidence, how many are right
    python benchmarks/find_duplicates.py trust DIR...                   log loss of fit_confidence by its TRUST

A DIR holds corpus.tsv, queries.tsv and qrels.tsv as for `manage.py evaluate_duplicates`, and, where it is known which
pairs are none, pairs.tsv as for `manage.py evaluate_pairs`; without that, all pairs but those of qrels.tsv are none.
All of it happens in a temporary database on the server of the settings, and needs the model. For the figures in
docs/how-to/find-duplicates.md the sets were qqp10k, mqp and stackfaq.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from tqdm import tqdm  # noqa: E402

from questions import wording  # noqa: E402
from questions.duplicates import confidence, evaluation, fitting, mining, model, pairs  # noqa: E402
from questions.models import DuplicateCandidate, Question  # noqa: E402

DATABASE = f"qa_site_benchmark_{os.getpid()}"
TRUSTS = (1, 3, 10, 30, 100, 300)


def speed(file: Path, count: int) -> None:
    lines = [line.strip() for line in file.read_text().splitlines() if line.strip()]
    chosen = random.Random(1).sample(lines, min(count, len(lines)))
    with evaluation.temporary_database(DATABASE):
        began = time.perf_counter()
        with tqdm(total=len(chosen), desc="embedding") as bar:
            evaluation.load({str(number): text for number, text in enumerate(chosen)}, bar.update)
        print(f"loaded and embedded {len(chosen) / (time.perf_counter() - began):,.0f} questions a second")
        began, used = time.perf_counter(), time.process_time()
        _walk(mining.THRESHOLD)
        seconds = time.perf_counter() - began
        print(
            f"walked over {len(chosen) / seconds:,.0f} wordings a second; {1000 * seconds / len(chosen):.1f} ms each, "
            f"{1000 * (time.process_time() - used) / len(chosen):.1f} of them in Python"
        )
        print(
            f"filed {DuplicateCandidate.objects.count():,} candidates; load average {os.getloadavg()[0]:.1f}"
        )


def precision(folder: Path) -> None:
    given = evaluation.read(folder)
    same = {frozenset((query, text)) for query, texts in given.relevant.items() for text in texts}
    different = _labelled_different(folder)
    with evaluation.temporary_database(DATABASE):
        ids = {pk: name for name, pk in evaluation.load(given.corpus).items()}
        _walk(0.3)
        found: dict[int, list[int]] = {tenth: [0, 0, 0] for tenth in range(9, 2, -1)}
        for candidate in DuplicateCandidate.objects.select_related("source", "target"):
            keys = frozenset({wording.key(candidate.source.text), wording.key(candidate.target.text)})
            right = frozenset((ids[candidate.source_id], ids[candidate.target_id])) in same
            wrong = not right and (different is None or keys in different)
            found[min(int(candidate.confidence * 10), 9)][0 if right else 1 if wrong else 2] += 1
        print(f"{folder.name}, {Question.objects.count():,} wordings")
        for tenth, (right, wrong, unknown) in found.items():
            share = f"{right / (right + wrong):.0%}" if right + wrong else "-"
            print(
                f"  from {tenth / 10:.1f}: {share:>5} of {right + wrong:,}, and {unknown:,} of which nobody knows"
            )


def _labelled_different(folder: Path) -> set[frozenset[str]] | None:
    if not (folder / "pairs.tsv").exists():
        return None
    labelled = pairs.read(folder / "pairs.tsv")
    return {frozenset({wording.key(one), wording.key(other)}) for one, other, same in labelled if not same}


def _walk(threshold: float) -> None:
    walk = mining.begin(threshold=threshold)
    assert walk is not None
    with tqdm(total=walk.last_id, desc="looking") as bar:
        for count in mining.go_on(walk):
            bar.update(count)


def trust(folders: list[Path]) -> None:
    """Fit to some pairs of each set with a prior from the others, and judge by the rest of its pairs."""
    sets = {folder.name: _pairs_of(folder) for folder in folders}
    shuffled = np.random.default_rng(0)
    print(f"{'':12}{'pairs':>6}{'prior':>8}" + "".join(f"{number:8}" for number in TRUSTS))
    for name, given in sets.items():
        others = [
            other for other in sets if other != name and (folders[0].parent / other / "pairs.tsv").exists()
        ]
        prior = fitting.fit(
            confidence.FEATURES,
            np.concatenate([sets[other].seen for other in others]),
            np.concatenate([sets[other].same for other in others]),
        )
        for count in (200, 400, 1_000, 2_000):
            losses = []
            for _ in range(20):
                order = shuffled.permutation(len(given.same))
                some, rest = order[:count], order[count:]
                fitted = [
                    fitting.fit(
                        confidence.FEATURES, given.seen[some], given.same[some], start=prior, trust=number
                    )
                    for number in TRUSTS
                ]
                losses.append(
                    [
                        fitting.judge(given.same[rest], fitting.probabilities(one, given.seen[rest])).log_loss
                        for one in (prior, *fitted)
                    ]
                )
            means = np.mean(losses, axis=0)
            print(f"{name:12}{count:6}" + "".join(f"{loss:8.4f}" for loss in means))


def _pairs_of(folder: Path) -> pairs.Pairs:
    """The labelled pairs of a set, or else each text with the six that are most like it."""
    if (folder / "pairs.tsv").exists():
        return pairs.look_at(pairs.read(folder / "pairs.tsv"))
    given = evaluation.read(folder)
    same = {frozenset((query, text)) for query, texts in given.relevant.items() for text in texts}
    names = list(given.corpus)
    vectors = model.require_encoder().encode_many([given.corpus[name] for name in names])
    nearest = np.argsort(-(vectors @ vectors.T), axis=1)[:, :7]
    near = {frozenset((names[row], names[other])) for row in range(len(names)) for other in nearest[row]}
    labelled = [
        (given.corpus[one], given.corpus[other], {one, other} in same)
        for one, other in sorted(sorted(both) for both in near if len(both) == 2)
    ]
    return pairs.look_at(labelled)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    measuring = commands.add_parser("speed")
    measuring.add_argument("file", type=Path)
    measuring.add_argument("--questions", type=int, default=20_000)
    for name in ("precision", "trust"):
        commands.add_parser(name).add_argument("folders", type=Path, nargs="+", metavar="DIR")
    options = parser.parse_args()
    if options.command == "speed":
        speed(options.file, options.questions)
    elif options.command == "precision":
        for folder in options.folders:
            precision(folder)
    else:
        trust(options.folders)


if __name__ == "__main__":
    main()
