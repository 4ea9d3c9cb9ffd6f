"""Pairs and wordings that may be duplicates, waiting for a moderator, and the walks that find them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from questions import wording
from questions.models.questions import Question
from questions.models.writing import MAX_REASON_LENGTH, State


class CandidateQuerySet(models.QuerySet["DuplicateCandidate"]):
    def waiting(self) -> CandidateQuerySet:
        """Undecided pairs of two visible families that nobody has said to differ, the surest first."""
        return (
            self.filter(
                decision="", source__primary__state=State.APPROVED, target__primary__state=State.APPROVED
            )
            .exclude(source__primary=F("target__primary"))
            .exclude(_families_were_told_apart())
            .select_related("source__primary", "target__primary", "suggested_by")
            .order_by("-confidence", "id")
        )

    def of_pair(self, one: Question, other: Question) -> CandidateQuerySet:
        return self.filter(Q(source=one, target=other) | Q(source=other, target=one))

    def between(self, one: Question, other: Question) -> CandidateQuerySet:
        """Pairs of any wording of the one family with any of the other, as the families are now."""
        both = [one.primary_id, other.primary_id]
        # Said so, and not as the one way or the other, it is found by indexes.
        return self.filter(source__primary__in=both, target__primary__in=both).exclude(
            source__primary=F("target__primary")
        )

    def told_apart(self, one: Question, other: Question) -> bool:
        """Whether a moderator said that these two families are different questions."""
        return self.between(one, other).filter(decision=DuplicateCandidate.Decision.DISMISSED).exists()

    def free_for(self, user) -> CandidateQuerySet:
        """Pairs that no other moderator has before them just now, and that this one has not skipped."""
        return self.not_skipped_by(user).exclude(Q(claimed_until__gt=timezone.now()) & ~Q(claimed_by=user))

    def skipped_by(self, user) -> CandidateQuerySet:
        return self.filter(skips__user=user)

    def not_skipped_by(self, user) -> CandidateQuerySet:
        return self.exclude(skips__user=user)

    def held_by(self, user) -> CandidateQuerySet:
        """Pairs that this moderator has before them just now."""
        return self.filter(claimed_by=user, claimed_until__gt=timezone.now())

    def decided_on(self, day: date) -> CandidateQuerySet:
        """Pairs that were decided on this day, as it is here; by moments, which an index can be entered with."""
        midnights = (datetime.combine(day + timedelta(days=days), time.min) for days in (0, 1))
        begins, ends = (timezone.make_aware(midnight) for midnight in midnights)
        return self.filter(decided_at__gte=begins, decided_at__lt=ends)

    def never_again(self, one: Question, other: Question, *, by) -> None:
        """Remember that these two are not duplicates, whether anybody suggested it before or not."""
        now = timezone.now()
        decided = {"decision": DuplicateCandidate.Decision.DISMISSED, "decided_by": by, "decided_at": now}
        if not self.of_pair(one, other).update(**decided):
            self.create(source=one, target=other, created_at=now, **decided)


def _families_were_told_apart() -> Q:
    """Whether a moderator dismissed some wording of the one family with some wording of the other.

    Looked up for each pair: for EXISTS, PostgreSQL would first collect all pairs that were ever dismissed.
    """
    told = DuplicateCandidate.objects.filter(decision=DuplicateCandidate.Decision.DISMISSED)
    source, target = OuterRef("source__primary"), OuterRef("target__primary")
    one_way = told.filter(source__primary=source, target__primary=target)
    other_way = told.filter(source__primary=target, target__primary=source)
    return Q(_is_there(one_way)) | Q(_is_there(other_way))


def _is_there(rows: models.QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.values_list(Value(True))[:1]), False, output_field=models.BooleanField())


class DuplicateCandidate(models.Model):
    """A pair of wordings that may ask the same, waiting for a moderator, and what was decided for ever.

    A moderator who looks at a pair has claimed it until `claimed_until`, so that two never decide the same.
    """

    class Decision(models.TextChoices):
        MERGED = "merged", pgettext_lazy("pair of questions", "Merged")
        DISMISSED = "dismissed", pgettext_lazy("pair of questions", "Dismissed")

    class Origin(models.TextChoices):
        SUGGESTED = "suggested", _("suggested by a reader")
        ASKED = "asked", _("asked although it is similar")
        MINED = "mined", _("found by mining")

    source = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.SUGGESTED)
    confidence = models.FloatField(
        default=0.0, help_text=_("The probability, by the matcher, that the two ask the same.")
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("source", "target"), Greatest("source", "target"), name="candidate_pair_is_unique"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="candidate_is_a_pair"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="candidate_decision_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="candidate_confidence_is_a_probability",
            ),
        ]
        indexes = [
            models.Index(fields=["-confidence", "id"], condition=Q(decision=""), name="candidate_queue"),
            models.Index(fields=["-decided_at"], name="candidate_decided"),
        ]
        permissions = [("decide_duplicatecandidate", "Can decide whether questions are duplicates")]

    def __str__(self) -> str:
        return f"{self.source} = {self.target}?"

    @property
    def is_held(self) -> bool:
        return self.claimed_until is not None and self.claimed_until > timezone.now()

    def is_held_by(self, user) -> bool:
        """Whether this moderator has the pair before them just now."""
        return self.is_held and self.claimed_by_id == user.pk

    def is_held_from(self, user) -> bool:
        """Whether another moderator has the pair before them just now."""
        return self.is_held and self.claimed_by_id != user.pk


class Skip(models.Model):
    """A moderator would rather leave this pair to others."""

    candidate = models.ForeignKey(DuplicateCandidate, on_delete=models.CASCADE, related_name="skips")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "user"], name="moderator_skips_a_pair_once")
        ]

    def __str__(self) -> str:
        return gettext("{user} skips {pair}").format(user=self.user, pair=self.candidate)


class SuggestedAlternateQuerySet(models.QuerySet["SuggestedAlternate"]):
    def waiting(self) -> SuggestedAlternateQuerySet:
        """Undecided wordings for questions that readers see, the oldest first."""
        return (
            self.filter(decision="", question__primary__state=State.APPROVED)
            .select_related("question__primary", "suggested_by")
            .order_by("created_at", "id")
        )


class SuggestedAlternate(models.Model):
    """A wording in which somebody asked what turned out to be there, waiting to become an alternate of it."""

    class Decision(models.TextChoices):
        ADDED = "added", pgettext_lazy("wording", "Added")
        DECLINED = "declined", pgettext_lazy("wording", "Declined")

    text = models.CharField(max_length=wording.MAX_LENGTH)
    key = models.CharField(max_length=wording.MAX_KEY_LENGTH, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="suggested_alternates")
    confidence = models.FloatField(
        default=0.0, help_text=_("The probability, by the matcher, that the two ask the same.")
    )
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestedAlternateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "question"], name="alternate_is_suggested_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="suggested_alternate_decision_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} → {self.question}"


class MiningWalk(models.Model):
    """A walk of `find_duplicates` over the wordings in the order of their ids, and how far it has come."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    first_id = models.BigIntegerField(help_text=_("Wordings after this one are walked."))
    reached_id = models.BigIntegerField(help_text=_("The last wording that was looked at."))
    last_id = models.BigIntegerField(help_text=_("The newest wording when the walk began."))
    threshold = models.FloatField()
    found = models.PositiveIntegerField(default=0, help_text=_("Candidates that the walk filed."))

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return gettext("Walk of {start}").format(start=f"{self.started_at:%Y-%m-%d %H:%M}")
