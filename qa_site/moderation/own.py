"""What a member finds on their own page and nobody else does: what is not shown of theirs, and their reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from answers.models import Report
from qa_site.moderation.appealing import APPEALABLE
from qa_site.moderation.kinds import KINDS, Kind, Text, called
from qa_site.moderation.models import Appeal
from questions.models import State

_SHOWN = 30


@dataclass(frozen=True)
class Unseen:
    """A text that readers do not see, and the appeal about it, if there was one."""

    kind: Kind
    text: Text
    appeal: Appeal | None

    @property
    def may_appeal(self) -> bool:
        return self.appeal is None and self.text.state in APPEALABLE


def unseen_of(member) -> list[Unseen]:
    """The newest texts of a member that readers do not see. A query a kind of text, and one for the appeals."""
    appeals = {
        (kind.name, number): appeal
        for appeal in Appeal.objects.filter(by=member).order_by("-pk")[:1_000]
        for kind in KINDS.values()
        if (number := getattr(appeal, f"{kind.name}_id"))
    }
    found = [
        Unseen(kind, text, appeals.get((kind.name, text.pk)))
        for kind in KINDS.values()
        for text in kind.rows.filter(author=member)
        .exclude(state=State.APPROVED)
        .order_by("-created_at", "-pk")[:_SHOWN]
    ]
    return sorted(found, key=lambda one: one.text.created_at, reverse=True)[:_SHOWN]


@dataclass(frozen=True)
class OwnReport:
    """A report and what may be said of the thing that it is about."""

    report: Report
    about: str


def reports_of(member) -> list[OwnReport]:
    """The newest reports by a member, with what became of them. One query."""
    reports = Report.objects.filter(reporter=member).select_related(
        "question__primary",
        "answer__question__primary",
        "comment__question__primary",
        "comment__answer__question__primary",
        "member",
    )
    return [OwnReport(report, _about(report)) for report in reports.order_by("-pk")[:_SHOWN]]


def _about(report: Report) -> str:
    return _("the member {name}").format(name=report.member.name) if report.member else called(report.about)
