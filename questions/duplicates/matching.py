"""The matcher: which families ask the same as a text, by key, by meaning and by words, over all their wordings.

`similar` is the only way in, for asking, suggesting, reviewing, mining, the related questions and the search;
`similar_to` is the same for a question that is there, whose embedding and words need not be made again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from questions import wording
from questions.duplicates import model
from questions.duplicates.embedding import as_sql
from questions.duplicates.stems import Rarity, as_tsquery, rarity
from questions.models import Question, State

# A pair's score is its cosine and so much of its likeness in words, scaled to 1. On the three public sets, by MRR@10,
# 0.15 is best on one and within 0.001 of the best on the others: docs/explanation/finding-duplicates.md.
WORDS_WEIGHT = 0.15
# Below this nothing is similar: of two sets of known duplicates at most one in a thousand is, and of pairs by chance on
# one subject, medicine, one in sixty is above (docs/reference/figures.md, by benchmarks/weights.py).
LEAST_SCORE = 0.35
# Word pieces of a text that is looked up: 300 characters of most languages, and no more work for others.
_MAX_PIECES = 96
# How many neighbours are fetched; the second time when the nearest were all wordings of a few families.
_POOLS = (60, 400)
_WORDED = 40


class By(StrEnum):
    """What two wordings match by."""

    KEY = "key"
    MEANING = "meaning"
    WORDS = "words"


HALVES = frozenset({By.MEANING, By.WORDS})


@dataclass(frozen=True)
class Match:
    """A family, by the wording of it that matched best. The score is 1 for the same key, else in 0..1."""

    primary: Question
    wording: Question
    score: float
    by: By
    cosine: float | None


@dataclass(frozen=True)
class _Sought:
    """What is looked for."""

    key: str
    vector: str | None
    stems: list[str]


@dataclass(frozen=True)
class _Near:
    """A wording that may match; its cosine is None when one of the two has no embedding."""

    pk: int
    primary: int
    key: str
    cosine: float | None
    stems: list[str]


def similar(
    text: str,
    *,
    limit: int,
    exclude: Iterable[Question] = (),
    least: float = LEAST_SCORE,
    halves: Collection[By] = HALVES,
) -> list[Match]:
    """Return the families that ask most nearly what `text` asks, best first, at most `limit`.

    `exclude` are questions whose families are left out, and so are those that readers do not see. A text that
    says nothing, and one that nothing is similar to, give an empty list; only the first 300 characters are
    read. `halves` is for measuring. Three queries, and one more now and then for the statistics.
    """
    text = wording.one_line(text[: wording.MAX_LENGTH * 2])[: wording.MAX_LENGTH]
    key = wording.key(text)
    if not key:
        return []
    encoder = model.encoder() if By.MEANING in halves else None
    vector = as_sql(encoder.encode(text, max_pieces=_MAX_PIECES)) if encoder else None
    stems = _stems(text) if By.WORDS in halves else []
    return _matches(_Sought(key, vector, stems), limit=limit, exclude=exclude, least=least)


def similar_to(question: Question, *, limit: int, least: float = LEAST_SCORE) -> list[Match]:
    """Return the families that ask most nearly what this wording asks, its own left out, as `similar` does."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT embedding::text, tsvector_to_array(words)
            FROM questions_wordingindex LEFT JOIN questions_wordingembedding USING (question_id)
            WHERE question_id = %s
            """,
            [question.pk],
        )
        vector, stems = cursor.fetchone()
    return _matches(_Sought(question.key, vector, stems), limit=limit, exclude=[question], least=least)


def _matches(sought: _Sought, *, limit: int, exclude: Iterable[Question], least: float) -> list[Match]:
    rare = rarity()
    excluded = {question.primary_id for question in exclude}
    best: dict[int, tuple[float, By, _Near]] = {}
    for pool in _POOLS:
        found = _pool(sought, rare, pool=pool)
        best = _best_of_families((near for near in found if near.primary not in excluded), sought, rare)
        if len(best) >= limit or len(found) < pool:
            break
    ranked = sorted(best.values(), key=lambda match: (-match[0], match[2].pk))
    ranked = [match for match in ranked if match[0] >= least or match[1] == By.KEY][:limit]
    wordings = Question.objects.select_related("primary").in_bulk([near.pk for _, _, near in ranked])
    return [
        Match(wordings[near.pk].primary, wordings[near.pk], score, by, near.cosine)
        for score, by, near in ranked
    ]


def _best_of_families(
    found: Iterable[_Near], sought: _Sought, rare: Rarity
) -> dict[int, tuple[float, By, _Near]]:
    """Return the best wording of each primary, with its score and what it matched by."""
    best: dict[int, tuple[float, By, _Near]] = {}
    likeness = rare.likeness_to(sought.stems)
    for near in found:
        words = likeness(near.stems)
        if near.key == sought.key:
            score, by = 1.0, By.KEY
        elif near.cosine is None:
            score, by = words, By.WORDS
        else:
            score = max(0.0, (near.cosine + WORDS_WEIGHT * words) / (1 + WORDS_WEIGHT))
            by = By.WORDS if words > near.cosine else By.MEANING
        if near.primary not in best or score > best[near.primary][0]:
            best[near.primary] = (score, by, near)
    return best


def _pool(sought: _Sought, rare: Rarity, *, pool: int) -> list[_Near]:
    """Fetch the wordings nearest in meaning, those with the rarest words in common, and the one with the key."""
    rarest = rare.to_look_for(sought.stems)
    with connection.cursor() as cursor:
        cursor.execute(
            _POOL,
            {
                "vector": sought.vector,
                "pool": pool if sought.vector else 0,
                "stems": [as_tsquery(stem) for stem in rarest],
                "weights": [rare.weight(stem) for stem in rarest],
                "worded": _WORDED if sought.vector else pool,
                "key": sought.key,
                "approved": State.APPROVED,
            },
        )
        return [_Near(*row) for row in cursor.fetchall()]


# What was found, a hundred wordings at most, is looked up one by one ("OFFSET 0" says that it must): joined, the
# planner would read tables of ten thousand rows from end to end.
_POOL = """
    WITH sought AS MATERIALIZED (
        SELECT %(vector)s::halfvec AS vector
    ),
    near AS MATERIALIZED (
        SELECT question_id FROM sought, questions_nearest(sought.vector, %(pool)s)
    ),
    worded AS MATERIALIZED (
        SELECT hit.question_id
        FROM unnest(%(stems)s::text[], %(weights)s::float[]) AS one(stem, weight)
        CROSS JOIN LATERAL (
            SELECT question_id FROM questions_wordingindex WHERE words @@ one.stem::tsquery
        ) AS hit
        GROUP BY hit.question_id
        ORDER BY sum(one.weight) DESC, hit.question_id
        LIMIT %(worded)s
    ),
    found AS (
        SELECT question_id FROM near
        UNION SELECT question_id FROM worded
        UNION SELECT id FROM questions_question WHERE key = %(key)s
    )
    SELECT wording.id, wording.primary_id, wording.key,
           (
               SELECT 1 - (embedding <=> (SELECT vector FROM sought))
               FROM questions_wordingembedding WHERE question_id = wording.id
           ),
           (SELECT tsvector_to_array(words) FROM questions_wordingindex WHERE question_id = wording.id)
    FROM found
    CROSS JOIN LATERAL (SELECT * FROM questions_question WHERE id = found.question_id OFFSET 0) AS wording
    WHERE wording.state = %(approved)s
    AND (SELECT state FROM questions_question WHERE id = wording.primary_id) = %(approved)s
"""


def _stems(text: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('questions_words', %s))", [text])
        return cursor.fetchone()[0]
