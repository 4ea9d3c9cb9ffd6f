"""What the comparison of two texts says, and that it never loses a character of either."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answers.comparing import Part, Row, SkippedRows, compare

MOON = "The moon pulls at the water of the sea, and so the water rises below it."
SUN = "Our sun pulls as well, though it is so far away that it matters less than half."
SPRING = "Spring tides come when both of them pull along the same line, at new and at full moon."
SHORT = "Neap tides are small."

# Texts that have much in common, by which everything that the comparison does is met.
pieces = [
    "the ",
    "moon",
    " ",
    "  ",
    "\n",
    "\n\n",
    ".",
    ", ",
    "潮",
    "月",
    "a",
    "b ",
    MOON,
    SUN,
    SHORT,
    "\r\n",
    "\t",
    "'",
]
alike = st.lists(st.sampled_from(pieces), max_size=40).map("".join)


def side(comparison, name):
    return "".join(part.text for row in comparison.all_rows() for part in getattr(row, name))


def marked(old, new, name="inline"):
    """Return what is marked, in order, as (text, kind)."""
    rows = compare(old, new).all_rows()
    return [(part.text, part.kind) for row in rows for part in getattr(row, name) if part.kind != "same"]


@given(alike | st.text(), alike | st.text())
@example("x\x00y\x85z\u2028", "\ufeff\U0010ffff\ue000")
@example("  a", "a  ")
def test_joined_again_the_parts_are_both_texts(old, new):
    found = compare(old, new)
    assert side(found, "old") == old
    assert side(found, "new") == new
    for row in found.all_rows():
        assert [p.text for p in row.old] == _of_side(row, ("same", "removed", "moved-away"))
        assert [p.text for p in row.new] == _of_side(row, ("same", "added", "moved"))


def _of_side(row, kinds):
    """The parts of one side as the inline view has them, neighbours of one kind as one."""
    joined: list[Part] = []
    for part in row.inline:
        if part.kind in kinds:
            if joined and joined[-1].kind == part.kind:
                joined[-1] = Part(joined[-1].text + part.text, part.kind)
            else:
                joined.append(part)
    return [part.text for part in joined]


@given(alike | st.text(), alike | st.text())
def test_two_texts_are_the_same_exactly_when_they_are(old, new):
    assert compare(old, new).is_same == (old == new)


@given(st.lists(st.sampled_from([MOON, SUN, SPRING, SHORT]), unique=True), st.randoms())
def test_paragraphs_in_another_order_are_moved_and_not_removed_or_added(paragraphs, random):
    shuffled = random.sample(paragraphs, len(paragraphs))
    kinds = {kind for _, kind in marked("\n\n".join(paragraphs), "\n\n".join(shuffled))}
    assert kinds <= {"moved", "moved-away"}
    assert bool(kinds) == (shuffled != paragraphs)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("A red car.", "A blue car.", [("red ", "removed"), ("blue ", "added")]),
        ("A car.", "A red car.", [("red ", "added")]),
        ("A red car", "A car", [("red ", "removed")]),
        ("It's 3.14", "It's 3.15", [("3.14", "removed"), ("3.15", "added")]),
        ("a, b", "a; b", [(", ", "removed"), ("; ", "added")]),
        ("a  b", "a b", [("  ", "removed"), (" ", "added")]),
        ("a\nb", "a b", [(" ", "added"), ("\n", "removed")]),
        ("One. Two. Two. Three.", "One. Two. Three.", [("Two. ", "removed")]),
        ("月の引力", "太陽の引力", [("月", "removed"), ("太陽", "added")]),
        ("", "new", [("new", "added")]),
        ("old", "", [("old", "removed")]),
    ],
)
def test_what_changed_is_said_in_whole_words(old, new, changes):
    assert marked(old, new) == changes


def test_a_few_same_words_between_long_changes_are_not_kept_apart():
    old = "Start here. Some cats chase small mice of grey and quick kinds. The end stays."
    new = "Start here. Every bird likes long songs of loud or clear sorts. The end stays."
    assert [kind for _, kind in marked(old, new)] == ["removed", "added"]


def test_a_paragraph_that_is_put_in_is_marked_from_its_start_to_its_end():
    assert marked(f"{MOON}\n\n{SUN}", f"{MOON}\n\nThe new one.\n\n{SUN}") == [("The new one.\n\n", "added")]


def test_a_sentence_of_eight_words_that_went_elsewhere_is_moved():
    sentence = "This one sentence has exactly eight words inside. "
    old = f"{sentence}{MOON}\n\n{SUN} {SPRING}"
    new = f"{MOON}\n\n{SUN} {sentence}{SPRING}"
    assert marked(old, new) == [(sentence, "moved-away"), (sentence, "moved")]


def test_fewer_words_that_went_elsewhere_are_removed_and_added():
    old, new = (
        f"Seven words are not so very many. {MOON} {SUN}",
        f"{MOON} {SUN} Seven words are not so very many.",
    )
    assert {kind for _, kind in marked(old, new)} == {"removed", "added"}


def test_a_paragraph_that_moved_and_was_changed_has_its_changed_words_marked():
    moved = SPRING.replace("both of them", "moon and sun").replace("full moon", "full Moon")
    found = compare(f"{SPRING}\n\n{MOON}\n\n{SUN}", f"{MOON}\n\n{SUN}\n\n{moved}")
    changes = [part for row in found.all_rows() for part in row.inline if part.kind in ("removed", "added")]
    assert [part.text.strip() for part in changes] == ["both of them", "moon", "moon and sun", "Moon"]
    assert (found.removed, found.added) == (4, 4)


def test_paragraphs_stand_beside_each_other():
    old, new = f"{MOON}\n\n{SUN}\n\n{SHORT}", f"{MOON}\n\nAnother.\n\n{SUN} So it is.\n\n{SHORT}"
    rows = [
        ("".join(p.text for p in row.old), "".join(p.text for p in row.new)) for row in compare(old, new).rows
    ]
    assert rows == [
        (f"{MOON}\n\n", f"{MOON}\n\n"),
        ("", "Another.\n\n"),
        (f"{SUN}\n\n", f"{SUN} So it is.\n\n"),
        (SHORT, SHORT),
    ]


def test_the_indentation_of_a_line_stays_with_the_line():
    found = compare("def f():\n    return 1\n", "def g():\n    return 1\n")
    assert [part.text for row in found.rows for part in row.old] == ["def ", "f", "():\n", "    return 1\n"]


def test_long_unchanged_stretches_are_folded_and_say_how_long_they_are():
    lines = [f"Line {number}.\n" for number in range(30)]
    new = "".join(lines).replace("Line 15.", "Line fifteen.")
    rows = compare("".join(lines), new).rows
    assert [type(row) for row in rows] == [SkippedRows, Row, Row, Row, SkippedRows]
    assert [row.line_count for row in rows if isinstance(row, SkippedRows)] == [14, 13]
    assert rows[0].text == "".join(lines[:14])


def test_a_change_of_spaces_alone_asks_to_be_made_visible():
    found = compare("a\n\nb", "a b")
    assert [part.text for row in found.rows for part in row.inline if part.shows_breaks] == [" ", "\n\n"]


WORST = {
    "all different": (" ".join(f"a{n}" for n in range(50_000)), " ".join(f"b{n}" for n in range(50_000))),
    "the same line": ("the same line\n" * 10_000, "the same line\n" * 9_999),
    "the same line with other ends": ("x\n" + "a b\n" * 10_000 + "y", "z\n" + "a b\n" * 9_999 + "w"),
    "one word again and again": (f"x {'a ' * 50_000} y", f"z {'a ' * 50_000} w"),
    "random words": (
        " ".join(f"w{n * n * 7 % 5_003 % 97}" for n in range(50_000)),
        " ".join(f"w{n * n * 11 % 5_009 % 97}" for n in range(50_000)),
    ),
    "signs": ("*" * 60_000, "*_" * 30_000),
    "one endless word": ("a" * 1_000_000, "a" * 999_999 + "b"),
    "quotations in quotations": (">" * 30_000, "> " * 30_000),
}


@pytest.mark.parametrize(("old", "new"), WORST.values(), ids=WORST.keys())
def test_texts_made_to_be_slow_come_out_whole(old, new):
    found = compare(old, new)
    assert (side(found, "old"), side(found, "new")) == (old, new)
