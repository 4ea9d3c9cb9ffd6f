"""The page of a member: what they wrote, as far as readers see it."""

import pytest

from answers import answering, usefulness
from answers import moderation as answer_moderation
from qa_site.moderation.deciding import decide
from questions import merging, moderation
from questions.models import State

pytestmark = pytest.mark.django_db


def shown(client, member):
    """The texts of the questions and the numbers of the answers on the page, with the two counts it tells."""
    context = client.get(member.get_absolute_url()).context
    questions, answers = list(context["questions"]), list(context["answers"])
    assert (context["question_count"], context["answer_count"]) == (len(questions), len(answers))
    return [question.text for question in questions], [answer.pk for answer in answers]


@pytest.fixture
def written(ask, asker):
    question = ask("How do tides work?", by=asker)
    return question, answering.answer(question, "Because of the moon.", by=asker)


def test_it_shows_what_the_member_asked_and_answered_and_nobody_else(as_guest, asker, stranger, written, ask):
    question, answer = written
    answering.answer(ask("Why does the sea rise?", by=stranger), "The moon again.", by=stranger)
    assert shown(as_guest, asker) == ([question.text], [answer.pk])


def test_the_newest_questions_and_the_most_useful_answers_come_first(as_guest, asker, stranger, ask):
    older, newer = ask("Question a?", by=asker), ask("Question b?", by=asker)
    useful, other = (answering.answer(question, "The moon.", by=asker) for question in (older, newer))
    usefulness.mark(useful, by=stranger)
    assert shown(as_guest, asker) == ([newer.text, older.text], [useful.pk, other.pk])


def test_of_what_readers_do_not_see_the_newest_comes_first_whatever_it_is(as_asker, asker, ask, moderator):
    first = ask("Question a?", by=asker)
    texts = [first, answering.answer(ask("Question b?"), "The moon.", by=asker), ask("Question c?", by=asker)]
    for text in texts:
        decide(text, State.HIDDEN, by=moderator)
    unseen = as_asker.get(asker.get_absolute_url()).context["unseen"]
    assert [one.text for one in unseen] == texts[::-1]


def test_it_shows_no_answer_that_is_hidden(as_guest, asker, written, moderator):
    question, answer = written
    answer_moderation.hide(answer, by=moderator)
    assert shown(as_guest, asker) == ([question.text], [])


def test_it_shows_nothing_that_stands_on_a_hidden_question(as_guest, asker, written, moderator):
    question, _ = written
    moderation.hide(question, by=moderator)
    assert shown(as_guest, asker) == ([], [])


def test_it_shows_nothing_that_was_merged_into_a_question_hidden_since(
    as_guest, asker, written, ask, moderator
):
    question, _ = written
    other = ask("Why does the sea rise?")
    merging.merge(question, into=other, by=moderator)
    moderation.hide(other, by=moderator)
    assert shown(as_guest, asker) == ([], [])


def test_it_shows_no_hidden_alternate_but_the_answers_given_to_it(as_guest, asker, written, ask, moderator):
    question, answer = written
    merging.merge(question, into=ask("Why does the sea rise?"), by=moderator)
    moderation.hide(question, by=moderator)
    assert shown(as_guest, asker) == ([], [answer.pk])


def test_it_runs_five_queries_however_much_was_written(as_guest, asker, ask, django_assert_num_queries):
    for n in range(3):
        answering.answer(ask(f"Question {n}?", by=asker), "Because.", by=asker)
        with django_assert_num_queries(5):  # the member; two counts; the questions, the answers
            as_guest.get(asker.get_absolute_url())
