"""Finding answers by their words."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from answers.models import Answer

_POOL = 200


def by_words(text: str, *, limit: int = 20) -> list[Answer]:
    """The best visible answer of each family that holds the words of `text`, best first; one query.

    The most useful ones among the first 200 that match are ranked: ranking reads the words of every text that it ranks.
    """
    query = SearchQuery(text, config="english", search_type="websearch")
    pool = (
        Answer.objects.visible()
        .on_visible_pages()
        .filter(index__words=query)
        .order_by("-useful_count", "id")
        .values("pk")[:_POOL]
    )
    ranked = (
        Answer.objects.filter(pk__in=pool)
        .annotate(rank=SearchRank(F("index__words"), query, normalization=1))
        .select_related("question__primary", "author")
        .order_by("-rank", "id")
    )
    best: dict[int, Answer] = {}
    for answer in ranked:
        best.setdefault(answer.question.primary_id, answer)
    return list(best.values())[:limit]
