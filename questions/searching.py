"""Finding questions by their words: for the search, and for naming one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import connection

from questions.duplicates.stems import as_tsquery, rarity
from questions.models import Question, State

_POOL = 200
MAX_QUERY_LENGTH = 300


@dataclass(frozen=True)
class Found:
    """One family, with the wording that matched best and how well (only good for comparing)."""

    primary: Question
    wording: Question
    rank: float


def by_words(text: str, *, limit: int = 20, any_word: bool = False) -> list[Found]:
    """Families of which a wording holds the words of `text` (or any of the rarer ones), best first.

    Words are compared by their English stems; quotation marks, OR and - work as on the web. Each family
    appears once. Hidden wordings are never found. Runs three queries: the words, the wordings, and their
    primaries.
    """
    asked = tsquery(text, any_word=any_word)
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH pool AS MATERIALIZED (
                SELECT question_id, ts_rank(words, %(asked)s::tsquery, 1) AS rank
                FROM questions_wordingindex
                WHERE words @@ %(asked)s::tsquery
                ORDER BY rank DESC
                LIMIT %(pool)s
            ),
            best AS (
                SELECT DISTINCT ON (wording.primary_id) wording.primary_id, wording.id, pool.rank
                FROM pool
                JOIN questions_question AS wording ON wording.id = pool.question_id
                JOIN questions_question AS root ON root.id = wording.primary_id
                WHERE wording.state = %(approved)s AND root.state = %(approved)s
                ORDER BY wording.primary_id, pool.rank DESC, (wording.id = wording.primary_id) DESC, wording.id
            )
            SELECT id, rank FROM best ORDER BY rank DESC, id LIMIT %(limit)s
            """,
            {"asked": asked, "pool": max(_POOL, limit), "approved": State.APPROVED, "limit": limit},
        )
        ranks = dict(cursor.fetchall())
    wordings = Question.objects.select_related("primary").in_bulk(list(ranks))
    return [Found(wordings[pk].primary, wordings[pk], rank) for pk, rank in ranks.items()]


def tsquery(text: str, *, any_word: bool = False) -> str:
    """What to look for when somebody types `text`, as PostgreSQL writes a tsquery; "" when no word is left of it.

    Either as web searches read it, or any of its rarer words. One query.
    """
    text = text[:MAX_QUERY_LENGTH].replace("\x00", " ")
    with connection.cursor() as cursor:
        if not any_word:
            # A search for nothing but what is not wanted would find, and rank, all there is.
            cursor.execute(
                "SELECT CASE WHEN querytree(query) IN ('', 'T') THEN '' ELSE query::text END"
                " FROM websearch_to_tsquery('english', %s) AS query",
                [text],
            )
            return cursor.fetchone()[0]
        cursor.execute("SELECT tsvector_to_array(to_tsvector('questions_words', %s))", [text])
        stems = cursor.fetchone()[0]
    return " | ".join(as_tsquery(stem) for stem in rarity().to_look_for(stems))


def named(text: str) -> Question | None:
    """The question that `text` names by its number ("12", "#12") or its address, or None."""
    text = text.strip()
    if match := re.fullmatch(r"#?(\d{1,18})", text):
        return Question.objects.select_related("primary").filter(pk=int(match[1])).first()
    if match := re.search(r"/questions/(\d{1,18})(?:/|$)", text):
        return Question.objects.select_related("primary").filter(pk=int(match[1])).first()
    return None


# Characters for private use, which no text from outside keeps: around a word that was searched for, and in place of
# "<", for the database leaves out of excerpts what looks like a tag.
_START, _STOP, _LESS = "\ue000", "\ue001", "\ue002"
# When no more than this was left out before an excerpt, it comes back in.
_FEW = 30

Parts = list[tuple[str, bool]]


def marked(texts: list[str], asked: str, *, excerpt: bool = False) -> list[Parts]:
    """Each text in parts, each part with whether it is a word of `asked` (a tsquery as from `tsquery`); one query.

    With `excerpt`, about thirty words around the first that was found instead of the whole text, with "…" where it goes
    on. The parts are plain text: templates escape them and put <mark> around those that are hits.
    """
    options = "MinWords=20, MaxWords=32, ShortWord=2" if excerpt else "HighlightAll=true"
    texts = [re.sub(f"[{_START}{_STOP}{_LESS}\x00]", "", text).strip() for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT ts_headline('english', text, %(asked)s::tsquery, %(options)s)
            FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS given(text, place) ORDER BY place
            """,
            {
                "asked": asked,
                "options": f"StartSel={_START}, StopSel={_STOP}, {options}",
                "texts": [text.replace("<", _LESS) for text in texts],
            },
        )
        headlines = [headline.replace(_LESS, "<") for (headline,) in cursor.fetchall()]
    if excerpt:
        headlines = [_with_dots(headline, text) for headline, text in zip(headlines, texts, strict=True)]
    return [_parts(headline) for headline in headlines]


def _with_dots(headline: str, text: str) -> str:
    """The headline with "…" where it begins or ends within the text."""
    plain = re.sub(f"[{_START}{_STOP}]", "", headline).strip()
    begins = text.find(plain)
    before = text[:begins] if 0 <= begins <= _FEW else "… "
    after = "" if text.endswith(plain) else " …"
    return f"{before}{headline.strip()}{after}"


def _parts(headline: str) -> Parts:
    before, *rest = headline.split(_START)
    parts: Parts = [(before, False)]
    for piece in rest:
        hit, _, after = piece.partition(_STOP)
        parts += [(hit, True), (after, False)]
    return [(part, is_hit) for part, is_hit in parts if part]
