"""What search by words and the related questions find, and what they keep to themselves."""

import pytest

from questions import merging, moderation, searching

pytestmark = pytest.mark.django_db


def test_words_find_any_wording_of_a_family(ask):
    question = ask("How do tides work?")
    alternate = merging.add_alternate("What lifts the ocean?", to=question, by=None).question
    [found] = searching.by_words("ocean")
    assert (found.primary, found.wording) == (question, alternate)


def test_a_visible_alternate_of_a_hidden_question_is_not_found(ask, moderator):
    question = ask("How do tides work?")
    merging.add_alternate("What lifts the ocean?", to=question, by=None)
    moderation.hide(question, by=moderator)
    assert searching.by_words("ocean") == []


def test_a_hidden_alternate_is_not_found(ask, moderator):
    question = ask("How do tides work?")
    alternate = merging.add_alternate("What lifts the ocean?", to=question, by=None).question
    moderation.hide(alternate, by=moderator)
    assert searching.by_words("ocean") == []
