"""Hiding an answer from readers and protecting it from being edited, and the way back from both."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from answers import tallies
from answers.models import Answer, AnswerAct
from questions import families
from questions.models import State
from questions.moderation import NothingToChange


@transaction.atomic
def hide(answer: Answer, *, by, reason: str = "") -> AnswerAct:
    """Take an answer out of the readers' sight. Raises NothingToChange."""
    return _change(answer, State.HIDDEN, AnswerAct.Kind.HIDDEN, by=by, reason=reason)


@transaction.atomic
def restore(answer: Answer, *, by, reason: str = "") -> AnswerAct:
    """Bring a hidden answer back. Raises NothingToChange."""
    return _change(answer, State.APPROVED, AnswerAct.Kind.RESTORED, by=by, reason=reason)


def _change(answer: Answer, state: State, kind: AnswerAct.Kind, *, by, reason: str) -> AnswerAct:
    [home] = families.lock(answer.question)
    changed = Answer.objects.exclude(state=state).filter(pk=answer.pk).update(state=state)
    if not changed:
        raise NothingToChange(f"This answer is {kind.label.lower()} already.")
    tallies.recount_home(home)
    return _record(kind, answer, by=by, reason=reason)


@transaction.atomic
def protect(answer: Answer, *, by, reason: str = "") -> AnswerAct:
    """Leave its text to moderators; others may still propose one. Raises NothingToChange."""
    return _set_protection(answer, True, AnswerAct.Kind.PROTECTED, by=by, reason=reason)


@transaction.atomic
def unprotect(answer: Answer, *, by, reason: str = "") -> AnswerAct:
    """Let everybody edit it again who edits others. Raises NothingToChange."""
    return _set_protection(answer, False, AnswerAct.Kind.UNPROTECTED, by=by, reason=reason)


def _set_protection(
    answer: Answer, is_protected: bool, kind: AnswerAct.Kind, *, by, reason: str
) -> AnswerAct:
    families.lock(answer.question)
    if not Answer.objects.filter(pk=answer.pk, is_protected=not is_protected).update(
        is_protected=is_protected
    ):
        raise NothingToChange(
            "This answer is protected already." if is_protected else "This answer is not protected."
        )
    return _record(kind, answer, by=by, reason=reason)


def _record(kind: AnswerAct.Kind, answer: Answer, *, by, reason: str) -> AnswerAct:
    return AnswerAct.objects.create(kind=kind, answer=answer, by=by, reason=reason, created_at=timezone.now())
