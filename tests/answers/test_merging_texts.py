"""What two people made of the same text at the same time, put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.merging_texts import MARK_END, MARK_MINE, MARK_THEIRS, Marks, has_marks, merge

BASE = """The moon pulls at the water. The sun pulls as well. Both together make spring tides.

| place | height |
|---|---|
| Bay of Fundy | 16 m |

A neap tide is the opposite. It comes a week later."""

texts = st.lists(
    st.sampled_from([*"aaab.,!\n  #|", "the ", "moon. ", "月。", "\n\n", "x y"]), max_size=30
).map("".join)


@given(texts | st.text(), texts | st.text())
def test_what_only_one_side_changed_is_that_side(base, changed):
    assert merge(base, changed, base) == (changed, 0)
    assert merge(base, base, changed) == (changed, 0)


@given(texts, texts)
def test_the_same_change_on_both_sides_is_taken_once(base, changed):
    assert merge(base, changed, changed) == (changed, 0)


@given(texts, texts, texts)
def test_marks_stand_in_the_text_where_there_are_conflicts_and_nowhere_else(base, theirs, mine):
    merged = merge(base, theirs, mine)
    lines = merged.text.split("\n")
    for mark in (MARK_THEIRS, MARK_MINE, MARK_END):
        assert lines.count(mark) == merged.conflicts
    assert has_marks(merged.text) == bool(merged.conflicts)


words = st.text("abcdefg ", min_size=1, max_size=30).map(lambda text: f"W{text.strip()}.")


@given(
    st.lists(words, min_size=3, max_size=12, unique=True),
    st.data(),
)
def test_changes_of_different_sentences_both_arrive(sentences, data):
    one, other = data.draw(st.lists(st.integers(0, len(sentences) - 1), min_size=2, max_size=2, unique=True))
    separator = data.draw(st.sampled_from([" ", "\n", "\n\n"]))
    theirs, mine, both = list(sentences), list(sentences), list(sentences)
    theirs[one] = both[one] = "Theirs!"
    mine[other] = both[other] = "Mine!"
    merged = merge(*(separator.join(text) for text in (sentences, theirs, mine)))
    assert merged == (separator.join(both), 0)


def test_sentences_side_by_side_in_one_paragraph_are_no_conflict():
    theirs = BASE.replace("The moon pulls", "The moon's gravity pulls")
    mine = BASE.replace("The sun pulls as well", "The sun does, too, but less")
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == 0
    assert merged.text.startswith(
        "The moon's gravity pulls at the water. The sun does, too, but less. Both together make"
    )


def test_chinese_sentences_are_sentences():
    base = "月亮吸引海水。太阳也是。"
    assert merge(base, "月球吸引海水。太阳也是。", "月亮吸引海水。太阳也吸引。") == (
        "月球吸引海水。太阳也吸引。",
        0,
    )


def test_changes_far_apart_in_one_sentence_are_no_conflict():
    base = "Teh moon pulls at the water of the sea and so makes tides."
    merged = merge(base, base.replace("Teh", "The"), base.replace("makes tides", "causes the tides"))
    assert merged == ("The moon pulls at the water of the sea and so causes the tides.", 0)


def test_changes_next_to_each_other_in_one_sentence_are_for_a_person_to_choose():
    base = "The red fox runs."
    merged = merge(base, "The blue fox runs.", "The red dog runs.")
    assert merged.conflicts == 1


def test_a_contradiction_shows_both_sentences_and_leaves_the_rest_alone():
    theirs = BASE.replace("The sun pulls as well.", "The sun pulls half as much.")
    mine = BASE.replace("The sun pulls as well.", "The sun does so, too.")
    merged = merge(BASE, theirs, mine)
    assert merged.conflicts == 1
    assert merged.text.startswith(
        f"The moon pulls at the water.\n{MARK_THEIRS}\nThe sun pulls half as much.\n{MARK_MINE}\n"
        f"The sun does so, too.\n{MARK_END}\nBoth together make spring tides.\n\n| place"
    )
    assert merged.text.endswith(BASE[BASE.index("| place") :])


def test_a_row_of_a_table_is_never_cut_by_a_mark():
    merged = merge(BASE, BASE.replace("16 m", "16.3 m. High!"), BASE.replace("16 m", "53 ft. High!"))
    assert f"{MARK_THEIRS}\n| Bay of Fundy | 16.3 m. High! |\n{MARK_MINE}\n| Bay" in merged.text


def test_what_one_deleted_and_the_other_changed_is_for_a_person_to_choose():
    merged = merge("One. Two is here. Three.", "One. Three.", "One. Two was there. Three.")
    assert merged.conflicts == 1
    assert "Two was there." in merged.text


@pytest.mark.parametrize("mark", [MARK_THEIRS, MARK_MINE, MARK_END])
def test_a_mark_is_found_on_a_line_of_its_own_only(mark):
    assert has_marks(f"a\n{mark}  \nb")
    assert has_marks(f"a\r\n{mark}\r\nb")
    assert not has_marks(f"a {mark}")
    assert not has_marks("a\n=======\nb")


def _texts():
    base = " ".join(f"Word{n % 700} of sentence {n // 9}{'.' if n % 9 == 8 else ''}" for n in range(1_250))
    yield "a usual pair of changes", base, base.replace("Word7 ", "Word seven "), f"{base} The end."
    yield "everything changed twice", base, base.replace("o", "0"), base.replace("e", "3")
    yield "the same line", "a. b\n" * 5_000, "a. b\n" * 4_999, "x\n" + "a. b\n" * 5_000
    yield (
        "one endless repetition",
        "x" + " a." * 20_000 + "y",
        "z" + " a." * 19_999,
        "v" + " a." * 20_001 + "w",
    )


@pytest.mark.parametrize(
    ("base", "theirs", "mine"), [text[1:] for text in _texts()], ids=[t[0] for t in _texts()]
)
def test_texts_made_to_be_slow_give_no_word_that_was_not_there(base, theirs, mine):
    written = set(f"{base} {theirs} {mine} {MARK_THEIRS} {MARK_MINE} {MARK_END}".split())
    merged = merge(base, theirs, mine).text
    assert merged
    assert set(merged.split()) <= written


def test_marks_are_said_in_the_language_of_who_chooses_and_found_in_english_all_the_same():
    german = Marks("<<<<<<< der andere Text", "======= dein Text", ">>>>>>> bis hier")
    merged = merge("One.", "Two.", "Three.", marks=german)
    assert merged.text == f"{german.theirs}\nTwo.\n{german.mine}\nThree.\n{german.end}\n"
    assert has_marks(merged.text, german)
    assert not has_marks(merged.text)
    assert has_marks(merge("One.", "Two.", "Three.").text, german)
