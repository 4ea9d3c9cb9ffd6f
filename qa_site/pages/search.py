"""Search over all wordings and all answers, each family once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from answers import searching as answer_searching
from questions import searching
from questions.duplicates import matching
from questions.duplicates.matching import Match
from questions.markdown import plain_text
from questions.models import Question

_SHOWN = 30
_MEANT = 3


@dataclass(frozen=True)
class Hit:
    """A family as search shows it, its texts in parts that say which words were searched for."""

    primary: Question
    url: str
    title: searching.Parts
    other_wording: searching.Parts | None
    excerpt: searching.Parts


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[: searching.MAX_QUERY_LENGTH]
    if query and (same := Question.objects.visible().on_visible_pages().worded(query)):
        return redirect(same.page_url)
    hits: list[Hit] = []
    loose = False
    if query:
        hits = _hits(query)
        if not hits:
            hits, loose = _hits(query, any_word=True), True
    context = {
        "query": query,
        "hits": hits,
        "loose": loose and bool(hits),
        "meant": _meant(query, hits),
    }
    return render(request, "site/search.html", context)


def _meant(query: str, hits: list[Hit]) -> list[Match]:
    """Questions that say in other words what was searched for, and that the search by words did not find."""
    found = {hit.primary.pk for hit in hits}
    matches = matching.similar(query, limit=_MEANT + _SHOWN) if query else []
    return [match for match in matches if match.primary.pk not in found][:_MEANT]


def _hits(query: str, *, any_word: bool = False) -> list[Hit]:
    """Families found by a wording first, then those found by an answer alone."""
    found = searching.by_words(query, limit=_SHOWN, any_word=any_word)
    in_answers = [] if any_word else answer_searching.by_words(query, limit=_SHOWN)
    wordings = {f.primary.pk: f.wording for f in found}
    answers = {answer.question.primary_id: answer for answer in in_answers}
    primaries = {f.primary.pk: f.primary for f in found}
    primaries |= {
        a.question.primary_id: a.question.primary
        for a in in_answers
        if a.question.primary_id not in primaries
    }
    shown = list(primaries.values())[:_SHOWN]
    asked = searching.tsquery(query, any_word=any_word)
    titles = searching.marked([primary.text for primary in shown], asked)
    others = searching.marked([wordings.get(primary.pk, primary).text for primary in shown], asked)
    excerpts = searching.marked(
        [plain_text(answers[p.pk].html) if p.pk in answers else p.lead for p in shown], asked, excerpt=True
    )
    return [
        Hit(
            primary=primary,
            url=wordings.get(primary.pk, primary).page_url,
            title=title,
            other_wording=other if wordings.get(primary.pk, primary).pk != primary.pk else None,
            excerpt=excerpt,
        )
        for primary, title, other, excerpt in zip(shown, titles, others, excerpts, strict=True)
    ]
