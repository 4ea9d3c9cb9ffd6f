"""How well the matcher finds what people have said to be duplicates, and how fast, on sets in plain files.

A set is a folder with corpus.tsv (id, text), queries.tsv (id, text) and qrels.tsv (query id, corpus id, 1).
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from questions import wording
from questions.duplicates import embedding, matching
from questions.duplicates.matching import By
from questions.models import Question, WordingIndex

_DEPTH = 10
_HALVES = {
    "words only": frozenset({By.WORDS}),
    "meaning only": frozenset({By.MEANING}),
    "both": matching.HALVES,
}


class SetError(Exception):
    """The files are not a set to measure with; the message says where and why."""


@dataclass(frozen=True)
class Set:
    """Texts by their ids; queries by theirs; and the ids of the texts that each query asks for."""

    corpus: Mapping[str, str]
    queries: Mapping[str, str]
    relevant: Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Figures:
    """What was measured with some halves of the matcher; shares are 0 to 1, times in milliseconds."""

    halves: str
    queries: int
    p_at_1: float
    mrr_at_10: float
    r_at_10: float
    ndcg_at_10: float
    p50_ms: float
    p95_ms: float


def read(folder: Path) -> Set:
    """Read a set. Raises SetError."""
    corpus = {row[0]: row[1] for row in rows(folder / "corpus.tsv", 2)}
    queries = {row[0]: row[1] for row in rows(folder / "queries.tsv", 2)}
    relevant: dict[str, set[str]] = defaultdict(set)
    for query, text, says in rows(folder / "qrels.tsv", 3):
        if query not in queries or text not in corpus:
            raise SetError(f"qrels.tsv speaks of {query} and {text}, which are not both in the other files.")
        if says != "0":
            relevant[query].add(text)
    if not relevant:
        raise SetError("qrels.tsv names no text for any query, so there is nothing to measure.")
    return Set(corpus, queries, relevant)


def rows(path: Path, width: int) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a file of columns between tabs. Raises SetError when it is not one of that width."""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, 1):
                row = tuple(line.rstrip("\n").split("\t"))
                if len(row) != width:
                    raise SetError(
                        f"{path.name}, line {number}: {len(row)} columns where {width} are wanted."
                    )
                yield row
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{path} cannot be read: {error}.") from error


@contextmanager
def temporary_database(name: str) -> Iterator[None]:
    """An empty database of the site's tables beside the site's own, used instead of it, and dropped at the end."""
    own = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    cache.clear()
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)
        cache.clear()


def load(corpus: Mapping[str, str], progress: Callable[[int], object] = lambda count: None) -> dict[str, int]:
    """Write every text as a question, with all that it is found by, and return the questions' ids by the texts'.

    A text longer than a wording may be is cut. Where two texts have one key, which no site allows, the second
    gets another; the key plays no part then, for a query's own row is left out.
    """
    now = timezone.now()
    ids: dict[str, int] = {}
    keys: set[str] = set()
    questions: list[Question] = []
    for number, (name, text) in enumerate(corpus.items(), 1):
        line = wording.one_line(text)[: wording.MAX_LENGTH].strip()
        key = wording.key(line)
        if not key or key in keys:
            key = f"{key[: wording.MAX_KEY_LENGTH - 20]} #{number}"
        keys.add(key)
        ids[name] = number
        questions.append(
            Question(pk=number, text=line, key=key, primary_id=number, created_at=now, last_activity_at=now)
        )
    with transaction.atomic():
        Question.objects.bulk_create(questions, batch_size=5_000)
        WordingIndex.objects.bulk_create(
            [WordingIndex(question=question, text=question.text) for question in questions],
            batch_size=5_000,
        )
    for count in embedding.fill_in():
        progress(count)
    with connection.cursor() as cursor:
        # What autovacuum does on a site: the statistics say which words are rare.
        cursor.execute(
            "VACUUM ANALYZE questions_question, questions_wordingindex, questions_wordingembedding"
        )
    cache.clear()
    return ids


def measure(given: Set, ids: Mapping[str, int], progress: Callable[[int], object]) -> list[Figures]:
    """Ask the matcher for each query of the set, with either half and with both, in the database that holds it."""
    return [_measure(given, ids, name, halves=halves, progress=progress) for name, halves in _HALVES.items()]


def _measure(
    given: Set,
    ids: Mapping[str, int],
    name: str,
    *,
    halves: Collection[By],
    progress: Callable[[int], object],
) -> Figures:
    ranks: list[list[bool]] = []
    wanted: list[int] = []
    seconds: list[float] = []
    for query, texts in given.relevant.items():
        # A query that stands in the corpus would find itself.
        own = [Question(pk=ids[query], primary_id=ids[query])] if query in ids else []
        relevant = {ids[text] for text in texts} - {question.pk for question in own}
        started = time.perf_counter()
        found = matching.similar(given.queries[query], limit=_DEPTH, exclude=own, least=0.0, halves=halves)
        seconds.append(time.perf_counter() - started)
        ranks.append([match.primary.pk in relevant for match in found])
        wanted.append(len(relevant))
        progress(1)
    return Figures(
        halves=name,
        queries=len(ranks),
        p_at_1=_mean([float(hits[:1] == [True]) for hits in ranks]),
        mrr_at_10=_mean([1 / (hits.index(True) + 1) if True in hits else 0.0 for hits in ranks]),
        r_at_10=_mean([sum(hits) / count for hits, count in zip(ranks, wanted, strict=True)]),
        ndcg_at_10=_mean([_ndcg(hits, count) for hits, count in zip(ranks, wanted, strict=True)]),
        p50_ms=1000 * _quantile(seconds, 0.5),
        p95_ms=1000 * _quantile(seconds, 0.95),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _ndcg(hits: Sequence[bool], wanted: int) -> float:
    """Discounted cumulative gain with one gain for each hit, as a share of the best possible."""
    gain = sum(1 / math.log2(place + 2) for place, hit in enumerate(hits) if hit)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(wanted, _DEPTH)))
