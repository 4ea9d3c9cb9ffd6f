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
from types import MappingProxyType

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from questions import wording
from questions.duplicates import embedding, matching, stems
from questions.duplicates.encoder import Vectors
from questions.duplicates.matching import By
from questions.models import Question, WordingEmbedding, WordingIndex

_DEPTH = 10
_HALVES = {
    "words only": frozenset({By.WORDS}),
    "meaning only": frozenset({By.MEANING}),
    "both": matching.HALVES,
}


class SetError(Exception):
    """The files are not a set to measure with; the message says where and why."""


class DatabaseRefused(Exception):
    """The server makes no temporary database for us; the message says why."""


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
    corpus = {row[0]: row[1] for _, row in rows(folder / "corpus.tsv", 2)}
    queries = {row[0]: row[1] for _, row in rows(folder / "queries.tsv", 2)}
    relevant: dict[str, set[str]] = defaultdict(set)
    path = folder / "qrels.tsv"
    for number, (query, text, says) in rows(path, 3):
        for name, known, file in ((query, queries, "queries.tsv"), (text, corpus, "corpus.tsv")):
            if name not in known:
                raise SetError(f"{path}, line {number}: “{name}” is not in {file}.")
        if not says.isdecimal():
            raise SetError(f"{path}, line {number}: the last column is “{says}”; it is 0 or 1.")
        # A query that stands in the corpus is left out when it is looked up.
        if int(says) and query != text:
            relevant[query].add(text)
    if not relevant:
        raise SetError(f"{path} names no text for any query, so there is nothing to measure.")
    return Set(corpus, queries, relevant)


def rows(path: Path, width: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the lines of a file of columns between tabs, numbered. Raises SetError when it is not one of that width."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                row = tuple(line.decode("utf-8-sig").rstrip("\r\n").split("\t"))
                if len(row) != width:
                    raise SetError(
                        f"{path}, line {number}: {width} columns between tabs are wanted, not {len(row)}."
                    )
                yield number, row
    except UnicodeDecodeError:
        raise SetError(f"{path}, line {number}: this is not UTF-8.") from None
    except OSError as error:
        raise SetError(f"{path} cannot be read: {error.strerror}.") from error


@contextmanager
def temporary_database(name: str) -> Iterator[None]:
    """An empty database of the site's tables beside the site's own, used instead of it, and dropped at the end.

    Whatever the end is, a failure or Ctrl-C. Not within a transaction. Raises DatabaseRefused.
    """
    own, quoted = connection.settings_dict["NAME"], connection.ops.quote_name(name)
    _use(own)  # lets go of what is open
    with connection._nodb_cursor() as cursor:
        try:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
            cursor.execute(f"CREATE DATABASE {quoted}")
        except ProgrammingError as error:
            raise DatabaseRefused(f"No temporary database can be made: {error}") from error
    try:
        _use(name)
        call_command("migrate", verbosity=0, interactive=False, database=connection.alias)
        yield
    finally:
        _use(own)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def _use(database: str) -> None:
    """Connect to this database from now on, and forget what is known of another."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = database
    ContentType.objects.clear_cache()
    cache.clear()
    stems.forget_rarity()


def load(
    corpus: Mapping[str, str],
    progress: Callable[[int], object] = lambda count: None,
    *,
    merged_into: Mapping[str, str] = MappingProxyType({}),
    vectors: Mapping[str, Vectors] = MappingProxyType({}),
) -> dict[str, int]:
    """Write every text as a question, with all that it is found by, and return the questions' ids by the texts'.

    `merged_into` has, for texts that are alternates, the text that is their primary; `vectors` the embeddings
    that are known. A text longer than a wording may be is cut. Where two texts have one key, which no site
    allows, the second gets another; the key plays no part then, for a query's own row is left out.
    """
    now = timezone.now()
    ids = {name: number for number, name in enumerate(corpus, 1)}
    keys: set[str] = set()
    questions: list[Question] = []
    for number, (name, text) in enumerate(corpus.items(), 1):
        line = wording.one_line(text)[: wording.MAX_LENGTH].strip()
        key = wording.key(line)
        if not key or key in keys:
            key = f"{key[: wording.MAX_KEY_LENGTH - 20]} #{number}"
        keys.add(key)
        target = ids[merged_into[name]] if name in merged_into else None
        questions.append(
            Question(
                pk=number,
                text=line,
                key=key,
                merged_into_id=target,
                primary_id=target or number,
                created_at=now,
                last_activity_at=now,
            )
        )
    with transaction.atomic():
        Question.objects.bulk_create(questions, batch_size=5_000)
        WordingIndex.objects.bulk_create(
            [WordingIndex(question=question, text=question.text) for question in questions],
            batch_size=5_000,
        )
        WordingEmbedding.objects.bulk_create(
            [WordingEmbedding(question_id=ids[name], embedding=vector) for name, vector in vectors.items()],
            batch_size=5_000,
        )
    for count in embedding.fill_in():
        progress(count)
    with connection.cursor() as cursor:
        # What autovacuum does on a site: the statistics say which words are rare.
        cursor.execute(
            "VACUUM ANALYZE questions_question, questions_wordingindex, questions_wordingembedding"
        )
    stems.forget_rarity()
    return ids


def measure(given: Set, ids: Mapping[str, int], progress: Callable[[int], object]) -> list[Figures]:
    """Ask the matcher for each query of the set, with either half and with both, in the database that holds it."""
    return [
        measure_with(given, ids, name, halves=halves, progress=progress) for name, halves in _HALVES.items()
    ]


def measure_with(
    given: Set,
    ids: Mapping[str, int],
    name: str,
    *,
    halves: Collection[By],
    progress: Callable[[int], object],
) -> Figures:
    """The same with these halves, under this name."""
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
