"""Wordings in which people asked what was there already: moderators make them alternates, or decline them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import families, merging
from questions.models import Act, Question, SuggestedAlternate
from questions.suggesting import AlreadyDecided, asked_so
from questions.uniqueness import WordingExists

Decision = SuggestedAlternate.Decision


def accept(suggested: SuggestedAlternate, *, by) -> Act:
    """Make the wording an alternate of the question that it was suggested for, and return the log row.

    Raises AlreadyDecided, what merging.add_alternate raises, and WordingExists; the suggestion is then declined,
    because nobody can say yes to it any more.
    """
    exists: WordingExists | None = None
    with transaction.atomic():
        fresh = _lock(suggested)
        try:
            act = merging.add_alternate(fresh.text, to=fresh.question, by=by, reason=asked_so())
            # The act is the moderator's, the words are those of who asked, a guest perhaps.
            Question.objects.filter(pk=act.question_id).update(author=fresh.suggested_by)
        except WordingExists as error:
            exists = error
        _decide(fresh, Decision.DECLINED if exists else Decision.ADDED, by)
    # Only now, or the decision would be rolled back with it.
    if exists:
        raise exists
    return act


@transaction.atomic
def decline(suggested: SuggestedAlternate, *, by) -> None:
    """Leave the wording out, and do not ask about it again. Raises AlreadyDecided."""
    _decide(_lock(suggested), Decision.DECLINED, by)


def reconsider(suggested: SuggestedAlternate) -> None:
    """Take back that the wording was declined. One that was added is undone in the log, and stays decided."""
    SuggestedAlternate.objects.filter(pk=suggested.pk, decision=Decision.DECLINED).update(
        decision="", decided_by=None, decided_at=None
    )


def _lock(suggested: SuggestedAlternate) -> SuggestedAlternate:
    # The family first, as everywhere.
    families.lock(suggested.question)
    fresh = (
        SuggestedAlternate.objects.select_related("question")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=suggested.pk)
    )
    if fresh.decision:
        raise AlreadyDecided(_("Somebody has decided about this wording already."))
    return fresh


def _decide(suggested: SuggestedAlternate, decision: Decision, by) -> None:
    suggested.decision, suggested.decided_by, suggested.decided_at = decision, by, timezone.now()
    suggested.save(update_fields=["decision", "decided_by", "decided_at"])
