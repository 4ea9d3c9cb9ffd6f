"""Fetching an answer together with the right to do something to it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from answers.models import Answer
from answers.permissions import may
from questions.access import NOT_YET, turn_away


def answer_to(act: str, request: HttpRequest, pk: int) -> Answer:
    """Return the answer `pk` with its author, its home and the home's primary, if the reader may do `act` to it.

    "read" is for everybody. Raises Http404, PermissionDenied, or Gone when the answer or the page it stands
    on is hidden and the reader is not one who looks after hidden things. Of what waits for a moderator, or was
    rejected, nobody learns that it is there, but who wrote it may read it.
    """
    answer = (
        Answer.objects.select_related("author", "guest", "question__primary__guest").filter(pk=pk).first()
    )
    if answer is None:
        raise Http404(_NO_ANSWER)
    is_hidden = answer.is_hidden or answer.question.primary.is_hidden
    if is_hidden and not may(request.user, "see what is hidden"):
        turn_away(request, answer.question.primary, missing=_NO_ANSWER)
        turn_away(request, answer, missing=_NO_ANSWER)
        if act != "read":
            raise PermissionDenied(NOT_YET)
    if act != "read" and not may(request.user, act, answer):
        raise PermissionDenied
    return answer


_NO_ANSWER = "There is no answer with this number."
