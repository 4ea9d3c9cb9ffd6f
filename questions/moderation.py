"""Hiding a question from readers and bringing it back."""

from __future__ import annotations

from django.db import transaction

from questions import families, log
from questions.models import Act, Question, State


class NothingToChange(Exception):
    """The question is in that state already; the message says so."""


@transaction.atomic
def hide(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Take a wording out of the readers' sight; a hidden primary takes its whole page along.

    Answers that were given to a hidden alternate stay on the page. Raises NothingToChange.
    """
    return _change(question, State.HIDDEN, Act.Kind.HIDDEN, by=by, reason=reason, undoes=undoes)


@transaction.atomic
def restore(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Bring a hidden wording back. Raises NothingToChange."""
    return _change(question, State.APPROVED, Act.Kind.RESTORED, by=by, reason=reason, undoes=undoes)


def _change(question: Question, state: State, kind: Act.Kind, *, by, reason: str, undoes: Act | None) -> Act:
    [question] = families.lock(question)
    if question.state == state:
        raise NothingToChange(f"“{question.text}” is {kind.label.lower()} already.")
    Question.objects.filter(pk=question.pk).update(state=state)
    families.recount([question.primary_id])
    return log.record(kind, question, by=by, reason=reason, undoes=undoes)
