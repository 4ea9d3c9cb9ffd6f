"""The texts that an answer has had, and what was done to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from answers.access import answer_to
from answers.permissions import may


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("read", request, pk)
    revisions = answer.revisions.select_related("author").order_by("-number")
    context = {
        "answer": answer,
        "revisions": list(revisions),
        "acts": list(answer.acts.select_related("by").order_by("-id")),
        "may_hide": may(request.user, "hide"),
    }
    return render(request, "answers/history.html", context)
