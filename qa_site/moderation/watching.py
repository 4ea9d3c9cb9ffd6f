"""Watching words at the desk: the door's verbs with their lines in the public log, and trying a rule beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from answers.models import Comment
from door import watching
from door.models import WatchedWord
from qa_site.moderation import desk_log
from qa_site.moderation.excerpts import Parts, excerpt
from qa_site.moderation.kinds import KINDS, Text, page_of, words_of
from qa_site.moderation.models import DeskAct

TRIED_ON = 1_000
# What touches more than this share of what people wrote lately is probably not what was meant.
BROAD_FROM = 0.1

_Action = WatchedWord.Action


@transaction.atomic
def watch(word: WatchedWord, *, by, reason: str = "") -> WatchedWord:
    """Watch for a word, not saved yet, from now on. Raises CannotWatch."""
    made = watching.watch(
        word.phrase,
        action=_Action(word.action),
        by=by,
        whole_words=word.whole_words,
        replacement=word.replacement,
    )
    desk_log.record(DeskAct.Kind.WATCHED, {"action": str(made.action)}, by=by, reason=reason)
    return made


@transaction.atomic
def leave_alone(word: WatchedWord, *, by, reason: str = "") -> None:
    """Watch for it no more. Raises CannotWatch when that is so already."""
    watching.leave_alone(word)
    desk_log.record(DeskAct.Kind.UNWATCHED, {}, by=by, reason=reason)


@dataclass(frozen=True)
class Hit:
    """A text in which something was found, and a piece of it with that marked."""

    text: Text
    parts: Parts

    @property
    def page(self) -> str:
        """Where it is read, or would be."""
        return page_of(self.text).page_url if isinstance(self.text, Comment) else self.text.get_absolute_url()


@dataclass(frozen=True)
class Trial:
    """What a rule would have done to the newest texts: how many were looked at, and those it would have touched."""

    tried: int
    hits: list[Hit]

    @property
    def is_broad(self) -> bool:
        return len(self.hits) > self.tried * BROAD_FROM


def try_on_newest(word: WatchedWord) -> Trial:
    """Look for a word, saved or not, in the newest questions, answers and comments of every state.

    Raises CannotWatch.
    """
    rule = watching.rule_of(word)
    texts = sorted(_newest(), key=lambda text: text.created_at, reverse=True)[:TRIED_ON]
    hits = [text for text in texts if rule.is_in(words_of(text))]
    return Trial(
        len(texts), [Hit(text, excerpt(words_of(text), rule.places(words_of(text)))) for text in hits]
    )


def _newest() -> Iterator[Text]:
    for kind in KINDS.values():
        yield from kind.rows.order_by("-created_at")[:TRIED_ON]
