"""Who may do what to answers; read it together with questions/permissions.py, whose words it uses."""

from __future__ import annotations

from answers.models import Answer
from questions.permissions import is_one_of

WHO_MAY: dict[str, tuple[str, ...]] = {
    "answer": ("members", "guests if GUESTS_MAY_ANSWER"),
    "edit": ("author", "answers.edit_answer"),
    "mark as useful": ("everybody",),
    "report": ("everybody",),
    "hide": ("answers.hide_answer",),
    "see what is hidden": ("answers.hide_answer",),
}


def may(user, act: str, answer: Answer | None = None) -> bool:
    """Whether this person (possibly nobody, an anonymous user) may do the act, to this answer if it is to one."""
    return is_one_of(user, WHO_MAY[act], answer)
