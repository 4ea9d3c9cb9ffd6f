"""The page of the public log."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qa_site.moderation.log import FILTERS, entry, log_page


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What was done by moderators and others to what stands here, newest first."""
    chosen = request.GET.get("of", "all")
    chosen = chosen if chosen in FILTERS else "all"
    shown = log_page(FILTERS[chosen][1], request.GET, size=settings.QUESTIONS_PER_PAGE)
    context = {
        "page": shown,
        "entries": [entry(act, reader=request.user) for act in shown.rows],
        "filters": [(key, words, key == chosen) for key, (words, _) in FILTERS.items()],
        "chosen": chosen,
    }
    return render(request, "moderation/log.html", context)
