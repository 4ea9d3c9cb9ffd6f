"""What is related: similar and different, then what shares tags; never what readers may not see."""

import pytest

from questions import merging, moderation
from questions.duplicates.related import related

pytestmark = pytest.mark.django_db


def test_similar_questions_come_before_those_that_share_a_tag(with_model, ask):
    tides = ask("Why does the sea rise and fall twice a day?", tags=["sea"])
    tagged = ask("Which fish sleeps standing?", tags=["sea"])
    similar = ask("What causes ocean tides?")
    assert related(tides) == [similar, tagged]


def test_not_more_are_shown_than_are_asked_for(with_model, ask):
    tides = ask("Why does the sea rise and fall twice a day?", tags=["sea"])
    ask("Which fish sleeps standing?", tags=["sea"])
    newer = ask("How do sailors find their way at night?", tags=["sea"])
    similar = ask("What causes ocean tides?")
    assert related(tides, limit=2) == [similar, newer]


def test_who_shares_more_tags_comes_first_and_then_the_newer(ask):
    question = ask("How do tides work?", tags=["sea", "moon"])
    both, older, newer = (
        ask(text, tags=tags) for text, tags in (("Aa?", ["moon", "sea"]), ("Bb?", ["sea"]), ("Cc?", ["moon"]))
    )
    assert related(question) == [both, newer, older]


def test_neither_the_familys_own_wordings_nor_hidden_questions_are_related(ask, moderator):
    question, other = ask("How do tides work?", tags=["sea"]), ask("Why is water salty?", tags=["sea"])
    merging.add_alternate("What makes tides work?", to=question, by=moderator)
    assert related(question) == [other]
    moderation.hide(other, by=moderator)
    assert related(question) == []


def test_what_was_merged_since_is_led_to_its_new_page_or_left_out(ask, moderator):
    question, other, third = (ask(f"Question {letter}?", tags=["sea"]) for letter in ("aa", "bb", "cc"))
    assert set(related(question)) == {other, third}
    merging.merge(other, into=third, by=moderator)
    assert related(question) == [third]
    merging.merge(third, into=question, by=moderator)
    assert related(question) == []
