"""What the matcher's two numbers do: how much words count beside meaning, and from which score a pair is similar.

    python benchmarks/weights.py DIR...

A DIR has corpus.tsv, queries.tsv and qrels.tsv, as for `manage.py evaluate_duplicates`. For each weight of the
words, MRR@10 over all queries. Then, for each least score, how many of the pairs in qrels.tsv are below it, and how
many of 20,000 pairs of texts by chance are above.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

from tqdm import tqdm  # noqa: E402

from questions.duplicates import evaluation, matching, model, stems  # noqa: E402
from questions.models import WordingIndex  # noqa: E402

WEIGHTS = (0.0, 0.1, 0.15, 0.2, 0.3)
SCORES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
BY_CHANCE = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    options = parser.parse_args()
    encoder = model.require_encoder()
    # Each text is embedded once, whatever the weight.
    encoder.encode = functools.cache(encoder.encode)  # type: ignore[method-assign]
    print(f"weight of words, MRR@10  {''.join(f'{weight:8}' for weight in WEIGHTS)}")
    print(f"least score              {''.join(f'{score:8}' for score in SCORES)}")
    for folder in options.folders:
        given = evaluation.read(folder)
        with evaluation.temporary_database(f"qa_site_weights_{os.getpid()}"):
            ids = evaluation.load(given.corpus)
            used = matching.WORDS_WEIGHT
            with tqdm(total=len(WEIGHTS) * len(given.relevant), desc=folder.name, disable=None) as bar:
                found = [_mrr(given, ids, weight, bar.update) for weight in WEIGHTS]
            matching.WORDS_WEIGHT = used
            print(f"{folder.name:25}{''.join(f'{value:8.4f}' for value in found)}", flush=True)
            below, above = _shares(given, ids)
        print(f"{'  duplicates below':25}{''.join(f'{100 * value:7.1f}%' for value in below)}")
        print(f"{'  others above':25}{''.join(f'{100 * value:7.1f}%' for value in above)}", flush=True)


def _mrr(
    given: evaluation.Set, ids: dict[str, int], weight: float, progress: Callable[[int], object]
) -> float:
    matching.WORDS_WEIGHT = weight
    return evaluation.measure_with(given, ids, "both", halves=matching.HALVES, progress=progress).mrr_at_10


def _shares(given: evaluation.Set, ids: dict[str, int]) -> tuple[list[float], list[float]]:
    """Return, for each of `SCORES`, the share of duplicates below it and that of pairs by chance above."""
    encoder, rare = model.require_encoder(), stems.rarity()
    names = list(given.corpus)
    vectors = dict(zip(names, encoder.encode_many([given.corpus[name] for name in names]), strict=True))
    words = dict(
        WordingIndex.objects.extra(select={"stems": "tsvector_to_array(words)"}).values_list("pk", "stems")
    )

    def score(one: str, other: str) -> float:
        weight = matching.WORDS_WEIGHT
        return float(
            (vectors[one] @ vectors[other] + weight * rare.likeness_to(words[ids[one]])(words[ids[other]]))
            / (1 + weight)
        )

    duplicates = {
        frozenset((query, text)) for query, texts in given.relevant.items() for text in texts if query in ids
    }
    chance = random.Random(0)
    others: set[frozenset[str]] = set()
    while len(others) < BY_CHANCE:
        pair = frozenset(chance.sample(names, 2))
        if pair not in duplicates:
            others.add(pair)
    of_duplicates, of_others = [[score(*pair) for pair in pairs] for pairs in (duplicates, others)]
    return (
        [sum(score < least for score in of_duplicates) / len(of_duplicates) for least in SCORES],
        [sum(score >= least for score in of_others) / len(of_others) for least in SCORES],
    )


if __name__ == "__main__":
    main()
