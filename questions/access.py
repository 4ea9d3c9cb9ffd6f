"""Fetching a question together with the right to do something to it: a view holds no question that it may not touch."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from questions.models import Question
from questions.permissions import may


class Gone(Exception):
    """The question is hidden and the reader may not see it; its page says so with status 410."""


def question_to(act: str, request: HttpRequest, pk: int) -> Question:
    """Return the question `pk` with `primary` and `author` loaded, if the reader may do `act` to it.

    "read" is for everybody. Raises Http404, PermissionDenied, or Gone when the question or the page that it
    stands on is hidden and the reader is not one who looks after hidden things.
    """
    question = Question.objects.select_related("primary", "author").filter(pk=pk).first()
    if question is None:
        raise Http404("There is no question with this number.")
    # The address of a hidden alternate still leads to its family's page.
    hidden = question.primary.is_hidden or (act != "read" and question.is_hidden)
    if hidden and not may(request.user, "see what is hidden"):
        raise Gone
    if act != "read" and not may(request.user, act, question):
        raise PermissionDenied
    return question


def require(act: str, request: HttpRequest) -> None:
    """Raise PermissionDenied unless the reader may do `act`, one that is not about a certain question."""
    if not may(request.user, act):
        raise PermissionDenied
