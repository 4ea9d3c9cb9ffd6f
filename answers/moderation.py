"""Deciding what readers see of answers and comments, and protecting answers from being edited."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answers import tallies
from answers.models import Answer, AnswerAct, Comment, CommentAct
from questions import families
from questions.models import State, name_of_change
from questions.moderation import DecidedMeanwhile, NothingToChange


def hide(answer: Answer, *, by, reason: str = "") -> AnswerAct:
    """Take an answer out of the readers' sight. Raises NothingToChange."""
    return set_state(answer, State.HIDDEN, by=by, reason=reason)


def restore(answer: Answer, *, by, reason: str = "") -> AnswerAct:
    """Bring a hidden answer back. Raises NothingToChange."""
    return set_state(answer, State.APPROVED, by=by, reason=reason)


@transaction.atomic
def set_state(
    answer: Answer, state: State, *, by, reason: str = "", expected: State | None = None
) -> AnswerAct:
    """Put an answer into a state and return the log row. `by` is None when reports do it.

    Raises NothingToChange, and DecidedMeanwhile when it is not in the state any more that was `expected`.
    """
    [home] = families.lock(answer.question)
    current = Answer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    kind = AnswerAct.Kind(
        _checked_change(current, state, by=by, expected=expected, already=_ANSWER_IS_ALREADY)
    )
    _write_state(current, state, by=by)
    tallies.recount_home(home)
    return _record(kind, answer, by=by, reason=reason)


@transaction.atomic
def set_comment_state(
    comment: Comment, state: State, *, by, reason: str = "", expected: State | None = None
) -> CommentAct:
    """Put a comment into a state and return the log row. `by` is None when reports do it.

    Raises NothingToChange, and DecidedMeanwhile when it is not in the state any more that was `expected`.
    """
    current = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    kind = CommentAct.Kind(
        _checked_change(current, state, by=by, expected=expected, already=_COMMENT_IS_ALREADY)
    )
    _write_state(current, state, by=by)
    return CommentAct.objects.create(
        kind=kind, comment=current, by=by, reason=reason, created_at=timezone.now()
    )


def _checked_change(
    current: Answer | Comment, state: State, *, by, expected: State | None, already: Mapping[str, object]
) -> str:
    kind = name_of_change(current.state, state, by=by)
    if expected is not None and current.state != expected:
        raise DecidedMeanwhile
    if current.state == state:
        raise NothingToChange(str(already[kind]))
    return kind


_ANSWER_IS_ALREADY = {
    "restored": _("This answer is restored already."),
    "returned": _("This answer is returned already."),
    "held": _("This answer is held already."),
    "spam": _("This answer is spam already."),
    "rejected": _("This answer is rejected already."),
    "hidden": _("This answer is hidden already."),
}
_COMMENT_IS_ALREADY = {
    "restored": _("This comment is restored already."),
    "returned": _("This comment is returned already."),
    "held": _("This comment is held already."),
    "spam": _("This comment is spam already."),
    "rejected": _("This comment is rejected already."),
    "hidden": _("This comment is hidden already."),
}


def _write_state(current: Answer | Comment, state: State, *, by) -> None:
    current.state, current.claimed_by, current.claimed_until = state, None, None
    if by:
        current.seen_at = timezone.now()
    current.save(update_fields=["state", "seen_at", "claimed_by", "claimed_until"])


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
            gettext("This answer is protected already.")
            if is_protected
            else gettext("This answer is not protected.")
        )
    return _record(kind, answer, by=by, reason=reason)


def _record(kind: AnswerAct.Kind, answer: Answer, *, by, reason: str) -> AnswerAct:
    return AnswerAct.objects.create(kind=kind, answer=answer, by=by, reason=reason, created_at=timezone.now())
