"""Which words of two wordings differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.duplicates.differences import differences


def shown(one: str, other: str) -> list[str]:
    """Both texts with what differs in brackets."""
    return [
        "".join(f"[{text}]" if differs else text for text, differs in parts)
        for parts in differences(one, other)
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("How do I bake bread?", "How do I bake cake?", ["How do I bake [bread]?", "How do I bake [cake]?"]),
        ("How do I bake?", "How does one bake?", ["How [do I] bake?", "How [does one] bake?"]),
        ("Is it so?", "Is it really so?", ["Is it so?", "Is it [really] so?"]),
        ("Who bit the dog?", "The dog bit who?", ["[Who bit] the dog?", "The dog [bit who]?"]),
        ("What is C?", "What is C++?", ["What is [C]?", "What is [C++]?"]),
        ("Python 3.11", "Python 3.12", ["Python [3.11]", "Python [3.12]"]),
        ("パンを焼く？", "パンが焼く？", ["パン[を]焼く？", "パン[が]焼く？"]),
    ],
)
def test_words_that_differ_are_marked_with_the_space_between_neighbours(one, other, expected):
    assert shown(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I bake bread?", "how do i BAKE bread"),
        ("Don't!", "Don’t"),
        ("“Bread”, or cake?", "bread or (cake)"),
        ("Größe", "GRÖSSE"),
    ],
)
def test_case_and_signs_around_words_make_no_difference(one, other):
    assert shown(one, other) == [one, other]


def test_a_text_without_words_has_nothing_marked_and_the_other_everything():
    assert shown("", "") == ["", ""]
    assert shown("?!", "Why so") == ["?!", "[Why so]"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_the_parts_joined_are_the_texts_again(one, other):
    parts, other_parts = differences(one, other)
    assert "".join(text for text, _ in parts) == one
    assert "".join(text for text, _ in other_parts) == other
    assert all(text for text, _ in [*parts, *other_parts])


@given(st.text(max_size=80))
def test_a_text_does_not_differ_from_itself(text):
    assert not any(differs for part in differences(text, text) for _, differs in part)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b " * 75, "b a " * 75),
        ("一一二" * 100, "一二二" * 100),
        ("word " * 20_000, "drow " * 20_000),
    ],
    ids=["alternating", "two characters", "long"],
)
def test_texts_made_to_be_slow_come_out_whole(one, other):
    assert ["".join(text for text, _ in parts) for parts in differences(one, other)] == [one, other]
