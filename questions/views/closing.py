"""Locking a question and closing its comments: pages that say what will happen, with a reason and one button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from questions import moderation
from questions.access import question_to
from questions.views.merging import confirmed


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("lock", request, pk)
    # The button says which of the two it does, so that pressing it twice does not do both.
    if request.POST.get("lock") == "no":
        verb, said = moderation.unlock, _("“{question}” takes answers and edits again.")
    else:
        verb, said = moderation.lock, _("“{question}” is locked.")
    return confirmed(request, question, "questions/lock.html", verb, said)


@require_http_methods(["GET", "HEAD", "POST"])
def close_comments(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("close comments", request, pk)
    if request.POST.get("close") == "no":
        verb, said = moderation.open_comments, _("“{question}” takes comments again.")
    else:
        verb, said = moderation.close_comments, _("“{question}” takes no more comments.")
    return confirmed(request, question, "questions/close_comments.html", verb, said)
