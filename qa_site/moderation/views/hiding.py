"""Hiding a question or an answer from its own page, and bringing it back: with all that the desk does at that."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answers.access import answer_to
from answers.views.moderating import switched
from qa_site.moderation.deciding import decide
from qa_site.moderation.kinds import Text
from questions.access import question_to
from questions.models import State
from questions.views.merging import confirmed


@require_http_methods(["GET", "HEAD", "POST"])
def hide_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("hide", request, pk)
    if _restores(request):
        return confirmed(
            request, question, "questions/hide.html", _restore, _("“{question}” is visible again.")
        )
    return confirmed(request, question, "questions/hide.html", _hide, _("“{question}” is hidden."))


@require_http_methods(["GET", "HEAD", "POST"])
def hide_answer(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("hide", request, pk)
    if _restores(request):
        return switched(
            request, answer, "answers/hide.html", verb=_restore, done=_("The answer is visible again.")
        )
    return switched(request, answer, "answers/hide.html", verb=_hide, done=_("The answer is hidden."))


def _restores(request: HttpRequest) -> bool:
    # The button says which of the two it does, so that pressing it twice does not do both.
    return request.POST.get("hide") == "no"


def _hide(text: Text, *, by, reason: str):
    return decide(text, State.HIDDEN, by=by, reason=reason)


def _restore(text: Text, *, by, reason: str):
    return decide(text, State.APPROVED, by=by, reason=reason)
