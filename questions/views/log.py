"""The public log of what was done to questions, and the queue of suggested merges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from questions import suggesting, undoing
from questions.access import require
from questions.models import Act, DuplicateCandidate
from questions.paging import page
from questions.permissions import RIGHT_TO_UNDO, may


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    acts = Act.objects.of_visible_questions().with_people_and_wordings()
    shown = page(acts, "created_at", request.GET, size=settings.QUESTIONS_PER_PAGE)
    context = {"page": shown, "entries": log_entries(shown.rows, request.user)}
    return render(request, "questions/merges.html", context)


@dataclass(frozen=True)
class Entry:
    """An act as a page shows it to a reader; `obstacle` says why it cannot be undone, "" when it can."""

    act: Act
    obstacle: str
    may_undo: bool


def log_entries(acts: Iterable[Act], reader) -> list[Entry]:
    """The acts, from `ActQuerySet.with_people_and_wordings`, for this reader. No query for each."""
    return [
        Entry(act, undoing.obstacle(act), may(reader, RIGHT_TO_UNDO[Act.Kind(act.kind)], act.question))
        for act in acts
    ]


@require_safe
def review_duplicates(request: HttpRequest) -> HttpResponse:
    require("decide", request)
    candidates = list(DuplicateCandidate.objects.waiting()[:50])
    return render(request, "questions/review_duplicates.html", {"candidates": candidates})


@require_POST
def dismiss_candidate(request: HttpRequest, pk: int) -> HttpResponse:
    require("decide", request)
    candidate = DuplicateCandidate.objects.filter(pk=pk).first()
    if candidate is None:
        raise Http404("There is no such suggestion.")
    suggesting.dismiss(candidate, by=request.user)
    messages.success(request, "Noted: these are two questions.")
    return redirect("review-duplicates")
