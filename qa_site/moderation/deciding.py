"""Deciding what readers see of a text, with all that hangs on it: one way for the desk, the log and the admin."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from answers import reporting
from answers.models import Report
from qa_site.moderation.kinds import Text, kind_of
from qa_site.moderation.models import Note
from qa_site.moderation.teaching import teach
from questions.models import STATE_AFTER, State
from questions.moderation import DecidedMeanwhile


@transaction.atomic
def decide(
    thing: Text,
    state: State,
    *,
    by,
    reason: str = "",
    note: str = "",
    said: str = "",
    expected: State | None = None,
    undoes=None,
):
    """Put a text into a state and return the row of the public log.

    The classifier learns from it, open reports about it are settled (`said` is a word to those who reported), and
    `note` is kept for moderators alone. Raises NothingToChange, and DecidedMeanwhile when it is not in the state any
    more that was `expected`.
    """
    act = reporting.set_state(thing, state, by=by, reason=reason, expected=expected, undoes=undoes)
    teach(thing, state)
    if state == State.APPROVED:
        reporting.settle(thing, Report.Outcome.DECLINED, by=by, said=said, at=act.created_at)
    elif state != State.PENDING:
        reporting.settle(thing, Report.Outcome.UPHELD, by=by, said=said, at=act.created_at)
    if note:
        keep_note(thing, note, by=by)
    return act


def keep_note(thing: Text, text: str, *, by) -> Note:
    """Keep a private word about a text, which only moderators read."""
    return Note.objects.create(**{kind_of(thing).name: thing}, text=text, by=by, created_at=timezone.now())


@transaction.atomic
def undo(act, *, by, reason: str = ""):
    """Bring the text back to the state that it had before an act; return the new row of the log.

    The reports that the act settled are open again. Raises DecidedMeanwhile when the act is not the last about it.
    """
    thing = text_of_act(act)
    latest = _acts_of(thing).first()
    if latest is None or latest.pk != act.pk or act.kind not in STATE_AFTER:
        raise DecidedMeanwhile
    undone = decide(
        thing, state_before(act), by=by, reason=reason, expected=STATE_AFTER[act.kind], undoes=act
    )
    reporting.reopen(thing, settled_at=act.created_at)
    return undone


def text_of_act(act) -> Text:
    """The text that a row of any of the three logs is about."""
    return act.comment if hasattr(act, "comment") else act.answer if hasattr(act, "answer") else act.question


def state_before(act) -> State:
    """The state that a text had before an act changed it.

    The log says it, for every change but those by waves stands there. What was never decided about before was
    pending if the door had held it.
    """
    thing = text_of_act(act)
    if act.kind == "approved":
        return State.PENDING
    former = _acts_of(thing).filter(pk__lt=act.pk).first()
    if former is not None:
        return STATE_AFTER[former.kind]
    if act.kind == "restored":
        return State.HIDDEN
    return State.PENDING if thing.held_because else State.APPROVED


def _acts_of(thing: Text):
    """The acts that changed its state, the newest first."""
    kind = kind_of(thing)
    return kind.acts.objects.filter(**{kind.name: thing}, kind__in=STATE_AFTER).order_by("-pk")
