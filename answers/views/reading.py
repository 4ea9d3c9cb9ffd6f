"""Leading to an answer wherever it stands now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from answers import folding
from answers.access import answer_to
from answers.arranging import SHOWN_AT_FIRST
from answers.models import Answer
from questions.models import Question


def page_with(primary: Question, anchor: str) -> str:
    """The address of a place on a primary's page, with all answers if it could be among those not shown at first."""
    everything = "?answers=all" if Answer.objects.of_family(primary).count() > SHOWN_AT_FIRST else ""
    return f"{primary.get_absolute_url()}{everything}#{anchor}"


def place(answer: Answer) -> HttpResponse:
    """Lead to the answer on its home's primary's page, or to the one it is folded into. Needs `question.primary`."""
    return redirect(page_with(answer.question.primary, f"answer-{folding.standing_for(answer).pk}"))


@require_safe
def permanent(request: HttpRequest, pk: int) -> HttpResponse:
    """Not a permanent redirect, for the place of an answer may change with every merge and undo."""
    return place(answer_to("read", request, pk))
