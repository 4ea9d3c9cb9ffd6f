"""Searching by the indexes of words, where searching for a piece of a text would read the whole table."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.db.models import QuerySet

from questions import searching, wording
from questions.models import Question, WordingIndex

_CONFIG = "english"


def word_query(typed: str) -> SearchQuery | CombinedSearchQuery:
    """Return the full text query for what is being typed: all words, of which the last may be unfinished."""
    typed = typed.replace("\x00", "")
    whole = SearchQuery(typed, search_type="websearch", config=_CONFIG)
    *finished, last = re.split(r"\s+", typed)
    beginning = re.search(r"\w+$", last)
    if not beginning:
        return whole
    unfinished = SearchQuery(f"{beginning[0]}:*", search_type="raw", config=_CONFIG)
    if finished:
        before = SearchQuery(" ".join(finished), search_type="websearch", config=_CONFIG)
        return whole | (before & unfinished)
    return whole | unfinished


def questions_for(typed: str) -> QuerySet[Any]:
    """Wordings with these words, with this very wording however it is spelt, or with this number or address.

    A subquery for `pk__in`; every part of it is answered by an index.
    """
    found = WordingIndex.objects.filter(words=word_query(typed)).values("pk")
    same = Question.objects.filter(key=wording.key(typed)).values("pk")
    named = searching.named(typed)
    return found.union(same, Question.objects.filter(pk__in=[named.pk] if named else []).values("pk"))


def typed_id(typed: str) -> list[int]:
    """The number that was typed, if it is one that an id can be."""
    number = re.fullmatch(r"\s*#?(\d{1,18})\s*", typed)
    return [int(number[1])] if number else []
