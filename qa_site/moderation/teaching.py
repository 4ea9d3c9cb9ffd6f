"""Teaching the classifier what moderators decided."""

from __future__ import annotations

from door import classifying
from qa_site.moderation.kinds import Text, kind_of, words_of
from questions.models import State


def teach(thing: Text, state: State) -> None:
    """Let the classifier learn that a text is spam or fine, or forget it when nobody says so any more."""
    kind = kind_of(thing).name
    if state in (State.SPAM, State.APPROVED):
        classifying.learn(kind, thing.pk, words_of(thing), is_spam=state == State.SPAM)
    else:
        classifying.unlearn(kind, thing.pk)
