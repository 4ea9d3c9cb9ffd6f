"""What readers reported: one entry a thing, the weightiest first, and what moderators decide about it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from answers import reporting
from answers.models import Report
from answers.reporting import AlreadySettled
from qa_site.accounts.models import User
from qa_site.moderation import desk_log
from qa_site.moderation.deciding import decide, keep_note
from qa_site.moderation.kinds import KINDS, called
from qa_site.moderation.models import DeskAct, Note
from qa_site.moderation.models.desk_sentences import Facts
from questions.models import State
from questions.moderation import DecidedMeanwhile, NothingToChange

# Open reports that are looked at to find the weightiest things; the oldest, when there are more.
_LOOKED_AT = 5_000

_TEXTS = {kind.name: kind for kind in KINDS.values()}


@dataclass(frozen=True)
class Voice:
    """One report, and how often its reporter was right before; a guest's and the site's own have no record."""

    report: Report
    upheld: int
    declined: int

    @property
    def weight(self) -> float:
        if self.report.reporter_id is None:
            is_site = self.report.reason == Report.Reason.WATCHED
            return reporting.SITE_WEIGHT if is_site else reporting.GUEST_WEIGHT
        return reporting.weight(upheld=self.upheld, declined=self.declined)


@dataclass
class Reported:
    """A thing with all open reports about it."""

    name: str  # "question", "answer", "comment" or "member"
    pk: int
    thing: Any = None
    voices: list[Voice] = field(default_factory=list)

    @property
    def weight(self) -> float:
        return sum(voice.weight for voice in self.voices)

    @property
    def key(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def called(self) -> str:
        return self.thing.name if self.name == "member" else called(self.thing)


def reported(*, limit: int) -> list[Reported]:
    """The things with the weightiest open reports. Six queries, however many there are."""
    things: dict[str, Reported] = {}
    reports = list(Report.objects.open().select_related("reporter").order_by("created_at", "id")[:_LOOKED_AT])
    records = reporting.records_of({report.reporter_id for report in reports if report.reporter_id})
    for report in reports:
        name, pk = _about(report)
        upheld, declined = records.get(report.reporter_id or 0, (0, 0))
        entry = things.setdefault(f"{name} {pk}", Reported(name, pk))
        entry.voices.append(Voice(report, upheld, declined))
    shown = sorted(things.values(), key=lambda entry: -entry.weight)[:limit]
    _load(shown)
    return shown


def _about(report: Report) -> tuple[str, int]:
    for name in (*_TEXTS, "member"):
        if pk := getattr(report, f"{name}_id"):
            return name, pk
    raise AssertionError(report)


def _load(entries: list[Reported]) -> None:
    wanted: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        wanted[entry.name].append(entry.pk)
    found = {name: {row.pk: row for row in rows_of(name).filter(pk__in=pks)} for name, pks in wanted.items()}
    for entry in entries:
        entry.thing = found[entry.name][entry.pk]


def rows_of(name: str):
    """The rows among which a reported thing is, with what its page needs of it."""
    return User.objects.all() if name == "member" else _TEXTS[name].rows


def find(key: str):
    """The thing of a key such as "comment 5", or None."""
    name, _, number = key.partition(" ")
    if name not in (*_TEXTS, "member") or not (number.isdecimal() and len(number) <= 18):
        return None
    return rows_of(name).filter(pk=number).first()


@transaction.atomic
def settle(
    thing,
    state: State | None,
    *,
    by,
    upheld: bool,
    said: str = "",
    reason: str = "",
    note: str = "",
    expected: State | None = None,
) -> Any:
    """Decide about a reported thing: put a text into `state`, if one is given; return the row of the log.

    Without a state the reports are upheld or declined and the text stays as it is; one that reports hid comes back
    when they are declined. Raises AlreadySettled when no report is open any more, and DecidedMeanwhile.
    """
    thing = reporting.lock(thing)
    about = Report.objects.filter(**reporting.about(thing))
    if not about.filter(settled_at=None).exists():
        raise AlreadySettled(about.select_related("settled_by").order_by("-settled_at").first())
    current = getattr(thing, "state", None)
    if expected is not None and current != expected:
        raise DecidedMeanwhile
    if state is None and not upheld and current == State.PENDING:
        state = State.APPROVED
    if state is not None and state != current:
        thing = rows_of(_name(thing)).get(pk=thing.pk)
        return decide(thing, state, by=by, reason=reason, note=note, said=said, expected=expected)
    now = timezone.now()
    outcome = Report.Outcome.UPHELD if upheld else Report.Outcome.DECLINED
    number = len(reporting.settle(thing, outcome, by=by, said=said, at=now))
    if current is not None:
        type(thing).objects.filter(pk=thing.pk).update(seen_at=now)
    if note and current is not None:
        keep_note(thing, note, by=by)
    elif note:
        Note.objects.create(member=thing, text=note, by=by, created_at=now)
    return desk_log.record(
        DeskAct.Kind.UPHELD if upheld else DeskAct.Kind.DECLINED,
        _facts(thing, number),
        by=by,
        reason=reason,
        at=now,
    )


@transaction.atomic
def take_back(act: DeskAct, *, by) -> DeskAct:
    """Let the reports wait again that an act upheld or declined without changing the text; return the row of the log.

    Raises NothingToChange when they wait already.
    """
    settled = Report.objects.filter(settled_at=act.created_at, settled_by=act.by).first()
    if settled is None or act.kind not in (DeskAct.Kind.UPHELD, DeskAct.Kind.DECLINED):
        raise NothingToChange(gettext("These reports wait already."))
    thing = reporting.lock(settled.about)
    number = reporting.reopen(thing, settled_at=act.created_at)
    if not number:
        raise NothingToChange(gettext("These reports wait already."))
    return desk_log.record(DeskAct.Kind.REOPENED, _facts(thing, number), by=by)


def _name(thing) -> str:
    return "member" if isinstance(thing, User) else type(thing)._meta.model_name


def _facts(thing, number: int) -> Facts:
    """So many reports about a thing, for the log."""
    thing = rows_of(_name(thing)).get(pk=thing.pk)
    return desk_log.about(thing) | {"count": number}
