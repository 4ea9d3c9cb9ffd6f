"""How rare a word is comes from PostgreSQL's statistics, and decides what is looked for and what counts."""

import math

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from questions.duplicates import stems
from questions.duplicates.stems import Rarity, rarity

SHARES = {"how": 0.5, "boil": 0.02, "egg": 0.01, "yolk": 0.001}
STEMS = st.lists(st.sampled_from([*SHARES, "other", "words", ""]), unique=True)


def test_a_rarer_word_weighs_more():
    rare = Rarity(100_000, SHARES)
    assert rare.weight("how") < rare.weight("boil") < rare.weight("egg") < rare.weight("yolk")
    assert rare.weight("egg") == pytest.approx(math.log(100))


def test_a_word_that_is_not_among_the_commonest_is_half_as_common_as_the_rarest_of_them():
    assert Rarity(100_000, SHARES).share("ankylosaurus") == 0.0005


def test_before_any_statistics_all_words_weigh_the_same():
    rare = Rarity(0, {})
    assert rare.weight("how") == rare.weight("ankylosaurus") == 1.0
    assert rare.likeness_to(["how", "egg"])(["how", "boil"]) == pytest.approx(0.5)
    assert rare.to_look_for(["egg", "how"]) == ["egg", "how"]


def test_the_rarest_words_are_looked_for_as_long_as_few_wordings_have_them():
    # Of 100,000 wordings 50 have the dinosaur, 100 the yolk, 1,000 the egg, 2,000 boil: that is where it ends.
    rare = Rarity(100_000, SHARES)
    assert rare.to_look_for(["how", "boil", "yolk", "egg", "ankylosaurus"]) == ["ankylosaurus", "yolk", "egg"]
    assert rare.to_look_for(["how", "boil"]) == ["boil"]


def test_on_a_small_site_every_word_is_looked_for_once():
    assert Rarity(1_000, SHARES).to_look_for(["how", "egg", "how"]) == ["egg", "how"]


def test_likeness_is_the_cosine_of_the_weights():
    rare = Rarity(100_000, SHARES)
    how, boil, egg = (rare.weight(stem) for stem in ("how", "boil", "egg"))
    expected = egg**2 / math.sqrt((how**2 + egg**2) * (boil**2 + egg**2))
    assert rare.likeness_to(["how", "egg"])(["boil", "egg"]) == pytest.approx(expected)


@given(STEMS, STEMS)
def test_likeness_is_from_nothing_to_one_the_same_both_ways_round(some, others):
    rare = Rarity(100_000, SHARES)
    found = rare.likeness_to(some)(others)
    assert 0 <= found <= 1 + 1e-9
    assert rare.likeness_to(others)(some) == pytest.approx(found)
    assert (found == 0) == (not set(some) & set(others))
    if some:
        assert rare.likeness_to(some)(some) == pytest.approx(1)


def test_a_word_that_every_wording_has_says_nothing():
    assert Rarity(10, {"how": 1.0}).likeness_to(["how"])(["how"]) == 0


def test_on_a_small_site_words_are_counted_as_if_among_a_hundred_wordings(db, ask):
    for number in range(9):
        ask(f"How do I boil {number} eggs?" if number % 3 else f"How do I peel {number} potatoes?")
    found = rarity()
    assert found.share("how") == pytest.approx(9 / 101)
    assert found.share("boil") == pytest.approx(6 / 101)
    assert found.share("potato") == pytest.approx(3 / 101)
    assert found.share("ankylosaurus") == pytest.approx(0.5 / 101)


def test_on_an_empty_site_all_words_are_equally_rare(db):
    assert rarity().weight("egg") == rarity().weight("boil") == 1.0


def test_on_a_larger_site_the_statistics_say_how_many_wordings_have_a_word(db, ask, monkeypatch):
    monkeypatch.setattr(stems, "_FEW", 10)
    # Below about ten wordings PostgreSQL lists no words; what stands in one only, it lists never.
    for number in range(40):
        ask(f"How do I boil {number} eggs?" if number % 4 else f"How do I peel {number} potatoes?")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE questions_wordingindex")
    found = rarity()
    assert found.share("boil") == pytest.approx(30 / 40)
    assert found.share("potato") == pytest.approx(10 / 40)
    assert found.share("ankylosaurus") < found.share("potato")


def test_how_rare_words_are_is_read_once_in_ten_minutes(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        rarity()
    with django_assert_num_queries(0):
        rarity()
