"""Fetching a question together with the right to do something to it: a view holds no question that it may not touch."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from door.guests import guest_of
from questions.models import Moderated, Question, State
from questions.permissions import LOCKED, SHUT_BY_A_LOCK, may


class Gone(Exception):
    """The question is hidden and the reader may not see it; its page says so with status 410."""


def question_to(act: str, request: HttpRequest, pk: int) -> Question:
    """Return the question `pk` with `primary`, `author` and guest loaded, if the reader may do `act` to it.

    "read" is for everybody. Raises Http404, PermissionDenied, or Gone when the question or the page that it
    stands on is hidden and the reader is not one who looks after hidden things. Of what waits for a moderator, or was
    rejected, nobody learns that it is there, but who wrote it may read it.
    """
    question = Question.objects.select_related("primary__guest", "author", "guest").filter(pk=pk).first()
    if question is None:
        raise Http404(str(_NO_QUESTION))
    looks_after = may(request.user, "see what is hidden") if _is_any_hidden(question) else False
    if not looks_after:
        turn_away(request, question.primary, missing=str(_NO_QUESTION))
        # The address of a hidden alternate still leads to its family's page, as long as it was ever seen.
        if act != "read" or question.state in _NEVER_SEEN:
            turn_away(request, question, missing=str(_NO_QUESTION))
        if act != "read" and _is_any_hidden(question):
            raise PermissionDenied(NOT_YET)
    if act != "read" and not may(request.user, act, question):
        raise PermissionDenied(LOCKED if act in SHUT_BY_A_LOCK and question.is_shut else "")
    return question


_NO_QUESTION = _("There is no question with this number.")
NOT_YET = _("A moderator has to look at it first; until then it can only be read.")
_NEVER_SEEN = (State.PENDING, State.REJECTED)


def _is_any_hidden(question: Question) -> bool:
    return question.is_hidden or question.primary.is_hidden


def turn_away(request: HttpRequest, thing: Moderated, *, missing: str) -> None:
    """Raise what stands in the way of reading a text, for somebody who does not look after hidden things.

    Nothing, if readers see it or if it is the reader's own and waits. Needs the text's `guest`.
    """
    if not thing.is_hidden:
        return
    is_own = thing.is_by(request.user, guest_of(request))
    if is_own and thing.is_pending:
        return
    if thing.state in _NEVER_SEEN and not is_own:
        raise Http404(missing)
    raise Gone


def require(act: str, request: HttpRequest) -> None:
    """Raise PermissionDenied unless the reader may do `act`, one that is not about a certain question."""
    if not may(request.user, act):
        raise PermissionDenied
