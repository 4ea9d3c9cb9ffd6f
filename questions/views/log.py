"""The public log of what was done to questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from questions import undoing
from questions.models import Act
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

    @property
    def line(self) -> SafeString:
        """What was done, the wordings linked to where they are read now."""
        addresses = {"question": self.act.question.page_url}
        if self.act.other:
            addresses["other"] = self.act.other.page_url
        return self.act.sentence_html(**addresses)


def log_entries(acts: Iterable[Act], reader) -> list[Entry]:
    """The acts, from `ActQuerySet.with_people_and_wordings`, for this reader. No query for each."""
    return [
        Entry(act, undoing.obstacle(act), may(reader, RIGHT_TO_UNDO[Act.Kind(act.kind)], act.question))
        for act in acts
    ]
