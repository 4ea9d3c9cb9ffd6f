"""All queues with how much waits in each, for whoever may look after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from answers import permissions as answer_permissions
from answers.models import CopiedPassage, EditProposal, Report
from qa_site.moderation import permissions
from qa_site.moderation.kinds import KINDS
from qa_site.moderation.models import Appeal
from questions import permissions as question_permissions
from questions import reviewing
from questions.models import State
from questions.reviewing import COUNTED, Counted


def counted(rows) -> Counted:
    """How many rows there are, counting no further than anybody needs to know. One query."""
    number = rows.order_by()[: COUNTED + 1].count()
    return Counted(min(number, COUNTED), at_least=number > COUNTED)


@dataclass(frozen=True)
class Queue:
    """A queue: its key, its name on pages, the name of its address, what waits in it, who may, how much waits."""

    key: str
    title: Any
    address: str
    explanation: Any
    may: Callable[[Any], bool]
    count: Callable[[], Counted]


def _pending(plural: str) -> Callable[[], Counted]:
    return lambda: counted(KINDS[plural].model._default_manager.filter(state=State.PENDING).values("pk"))


def _reported() -> Counted:
    things = Report.objects.open().values("question", "answer", "comment", "member")
    return counted(things.annotate(number=Count("pk")))


def _in_answers(act: str) -> Callable[[Any], bool]:
    return lambda user: answer_permissions.may(user, act)


def _decides_pairs(user) -> bool:
    return question_permissions.may(user, "decide")


QUEUES = [
    Queue(
        "comments",
        _("Comments"),
        "review-comments",
        _("by guests, or held for another reason"),
        KINDS["comments"].may_decide,
        _pending("comments"),
    ),
    Queue(
        "questions",
        _("Questions"),
        "review-questions",
        _("by guests, or held for another reason"),
        KINDS["questions"].may_decide,
        _pending("questions"),
    ),
    Queue(
        "answers",
        _("Answers"),
        "review-answers",
        _("by guests, or held for another reason"),
        KINDS["answers"].may_decide,
        _pending("answers"),
    ),
    Queue(
        "reports",
        _("Reports"),
        "review-reports",
        _("what readers say is wrong"),
        _in_answers("settle reports"),
        _reported,
    ),
    Queue(
        "appeals",
        _("Appeals"),
        "review-appeals",
        _("members who ask for another look"),
        lambda user: permissions.may(user, "decide appeals"),
        lambda: counted(Appeal.objects.waiting()),
    ),
    Queue(
        "edits",
        _("Edits"),
        "review-edits",
        _("what members propose to change in answers"),
        _in_answers("review"),
        lambda: counted(EditProposal.objects.pending()),
    ),
    Queue(
        "duplicates",
        _("Duplicates"),
        "review-duplicates",
        _("pairs that may ask the same"),
        _decides_pairs,
        reviewing.count_waiting,
    ),
    Queue(
        "wordings",
        _("Wordings"),
        "review-wordings",
        _("other words in which people asked"),
        _decides_pairs,
        reviewing.count_wordings,
    ),
    Queue(
        "copies",
        _("Copies"),
        "review-copies",
        _("passages that stand in two answers"),
        _in_answers("review"),
        lambda: counted(CopiedPassage.objects.unsettled()),
    ),
]

# Pages of the desk where nothing waits.
TOOLS = [
    ("waves", _("Waves"), "waves", "hide a wave"),
    ("blocks", _("Blocks"), "blocks", "block"),
    ("words", _("Watched words"), "words", "watch words"),
]
