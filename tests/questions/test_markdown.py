"""From Markdown to safe HTML and to the first words of a text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.markdown import Trouble, lead, markdown_html, plain_text, trouble_with
from questions.models.writing import LEAD_LENGTH


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        (
            "```unheard-of\nx < 1\n```",
            '<pre tabindex="0"><code class="language-unheard-of">x &lt; 1\n</code></pre>\n',
        ),
        (
            "|a|\n|-|\n|b|",
            '<table tabindex="0"><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>b</td></tr>\n</tbody></table>\n',
        ),
        ("# Top", "<h3>Top</h3>\n"),
        ("###### Deep", "<h6>Deep</h6>\n"),
        ("H<sub>2</sub>O <kbd>Ctrl</kbd>", "<p>H<sub>2</sub>O <kbd>Ctrl</kbd></p>\n"),
        ("costs $5 and $10", "<p>costs $5 and $10</p>\n"),
        ("$a_1*b_2*c$", '<p><span class="math math-inline">a_1*b_2*c</span></p>\n'),
        ("a\x00b\x07", "<p>ab</p>\n"),
        ("a\r\nb\rc", "<p>a\nb\nc</p>\n"),
        ("a&#1;b&#x1f;c&#12;d\ufffe&#xffff;", "<p>abcd</p>\n"),
        ("<div>\n<p>a&#1;b</p>\n</div>", "\n<p>ab</p>\n"),
    ],
)
def test_markdown_is_rendered(text, html):
    assert markdown_html(text) == html


def test_tables_keep_their_alignment_without_styles():
    html = markdown_html("| a | b |\n|--:|:-:|\n| 1 | 2 |")
    assert '<td class="right">1</td><td class="center">2</td>' in html
    assert "style" not in html


def test_links_carry_what_keeps_spam_unrewarded():
    html = markdown_html("[x](https://e.example 't') <https://f.example>")
    assert html.count('rel="nofollow ugc noopener"') == 2
    assert 'title="t"' in html


@pytest.mark.parametrize(
    "text", ["![a cat](https://e.example/cat.png)", '<img alt="a cat" src="https://e.example/cat.png">']
)
def test_pictures_become_links(text):
    html = markdown_html(text)
    assert '<a href="https://e.example/cat.png" rel="nofollow ugc noopener">a cat</a>' in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>x",
        "[x](javascript:alert(1))",
        "[x](  JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<p onclick=alert(1)>x</p>",
        "<svg onload=alert(1)>x",
        "<iframe src=//e.example>x</iframe>",
        "<style>*{display:none}</style>x",
        "![x](javascript:alert(1))",
        '![x" onerror="alert(1)](https://e.example/)',
        '<img alt="&quot; onmouseover=alert(1) x=&quot;" src="//e.example">',
        "<form action=//e.example><input name=q></form>x",
        '```"><script>alert(1)</script>\nx\n```',
    ],
)
def test_nothing_dangerous_comes_through(text):
    html = markdown_html(text).lower()
    for danger in (
        "<script",
        'href="javascript',
        'href="data',
        "<svg",
        "<iframe",
        "<style",
        "<form",
        "<input",
    ):
        assert danger not in html
    assert not re.search(r"<[^>]*\son\w+=", html)


@pytest.mark.parametrize("space", ["\u00a0", "\u2028", "\u3000"])
def test_no_link_begins_with_a_space(space):
    assert "href" not in markdown_html(f"<a href='{space}javascript:alert(1)'>x</a>")


def test_only_known_classes_come_through():
    assert "class" not in markdown_html('<span class="site-header">x</span> <code class="act">x</code>')


@pytest.mark.parametrize(
    "hostile",
    [">" * 5_000 + "a", "[" * 50_000, "*a_ " * 20_000, "- " * 1_000 + "x", "<div>" * 10_000, "`" * 50_000,
     "| a " * 20_000, "![" * 20_000, "<!--" * 10_000, "&" * 50_000, "$" * 50_000, "[a]: b\n" * 5_000,
     "[^1] " * 12_000 + "\n\n[^1]: x", "".join(f"[^{i}]: x\n\n" for i in range(5_000)), "<div>[^1]\n\n[^1]: " * 3_000,
     "|a" * 10_000 + "\n" + "|-:" * 10_000 + "\n" + "|b\n" * 5_000, "```c\n" + "\n" * 9_999,
     ">" * 60_000, "<div>\n" + "<img " * 12_000, "*a " * 15_000 + "a* " * 15_000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_hostile_markdown_is_rendered_like_any_other(hostile):
    assert len(lead(markdown_html(hostile))) <= LEAD_LENGTH


@given(st.text(max_size=2_000))
def test_any_text_is_rendered_and_rendering_leaves_only_known_tags(text):
    html = markdown_html(text)
    tags = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html))
    assert not tags & {"script", "style", "img", "iframe", "form", "input", "h1", "h2", "div"}
    assert len(lead(html)) <= 170


def test_a_lead_is_the_first_prose_cut_at_a_word():
    text = "```\ncode first\n```\n\n> a quotation\n\n" + "word " * 60
    first = lead(markdown_html(text))
    assert first.startswith("word word")
    assert first.endswith("word…")
    assert len(first) <= 170


def test_a_lead_of_nothing_but_code_is_the_code():
    assert lead(markdown_html("```\nprint(1)\n```")) == "print(1)"


def test_a_lead_unescapes_and_joins_lines():
    assert lead(markdown_html("a &lt; b\nand *c*")) == "a < b and c"


def test_a_lead_of_one_endless_word_is_cut():
    assert lead(markdown_html("x" * 500)) == "x" * 169 + "…"
    assert lead(markdown_html("Re " + "月" * 500)) == "Re " + "月" * 166 + "…"


def test_plain_text_keeps_blocks_apart():
    assert plain_text(markdown_html("# A\n\n- b\n- c")) == "A b c"


@pytest.mark.parametrize(
    "deep", [">" * 1_000 + "a", "- " * 1_000 + "a", "<b>" * 1_000 + "a"], ids=["quote", "list", "tag"]
)
def test_what_is_nested_a_thousand_levels_deep_is_shown_as_typed(deep):
    from html import escape

    assert trouble_with(deep) == Trouble.TOO_DEEP
    assert markdown_html(deep) == f"<p>{escape(deep, quote=False)}</p>\n"


def test_a_hundred_levels_are_rendered():
    assert not trouble_with(">" * 99 + "a")
    assert markdown_html(">" * 99 + "a").count("<blockquote>") == 99


TOO_LARGE = {
    "empty cells": "|a" * 5_000 + "\n" + "|-:" * 5_000 + "\n" + "|b\n" * 5_000,
    "mentions of a footnote": "[^1] " * 12_000 + "\n\n[^1]: x",
    "quotations": (">" * 99 + "x\n\n") * 588,
}


@pytest.mark.parametrize("text", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_text_that_would_become_a_page_too_large_is_shown_as_typed(text):
    from html import escape

    assert trouble_with(text) == Trouble.TOO_LARGE
    assert markdown_html(text) == f"<p>{escape(text, quote=False)}</p>\n"


def test_tags_that_cleaning_opens_again_and_again_make_no_large_page():
    text = "".join(f'<code class="language-{i}">' for i in range(98)) + "<p></p>" * 7_000
    assert len(markdown_html(text)) <= 30_000 + 10 * len(text)


def test_links_by_reference_do_not_repeat_a_long_address_without_end():
    text = "[a]: https://e.example/" + "x" * 29_000 + "\n\n" + "[a] " * 7_500
    assert len(markdown_html(text)) <= 30_000 + 10 * len(text)


def test_pictures_are_shown_where_that_is_wanted_and_they_come_over_https():
    html = markdown_html("![a cat](https://e.example/cat.png) ![a dog](http://e.example/)", pictures=True)
    assert '<img src="https://e.example/cat.png" alt="a cat" loading="lazy">' in html
    assert '<a href="http://e.example/" rel="nofollow ugc noopener">a dog</a>' in html


@pytest.mark.parametrize(
    "text",
    [
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        '<img src="https://e.example/" onerror="alert(1)" style="position:fixed" class="act" width=9999>',
        '<img alt="<" src="http://e.example/">',
        '![x" onerror="alert(1)](https://e.example/)',
    ],
)
def test_no_picture_brings_anything_but_its_address_and_words(text):
    html = markdown_html(text, pictures=True)
    shown = re.findall("<img[^>]*>", html)
    assert all(
        re.fullmatch(r'<img( (src="https://[^"]*"|alt="[^"]*"|loading="lazy"))+>', picture)
        for picture in shown
    )


def test_the_words_of_a_picture_are_words_of_the_text():
    assert lead(markdown_html("![a cat](https://e.example/cat.png)", pictures=True)) == "a cat"
