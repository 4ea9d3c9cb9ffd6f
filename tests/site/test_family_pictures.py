"""Families as pictures."""

import re

from qa_site.pages.family_pictures import MOST_SHOWN, WIDTH, Twig, picture


def test_the_primary_stands_first_and_the_others_hang_on_it():
    drawn = picture([Twig("A?", 0), Twig("B?", 1), Twig("C?", 2), Twig("D?", 1)])
    assert [twig.short for twig in drawn.twigs] == ["A?", "B?", "C?", "D?"]
    root, b, c, d = drawn.twigs
    assert root.stroke == ""
    ends = [re.search(r" ([\d.]+) [\d.]+V([\d.]+)$", twig.stroke).groups() for twig in (b, c, d)]
    assert ends == [(root.x, root.y), (b.x, b.y), (root.x, root.y)]
    assert drawn.described == "“A?” with “B?”, “C?”, “D?”."


def test_long_wordings_are_cut_to_the_room_there_is():
    drawn = picture([Twig("Why " * 70, 0, note="2 answers"), Twig("W" * 300, 6)])
    for twig in drawn.twigs:
        assert twig.short.endswith("…")
        assert float(twig.text_x) + 7.1 * len(twig.short) <= WIDTH


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
