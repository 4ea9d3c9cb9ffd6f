"""Deciding what readers see of a question, and what they may still add to it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questions import families, log, suggesting
from questions.models import Act, Question, State, name_of_change


class NothingToChange(Exception):
    """The thing is in that state already; the message says so."""


_ALREADY = {
    Act.Kind.RESTORED: gettext_lazy("“{question}” is restored already."),
    Act.Kind.RETURNED: gettext_lazy("“{question}” is returned already."),
    Act.Kind.HELD: gettext_lazy("“{question}” is held already."),
    Act.Kind.SPAM: gettext_lazy("“{question}” is spam already."),
    Act.Kind.REJECTED: gettext_lazy("“{question}” is rejected already."),
    Act.Kind.HIDDEN: gettext_lazy("“{question}” is hidden already."),
}


class DecidedMeanwhile(Exception):
    """Somebody decided about the text since it was shown; the message says so."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has decided about this by now, so nothing of yours was done."))


def hide(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Take a wording out of the readers' sight; a hidden primary takes its whole page along.

    Answers that were given to a hidden alternate stay on the page. Raises NothingToChange.
    """
    return set_state(question, State.HIDDEN, by=by, reason=reason, undoes=undoes)


def restore(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Bring a hidden wording back. Raises NothingToChange."""
    return set_state(question, State.APPROVED, by=by, reason=reason, undoes=undoes)


@transaction.atomic
def set_state(
    question: Question,
    state: State,
    *,
    by,
    reason: str = "",
    undoes: Act | None = None,
    expected: State | None = None,
) -> Act:
    """Put a question into a state and return the log row. `by` is None when reports do it.

    Raises NothingToChange, and DecidedMeanwhile when it is not in the state any more that was `expected`.
    """
    [question] = families.lock(question)
    kind = Act.Kind(name_of_change(question.state, state, by=by))
    if expected is not None and question.state != expected:
        raise DecidedMeanwhile
    if question.state == state:
        raise NothingToChange(str(_ALREADY[kind]).format(question=question.text))
    Question.objects.filter(pk=question.pk).update(
        state=state,
        seen_at=timezone.now() if by else question.seen_at,
        claimed_by=None,
        claimed_until=None,
    )
    families.recount([question.primary_id])
    if kind == Act.Kind.APPROVED:
        # What is shown at once is compared with others when it is asked; nobody but moderators saw this one so far.
        question.refresh_from_db()
        suggesting.compare_asked(question)
    return log.record(kind, question, by=by, reason=reason, undoes=undoes)


def lock(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Let nobody answer it or edit anything on its page any more. Raises NothingToChange."""
    return _switch(question, Act.Kind.LOCKED, by=by, reason=reason, undoes=undoes, is_locked=True)


def unlock(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Let people answer and edit again. Raises NothingToChange."""
    return _switch(question, Act.Kind.UNLOCKED, by=by, reason=reason, undoes=undoes, is_locked=False)


def close_comments(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Take no more comments on its page. Raises NothingToChange."""
    return _switch(question, Act.Kind.CLOSED, by=by, reason=reason, undoes=undoes, has_closed_comments=True)


def open_comments(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Take comments again. Raises NothingToChange."""
    return _switch(question, Act.Kind.OPENED, by=by, reason=reason, undoes=undoes, has_closed_comments=False)


@transaction.atomic
def _switch(
    question: Question, kind: Act.Kind, *, by, reason: str, undoes: Act | None, **column: bool
) -> Act:
    [question] = families.lock(question)
    [(name, value)] = column.items()
    if getattr(question, name) == value:
        done = Act(kind=kind, question_text=question.text)
        raise NothingToChange(_("That was done already: {sentence}").format(sentence=done.sentence))
    Question.objects.filter(pk=question.pk).update(**column)
    return log.record(kind, question, by=by, reason=reason, undoes=undoes)
