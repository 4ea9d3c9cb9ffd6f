"""Fetching an answer together with the right to do something to it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from answers.models import Answer
from answers.permissions import may
from questions.access import Gone


def answer_to(act: str, request: HttpRequest, pk: int) -> Answer:
    """Return the answer `pk` with its author, its home and the home's primary, if the reader may do `act` to it.

    "read" is for everybody. Raises Http404, PermissionDenied, or Gone when the answer or the page it stands
    on is hidden and the reader is not one who looks after hidden things.
    """
    answer = Answer.objects.select_related("author", "question__primary").filter(pk=pk).first()
    if answer is None:
        raise Http404("There is no answer with this number.")
    if (answer.is_hidden or answer.question.primary.is_hidden) and not may(
        request.user, "see what is hidden"
    ):
        raise Gone
    if act != "read" and not may(request.user, act, answer):
        raise PermissionDenied
    return answer
