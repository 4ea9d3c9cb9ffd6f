"""Who may do what to questions, in one table to be read by anybody. Views ask `may`, templates show what it allows.

"everybody" needs no account, "members" are people who are signed in, "author" is who wrote it, and a name like
"questions.merge_question" is a permission that an admin gives to a person or a group (the group Moderators
has those it needs).
"""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from questions.models import STATE_AFTER, Act, Authored, Question

WHO_MAY: dict[str, tuple[str, ...]] = {
    "ask": ("members", "guests if GUESTS_MAY_ASK"),
    "write on its page": ("everybody",),
    "edit": ("author", "questions.reword_question"),
    "add an alternate": ("members",),
    "suggest a merge": ("everybody",),
    "follow": ("members",),
    "merge": ("questions.merge_question",),
    "unmerge": ("questions.unmerge_question",),
    "promote": ("questions.promote_question",),
    "hide": ("questions.hide_question",),
    "see what is hidden": ("questions.hide_question",),
    "lock": ("questions.lock_question",),
    "close comments": ("questions.close_comments",),
    "decide": ("questions.decide_duplicatecandidate",),
}


# What nobody does to a locked question but those who may lock it; answering and editing answers are shut as well.
SHUT_BY_A_LOCK = {"edit", "add an alternate"}
LOCKED = _("This question is locked: it takes no new answers, wordings or edits.")


# Undoing an act is doing its opposite, so it wants the right to that.
RIGHT_TO_UNDO = {
    Act.Kind.MERGED: "unmerge",
    Act.Kind.ADDED: "unmerge",
    Act.Kind.UNMERGED: "merge",
    Act.Kind.PROMOTED: "promote",
    Act.Kind.REWORDED: "edit",
    **{Act.Kind(kind): "hide" for kind in STATE_AFTER},
    Act.Kind.LOCKED: "lock",
    Act.Kind.UNLOCKED: "lock",
    Act.Kind.CLOSED: "close comments",
    Act.Kind.OPENED: "close comments",
    Act.Kind.DISMISSED: "decide",
    Act.Kind.REOPENED: "decide",
}


def may(user, act: str, question: Question | None = None) -> bool:
    """Whether this person (possibly nobody, an anonymous user) may do the act, to this question if it is to one.

    Costs no query for guests, and two for the first question about a permission in a request. Needs the question's
    `primary`, if it has one, for what a lock shuts.
    """
    if act in SHUT_BY_A_LOCK and question is not None and question.is_shut and not may(user, "lock"):
        return False
    return is_one_of(user, WHO_MAY[act], question)


def is_one_of(user, groups: tuple[str, ...], thing: Authored | None = None) -> bool:
    """Whether the person belongs to any of these, in the words of the table above."""
    return any(_is_in(user, group, thing) for group in groups)


def _is_in(user, group: str, thing: Authored | None) -> bool:
    match group.split():
        case ["everybody"]:
            return True
        case ["members"]:
            return user.is_authenticated
        case ["author"]:
            return user.is_authenticated and thing is not None and thing.author_id == user.pk
        case ["guests", "if", setting]:
            return not user.is_authenticated and getattr(settings, setting)
        case [permission]:
            return user.is_authenticated and user.has_perm(permission)
    raise AssertionError(group)
