"""Proposing edits and deciding about them."""

import pytest

from answers import answering, proposing
from answers.models import Answer, EditProposal, Revision
from questions.moderation import NothingToChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(ask, asker) -> Answer:
    return answering.answer(ask("How do tides work?"), "The moon.", by=asker)


@pytest.fixture
def proposal(answer, stranger) -> EditProposal:
    return proposing.propose(
        answer, "The moon and the sun.", by=stranger, base=answer.revisions.get(), summary="The sun"
    )


def text_of(answer: Answer) -> str:
    return Answer.objects.get(pk=answer.pk).text


def test_a_proposal_changes_nothing_yet(answer, proposal):
    assert text_of(answer) == "The moon."
    assert answer.revisions.count() == 1
    assert proposal.is_pending


def test_proposing_again_replaces_what_waits(answer, proposal, stranger):
    again = proposing.propose(answer, "The sun.", by=stranger, base=answer.revisions.get())
    assert again.pk == proposal.pk
    assert EditProposal.objects.get().text == "The sun."


def test_proposing_what_stands_there_is_no_proposal(answer, stranger):
    with pytest.raises(NothingToChange):
        proposing.propose(answer, "The moon.", by=stranger, base=answer.revisions.get())
    assert not EditProposal.objects.exists()


def test_an_accepted_edit_carries_the_name_of_who_proposed_it(answer, proposal, stranger, moderator):
    revision = proposing.accept(proposal, proposal.text, by=moderator, base=1)
    assert text_of(answer) == "The moon and the sun."
    assert (revision.author, revision.accepted_by, revision.summary) == (stranger, moderator, "The sun")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("accepted", moderator)
    assert proposal.decided_at is not None


def test_a_text_that_was_saved_meanwhile_is_not_overwritten(answer, proposal, asker, moderator):
    answering.edit(answer, "The moon, mostly.", by=asker)
    with pytest.raises(answering.TextChanged):
        proposing.accept(proposal, proposal.text, by=moderator, base=1)
    assert text_of(answer) == "The moon, mostly."
    proposal.refresh_from_db()
    assert proposal.is_pending


def test_a_rejected_edit_says_why_and_may_be_accepted_after_all(answer, proposal, moderator):
    proposing.reject(proposal, by=moderator, reason="No source")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, text_of(answer)) == ("rejected", "No source", "The moon.")
    proposing.accept(proposal, proposal.text, by=moderator, base=1)
    assert text_of(answer) == "The moon and the sun."


def test_nobody_decides_twice(proposal, moderator):
    proposing.accept(proposal, proposal.text, by=moderator, base=1)
    with pytest.raises(proposing.AlreadyDecided, match="accepted already"):
        proposing.reject(proposal, by=moderator)
    with pytest.raises(proposing.AlreadyDecided):
        proposing.withdraw(proposal)
    assert Revision.objects.count() == 2


def test_what_was_taken_back_is_not_accepted(proposal, moderator):
    proposing.withdraw(proposal)
    with pytest.raises(proposing.AlreadyDecided, match="withdrawn"):
        proposing.accept(proposal, proposal.text, by=moderator, base=1)


def test_after_a_decision_the_same_member_may_propose_anew(answer, proposal, stranger, moderator):
    proposing.reject(proposal, by=moderator)
    again = proposing.propose(answer, "The sun.", by=stranger, base=answer.revisions.get())
    assert again.pk != proposal.pk
