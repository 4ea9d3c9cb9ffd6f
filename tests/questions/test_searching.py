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


def excerpt(text: str) -> str:
    [parts] = searching.marked([text], searching.tsquery("colour"), excerpt=True)
    return "".join(f"[{part}]" if is_hit else part for part, is_hit in parts)


BEFORE, AFTER = (
    "Much that is something else stands here. " * 9,
    " Then it goes on for very long in many words." * 9,
)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("The colour is blue.", "The [colour]", "is blue."),
        (f"The colour is blue.{AFTER}", "The [colour] is blue. Then", " …"),
        (f"{BEFORE}The colour is blue.", "… ", "[colour] is blue."),
        (f"{BEFORE}The colour is blue.{AFTER}", "… ", " …"),
    ],
)
def test_an_excerpt_has_dots_where_the_text_goes_on(text, begins, ends):
    said = excerpt(text)
    assert said.startswith(begins)
    assert said.endswith(ends)
    assert said.count("…") == (begins == "… ") + (ends == " …")
    assert "[colour]" in said


def test_an_excerpt_of_nothing_is_nothing():
    assert excerpt("") == ""


def test_an_excerpt_keeps_what_looks_like_a_tag():
    assert excerpt("The colour of <br> & <i>") == "The [colour] of <br> & <i>"


def test_words_are_marked_in_the_whole_of_a_wording():
    text = f"{BEFORE}What colour is <br>?{AFTER}"
    [parts] = searching.marked([text], searching.tsquery("colours"))
    assert "".join(part for part, _ in parts) == text
    assert [part for part, is_hit in parts if is_hit] == ["colour"]
