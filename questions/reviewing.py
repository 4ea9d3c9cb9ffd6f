"""What moderators decide about pairs that may be duplicates, one pair at a time and no pair by two at once.

Whoever looks at a pair has claimed it for a while. Every verb that locks families does so before it locks a pair,
as merging does; `claim_next` locks no family and waits for nobody (docs/explanation/how-locking-works.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import families, log, merging
from questions.models import Act, DuplicateCandidate, Question, Skip, SuggestedAlternate
from questions.suggesting import AlreadyDecided

# How long a pair is kept for the moderator who looks at it.
CLAIM = timedelta(minutes=10)
# Nobody needs to know more exactly how many wait, and counting on would take longer the more there are.
COUNTED = 1000

Decision = DuplicateCandidate.Decision


class Choice(StrEnum):
    """What a moderator may do with a pair. The source stands left, the target right."""

    MERGE_LEFT = "merge-left"
    MERGE_RIGHT = "merge-right"
    DIFFERENT = "different"
    SKIP = "skip"

    @property
    def merges(self) -> bool:
        return self in (Choice.MERGE_LEFT, Choice.MERGE_RIGHT)


class HeldByAnother(Exception):
    """Another moderator has claimed the pair; the message says who, if the name is given."""

    def __init__(self, name: str) -> None:
        if name:
            said = _("{name} has this pair before them by now, so nothing of yours was decided.")
        else:
            said = _("Another moderator has this pair before them by now, so nothing of yours was decided.")
        super().__init__(said.format(name=name))


class Standing(StrEnum):
    """How it stands with a pair, as one moderator sees it."""

    YOURS = "yours"
    FREE = "free"
    SKIPPED = "skipped"
    HELD = "held"
    DECIDED = "decided"
    ONE_FAMILY = "one family"
    TOLD_APART = "told apart"
    HIDDEN = "hidden"


def standing(candidate: DuplicateCandidate, *, reader) -> Standing:
    """Return how it stands with a pair that has its primaries loaded. Two queries at most."""
    source, target = candidate.source, candidate.target
    if source.primary_id == target.primary_id:
        return Standing.ONE_FAMILY
    if candidate.decision:
        return Standing.DECIDED
    if source.primary.is_hidden or target.primary.is_hidden:
        return Standing.HIDDEN
    if DuplicateCandidate.objects.told_apart(source, target):
        return Standing.TOLD_APART
    if candidate.is_held_from(reader):
        return Standing.HELD
    if candidate.is_held_by(reader):
        return Standing.YOURS
    return Standing.SKIPPED if candidate.skips.filter(user=reader).exists() else Standing.FREE


@transaction.atomic
def claim_next(*, by) -> DuplicateCandidate | None:
    """Claim the surest pair that waits and is free, and return it; None when there is none.

    A pair that the moderator has claimed already comes first. Pairs that somebody decides or claims at this very
    moment are passed over, so this waits for nobody. Three queries.
    """
    free = DuplicateCandidate.objects.waiting().free_for(by)
    for pairs in (free.held_by(by), free):
        candidate = pairs.select_for_update(skip_locked=True, of=("self",), no_key=True).first()
        if candidate is not None:
            _hold(candidate, by)
            return candidate
    return None


@transaction.atomic
def claim(candidate: DuplicateCandidate, *, by) -> None:
    """Take this very pair, a skipped one too, for so long that it can be decided in peace.

    Raises AlreadyDecided, HeldByAnother, or families.FamiliesAreBusy.
    """
    fresh = _lock(candidate)
    if fresh.decision:
        raise AlreadyDecided(_("Somebody has decided about this pair already."))
    if fresh.is_held_from(by):
        raise HeldByAnother(fresh.claimed_by.name if fresh.claimed_by else "")
    Skip.objects.filter(candidate=fresh, user=by).delete()
    _hold(fresh, by)


def _lock(candidate: DuplicateCandidate) -> DuplicateCandidate:
    """Lock both families and then the pair, and return it as it is now."""
    families.lock(candidate.source, candidate.target)
    pairs = DuplicateCandidate.objects.select_related("source__primary", "target__primary", "claimed_by")
    return pairs.select_for_update(of=("self",), no_key=True).get(pk=candidate.pk)


def _hold(candidate: DuplicateCandidate, by) -> None:
    candidate.claimed_by, candidate.claimed_until = by, timezone.now() + CLAIM
    candidate.save(update_fields=["claimed_by", "claimed_until"])


@transaction.atomic
def decide(
    candidate: DuplicateCandidate, choice: Choice, *, version: str, by, reason: str = ""
) -> Act | None:
    """Do what was chosen and return the act, None for a skip.

    Raises AlreadyDecided, HeldByAnother or families.FamiliesAreBusy; for a merge, which keeps the reason that
    the pair was suggested with unless there is a better one, also what merging.merge_as_previewed raises; for
    a dismissal merging.AlreadyOneFamily.
    """
    if choice == Choice.SKIP:
        skip(candidate, by=by)
        return None
    claim(candidate, by=by)
    if choice == Choice.DIFFERENT:
        return dismiss(candidate, by=by, reason=reason)
    left, right = candidate.source, candidate.target
    joining, heading = (right, left) if choice == Choice.MERGE_LEFT else (left, right)
    return merging.merge_as_previewed(
        joining, into=heading, version=version, by=by, reason=reason or candidate.reason
    )


@transaction.atomic
def dismiss(candidate: DuplicateCandidate, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Remember for ever that the two are not duplicates, and return the log row.

    Raises AlreadyDecided, merging.AlreadyOneFamily, or families.FamiliesAreBusy.
    """
    fresh = _lock(candidate)
    source, target = fresh.source, fresh.target
    if fresh.decision:
        raise AlreadyDecided(_("Somebody has decided about this pair already."))
    if source.primary_id == target.primary_id:
        raise merging.AlreadyOneFamily(source, target)
    fresh.decision, fresh.decided_by, fresh.decided_at = Decision.DISMISSED, by, timezone.now()
    fresh.save(update_fields=["decision", "decided_by", "decided_at"])
    return log.record(Act.Kind.DISMISSED, source, other=target, by=by, reason=reason, undoes=undoes)


class StaysDismissed(Exception):
    """The pair does not come back into the queue; the message says why."""


@transaction.atomic
def reopen(candidate: DuplicateCandidate, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Put a dismissed pair before the moderators again, first before this one, and return the log row.

    Raises StaysDismissed when it is not dismissed, or was merged and parted since; or families.FamiliesAreBusy.
    """
    fresh = _lock(candidate)
    if fresh.decision != Decision.DISMISSED:
        raise StaysDismissed(_("These two wait for a decision already, or were merged."))
    if _was_parted(fresh.source, fresh.target):
        raise StaysDismissed(
            _("These two were merged and parted again, so nobody is asked about them any more.")
        )
    fresh.decision, fresh.decided_by, fresh.decided_at = "", None, None
    fresh.save(update_fields=["decision", "decided_by", "decided_at"])
    if by is not None:
        _hold(fresh, by)
    return log.record(
        Act.Kind.REOPENED, fresh.source, other=fresh.target, by=by, reason=reason, undoes=undoes
    )


def _was_parted(one: Question, other: Question) -> bool:
    """Whether an edge between the two was cut, which dismisses the pair as well, and not made again."""
    either_way = Q(question=one, other=other) | Q(question=other, other=one)
    return Act.objects.filter(either_way, kind=Act.Kind.UNMERGED, undone_by=None).exists()


@transaction.atomic
def skip(candidate: DuplicateCandidate, *, by) -> None:
    """Leave the pair to others: it is free, and does not come to this moderator again by itself."""
    Skip.objects.get_or_create(candidate=candidate, user=by)
    DuplicateCandidate.objects.held_by(by).filter(pk=candidate.pk).update(claimed_by=None, claimed_until=None)


def look_again(*, by) -> int:
    """Let the pairs that the moderator skipped come again; return how many they are."""
    return Skip.objects.filter(user=by).delete()[0]


@dataclass(frozen=True)
class Progress:
    """How many pairs were settled on a day, by all and by one moderator, and how; undone merges count as apart."""

    merged: int
    apart: int
    by_reader: int

    @property
    def settled(self) -> int:
        return self.merged + self.apart


def progress(*, reader) -> Progress:
    """Return what was settled today. One query."""
    return Progress(
        **DuplicateCandidate.objects.decided_on(timezone.localdate()).aggregate(
            merged=Count("id", filter=Q(decision=Decision.MERGED)),
            apart=Count("id", filter=Q(decision=Decision.DISMISSED)),
            by_reader=Count("id", filter=Q(decided_by=reader)),
        )
    )


def joined_today(*, limit: int) -> list[Question]:
    """Return the primaries of families that grew today by pairs which waited here, the liveliest first."""
    pairs = DuplicateCandidate.objects.decided_on(timezone.localdate()).filter(
        decision=Decision.MERGED, source__primary=F("target__primary")
    )
    grown = Question.objects.visible().filter(pk__in=pairs.values("target__primary"))
    return list(grown.order_by("-last_activity_at", "-pk")[:limit])


@dataclass(frozen=True)
class Counted:
    """How many there are, or at least are, for nobody counts on beyond COUNTED."""

    number: int
    at_least: bool


def count_waiting(*, skipped_by=None) -> Counted:
    """Return how many pairs wait, or how many of those this moderator skipped. Two queries.

    Of the surest so many that are undecided it is looked up whether they wait. Asked for the first so many that wait,
    PostgreSQL would join all the questions and all the pairs: seconds, for 100,000 of them.
    """
    undecided = DuplicateCandidate.objects.filter(decision="")
    if skipped_by is not None:
        undecided = undecided.skipped_by(skipped_by)
    surest = list(undecided.order_by("-confidence", "id").values_list("pk", flat=True)[: COUNTED + 1])
    waiting = DuplicateCandidate.objects.waiting().filter(pk__in=surest).count()
    return Counted(min(waiting, COUNTED), at_least=len(surest) > COUNTED)


def count_wordings() -> Counted:
    """Return how many suggested wordings wait. One query."""
    number = SuggestedAlternate.objects.waiting()[: COUNTED + 1].count()
    return Counted(min(number, COUNTED), at_least=number > COUNTED)
