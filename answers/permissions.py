"""Who may do what to answers; read it together with questions/permissions.py, whose words it uses.

Beside those, "editors" are whom the setting EDITORS names, and the "asker" wrote the question that the answer was
given to.
"""

from __future__ import annotations

from django.conf import settings

from answers.models import Answer
from answers.trust import is_trusted
from questions.permissions import is_one_of
from questions.permissions import may as questions_may

WHO_MAY: dict[str, tuple[str, ...]] = {
    "answer": ("members", "guests if GUESTS_MAY_ANSWER"),
    "edit": ("author", "editors", "answers.edit_answer"),
    "edit what is protected": ("answers.protect_answer",),
    "propose an edit": ("members",),
    "review": ("answers.review_edit",),
    "protect": ("answers.protect_answer",),
    "fold": ("answers.fold_answer",),
    "accept": ("asker",),
    "mark as useful": ("everybody but the author",),
    "report": ("everybody",),
    "hide": ("answers.hide_answer",),
    "see what is hidden": ("answers.hide_answer",),
    "comment": ("members", "guests if GUESTS_MAY_COMMENT"),
    "moderate comments": ("answers.moderate_comment",),
    "settle reports": ("answers.settle_report",),
}


# What nobody does to an answer whose home or page is locked, but those who may lock it.
SHUT_BY_A_LOCK = {"edit", "propose an edit"}


def may(user, act: str, answer: Answer | None = None) -> bool:
    """Whether this person (possibly nobody, an anonymous user) may do the act, to this answer if it is to one.

    "accept" and what a lock shuts need the answer's home loaded, and the home's primary.
    """
    is_shut = act in SHUT_BY_A_LOCK and answer is not None and answer.question.is_shut
    if is_shut and not questions_may(user, "lock"):
        return False
    if act == "edit" and answer is not None and answer.is_protected:
        act = "edit what is protected"
    return any(_is_in(user, group, answer) for group in WHO_MAY[act])


def _is_in(user, group: str, answer: Answer | None) -> bool:
    match group:
        case "editors":
            return user.is_authenticated and _is_editor(user)
        case "everybody but the author":
            return answer is None or not (user.is_authenticated and answer.author_id == user.pk)
        case "asker":
            return user.is_authenticated and answer is not None and answer.question.author_id == user.pk
    return is_one_of(user, (group,), answer)


def _is_editor(user) -> bool:
    match settings.EDITORS:
        case "members":
            return True
        case "trusted":
            return is_trusted(user)
    return False  # "moderators", who have a permission of their own
