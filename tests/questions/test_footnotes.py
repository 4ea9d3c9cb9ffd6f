"""Footnotes: at the end of their text, linked there and back, and never mixed up with those of another text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from questions.footnotes import MARK
from questions.markdown import markdown_html, plain_text

TEXT = "Tides[^moon] rise[^sun] and fall[^moon].\n\n[^sun]: The sun helps.\n[^moon]: The *moon* does it.\n"


def ids(html: str) -> list[str]:
    return re.findall(r'\bid="([^"]*)"', html)


def targets(html: str) -> list[str]:
    return re.findall(r'href="#([^"]*)"', html)


def test_footnotes_stand_at_the_end_in_the_order_of_their_mention():
    assert plain_text(markdown_html(TEXT)) == (
        "Tides1 rise2 and fall1. The moon does it. ↩ ↩ The sun helps. ↩"
    )


def test_every_mention_leads_to_its_note_and_back():
    html = markdown_html(TEXT)
    assert len(ids(html)) == len(set(ids(html))) == 5
    assert set(targets(html)) == set(ids(html))


def test_links_of_footnotes_say_where_they_lead():
    html = markdown_html(TEXT)
    assert 'aria-label="Footnote 2"' in html
    assert 'aria-label="Back to where footnote 1 is mentioned, 2"' in html
    assert '<ol class="footnotes" aria-label="Footnotes">' in html


def test_footnotes_of_two_texts_on_a_page_have_different_ids():
    assert not set(ids(markdown_html(TEXT))) & set(ids(markdown_html(TEXT + "More.")))


def test_the_same_text_is_rendered_alike_every_time():
    assert MARK not in markdown_html(TEXT)
    assert ids(markdown_html(TEXT)) == ids(markdown_html(f"{TEXT}"))


def test_nobody_writes_an_id_or_a_label_by_hand():
    taken = ids(markdown_html(TEXT))[0]
    html = markdown_html(
        f'<a id="{taken}" aria-label="Sign in">x</a><ol class="footnotes" aria-label="y"><li id="{taken}">z</li></ol>'
    )
    assert ids(html) == []
    assert "aria-label" not in html


def test_a_note_that_nobody_mentions_is_kept_and_one_that_is_missing_is_text():
    assert plain_text(markdown_html("a[^b]\n\n[^c]: kept")) == "a[^b] kept"


def test_notes_in_quotations_lists_and_other_notes_are_found():
    html = markdown_html("> a[^1]\n>\n> [^1]: one[^2]\n\n- [^2]: two[^1]\n")
    assert len(set(ids(html))) == len(ids(html)) == 5
    assert set(targets(html)) == set(ids(html))


def test_a_note_that_is_mentioned_very_often_has_some_ways_back():
    html = markdown_html("[^1]" * 50 + "\n\n[^1]: one")
    assert html.count("↩") == 9
    assert set(targets(html)) == set(ids(html))


@given(
    st.lists(
        st.sampled_from(
            ["[^1]", "[^2]", "[^1]: ", "[^2]: ", "\n", "\n\n", "> ", "- ", "<div>", "</div>", "a "]
        )
    )
)
def test_whatever_is_written_no_id_is_there_twice_and_no_link_leads_nowhere(parts):
    html = markdown_html("".join(parts))
    assert len(ids(html)) == len(set(ids(html)))
    assert set(targets(html)) <= set(ids(html))
