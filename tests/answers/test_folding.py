"""Putting answers away under others and making one of two: what is shown, what is kept, what is refused."""

import pytest

from answers import answering, folding, moderation, usefulness
from answers.answering import TextChanged
from answers.models import Answer, AnswerAct, Revision
from questions import merging
from questions.moderation import NothingToChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(ask):
    return ask("How do tides work?")


@pytest.fixture
def short(question, asker):
    return answering.answer(question, "The moon.", by=asker)


@pytest.fixture
def long(question, stranger):
    return answering.answer(question, "The moon pulls at the sea.", by=stranger)


def fresh(answer: Answer) -> Answer:
    return Answer.objects.select_related("question__primary").get(pk=answer.pk)


def test_folding_writes_one_column_and_one_line_of_the_log(short, long, moderator):
    usefulness.mark(short, by=moderator)
    before = Answer.objects.filter(pk=short.pk).values().get()
    act = folding.fold(short, into=long, by=moderator, reason="Says less")
    after = Answer.objects.filter(pk=short.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"folded_into_id"}
    assert (act.kind, act.answer, act.other, act.by, act.reason) == (
        "folded", short, long, moderator, "Says less",
    )  # fmt: skip
    assert Revision.objects.filter(answer=short).count() == 1


def test_unfolding_brings_it_back_and_says_so(short, long, moderator):
    folding.fold(short, into=long, by=moderator)
    act = folding.unfold(short, by=moderator)
    assert fresh(short).folded_into is None
    assert (act.kind, act.other) == ("unfolded", long)
    with pytest.raises(NothingToChange):
        folding.unfold(short, by=moderator)


def test_a_folded_answer_leads_to_the_one_it_is_folded_into_over_several_steps(
    question, short, long, moderator
):
    longest = answering.answer(question, "The moon and the sun pull at the sea.")
    folding.fold(short, into=long, by=moderator)
    folding.fold(long, into=longest, by=moderator)
    assert folding.standing_for(fresh(short)) == longest
    assert folding.standing_for(fresh(longest)) == longest


def test_nothing_can_be_folded_in_a_circle(question, short, long, moderator):
    longest = answering.answer(question, "The moon and the sun pull at the sea.")
    folding.fold(short, into=long, by=moderator)
    folding.fold(long, into=longest, by=moderator)
    for into in (short, long):
        with pytest.raises(folding.CannotFold, match="itself folded into this one"):
            folding.fold(longest, into=into, by=moderator)


@pytest.mark.parametrize("case", ["itself", "twice", "hidden", "elsewhere"])
def test_what_makes_no_sense_is_refused_with_a_reason(ask, short, long, moderator, case):
    into = long
    if case == "itself":
        into = short
    elif case == "twice":
        folding.fold(short, into=long, by=moderator)
    elif case == "hidden":
        moderation.hide(long, by=moderator)
    else:
        into = answering.answer(ask("Why is the sea salt?"), "Rivers bring it.")
    acts = AnswerAct.objects.count()
    with pytest.raises(folding.CannotFold):
        folding.fold(short, into=into, by=moderator)
    assert AnswerAct.objects.count() == acts


def test_answers_of_merged_questions_can_be_folded_and_part_when_the_merge_is_undone(
    ask, question, short, moderator
):
    other = ask("Why does the sea rise?")
    better = answering.answer(other, "The moon pulls at it.")
    merging.merge(other, into=question, by=moderator)
    folding.fold(short, into=better, by=moderator)
    assert folding.standing_for(fresh(short)) == better
    merging.unmerge(other, by=moderator)
    assert folding.standing_for(fresh(short)) == short
    merging.merge(other, into=question, by=moderator)
    assert folding.standing_for(fresh(short)) == better


def test_a_hidden_answer_hides_nothing_that_is_folded_into_it(short, long, moderator):
    folding.fold(short, into=long, by=moderator)
    moderation.hide(long, by=moderator)
    assert folding.standing_for(fresh(short)) == short


def test_the_lead_is_that_of_an_answer_that_is_not_folded(question, short, long, moderator):
    usefulness.mark(short, by=moderator)
    question.refresh_from_db()
    assert question.lead == "The moon."
    folding.fold(short, into=long, by=moderator)
    question.refresh_from_db()
    assert question.lead == "The moon pulls at the sea."
    assert question.answer_count == 2
    folding.unfold(short, by=moderator)
    question.refresh_from_db()
    assert question.lead == "The moon."


def test_the_lead_of_a_merged_question_is_no_folded_answers_however_useful_it_was(
    ask, question, short, stranger, asker, moderator
):
    other = ask("Why does the sea rise?")
    better = answering.answer(other, "The moon pulls at it.")
    for member in (stranger, moderator):
        usefulness.mark(short, by=member)
    merging.merge(other, into=question, by=moderator)
    folding.fold(short, into=better, by=moderator)
    question.refresh_from_db()
    assert question.lead == "The moon pulls at it."


def test_combining_makes_one_text_credits_both_and_folds_the_other(short, long, moderator):
    revision = folding.combine(
        long, short, "The moon pulls, in short.", by=moderator, base=1, other_base=1, reason="Both in one"
    )
    assert fresh(long).text == "The moon pulls, in short."
    assert (revision.number, revision.author, revision.combines) == (2, moderator, short.revisions.get())
    assert fresh(short).folded_into == long
    assert fresh(short).text == "The moon."
    acts = AnswerAct.objects.order_by("id").values_list("kind", "reason")
    assert list(acts) == [("combined", "Both in one"), ("folded", "Both in one")]


@pytest.mark.parametrize("edited", ["short", "long"])
def test_combining_what_was_edited_meanwhile_is_refused(request, short, long, moderator, edited):
    answering.edit(request.getfixturevalue(edited), "Another text by now.", by=moderator)
    with pytest.raises(TextChanged):
        folding.combine(long, short, "Both.", by=moderator, base=1, other_base=1)
    assert fresh(short).folded_into is None
    assert not AnswerAct.objects.exists()
