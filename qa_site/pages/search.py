"""Search over all wordings and all answers, each family once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from answers import searching as answer_searching
from answers.models import Answer
from questions import searching
from questions.models import Question

_SHOWN = 30


@dataclass(frozen=True)
class Hit:
    """A family, the wording that matched if one did, and the answer that matched if one did."""

    primary: Question
    wording: Question | None
    answer: Answer | None
    query: str

    @property
    def title(self) -> list[tuple[str, bool]]:
        return searching.marked_parts(self.primary.text, self.query)

    @property
    def other_wording(self) -> list[tuple[str, bool]] | None:
        """The alternate that matched, in marked parts, when it is not the title itself."""
        if self.wording is None or self.wording.pk == self.primary.pk:
            return None
        return searching.marked_parts(self.wording.text, self.query)

    @property
    def excerpt(self) -> list[tuple[str, bool]]:
        text = answer_searching.excerpt(self.answer, self.query) if self.answer else self.primary.lead
        return searching.marked_parts(text, self.query)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[: searching.MAX_QUERY_LENGTH]
    if query and (same := Question.objects.visible().worded(query)) and not same.primary.is_hidden:
        return redirect(same.page_url)
    hits, loose = [], False
    if query:
        hits = _hits(query)
        if not hits:
            hits, loose = _hits(query, any_word=True), True
    context = {"query": query, "hits": hits, "loose": loose and bool(hits)}
    return render(request, "site/search.html", context)


def _hits(query: str, *, any_word: bool = False) -> list[Hit]:
    """Families found by a wording first, then those found by an answer alone."""
    found = searching.by_words(query, limit=_SHOWN, any_word=any_word)
    in_answers = answer_searching.by_words(query, limit=_SHOWN) if not any_word else []
    answers = {answer.question.primary_id: answer for answer in reversed(in_answers)}
    hits = [Hit(f.primary, f.wording, answers.pop(f.primary.pk, None), query) for f in found]
    rest = [answer for answer in in_answers if answers.pop(answer.question.primary_id, None)]
    return (hits + [Hit(answer.question.primary, None, answer, query) for answer in rest])[:_SHOWN]
