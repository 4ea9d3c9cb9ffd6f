"""What people say about two wordings that may ask the same; moderators decide."""

from __future__ import annotations

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from questions import merging, wording
from questions.duplicates import matching
from questions.duplicates.confidence import confidence
from questions.models import Act, DuplicateCandidate, Question, SuggestedAlternate
from questions.uniqueness import WordingExists

# A pair less sure than this is not worth a moderator's time: by the calibration (docs/explanation/
# finding-duplicates.md) fewer than half of such pairs ask the same.
LEAST_CONFIDENCE = 0.5
# Of the families that a new question resembles, so many are compared with it.
_COMPARED = 3

Origin = DuplicateCandidate.Origin


class AlreadyDecided(Exception):
    """Somebody decided about this pair before; the message says what."""


class AlreadySuggested(Exception):
    """The pair is waiting for a moderator already; the message says so."""

    def __init__(self) -> None:
        super().__init__(gettext("These two have been suggested already and wait for a moderator."))


_DECIDED = {
    DuplicateCandidate.Decision.DISMISSED: _(
        "A moderator has looked at these two before: they are not the same question."
    ),
    DuplicateCandidate.Decision.MERGED: _(
        "These two were merged before and parted again, so they stay two questions."
    ),
}


def suggest(source: Question, *, into: Question, by, reason: str = "") -> DuplicateCandidate:
    """Put the pair before the moderators and return the candidate.

    Raises merging.SameQuestion, merging.AlreadyOneFamily, AlreadySuggested, or AlreadyDecided when a
    moderator said that the two questions are not duplicates, be it by other wordings of theirs.
    """
    if source.pk == into.pk:
        raise merging.SameQuestion
    if source.primary_id == into.primary_id:
        raise merging.AlreadyOneFamily(source, into)
    if DuplicateCandidate.objects.told_apart(source, into):
        raise AlreadyDecided(_DECIDED[DuplicateCandidate.Decision.DISMISSED])
    try:
        with transaction.atomic():
            return DuplicateCandidate.objects.create(
                source=source,
                target=into,
                origin=Origin.SUGGESTED,
                confidence=confidence(source.text, into.text),
                suggested_by=by,
                reason=reason,
                created_at=timezone.now(),
            )
    except IntegrityError:
        known = DuplicateCandidate.objects.of_pair(source, into).get()
        if known.decision:
            raise AlreadyDecided(_DECIDED[DuplicateCandidate.Decision(known.decision)]) from None
        raise AlreadySuggested from None


def compare_asked(question: Question) -> list[DuplicateCandidate]:
    """Put a question that was just asked before the moderators with those it resembles; return the candidates."""
    now = timezone.now()
    candidates = []
    for match in matching.similar_to(question, limit=_COMPARED):
        sure = confidence(question.text, match.wording.text, cosine=match.cosine)
        if sure >= LEAST_CONFIDENCE:
            candidates.append(
                DuplicateCandidate(
                    source=question,
                    target=match.wording,
                    origin=Origin.ASKED,
                    confidence=sure,
                    suggested_by=question.author,
                    created_at=now,
                )
            )
    return DuplicateCandidate.objects.bulk_create(candidates, ignore_conflicts=True)


def asked_so() -> str:
    """Why a wording that somebody asked in becomes an alternate: kept for everybody, so in the site's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("Asked in these words")


def keep_wording(text: str, *, of: Question, by) -> Act | SuggestedAlternate | None:
    """Keep the words in which somebody asked what turned out to be there, and return what became of them.

    A member's become an alternate of `of` at once where the matcher is sure enough (ALTERNATE_AT_ONCE_FROM);
    all others wait for a moderator. None when the wording exists already. Raises wording.WordingError, and
    what merging.add_alternate raises but for WordingExists.
    """
    text = wording.clean(text)
    sure = confidence(text, of.text)
    if by is not None and sure >= settings.ALTERNATE_AT_ONCE_FROM:
        try:
            return merging.add_alternate(text, to=of, by=by, reason=asked_so())
        except WordingExists:
            return None
    key = wording.key(text)
    if Question.objects.filter(key=key).exists():
        return None
    suggested, _ = SuggestedAlternate.objects.get_or_create(
        key=key,
        question=of,
        defaults={
            "text": text,
            "confidence": sure,
            "suggested_by": by,
            "created_at": timezone.now(),
        },
    )
    return suggested
