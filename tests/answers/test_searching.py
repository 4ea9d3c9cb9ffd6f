"""What search by words finds among answers, and what it keeps to itself."""

import pytest
from django.db import connection

from answers import answering, searching
from answers import moderation as answer_moderation
from answers.models import Answer
from questions import merging, moderation

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(ask):
    return answering.answer(ask("How do tides work?"), "It is gravity that pulls.")


def test_words_find_the_best_answer_of_a_family_once(answer):
    answering.answer(answer.question, "Gravity is all I can say, but at length, and with other words.")
    assert searching.by_words("gravity pulls") == [answer]


def test_a_hidden_answer_is_not_found(answer, moderator):
    answer_moderation.hide(answer, by=moderator)
    assert searching.by_words("gravity") == []


def test_an_answer_to_a_hidden_question_is_not_found(answer, moderator):
    moderation.hide(answer.question, by=moderator)
    assert searching.by_words("gravity") == []


def test_an_answer_whose_home_was_merged_into_a_question_that_is_hidden_is_not_found(answer, ask, moderator):
    other = ask("Why does the sea rise?")
    merging.merge(answer.question, into=other, by=moderator)
    moderation.hide(other, by=moderator)
    assert searching.by_words("gravity") == []


def test_an_answer_given_to_a_hidden_alternate_is_found_on_its_page(answer, ask, moderator):
    merging.merge(answer.question, into=ask("Why does the sea rise?"), by=moderator)
    moderation.hide(answer.question, by=moderator)
    assert searching.by_words("gravity") == [answer]


def test_an_answer_is_found_by_the_words_that_it_has_now_whoever_changed_them(ask):
    answer = answering.answer(ask("Why does the sea rise?"), "Because of the moon.")
    assert searching.by_words("moon") == [answer]
    Answer.objects.filter(pk=answer.pk).update(text="Because of the sun.")
    assert searching.by_words("sun") == [answer]
    assert searching.by_words("moon") == []


def test_what_changes_beside_the_text_leaves_the_index_alone(ask):
    answer = answering.answer(ask("Why does the sea rise?"), "Because of the moon.")

    def version() -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT xmin::text, ctid::text FROM answers_answerindex WHERE answer_id = %s", [answer.pk]
            )
            return cursor.fetchone()

    before = version()
    Answer.objects.filter(pk=answer.pk).update(state="hidden", useful_count=5)
    assert version() == before
