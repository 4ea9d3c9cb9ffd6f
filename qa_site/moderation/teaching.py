"""Teaching the classifier what moderators decided."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from qa_site.moderation.kinds import Text, kind_of, words_of
from questions.models import State


def teach(thing: Text, state: State) -> None:
    """Let the classifier learn that a text is spam or fine, or forget it when nobody says so any more."""
    if find_spec("door.classifying") is None:
        return
    classifying = import_module("door.classifying")
    kind = kind_of(thing).name
    if state in (State.SPAM, State.APPROVED):
        classifying.learn(kind, thing.pk, words_of(thing), is_spam=state == State.SPAM)
    else:
        classifying.unlearn(kind, thing.pk)
