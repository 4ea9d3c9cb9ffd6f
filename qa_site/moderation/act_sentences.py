"""What was done to a text, in whole sentences that do not name it, for languages order and bend words differently."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from answers.models import AnswerAct, CommentAct
from questions.models import STATE_AFTER, Act, State

# What is decided about each kind of text is said of each by itself: other languages say "it" of it in other words.
_DECIDED: dict[type, dict[str, Any]] = {
    Act: {
        "approved": pgettext_lazy("of a question", "It was approved."),
        "restored": pgettext_lazy("of a question", "It was restored."),
        "returned": pgettext_lazy("of a question", "It was put back into the queue."),
        "held": pgettext_lazy("of a question", "It was hidden after reports until a moderator looks."),
        "spam": pgettext_lazy("of a question", "It was marked as spam."),
        "rejected": pgettext_lazy("of a question", "It was rejected."),
        "hidden": pgettext_lazy("of a question", "It was hidden."),
    },
    AnswerAct: {
        "approved": pgettext_lazy("of an answer", "It was approved."),
        "restored": pgettext_lazy("of an answer", "It was restored."),
        "returned": pgettext_lazy("of an answer", "It was put back into the queue."),
        "held": pgettext_lazy("of an answer", "It was hidden after reports until a moderator looks."),
        "spam": pgettext_lazy("of an answer", "It was marked as spam."),
        "rejected": pgettext_lazy("of an answer", "It was rejected."),
        "hidden": pgettext_lazy("of an answer", "It was hidden."),
    },
    CommentAct: {
        "approved": pgettext_lazy("of a comment", "It was approved."),
        "restored": pgettext_lazy("of a comment", "It was restored."),
        "returned": pgettext_lazy("of a comment", "It was put back into the queue."),
        "held": pgettext_lazy("of a comment", "It was hidden after reports until a moderator looks."),
        "spam": pgettext_lazy("of a comment", "It was marked as spam."),
        "rejected": pgettext_lazy("of a comment", "It was rejected."),
        "hidden": pgettext_lazy("of a comment", "It was hidden."),
    },
}

# Likewise when, and with the reason where there is one.
_HIDDEN: dict[type, dict[State, tuple[Any, Any]]] = {
    Act: {
        State.SPAM: (
            pgettext_lazy("of a question", "It was marked as spam {when}."),
            pgettext_lazy("of a question", "It was marked as spam {when}: “{reason}”."),
        ),
        State.REJECTED: (
            pgettext_lazy("of a question", "It was rejected {when}."),
            pgettext_lazy("of a question", "It was rejected {when}: “{reason}”."),
        ),
        State.HIDDEN: (
            pgettext_lazy("of a question", "It was hidden {when}."),
            pgettext_lazy("of a question", "It was hidden {when}: “{reason}”."),
        ),
    },
    AnswerAct: {
        State.SPAM: (
            pgettext_lazy("of an answer", "It was marked as spam {when}."),
            pgettext_lazy("of an answer", "It was marked as spam {when}: “{reason}”."),
        ),
        State.REJECTED: (
            pgettext_lazy("of an answer", "It was rejected {when}."),
            pgettext_lazy("of an answer", "It was rejected {when}: “{reason}”."),
        ),
        State.HIDDEN: (
            pgettext_lazy("of an answer", "It was hidden {when}."),
            pgettext_lazy("of an answer", "It was hidden {when}: “{reason}”."),
        ),
    },
    CommentAct: {
        State.SPAM: (
            pgettext_lazy("of a comment", "It was marked as spam {when}."),
            pgettext_lazy("of a comment", "It was marked as spam {when}: “{reason}”."),
        ),
        State.REJECTED: (
            pgettext_lazy("of a comment", "It was rejected {when}."),
            pgettext_lazy("of a comment", "It was rejected {when}: “{reason}”."),
        ),
        State.HIDDEN: (
            pgettext_lazy("of a comment", "It was hidden {when}."),
            pgettext_lazy("of a comment", "It was hidden {when}: “{reason}”."),
        ),
    },
}

# Of a text that stands beside the line; what is done to one kind of text alone.
_ABOUT_IT: dict[str, Any] = {
    "merged": _("It was merged into another question."),
    "unmerged": _("It was split off from another question."),
    "promoted": _("It became the primary in place of another question."),
    "added": _("It was added as an alternate of another question."),
    "reworded": _("It was reworded."),
    "dismissed": _("It was found to be another question than another question."),
    "reopened": _("It is to be compared again with another question."),
    "locked": _("It was locked against new answers and edits."),
    "unlocked": _("It was unlocked."),
    "closed": _("It takes no more comments."),
    "opened": _("It takes comments again."),
    "protected": _("It was protected from being edited."),
    "unprotected": _("It may be edited again."),
    "folded": _("It was folded into another answer."),
    "unfolded": _("It was taken out from under another answer."),
    "combined": _("It took in the text of another answer."),
}

# Of a question that the reader may not read.
_ABOUT_A_QUESTION: dict[Act.Kind, Any] = {
    Act.Kind.APPROVED: _("A question was approved."),
    Act.Kind.RESTORED: _("A question was restored."),
    Act.Kind.RETURNED: _("A question was put back into the queue."),
    Act.Kind.HELD: _("A question was hidden after reports until a moderator looks."),
    Act.Kind.SPAM: _("A question was marked as spam."),
    Act.Kind.REJECTED: _("A question was rejected."),
    Act.Kind.HIDDEN: _("A question was hidden."),
    Act.Kind.MERGED: _("A question was merged into another."),
    Act.Kind.UNMERGED: _("A question was split off from another."),
    Act.Kind.PROMOTED: _("A question became the primary in place of another."),
    Act.Kind.ADDED: _("A question was added as an alternate of another."),
    Act.Kind.REWORDED: _("A question was changed."),
    Act.Kind.DISMISSED: _("A question was found to be another question than another."),
    Act.Kind.REOPENED: _("A question is to be compared again with another."),
    Act.Kind.LOCKED: _("A question was locked against new answers and edits."),
    Act.Kind.UNLOCKED: _("A question was unlocked."),
    Act.Kind.CLOSED: _("A question takes no more comments."),
    Act.Kind.OPENED: _("A question takes comments again."),
}


def about_it(act: Any) -> str:
    """What an act of any of the three logs did to the text beside which this is said."""
    return str(_DECIDED[type(act)].get(act.kind) or _ABOUT_IT[act.kind])


def how_it_was_hidden(act: Any, when: SafeString) -> SafeString:
    """That an act took the text beside which this is said out of sight, when, and why if it says so."""
    said, said_with_reason = _HIDDEN[type(act)][STATE_AFTER[act.kind]]
    return format_html(str(said_with_reason if act.reason else said), when=when, reason=act.reason)


def about_a_question(act: Act) -> str:
    """What an act did to a question of which nothing may be quoted."""
    return str(_ABOUT_A_QUESTION[Act.Kind(act.kind)])
