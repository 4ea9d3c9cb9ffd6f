"""What the same wording is, what is refused, and how an address reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import wording


@pytest.mark.parametrize(
    "other",
    [
        "WHAT IS A MERGE?",
        "  What   is a\tmerge ?",
        "What is a merge",
        "What is a merge?!…",
        "¿What is a merge?",
        "What is a merge？",
        "What is a\u00a0merge?",
        "What is a merge?\u200f",
        "\u202eWhat is a merge?",
        "What is\x00 a merge?",
        "Ｗｈａｔ is a merge?",
    ],
)
def test_spellings_of_one_wording_have_one_key(other):
    assert wording.key(other) == wording.key("What is a merge?")


def test_composed_and_decomposed_accents_are_the_same_wording():
    assert wording.key("Where is the cafe\u0301?") == wording.key("Where is the caf\u00e9?")


def test_accents_themselves_make_another_wording():
    assert wording.key("¿Cuántos años tienes?") != wording.key("¿Cuántos anos tienes?")


def test_typographic_quotes_and_dashes_are_the_same_as_typed_ones():
    assert wording.key("What’s a “must–have”?") == wording.key('What\'s a "must-have"?')


def test_signs_that_carry_meaning_make_three_questions():
    assert len({wording.key(f"What is {name}?") for name in ("C", "C++", "C#")}) == 3


def test_sharp_s_and_double_s_fold_together():
    assert wording.key("Wie heißt die STRASSE?") == wording.key("wie heisst die Straße?")


def test_punctuation_inside_is_kept():
    assert wording.key("What does 1.5 mean?") != wording.key("What does 15 mean?")


@pytest.mark.parametrize("nothing", ["", "   ", "\n\t", "\x00", "\u200f\u200e", "\u200b"])
def test_nothing_is_refused_in_plain_words(nothing):
    with pytest.raises(wording.WordingError, match=r"nothing here|no letter"):
        wording.clean(nothing)


@pytest.mark.parametrize("wordless", ["???", "!", "🎉🎉", "+ # %", "¿?", "—"])
def test_a_wording_without_a_letter_or_digit_is_refused(wordless):
    with pytest.raises(wording.WordingError, match="use words"):
        wording.clean(wordless)


def test_an_emoji_beside_words_is_kept_whole():
    assert wording.clean("What does 👨‍👩‍👧 mean?") == "What does 👨‍👩‍👧 mean?"
    assert wording.key("What does 🎉 mean?") != wording.key("What does 🎈 mean?")


def test_exactly_300_characters_are_taken_and_one_more_is_refused_with_both_numbers():
    assert len(wording.clean("a" * 300)) == 300
    with pytest.raises(wording.WordingError, match=r"301 characters.*300"):
        wording.clean("a" * 301)


def test_length_is_counted_after_cleaning():
    assert len(wording.clean("a" + " " * 500 + "b")) == 3


def test_a_text_whose_key_would_not_fit_the_index_is_refused():
    with pytest.raises(wording.WordingError, match="ordinary letters"):
        wording.clean("\ufdfa" * 300)


def test_control_characters_and_direction_overrides_leave_the_text():
    assert wording.clean("What\x00 is\x07 \u202ethis\u2066?\ufeff") == "What is this?"


def test_line_breaks_become_spaces():
    assert wording.clean("What\nis\r\nthis?") == "What is this?"


def test_right_to_left_marks_stay_in_the_text_but_not_in_the_key():
    text = "ما هو C++\u200f؟"
    assert wording.clean(text) == text
    assert wording.key(text) == wording.key("ما هو C++؟")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("How do I get wax out of a cloth?", "how-do-i-get-wax-out-of-a-cloth"),
        ("What is C++?", "what-is-c-plus-plus"),
        ("Is C# better than C?", "is-c-sharp-better-than-c"),
        ("Don't panic!", "dont-panic"),
        ("¿Qué es?", "qué-es"),
        ("हिन्दी में क्या है?", "हिन्दी-में-क्या-है"),
        ("🎉", "question"),
        ("a_b/c?d#e%f", "a-b-c-d-sharp-e-f"),
    ],
)
def test_slugs_read_like_the_wording(text, slug):
    assert wording.slug(text) == slug


def test_a_slug_is_cut_between_words():
    slug = wording.slug("word " * 60)
    assert len(slug) <= wording.MAX_SLUG_LENGTH
    assert slug.endswith("-word")


@given(st.text(max_size=400))
def test_whatever_is_typed_is_either_cleaned_or_refused(text):
    try:
        cleaned = wording.clean(text)
    except wording.WordingError:
        return
    assert cleaned == wording.clean(cleaned)
    assert wording.key(cleaned) == wording.key(text)
    assert 0 < len(wording.key(cleaned)) <= wording.MAX_KEY_LENGTH
    assert "\x00" not in cleaned


@given(st.text(max_size=400))
def test_a_key_is_its_own_key_and_ignores_case(text):
    assert wording.key(wording.key(text)) == wording.key(text)
    assert wording.key(text + " ?! ") == wording.key(text)


@given(st.text(max_size=400))
def test_a_slug_can_always_stand_in_an_address(text):
    slug = wording.slug(text)
    assert 0 < len(slug) <= wording.MAX_SLUG_LENGTH
    assert not set(slug) & set("/?#%&+ \\\x00")


@pytest.mark.parametrize("invisible", ["\u3164", "\u034f", "\u180b", "\u2800", "\u115f", "\U000e0101"])
def test_what_shows_nothing_makes_no_other_wording_and_none_by_itself(invisible):
    assert wording.key(f"What is{invisible} a merge?") == wording.key("What is a merge?")
    assert wording.clean(f"What is a{invisible} merge?") == "What is a merge?"
    with pytest.raises(wording.WordingError):
        wording.clean(invisible)


@pytest.mark.parametrize(
    "text",
    ["", " \n", "\u200b", "\u202e\u2066", "\u200c\u200d\u200e", "\u2800", "\u3164", "\ufe0f", "\x00\x1b"],
)
def test_invisible_characters_show_nothing(text):
    assert not wording.shows_something(text)


@pytest.mark.parametrize("text", ["a", "?", "👍", "\u200bç", "क्", "…"])
def test_letters_signs_and_emoji_show_something(text):
    assert wording.shows_something(text)
