"""What pages say of comments, questions and answers: whole sentences for each, for languages bend words differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from questions.models import State


@dataclass(frozen=True)
class KindWords:
    """The words of one kind of text, all in the reader's language once they are shown."""

    name: Any
    review: Any
    waiting: Any
    none_waits: Any
    all_waiting: Any
    wait_here: Any
    no_such: Any
    # To be filled with `name`, who looks at it.
    held: Any
    # To be filled with `count` and `number`, which is the count as people read it.
    counted: Any
    # What was done, to be filled likewise; of one it says "the".
    decided: dict[State, Any]


COMMENT = KindWords(
    name=_("comment"),
    review=_("Review a comment"),
    waiting=_("Comments that wait"),
    none_waits=_("No comment waits"),
    all_waiting=_("All comments that wait"),
    wait_here=_("Comments by guests wait here, and what was held for another reason."),
    no_such=_("There is no comment with this number."),
    held=_("{name} is looking at this comment just now, so nothing of yours was done."),
    counted=ngettext_lazy("{number} comment", "{number} comments", "count"),
    decided={
        State.APPROVED: ngettext_lazy(
            "The comment was approved.", "{number} comments were approved.", "count"
        ),
        State.SPAM: ngettext_lazy(
            "The comment was marked as spam.", "{number} comments were marked as spam.", "count"
        ),
        State.REJECTED: ngettext_lazy(
            "The comment was rejected.", "{number} comments were rejected.", "count"
        ),
        State.HIDDEN: ngettext_lazy("The comment was hidden.", "{number} comments were hidden.", "count"),
    },
)

QUESTION = KindWords(
    name=_("question"),
    review=_("Review a question"),
    waiting=_("Questions that wait"),
    none_waits=_("No question waits"),
    all_waiting=_("All questions that wait"),
    wait_here=_("Questions by guests wait here, and what was held for another reason."),
    no_such=_("There is no question with this number."),
    held=_("{name} is looking at this question just now, so nothing of yours was done."),
    counted=ngettext_lazy("{number} question", "{number} questions", "count"),
    decided={
        State.APPROVED: ngettext_lazy(
            "The question was approved.", "{number} questions were approved.", "count"
        ),
        State.SPAM: ngettext_lazy(
            "The question was marked as spam.", "{number} questions were marked as spam.", "count"
        ),
        State.REJECTED: ngettext_lazy(
            "The question was rejected.", "{number} questions were rejected.", "count"
        ),
        State.HIDDEN: ngettext_lazy("The question was hidden.", "{number} questions were hidden.", "count"),
    },
)

ANSWER = KindWords(
    name=_("answer"),
    review=_("Review an answer"),
    waiting=_("Answers that wait"),
    none_waits=_("No answer waits"),
    all_waiting=_("All answers that wait"),
    wait_here=_("Answers by guests wait here, and what was held for another reason."),
    no_such=_("There is no answer with this number."),
    held=_("{name} is looking at this answer just now, so nothing of yours was done."),
    counted=ngettext_lazy("{number} answer", "{number} answers", "count"),
    decided={
        State.APPROVED: ngettext_lazy("The answer was approved.", "{number} answers were approved.", "count"),
        State.SPAM: ngettext_lazy(
            "The answer was marked as spam.", "{number} answers were marked as spam.", "count"
        ),
        State.REJECTED: ngettext_lazy("The answer was rejected.", "{number} answers were rejected.", "count"),
        State.HIDDEN: ngettext_lazy("The answer was hidden.", "{number} answers were hidden.", "count"),
    },
)
