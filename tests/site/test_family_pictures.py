"""Families as pictures."""

import re

import pytest
from PIL import ImageFont

from qa_site.faces.cutting import whole
from qa_site.pages.family_pictures import MOST_SHOWN, WIDTH, Twig, in_lines, picture


def test_the_primary_stands_first_and_the_others_hang_on_it():
    drawn = picture([Twig("A?", 0), Twig("B?", 1), Twig("C?", 2), Twig("D?", 1)])
    assert [twig.lines for twig in drawn.twigs] == [[("A?", 0)], [("B?", 0)], [("C?", 0)], [("D?", 0)]]
    root, b, c, d = drawn.twigs
    assert root.stroke == ""
    ends = [re.search(r" ([\d.]+) [\d.]+V([\d.]+)$", twig.stroke).groups() for twig in (b, c, d)]
    assert ends == [(root.x, root.y), (b.x, b.y), (root.x, root.y)]
    assert drawn.described == "“A?” with “B?”, “C?”, “D?”."


@pytest.mark.parametrize(
    ("text", "room", "last", "lines"),
    [
        ("Why is it so?", 20, 20, ["Why is it so?"]),
        ("Why is it so cold?", 12, 12, ["Why is it so", "cold?"]),
        # A note stands behind the last line, so a word goes down where both have no room.
        ("Why is it so?", 14, 8, ["Why is it", "so?"]),
        ("Is it Wordsworth?", 17, 8, ["Is it", "Wordswo…"]),
        ("Why is it so very cold in there, and so dark?", 10, 10, ["Why is it", "so very", "cold in…"]),
        ("Why is it so very cold in there, and so dark?", 10, 6, ["Why is it", "so very", "cold…"]),
        ("W" * 25, 10, 10, ["W" * 10, "W" * 10, "W" * 5]),
        ("W" * 31, 10, 10, ["W" * 10, "W" * 10, "W" * 9 + "…"]),
        ("Wordsworth", 10, 6, ["Words…"]),
        ("Why so cold, I ask?", 20, 12, ["Why so cold, I", "ask?"]),
        ("Why is it so very cold in here, I ask?", 10, 10, ["Why is it", "so very", "cold in…"]),
        ("Why is it so very cold, in there?", 11, 7, ["Why is it", "so very", "cold…"]),
        ("為什麼天空是藍色的", 5, 5, ["為什麼天空", "是藍色的"]),
        ("", 10, 5, [""]),
    ],
)
def test_wordings_are_broken_into_lines_and_cut_to_the_room_there_is(text, room, last, lines):
    assert in_lines(text, room, last=last, width=len) == lines


@pytest.mark.parametrize(
    "text",
    [
        "W" * 90,
        "Donaudampfschifffahrtsgesellschaft " * 6,
        "ill, " * 40,
        "ШЩ" * 40,
        "Why is it so very cold? " * 9,
    ],
)
@pytest.mark.parametrize(("depth", "face"), [(0, "600"), (1, "400"), (9, "400")])
def test_no_line_is_wider_than_the_picture(text, depth, face):
    *_, drawn = picture([Twig("Why?", number) for number in range(depth)] + [Twig(text, depth)]).twigs
    # What the library that draws says of them, in the face and the size of css/components.css.
    widths = [ImageFont.truetype(whole(face), 15).getlength(line) for line, _ in drawn.lines]
    room = WIDTH - float(drawn.text_x)
    assert max(widths) <= room
    assert max(widths) > room * 0.7, "and none is broken for nothing"


LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u2066", "\u2067"


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Why?", LEFT_TO_RIGHT),
        ("“Why is it so?” – لماذا؟", LEFT_TO_RIGHT),
        ("2.0 لماذا رغيفي ثقيل Sourdough", RIGHT_TO_LEFT),
        ("למה?", RIGHT_TO_LEFT),
        ("為什麼?", LEFT_TO_RIGHT),
        ("42?", LEFT_TO_RIGHT),
        ("", LEFT_TO_RIGHT),
    ],
)
def test_each_line_of_a_wording_is_written_in_the_direction_of_its_first_letter(text, opening):
    (drawn,) = picture([Twig(text, 0)]).twigs
    assert drawn.opening == opening


def test_lines_push_down_what_hangs_below():
    root, branch = picture([Twig("Why " * 12, 0), Twig("W?", 1)]).twigs
    assert [below for _, below in root.lines] == [0, 18]
    assert float(branch.y) - float(root.y) == 30 + 18


def test_of_large_families_the_first_are_drawn_and_the_others_counted():
    drawn = picture([Twig(f"{number}?", min(number, 1)) for number in range(10_000)])
    assert len(drawn.twigs) == MOST_SHOWN
    assert drawn.more == 10_000 - MOST_SHOWN
    assert drawn.described.endswith("and 9988 more.")


def test_a_chain_of_any_depth_leaves_room_for_words():
    drawn = picture([Twig("Why?", number) for number in range(12)])
    assert all(float(twig.text_x) < WIDTH / 2 for twig in drawn.twigs)


def test_a_question_alone_is_a_picture():
    assert picture([Twig("A?", 0)]).described == "“A?”, alone."
