"""Undoing an act of the log by the opposite act, which is logged in its turn."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from questions import families, merging, moderation, reviewing
from questions.models import STATE_AFTER, Act, DuplicateCandidate, Question, State
from questions.suggesting import AlreadyDecided

Kind = Act.Kind


class CannotUndo(Exception):
    """This act cannot be undone any more; the message says why."""


def obstacle(act: Act) -> str:
    """Why the act cannot be undone as things stand, in words for its page; "" when it can.

    Runs no query on acts from `ActQuerySet.with_people_and_wordings`. What it says may be outdated a moment
    later, so `undo` asks again.
    """
    if getattr(act, "undone_by", None) is not None:
        return _("It has been undone.")
    question, other = act.question, act.other
    match act.kind:
        case Kind.MERGED | Kind.ADDED:
            assert other is not None
            if question.merged_into_id != other.pk and other.merged_into_id != question.pk:
                return _("These two wordings do not hang on each other any more.")
        case Kind.UNMERGED:
            assert other is not None
            if question.primary_id == other.primary_id:
                return _("They are wordings of one question again.")
        case Kind.PROMOTED:
            assert other is not None
            if question.primary_id != other.primary_id:
                return _("The two wordings belong to different questions now.")
            if other.is_primary:
                return _("The former primary is the primary again.")
        case Kind.DISMISSED | Kind.REOPENED:
            assert other is not None
            if question.primary_id == other.primary_id:
                return _("They are wordings of one question by now.")
        case Kind.REWORDED:
            if question.text != act.question_text:
                return _("The wording has changed again since.")
        case Kind.RETURNED | Kind.HELD:
            return _("It is decided about in the queue.")
        case Kind.LOCKED | Kind.UNLOCKED if question.is_locked != (act.kind == Kind.LOCKED):
            return _("It has been undone.")
        case Kind.CLOSED | Kind.OPENED if question.has_closed_comments != (act.kind == Kind.CLOSED):
            return _("It has been undone.")
        case kind if kind in STATE_AFTER and question.state != STATE_AFTER[kind]:
            if kind == Kind.HIDDEN:
                return _("It is visible again.")
            return _("Somebody has decided otherwise since.")
    return ""


def undo(act: Act, *, by, reason: str = "") -> Act:
    """Do the opposite of `act` and return the new log row, which says what it undoes.

    Raises CannotUndo, and what the opposite verb raises: merging.CannotMerge, WordingExists,
    moderation.NothingToChange, families.FamiliesAreBusy.
    """
    with transaction.atomic():
        # Whoever wants to change the same wordings waits, and sees what was done here; a second undo, too.
        families.lock(*[question for question in (act.question, act.other) if question is not None])
        act = Act.objects.with_people_and_wordings().get(pk=act.pk)
        if why := obstacle(act):
            raise CannotUndo(why)
        return _opposite(act, by=by, reason=reason)


def _opposite(act: Act, *, by, reason: str) -> Act:
    question, other = act.question, act.other
    if other is None:
        return _opposite_on_one(act, by=by, reason=reason)
    match act.kind:
        case Kind.MERGED | Kind.ADDED:
            return merging.remove_edge_between(question, other, by=by, reason=reason)
        case Kind.UNMERGED:
            return merging.merge(question, into=other, by=by, reason=reason, undoes=act)
        case Kind.PROMOTED:
            return merging.promote(other, by=by, reason=reason, undoes=act)
        case Kind.DISMISSED | Kind.REOPENED:
            return _decide_otherwise(act, question, other, by=by, reason=reason)
    raise AssertionError(act.kind)


def _decide_otherwise(act: Act, question: Question, other: Question, *, by, reason: str) -> Act:
    candidate = DuplicateCandidate.objects.of_pair(question, other).get()
    try:
        if act.kind == Kind.DISMISSED:
            return reviewing.reopen(candidate, by=by, reason=reason, undoes=act)
        return reviewing.dismiss(candidate, by=by, reason=reason, undoes=act)
    except (reviewing.StaysDismissed, AlreadyDecided) as error:
        raise CannotUndo(str(error)) from None


def _opposite_on_one(act: Act, *, by, reason: str) -> Act:
    question = act.question
    match act.kind:
        case Kind.REWORDED:
            return merging.reword(question, act.text_before, by=by, reason=reason, undoes=act)
        case Kind.HIDDEN:
            return moderation.restore(question, by=by, reason=reason, undoes=act)
        case Kind.RESTORED:
            return moderation.hide(question, by=by, reason=reason, undoes=act)
        case Kind.APPROVED | Kind.REJECTED | Kind.SPAM:
            return moderation.set_state(question, State.PENDING, by=by, reason=reason, undoes=act)
        case Kind.LOCKED:
            return moderation.unlock(question, by=by, reason=reason, undoes=act)
        case Kind.UNLOCKED:
            return moderation.lock(question, by=by, reason=reason, undoes=act)
        case Kind.CLOSED:
            return moderation.open_comments(question, by=by, reason=reason, undoes=act)
        case Kind.OPENED:
            return moderation.close_comments(question, by=by, reason=reason, undoes=act)
    raise AssertionError(act.kind)
