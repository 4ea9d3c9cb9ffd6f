"""Putting an answer away under another that says it better, and making one answer of two; both can be undone.

Folding writes one column: the answer keeps its text, votes, history, home and address. It counts as long as both
stand on one page; when a merge is undone and they part, the folded one stands for itself again.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from answers import answering, tallies
from answers.models import Answer, AnswerAct, Revision
from questions import families
from questions.moderation import NothingToChange


class CannotFold(Exception):
    """These two cannot be folded; the message says why, as a sentence."""


@transaction.atomic
def fold(answer: Answer, *, into: Answer, by, reason: str = "") -> AnswerAct:
    """Put `answer` away under `into`. Raises CannotFold, families.FamiliesAreBusy."""
    return _fold(*_locked(answer, into), by=by, reason=reason)


@transaction.atomic
def unfold(answer: Answer, *, by, reason: str = "") -> AnswerAct:
    """Bring a folded answer back to a place of its own. Raises NothingToChange."""
    [home] = families.lock(answer.question)
    answer = Answer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    into = answer.folded_into_id
    if into is None:
        raise NothingToChange(_("This answer stands for itself already."))
    Answer.objects.filter(pk=answer.pk).update(folded_into=None)
    tallies.recount_home(home)
    return _record(AnswerAct.Kind.UNFOLDED, answer, other_id=into, by=by, reason=reason)


@transaction.atomic
def combine(
    answer: Answer,
    other: Answer,
    text: str,
    *,
    by,
    base: int,
    other_base: int,
    reason: str = "",
) -> Revision | None:
    """Give `answer` a text made of both and fold `other` into it; the authors of both are credited.

    The two numbers are of the revisions that were combined. Returns the new revision, None when the answer reads so
    already. Raises CannotFold, answering.TextChanged, families.FamiliesAreBusy.
    """
    answer, other = reversed(_locked(other, answer))
    newest = answering.newest_revision(other)
    if newest.number != other_base:
        raise answering.TextChanged
    revision = answering.edit(answer, text, by=by, summary=reason, base=base, combines=newest)
    _record(AnswerAct.Kind.COMBINED, answer, other_id=other.pk, by=by, reason=reason)
    _fold(other, answer, by=by, reason=reason)
    return revision


def standing_for(answer: Answer) -> Answer:
    """The answer that readers find in place of this one: the one it is folded into on its page, else itself.

    Runs no query for an answer that is not folded, and one for each step of the way. Needs `question`.
    """
    seen = {answer.pk}
    while answer.folded_into_id is not None and answer.folded_into_id not in seen:
        seen.add(answer.folded_into_id)
        into = (
            Answer.objects.visible()
            .of_family(answer.question)
            .select_related("question")
            .filter(pk=answer.folded_into_id)
            .first()
        )
        if into is None:
            break
        answer = into
    return answer


def _locked(answer: Answer, into: Answer) -> tuple[Answer, Answer]:
    """Both as they are now, on one page that nobody takes apart until the transaction ends."""
    home, other_home = families.lock(answer.question, into.question)
    if home.primary_id != other_home.primary_id:
        raise CannotFold(_("These answers stand on different pages by now."))
    pks = sorted({answer.pk, into.pk})
    fresh = {
        one.pk: one
        for one in Answer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("question")
        .filter(pk__in=pks)
        .order_by("pk")
    }
    return fresh[answer.pk], fresh[into.pk]


def _fold(answer: Answer, into: Answer, *, by, reason: str) -> AnswerAct:
    if answer == into:
        raise CannotFold(_("An answer cannot be folded into itself."))
    if answer.folded_into_id == into.pk:
        raise CannotFold(_("This answer is folded into that one already."))
    if into.is_hidden:
        raise CannotFold(_("The other answer is hidden; whoever reads the page would find neither."))
    if answer.pk in _above(into):
        raise CannotFold(_("The other answer is itself folded into this one. Take it out first."))
    Answer.objects.filter(pk=answer.pk).update(folded_into=into)
    tallies.recount_home(answer.question)
    return _record(AnswerAct.Kind.FOLDED, answer, other_id=into.pk, by=by, reason=reason)


def _above(answer: Answer) -> set[int]:
    """The answers that this one is folded into, and those that they are folded into."""
    found: set[int] = set()
    next_one = answer.folded_into_id
    while next_one is not None and next_one not in found:
        found.add(next_one)
        next_one = Answer.objects.values_list("folded_into", flat=True).get(pk=next_one)
    return found


def _record(kind: AnswerAct.Kind, answer: Answer, *, other_id: int, by, reason: str) -> AnswerAct:
    return AnswerAct.objects.create(
        kind=kind, answer=answer, other_id=other_id, by=by, reason=reason, created_at=timezone.now()
    )
