"""Fetching an answer together with the right to do something to it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from answers.models import Answer, Comment
from answers.permissions import SHUT_BY_A_LOCK, may
from questions.access import NOT_YET, turn_away
from questions.permissions import LOCKED


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
        raise Http404(str(_NO_ANSWER))
    is_hidden = answer.is_hidden or answer.question.primary.is_hidden
    if is_hidden and not may(request.user, "see what is hidden"):
        turn_away(request, answer.question.primary, missing=str(_NO_ANSWER))
        turn_away(request, answer, missing=str(_NO_ANSWER))
        if act != "read":
            raise PermissionDenied(NOT_YET)
    if act != "read" and not may(request.user, act, answer):
        raise PermissionDenied(LOCKED if act in SHUT_BY_A_LOCK and answer.question.is_shut else "")
    return answer


def comment_to(act: str, request: HttpRequest, pk: int) -> Comment:
    """Return the comment `pk` with its author, and what it is on down to the home's primary, as `answer_to` does.

    "read" is for everybody.
    """
    comment = (
        Comment.objects.select_related(
            "author",
            "guest",
            "question__primary__guest",
            "question__guest",
            "answer__guest",
            "answer__question__primary__guest",
        )
        .filter(pk=pk)
        .first()
    )
    if comment is None:
        raise Http404(str(_NO_COMMENT))
    if not may(request.user, "moderate comments"):
        turn_away(request, comment.home.primary, missing=str(_NO_COMMENT))
        if comment.answer is not None:
            turn_away(request, comment.answer, missing=str(_NO_COMMENT))
        turn_away(request, comment, missing=str(_NO_COMMENT))
    if act != "read" and not may(request.user, act):
        raise PermissionDenied
    return comment


_NO_COMMENT = _("There is no comment with this number.")
_NO_ANSWER = _("There is no answer with this number.")
