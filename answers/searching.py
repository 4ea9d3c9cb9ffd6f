"""Finding answers by their words."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector

from answers.models import Answer
from questions.markdown import plain_text
from questions.models import State
from questions.searching import marked_parts

_EXCERPT_LENGTH = 200
_POOL = 200


def by_words(text: str, *, limit: int = 20) -> list[Answer]:
    """The best visible answer of each family that holds the words of `text`, best first; one query.

    The most useful ones among the first 200 that match are ranked: ranking reads every text that it ranks.
    """
    words = SearchVector("text", config="english")
    query = SearchQuery(text, config="english", search_type="websearch")
    pool = (
        Answer.objects.visible()
        .filter(question__primary__state=State.APPROVED)
        .annotate(found=words)
        .filter(found=query)
        .order_by("-useful_count", "id")
        .values("pk")[:_POOL]
    )
    ranked = (
        Answer.objects.filter(pk__in=pool)
        .annotate(rank=SearchRank(words, query, normalization=1))
        .select_related("question__primary", "author")
        .order_by("-rank", "id")
    )
    best: dict[int, Answer] = {}
    for answer in ranked:
        best.setdefault(answer.question.primary_id, answer)
    return list(best.values())[:limit]


def excerpt(answer: Answer, query: str) -> str:
    """About 200 characters of the answer's text, beginning shortly before the first word that was searched for."""
    text = plain_text(answer.html)
    position = 0
    for part, is_hit in marked_parts(text, query):
        if is_hit:
            break
        position += len(part)
    else:
        position = 0
    start = text.rfind(" ", 0, max(0, position - 60)) + 1 if position > 60 else 0
    cut = text[start : start + _EXCERPT_LENGTH]
    if start + _EXCERPT_LENGTH < len(text):
        cut = cut[: cut.rfind(" ")] + " …" if " " in cut else cut + "…"
    return ("… " if start else "") + cut
