"""How long the matcher takes on large sites, where the time goes, and what the approximate index misses.

    python benchmarks/lookup.py FILE --sizes 10000 30000 100000

FILE has a question a line. For each size, the first so many questions fill a temporary database, and 1,000 others,
the last of the file, are asked of `similar`. Figures in milliseconds depend on the machine and on what else it
does; how they grow with the size hardly does. Of the parts, "index" and "words" are PostgreSQL's own account of the
two halves of the query. "recall" is how many of the ten nearest in meaning, found by comparing with all, are
among the ten that the matcher finds by meaning alone.

The embeddings are kept in a file (--cache) for the next run, 77 MB for 100,000.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

import numpy as np  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from tqdm import tqdm  # noqa: E402

from questions.duplicates import evaluation, matching, model  # noqa: E402
from questions.duplicates.embedding import as_sql  # noqa: E402
from questions.duplicates.matching import By  # noqa: E402

ASKED, WARMING, COMPARED = 1_000, 100, 200
PARTS = {"near": "index", "worded": "words"}  # the parts of matching's query
_BATCH = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000], metavar="N")
    parser.add_argument("--cache", type=Path, help="a .npy file for the embeddings; otherwise one in VAR_DIR")
    options = parser.parse_args()
    lines = options.file.read_text(encoding="utf-8").splitlines()
    sizes = sorted(options.sizes)
    if len(lines) < sizes[-1] + ASKED + WARMING:
        parser.error(
            f"{options.file} has {len(lines):,} lines; {ASKED + WARMING:,} more than the size are wanted."
        )
    texts, asked, warming = lines[: sizes[-1]], lines[-ASKED:], lines[-ASKED - WARMING : -ASKED]
    vectors = _vectors(texts, options.cache)
    print(f"{'':10}{'whole ms':>16}{'embedding':>16}{'index':>16}{'words':>16}{'rest':>16}{'recall':>9}")
    print(f"{'questions':10}" + f"{'p50':>8}{'p95':>8}" * 5)
    p50s = []
    for size in sizes:
        with evaluation.temporary_database(f"qa_site_lookup_{os.getpid()}"):
            corpus = {str(number): text for number, text in enumerate(texts[:size])}
            known = {str(number): vector for number, vector in enumerate(vectors[:size])}
            evaluation.load(corpus, vectors=known)
            for text in warming:
                matching.similar(text, limit=5)
            times = _times(asked)
            print(
                f"{size:<10,}"
                + "".join(
                    f"{p50:8.1f}{p95:8.1f}" for p50, p95 in (_percentiles(part) for part in times.values())
                )
                + f"{_recall(asked[:COMPARED]):9.3f}",
                flush=True,
            )
            p50s.append(_percentiles(times["whole"])[0])
    for size, p50 in zip(sizes[1:], p50s[1:], strict=True):
        print(f"{size / sizes[0]:.0f} times the questions: {p50 / p50s[0]:.2f} times the time (p50)")


def _vectors(texts: Sequence[str], cache: Path | None) -> NDArray[np.float32]:
    """Return the embeddings of the texts, from the file if they are in it, and write them into it if not."""
    content = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    path = cache or settings.VAR_DIR / f"lookup-{content[:12]}.npy"
    if path.exists():
        found = np.load(path)
        if len(found) == len(texts):
            return found.astype(np.float32)
    encoder = model.require_encoder()
    # As exactly as the database keeps them.
    found = np.empty((len(texts), 384), np.float16)
    for start in tqdm(range(0, len(texts), _BATCH), desc="embedding", disable=None):
        found[start : start + _BATCH] = encoder.encode_many(texts[start : start + _BATCH])
    np.save(path, found)
    return found.astype(np.float32)


def _times(asked: Sequence[str]) -> dict[str, list[float]]:
    """Return the milliseconds that each question took, in all and in parts."""
    encoder = model.require_encoder()
    times: dict[str, list[float]] = {"whole": [], "embedding": [], "index": [], "words": [], "rest": []}
    for text in asked:
        times["whole"].append(_milliseconds(lambda text=text: matching.similar(text, limit=5)))
    for text in asked:
        times["embedding"].append(_milliseconds(lambda text=text: encoder.encode(text, max_pieces=96)))
        parts = _parts_of_the_query(text)
        for part in PARTS.values():
            times[part].append(parts[part])
    for number, whole in enumerate(times["whole"]):
        parts_of_it = (times[part][number] for part in ("embedding", "index", "words"))
        times["rest"].append(max(0.0, whole - sum(parts_of_it)))
    return times


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def _parts_of_the_query(text: str) -> dict[str, float]:
    """Return what PostgreSQL says that the halves of the matcher's query took, the last time that it was asked."""
    plans: list[dict[str, Any]] = []

    def explain(execute: Any, query: str, params: Any, many: bool, context: Any) -> Any:
        if "worded AS MATERIALIZED" in query:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING, FORMAT JSON) {query}", params)
                plans.append(cursor.fetchone()[0][0]["Plan"])
        return execute(query, params, many, context)

    with connection.execute_wrapper(explain):
        matching.similar(text, limit=5)
    parts = dict.fromkeys(PARTS.values(), 0.0)
    for plan in plans:
        for node in _nodes(plan):
            if (name := node.get("Subplan Name", "").removeprefix("CTE ")) in PARTS:
                parts[PARTS[name]] += node["Actual Total Time"] * node["Actual Loops"]
    return parts


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _recall(asked: Sequence[str]) -> float:
    """Return how many of the ten nearest in meaning the matcher finds, where all questions are primaries."""
    encoder = model.require_encoder()
    shares = []
    for text in asked:
        found = matching.similar(text, limit=10, least=0.0, halves={By.MEANING})
        with connection.cursor() as cursor:
            cursor.execute(
                # Added to 0, the distance is no order that the index knows.
                "SELECT question_id FROM questions_wordingembedding ORDER BY 0 + (embedding <=> %s::halfvec) LIMIT 10",
                [as_sql(encoder.encode(text, max_pieces=96))],
            )
            nearest = {pk for (pk,) in cursor.fetchall()}
        shares.append(len(nearest & {match.primary.pk for match in found}) / len(nearest))
    return sum(shares) / len(shares)


def _percentiles(milliseconds: Sequence[float]) -> tuple[float, float]:
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return float(p50), float(p95)


if __name__ == "__main__":
    main()
