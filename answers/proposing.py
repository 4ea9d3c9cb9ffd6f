"""Proposing edits of answers, and deciding about them; what is accepted carries the name of who proposed it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from answers import answering
from answers.models import Answer, EditProposal, Revision
from questions import families
from questions.locking import refuse_if_locked
from questions.moderation import NothingToChange


class AlreadyDecided(Exception):
    """Somebody has decided about the proposal in the meantime; the message says what."""

    def __init__(self, proposal: EditProposal) -> None:
        super().__init__(str(_IS_ALREADY[EditProposal.State(proposal.state)]))


_IS_ALREADY = {
    EditProposal.State.PENDING: gettext_lazy("This edit is pending already."),
    EditProposal.State.ACCEPTED: gettext_lazy("This edit is accepted already."),
    EditProposal.State.REJECTED: gettext_lazy("This edit is rejected already."),
    EditProposal.State.WITHDRAWN: gettext_lazy("This edit is withdrawn already."),
}


class ProposalChanged(Exception):
    """Its author has proposed another text since the one that was looked at."""

    def __init__(self) -> None:
        super().__init__(
            gettext("Its author has changed this edit while you looked. Please look at it once more.")
        )


@transaction.atomic
def propose(answer: Answer, text: str, *, by, base: Revision, summary: str = "") -> EditProposal:
    """Let a text wait for somebody who may edit, in place of the one that the same member proposed before.

    Raises NothingToChange when the answer reads so already.
    """
    [home] = families.lock(answer.question)
    refuse_if_locked(home, by=by)
    if text == Answer.objects.get(pk=answer.pk).text:
        raise NothingToChange(gettext("The answer reads so already."))
    proposal, _ = EditProposal.objects.update_or_create(
        answer=answer,
        author=by,
        state=EditProposal.State.PENDING,
        defaults={"text": text, "base": base, "summary": summary, "created_at": timezone.now()},
    )
    return proposal


@transaction.atomic
def accept(
    proposal: EditProposal, text: str, *, by, base: int, reason: str = "", seen: str | None = None
) -> Revision | None:
    """Give the answer the proposed text, or what the reviewer made of it, in the proposer's name.

    A rejected proposal may be accepted after all. `base` is the number of the revision that the reviewer saw
    it compared with, and `seen` when the text was proposed, in ISO 8601, that the reviewer read. Returns the new
    revision, None when the answer reads so already. Raises AlreadyDecided, ProposalChanged, answering.TextChanged.
    """
    families.lock(proposal.answer.question)
    proposal = _locked(proposal, EditProposal.State.PENDING, EditProposal.State.REJECTED, seen=seen)
    revision = answering.edit(
        proposal.answer,
        text,
        by=proposal.author,
        summary=proposal.summary,
        base=base,
        accepted_by=by,
    )
    _decide(proposal, EditProposal.State.ACCEPTED, by=by, reason=reason)
    return revision


@transaction.atomic
def reject(proposal: EditProposal, *, by, reason: str = "", seen: str | None = None) -> None:
    """Leave the answer as it is; `seen` as in `accept`. Raises AlreadyDecided, ProposalChanged."""
    proposal = _locked(proposal, EditProposal.State.PENDING, seen=seen)
    _decide(proposal, EditProposal.State.REJECTED, by=by, reason=reason)


@transaction.atomic
def withdraw(proposal: EditProposal) -> None:
    """Take a proposal back, as its author may. Raises AlreadyDecided."""
    proposal = _locked(proposal, EditProposal.State.PENDING)
    _decide(proposal, EditProposal.State.WITHDRAWN, by=proposal.author)


def _locked(proposal: EditProposal, *states: EditProposal.State, seen: str | None = None) -> EditProposal:
    """The proposal as it is now, which nobody else decides about until the transaction ends."""
    proposal = (
        EditProposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("answer__question", "author")
        .get(pk=proposal.pk)
    )
    if proposal.state not in states:
        raise AlreadyDecided(proposal)
    if seen is not None and seen != proposal.created_at.isoformat():
        raise ProposalChanged
    return proposal


def _decide(proposal: EditProposal, state: EditProposal.State, *, by, reason: str = "") -> None:
    proposal.state, proposal.decided_by, proposal.reason = state, by, reason
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "reason"])
