"""Finding the passages that two texts share, whatever the markup, the script and the length."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import passages
from answers.passages import common, places, quoted, sketch, word_count, words

EIGHT = "the tide follows the moon around the earth"
SEVEN = "the tide follows the moon around the"


def keys(text: str) -> list[str]:
    return [key for key in words(text).keys if key]


def copied(text: str, other: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in common(text, other)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, *World*! It’s don't — “fine”.", "hello world its dont fine"),
        ("# Title\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |", "title one two a b c d"),
        ("before\n\n> quoted\nlazily\n\nafter", "before after"),
        ("before\n\n> > deep\n\n- item\n\n  > in a list\n\nafter", "before item after"),
        ("before\n\n```\nfenced\n```\n\n    indented\n\nafter `inline`", "before after inline"),
        ('[a link](https://example.org/some/words "title") and <https://auto.link/x>', "a link and"),
        ("see https://example.org/a/b,c or www.example.org/x now", "see or now"),
        ("[one][r]\n\n[r]: https://example.org/two/three", "one"),
        ("<b>bold</b> <blockquote>said</blockquote> after", "bold after"),
        ("<div>\nin <i>a</i> block\n<pre>code</pre>\n</div>\n\nafter", "in a block after"),
        ("<blockquote>\nleft open\n\nafter", "after"),
        ("Straße STRASSE ﬁne Ｆｕｌｌ", "strasse strasse fine full"),
        ("cafe\u0301 café caf&eacute;", "café café caf é"),
        ("in\u200bvis\u00adible", "invisible"),
        ("हिन्दी में", "हिन्दी में"),
        ("日本語の text", "日 本 語 の text"),
        ("한국어 문장", "한국어 문장"),
        ("… — *** !!! _ ", ""),
        ("", ""),
    ],
)
def test_the_words_of_a_text_are_what_a_reader_reads_of_the_authors_own(text, expected):
    assert keys(text) == expected.split()


@pytest.mark.parametrize("text", ["Ünï *côdé* ünd **mehr** — “日本語”!\n\n> x\n\nça", "a\u0301 b\n- 𝒳 y 𠀀"])
def test_words_know_their_places_also_behind_letters_of_several_bytes(text):
    read = words(text)
    for key, start, end in zip(read.keys, read.starts, read.ends, strict=True):
        assert passages.words(text[start:end]).keys == ([key] if key else [])


def test_eight_words_are_a_passage_and_seven_are_none():
    assert copied(f"I say: {EIGHT}, always.", f"Others claim {EIGHT} daily.") == [EIGHT]
    assert copied(f"I say: {SEVEN}, always.", f"Others claim {SEVEN} daily.") == []


def test_a_passage_is_found_through_case_markup_and_punctuation():
    text = "Well: **The Tide** follows\n[the moon](https://example.org/x), around — the EARTH! Yes."
    assert copied(text, EIGHT) == [
        "The Tide** follows\n[the moon](https://example.org/x), around — the EARTH"
    ]


def test_both_places_of_a_passage_are_told():
    text, other = f"One two three {EIGHT} four.", f"Five {EIGHT}, and six."
    [passage] = common(text, other)
    assert text[passage.start : passage.end] == other[passage.other_start : passage.other_end] == EIGHT
    assert passage.word_count == 8


def test_the_longest_of_several_places_is_taken():
    text = f"{EIGHT} twice a day and night"
    [passage] = common(text, f"{EIGHT} once. But {EIGHT} twice a day, and no more.")
    assert passage.word_count == 12


@pytest.mark.parametrize("text", [f"> {EIGHT}", f"```\n{EIGHT}\n```", f"<blockquote>{EIGHT}</blockquote>"])
def test_what_is_quoted_on_either_side_is_not_copied(text):
    assert common(text, EIGHT) == common(EIGHT, text) == []
    assert sketch(text) == []


def test_no_passage_reaches_across_a_quotation():
    half, rest = "the tide follows the", "moon around the earth"
    assert common(f"{half}\n\n> something\n\n{rest}", EIGHT) == []
    assert copied(f"{half}\n\n{rest}", EIGHT) == [f"{half}\n\n{rest}"]


def test_sixteen_characters_of_chinese_or_japanese_are_a_passage_and_fifteen_are_none():
    line = "潮の満ち引きは月の引力によって起こる"
    assert copied(f"はい、{line[:16]}。", f"実は{line[:16]}だ") == [line[:16]]
    assert common(f"はい、{line[:15]}。", f"実は{line[:15]}だ") == []
    assert word_count(line[:16]) == 8


def test_passages_stand_in_order_and_do_not_overlap():
    one, two = "a b c d e f g h i j", "g h i j k l m n o p q r"
    found = common("a b c d e f g h i j k l m n o p q r", f"{one} x {two}")
    assert [(passage.start, passage.end) for passage in found] == [(0, 19), (20, 35)]


def test_words_of_a_share_are_those_of_the_text():
    text = f"{EIGHT} and eight more words that stand nowhere else"
    assert passages.share(common(text, EIGHT), words(text)) == pytest.approx(8 / 16)
    assert passages.share([], words("")) == 0


WORDS = st.lists(st.sampled_from("abc"), max_size=40)


@given(WORDS, WORDS, st.lists(st.sampled_from("abcd"), min_size=8, max_size=12), WORDS, WORDS)
def test_whatever_shares_eight_words_shares_a_number_and_is_found(before, after, shared, before2, after2):
    text, other = " ".join([*before, *shared, *after]), " ".join([*before2, *shared, *after2])
    assert set(sketch(text)) & set(sketch(other))
    found = common(text, other)
    # What is found is right, and every word of every eight that stand there is reached or cut by one that is.
    for passage in found:
        assert text[passage.start : passage.end] == other[passage.other_start : passage.other_end]
        assert passage.word_count >= 8
    begin = len(" ".join([*before, ""]))
    assert any(passage.start < begin + 15 and passage.end > begin for passage in found)


@given(WORDS, WORDS)
def test_what_is_found_is_what_comparing_all_with_all_finds(one, other):
    windows = {tuple(other[at : at + 8]) for at in range(len(other) - 7)}
    expected = any(tuple(one[at : at + 8]) in windows for at in range(len(one) - 7))
    assert bool(common(" ".join(one), " ".join(other))) is expected


def test_numbers_are_small_signed_and_the_same_in_every_process():
    text = " ".join(f"word{number}" for number in range(200))
    numbers = sketch(text)
    assert 60 < len(numbers) < 140
    assert numbers == sorted(set(numbers))
    assert all(-(2**31) <= number < 2**31 for number in numbers)
    assert min(numbers) < 0
    told = subprocess.run(
        [sys.executable, "-c", f"from answers.passages import sketch; print(sketch({text!r}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == str(numbers)


def test_the_numbers_stay_as_they_are_in_databases():
    assert sketch(EIGHT) == [-667096180]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("same " * 10_000, "same " * 10_000),
        ("same " * 10_000, ("same " * 100 + "other ") * 100),
        ("a b " * 5_000, "b a " * 5_000),
        ("潮" * 20_000, ("潮" * 15 + "月") * 1_200),
        ("*" * 60_000, "*" * 60_000),
        ("> " * 30_000, "<blockquote>" * 5_000),
        ("<" * 60_000, "[" * 60_000),
    ],
)
def test_passages_of_texts_made_to_be_slow_lie_within_them(text, other):
    assert all(0 <= passage.start < passage.end <= len(text) for passage in common(text, other))
    assert bool(sketch(text)) == bool(keys(text))


def test_a_text_in_parts_is_the_text():
    text = f"Before. {EIGHT} after."
    found = passages.parts(text, places(common(text, EIGHT)))
    assert found == [("Before. ", False), (EIGHT, True), (" after.", False)]
    assert passages.parts("", []) == []


def test_excerpts_have_some_words_around_each_passage():
    text = "Many words come first here. " * 20 + EIGHT + " and then others follow." + " More of them." * 50
    found = passages.excerpts(text, places(common(text, EIGHT)), around=20)
    assert found == [
        ("… ", False),
        ("come first here. ", False),
        (EIGHT, True),
        (" and then others", False),
        (" …", False),
    ]


def test_excerpts_of_neighbouring_passages_do_not_repeat_what_is_between():
    other = "one two three four five six seven eight nine"
    text = f"{EIGHT} but {other}"
    found = passages.excerpts(text, places(common(text, f"{other}. {EIGHT}")))
    assert "".join(part for part, _ in found) == text


SOURCE = "[From an answer](/answers/5/)"


def test_a_quoted_passage_is_a_quotation_with_its_source_and_counts_no_more():
    text = f"I think: {EIGHT}. And more."
    said = quoted(text, common(text, EIGHT), source=SOURCE)
    assert said == f"I think:\n\n> {EIGHT}.\n>\n> {SOURCE}\n\nAnd more."
    assert common(said, EIGHT) == []
    assert keys(said) == ["i", "think", "and", "more"]


def test_quoting_takes_the_markup_with_the_words():
    text = "Look:\n\n- **the tide follows** the moon\n- around the *earth*!\n- else"
    said = quoted(text, common(text, EIGHT), source=SOURCE)
    assert said == (
        f"Look:\n\n> - **the tide follows** the moon\n> - around the *earth*!\n>\n> {SOURCE}\n\n- else"
    )


def test_quoting_all_of_a_text_leaves_a_quotation_only():
    assert quoted(EIGHT, common(EIGHT, EIGHT), source=SOURCE) == f"> {EIGHT}\n>\n> {SOURCE}"


def test_several_passages_are_quoted_each():
    other = "one two three four five six seven eight nine"
    text = f"A {EIGHT} b {other} c"
    said = quoted(text, common(text, f"{other}. {EIGHT}"), source=SOURCE)
    assert said.count(SOURCE) == 2
    assert keys(said) == ["a", "b", "c"]


@given(WORDS, st.lists(st.sampled_from("abcd"), min_size=8, max_size=12), WORDS, WORDS, WORDS)
def test_whatever_shares_eight_words_that_are_new_shares_a_new_number(before, shared, after, before2, after2):
    old, new = [*before, *after], [*before, *shared, *after]
    known = {tuple(old[at : at + 8]) for at in range(len(old) - 7)}
    is_new = any(tuple(shared[at : at + 8]) not in known for at in range(len(shared) - 7))
    found = set(passages.new_numbers(words(" ".join(new)), words(" ".join(old))))
    other = set(sketch(" ".join([*before2, *shared, *after2])))
    assert found <= set(sketch(" ".join(new)))
    if is_new:
        assert found & other


def test_a_text_that_stayed_has_no_new_numbers():
    assert passages.new_numbers(words(EIGHT), words(f"A beginning. {EIGHT} And an end.")) == []
