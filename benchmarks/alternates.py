"""What alternates are worth: how often a question is found in words that nobody has asked it in before.

    python benchmarks/alternates.py DIR            prints the table
    python benchmarks/alternates.py DIR --write    also draws docs/explanation/alternates.svg

DIR has corpus.tsv (id, text) and clusters.tsv (id, family), between tabs. Of each family 1, 2, 5 and 10 wordings are
put on a site, the first as the primary and the others as its alternates. What remains beyond ten (of a smaller
family, its last wording) is asked, the same each time, and should find its family first. All of that is
done five times, with the wordings in another order each time. The published figure is that of stackfaq.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from questions.duplicates import evaluation, matching, model  # noqa: E402
from questions.duplicates.encoder import Vectors  # noqa: E402

FIGURE = ROOT / "docs" / "explanation" / "alternates.svg"
COUNTS = (1, 2, 5, 10)
ORDERS = 5
_DEPTH = 10


@dataclass(frozen=True)
class Found:
    """With so many wordings a family, for each order: the share found first, and among the first ten."""

    count: int
    wordings: int
    asked: int
    first: list[float]
    among_ten: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    corpus = {row[0]: row[1] for _, row in evaluation.rows(options.folder / "corpus.tsv", 2)}
    families: dict[str, list[str]] = defaultdict(list)
    for _, (text, family) in evaluation.rows(options.folder / "clusters.tsv", 2):
        families[family].append(text)
    vectors = dict(zip(corpus, model.require_encoder().encode_many(list(corpus.values())), strict=True))
    found = []
    with evaluation.temporary_database(f"qa_site_alternates_{os.getpid()}"):
        for count in COUNTS:
            found.append(_measure(corpus, list(families.values()), vectors, count))
            _print(found[-1])
    if options.write:
        _plot(found)


def _measure(
    corpus: dict[str, str], families: Sequence[Sequence[str]], vectors: dict[str, Vectors], count: int
) -> Found:
    found = Found(count, 0, 0, [], [])
    for order in range(ORDERS):
        shuffle = random.Random(order)
        shuffled = [shuffle.sample(family, len(family)) for family in families if len(family) > 1]
        kept = {text: family[0] for family in shuffled for text in family[: min(count, len(family) - 1)]}
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE questions_question CASCADE")
        ids = evaluation.load(
            {text: corpus[text] for text in kept},
            merged_into={text: primary for text, primary in kept.items() if text != primary},
            vectors={text: vectors[text] for text in kept},
        )
        ranks = [
            _rank(corpus[text], ids[family[0]])
            for family in shuffled
            for text in family[min(max(COUNTS), len(family) - 1) :]
        ]
        found.first.append(sum(rank == 1 for rank in ranks) / len(ranks))
        found.among_ten.append(sum(rank <= _DEPTH for rank in ranks) / len(ranks))
    return Found(count, len(kept), len(ranks), found.first, found.among_ten)


def _rank(text: str, primary: int) -> int:
    """The place of the family among what is similar to the text, from 1; one more than `_DEPTH` if it is not there."""
    primaries = [match.primary.pk for match in matching.similar(text, limit=_DEPTH, least=0.0)]
    return primaries.index(primary) + 1 if primary in primaries else _DEPTH + 1


def _print(found: Found) -> None:
    first, among_ten = (sum(shares) / len(shares) for shares in (found.first, found.among_ten))
    print(
        f"{found.count:3} wordings a family ({found.wordings:,} in all), {found.asked} asked, {ORDERS} times: "
        f"first {first:.3f} ({min(found.first):.3f} to {max(found.first):.3f}), among ten {among_ten:.3f}"
    )


def _plot(found: Sequence[Found]) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams.update({"svg.hashsalt": "one", "font.family": "sans-serif", "svg.fonttype": "none"})
    figure, axes = pyplot.subplots(figsize=(5.5, 3.8))
    counts = [one.count for one in found]
    means = [100 * sum(one.first) / len(one.first) for one in found]
    axes.fill_between(
        counts,
        [100 * min(one.first) for one in found],
        [100 * max(one.first) for one in found],
        color="#17604f",
        alpha=0.15,
        linewidth=0,
    )
    axes.plot(counts, means, marker="o", color="#17604f")
    for count, mean in zip(counts, means, strict=True):
        axes.annotate(f"{mean:.1f} %", (count, mean), (8, -14), textcoords="offset points")
    axes.set(
        xlabel="wordings that the site has of each question",
        ylabel="found first, in yet other words (%)",
        xticks=range(1, max(counts) + 1),
        xlim=(0.5, max(counts) + 1.7),
        ylim=(min(means) - 6, 100.5),
    )
    axes.grid(axis="y", color="#ddd")
    axes.set_axisbelow(True)
    axes.set_title("What alternates are worth")
    figure.tight_layout()
    figure.savefig(FIGURE, metadata={"Date": None})


if __name__ == "__main__":
    main()
