"""Two people at one answer at the same moment: nothing is overwritten, nothing is lost, nobody waits for ever."""

from uuid import uuid4

import pytest
from django.utils import timezone

from answers import accepting, answering, folding, proposing, usefulness
from answers.models import Answer, EditProposal, Revision, UsefulMark
from tests.questions.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answer(ask, asker) -> Answer:
    return answering.answer(ask("How do tides work?", by=asker), "The moon.", by=asker, at=timezone.now())


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("attempt", range(4))
def test_of_two_edits_of_one_text_one_is_saved_and_the_other_told(answer, asker, stranger, attempt):
    results = at_once(
        lambda: answering.edit(answer, "The sun.", by=asker, base=1),
        lambda: answering.edit(answer, "The stars.", by=stranger, base=1),
    )
    assert kinds(results) == ["Revision", "TextChanged"]
    [saved] = [result for result in results if isinstance(result, Revision)]
    assert Answer.objects.get(pk=answer.pk).text == saved.text
    assert list(answer.revisions.values_list("number", flat=True)) == [2, 1]


def test_a_proposal_is_decided_once(answer, stranger, moderator):
    proposal = proposing.propose(answer, "The sun.", by=stranger, base=answer.revisions.get())
    results = at_once(
        lambda: proposing.accept(proposal, "The sun.", by=moderator, base=1),
        lambda: proposing.accept(proposal, "The sun!", by=moderator, base=1),
        lambda: proposing.withdraw(proposal),
    )
    assert kinds(results).count("AlreadyDecided") == 2
    proposal.refresh_from_db()
    assert answer.revisions.count() == (2 if proposal.state == "accepted" else 1)


def test_proposing_by_a_double_click_is_proposing_once(answer, stranger):
    base = answer.revisions.get()
    results = at_once(*[lambda: proposing.propose(answer, "The sun.", by=stranger, base=base)] * 3)
    assert kinds(results) == ["EditProposal"] * 3
    assert EditProposal.objects.count() == 1


@pytest.mark.parametrize("attempt", range(4))
def test_two_answers_are_not_folded_into_each_other(answer, moderator, attempt):
    other = answering.answer(answer.question, "The sun.")
    results = at_once(
        lambda: folding.fold(answer, into=other, by=moderator),
        lambda: folding.fold(other, into=answer, by=moderator),
    )
    assert kinds(results) == ["AnswerAct", "CannotFold"]
    assert Answer.objects.exclude(folded_into=None).count() == 1


def test_of_two_answers_accepted_at_once_one_is(answer):
    other = answering.answer(answer.question, "The sun.")
    results = at_once(lambda: accepting.accept(answer), lambda: accepting.accept(other))
    assert results == [None, None]
    assert Answer.objects.filter(is_accepted=True).count() == 1


def test_a_crowd_that_marks_at_once_is_counted_right(answer, asker, stranger, moderator):
    people = [asker, stranger, moderator]
    at_once(*[lambda who=who: usefulness.mark(answer, by=who) for who in people * 2])
    assert Answer.objects.get(pk=answer.pk).useful_count == 3 == UsefulMark.objects.count()


def test_guests_from_one_block_do_not_slip_past_the_limit_together(answer, settings):
    settings.USEFUL_PER_ADDRESS_BLOCK = 2
    guests = [uuid4() for _ in range(5)]
    results = at_once(
        *[lambda guest=guest: usefulness.mark(answer, guest=guest, address_block="a") for guest in guests]
    )
    assert kinds(results) == ["NoneType"] * 2 + ["TooManyFromThere"] * 3
    assert Answer.objects.get(pk=answer.pk).useful_count == 2
