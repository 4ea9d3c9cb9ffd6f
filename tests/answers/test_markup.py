"""The HTML of comments: the tags on the list, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.markup import COMMENT_TAGS, comment_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("<b>open", "<p><b>open</b></p>"),
        ("a <b>x\n\ny</b>", "<p>a <b>x</b></p><p><b>y</b></p>"),
        ("<div>text <u>kept</u></div>", "<p>text kept</p>"),
        ("<script>gone</script>stays<style>gone</style>", "<p>stays</p>"),
        (
            '<a href="https://e.example" onclick="x">l</a>',
            '<p><a href="https://e.example" rel="nofollow ugc noopener">l</a></p>'),
        ('<a href="javascript:x">l</a>', '<p><a rel="nofollow ugc noopener">l</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("\x00\x07", ""),
    ],
)  # fmt: skip
def test_comments_are_cleaned(text, html):
    assert comment_html(text) == html


@given(st.text(alphabet=st.sampled_from("<>/=\"'abi \n&;script"), max_size=300))
def test_whatever_is_typed_only_listed_tags_come_out_and_cleaning_again_changes_nothing(text):
    html = comment_html(text)
    assert set(re.findall(r"<([a-z]+)", html)) <= {*COMMENT_TAGS, "p", "br"}
    assert not re.search(r"<[^>]*\son\w+=", html)
