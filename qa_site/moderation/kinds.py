"""The three kinds of texts that moderators decide about, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from answers import permissions as answer_permissions
from answers.models import Answer, AnswerAct, Comment, CommentAct
from qa_site.moderation import kind_words
from qa_site.moderation.kind_words import KindWords
from questions import permissions as question_permissions
from questions.models import Act, Question

Text = Question | Answer | Comment


@dataclass(frozen=True)
class Kind:
    """A kind of text: `name` as in addresses of one, `plural` as in those of many; `said` is for pages."""

    name: str
    plural: str
    said: KindWords
    model: Any
    acts: Any
    # What its page at the desk needs of it, in one query.
    related: tuple[str, ...]
    may_decide: Callable[[Any], bool]

    @property
    def rows(self):
        return self.model._default_manager.select_related("author", "guest", "claimed_by", *self.related)


KINDS = {
    "comments": Kind(
        "comment",
        "comments",
        kind_words.COMMENT,
        Comment,
        CommentAct,
        ("question__primary", "answer__question__primary"),
        lambda user: answer_permissions.may(user, "moderate comments"),
    ),
    "questions": Kind(
        "question",
        "questions",
        kind_words.QUESTION,
        Question,
        Act,
        ("primary",),
        lambda user: question_permissions.may(user, "hide"),
    ),
    "answers": Kind(
        "answer",
        "answers",
        kind_words.ANSWER,
        Answer,
        AnswerAct,
        ("question__primary",),
        lambda user: answer_permissions.may(user, "hide"),
    ),
}


def kind_of(thing: Text) -> Kind:
    return next(kind for kind in KINDS.values() if isinstance(thing, kind.model))


def page_of(thing: Text) -> Question:
    """The question on whose page it stands, or would. Needs what `Kind.related` loads."""
    if isinstance(thing, Question):
        return thing
    return thing.question if isinstance(thing, Answer) else thing.home


def words_of(thing: Text) -> str:
    """All that its writer wrote, for what learns from it."""
    return f"{thing.text}\n\n{thing.details}".strip() if isinstance(thing, Question) else thing.text


def quotable(thing: Text) -> str:
    """The wording of the question that it is or stands under, "" when readers do not see that. Needs `Kind.related`."""
    page = page_of(thing)
    return "" if page.is_hidden or page.primary.is_hidden else page.text


def called(thing: Text) -> str:
    """What everybody may call it: it quotes nothing that is hidden."""
    text = quotable(thing)
    hidden = not text
    if isinstance(thing, Question):
        said = gettext("a question") if hidden else gettext("“{text}”")
    elif isinstance(thing, Answer):
        said = gettext("an answer to a hidden question") if hidden else gettext("an answer to “{text}”")
    else:
        said = gettext("a comment on a hidden question") if hidden else gettext("a comment on “{text}”")
    return said.format(text=text)
