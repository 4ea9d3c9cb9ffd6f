"""The HTML of comments: the tags on the list, and nothing else. Read back by a parser that reads as browsers do."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import markup
from answers.markup import COMMENT_TAGS, MAX_TAGS, comment_html, tags_said

# Attack collections that are read where they are, beside the project; they are not part of it.
COLLECTIONS = Path(__file__).parents[3] / "shared" / "data" / "sanitising"

ALLOWED = COMMENT_TAGS | {"p": set(), "br": set()}
SAFE = {"href": ("http://", "https://", "mailto:"), "cite": ("http://", "https://")}


def troubles_in(html: str) -> list[str]:
    """What a browser would find in this HTML that is not on the list, or not where it belongs."""
    troubles = []

    def walk(node, above: tuple[str, ...]):
        for child in node:
            tag = child.tag
            if not isinstance(tag, str):
                troubles.append("a comment")
                continue
            if tag not in ALLOWED:
                troubles.append(f"<{tag}>")
            extra = {"rel"} if tag == "a" else set()
            for name, value in child.attrib.items():
                if name not in ALLOWED.get(tag, set()) | extra:
                    troubles.append(f"{tag} {name}")
                elif name == "rel" and value != "nofollow ugc noopener":
                    troubles.append(f"rel {value}")
                elif name in SAFE and not value.startswith(SAFE[name]):
                    troubles.append(f"{name} {value}")
            if tag == "a" and "rel" not in child.attrib:
                troubles.append("a without rel")
            if tag in ("p", "blockquote") and set(above) - {"blockquote"}:
                troubles.append(f"{tag} in {above[-1]}")
            if tag not in ("p", "blockquote") and "p" not in above:
                troubles.append(f"{tag} outside a paragraph")
            walk(child, (*above, tag))

    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    walk(parser.parseFragment(html, container="div"), ())
    # The parser repairs; what it repairs is not valid.
    troubles += [str(error[1]) for error in parser.errors if "character" not in error[1]]
    return troubles


def assert_clean(text: str) -> None:
    html = comment_html(text)
    assert troubles_in(html) == []
    assert comment_html(html) == html
    assert markup._readable(html) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("<b>open", "<p><b>open</b></p>"),
        ("a <b>x\n\ny</b>", "<p>a <b>x</b></p><p><b>y</b></p>"),
        ("<div>text <u>kept</u></div>", "<p>text kept</p>"),
        ("<script>gone</script>stays<style>gone</style>", "<p>stays</p>"),
        ("a<!-- gone -->b<![CDATA[ gone ]]>", "<p>ab</p>"),
        (
            '<a href="https://e.example" onclick="x">l</a>',
            '<p><a href="https://e.example" rel="nofollow ugc noopener">l</a></p>'),
        ('<a href="javascript:x">l</a>', '<p><a rel="nofollow ugc noopener">l</a></p>'),
        ('<a href="/ask/">l</a>', '<p><a rel="nofollow ugc noopener">l</a></p>'),
        ('<a href="//e.example">l</a>', '<p><a rel="nofollow ugc noopener">l</a></p>'),
        (
            '<a href="MAILTO:ada@E.example?subject=a b">l</a>',
            '<p><a rel="nofollow ugc noopener">l</a></p>'),
        (
            '<a href="MAILTO:ada@E.example?subject=a%20b">l</a>',
            '<p><a href="mailto:ada@e.example?subject=a%20b" rel="nofollow ugc noopener">l</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("\x00\x07", ""),
        ("a&#0;b&#13;c&#x202e;d", "<p>a\ufffdb<br>cd</p>"),
        ("a\ud800b", "<p>ab</p>"),
        ("\u202eevil\u202c \u2066a\u2069", "<p>evil a</p>"),
        ("typed<br>break<P>and</p >paragraph", "<p>typed<br>break</p><p>and</p><p>paragraph</p>"),
        ("x<blockquote>q\n\nr</blockquote>y", "<p>x</p><blockquote><p>q</p><p>r</p></blockquote><p>y</p>"),
        (
            "<b>x<blockquote>q</blockquote>y</b>",
            "<p><b>x</b></p><blockquote><p><b>q</b></p></blockquote><p><b>y</b></p>"),
        ("<b></b><i> </i>x", "<p>x</p>"),
        (
            '<del datetime="2026-01-31T10:00Z">x</del> <del datetime="soon">y</del>',
            '<p><del datetime="2026-01-31T10:00Z">x</del> <del>y</del></p>'),
        (
            '<q cite="https://e.example/a">x</q> <q cite="mailto:a@e.example">y</q> <q cite="data:x">z</q>',
            '<p><q cite="https://e.example/a">x</q> <q>y</q> <q>z</q></p>'),
        ('<abbr title=" a\n b ">x</abbr>', '<p><abbr title="a b">x</abbr></p>'),
        ("<i>a <b>b</i> c</b>", "<p><i>a <b>b</b></i> <b>c</b></p>"),
        ("<code>a  b\n  c</code>", "<p><code>a  b<br>c</code></p>"),
    ],
)  # fmt: skip
def test_comments_are_cleaned(text, html):
    assert comment_html(text) == html
    assert_clean(text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
        "java\nscript:alert(1)", "\x01javascript:alert(1)", "&#106;avascript:alert(1)", "&#x6A&#x61;vascript:alert(1)",
        "javascript&colon;alert(1)", "java&Tab;script:alert(1)", "data:text/html,<script>alert(1)</script>",
        "DATA:text/html;base64,PHNjcmlwdD4=", "vbscript:x", "file:///etc/passwd", "blob:https://e.example/x",
        "feed:https://e.example", "view-source:https://e.example", "tel:112", "ftp://e.example", "http:",
        "https://", "https:///", "http://e.example\\@bank.example", "https://bank.example@e.example/",
        "http://a b.example", "https://<b>", "//e.example", "/ask/", "?q", "#x", "e.example", "\u2000javascript:x",
        "mailto:", "mailto:a@", "mailto:a@b.example?x\ny", "https://e..example", "https://-e.example/ ",
        "http://xn--a\u0430.example/", "\uff4aavascript:alert(1)",
    ],
)  # fmt: skip
def test_links_to_what_is_no_whole_address_lose_it(address):
    html = comment_html(f'<a href="{address}">words</a><q cite="{address}">cited</q>')
    assert "href" not in html
    assert "cite=" not in html
    assert "words" in html
    assert_clean(f"<a href=\"{address}\">words</a><blockquote cite='{address}'>cited")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("HTTPS://E.Example/Path?Q=1&r#F", "https://e.example/Path?Q=1&amp;r#F"),
        ("http://e.example:8080", "http://e.example:8080"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("http://[2001:DB8::1]/x", "http://[2001:db8::1]/x"),
        ("https://e.example/%7Ea%zz", "https://e.example/%7Ea%zz"),
        ("https:e.example", "https://e.example"),
    ],
)
def test_addresses_are_written_as_they_are_looked_up(typed, address):
    assert comment_html(f'<a href="{typed}">words</a>').startswith(f'<p><a href="{address}"')
    assert_clean(f'<a href="{typed}">words</a>')


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<a href="https://e.example/login">https://bank.com/login</a>', "https://bank.com/login (e.example)"),
        ('<a href="https://e.example">go to <b>bank</b>.com now</a>!', "go to bank.com now (e.example)!"),
        ('<a href="https://\u0430pple.com">\u0430pple.com</a>', "\u0430pple.com (xn--pple-43d.com)"),
        ('<a href="https://\u0430pple.com">apple.com</a>', "apple.com (xn--pple-43d.com)"),
        ('<a href="https://e.example">\uff42ank.com</a>', "\uff42ank.com (e.example)"),
        ('<a href="mailto:a@e.example">help@bank.com</a>', "help@bank.com (e.example)"),
        ('<a href="https://bank.com.e.example">bank.com</a>', "bank.com (bank.com.e.example)"),
        ('<a href="https://bank.com">www.bank.com</a>', "www.bank.com"),
        ('<a href="https://login.bank.com">bank.com</a>', "bank.com"),
        ('<a href="https://e.example">the words of a link</a>', "the words of a link"),
        ('<a href="https://e.example">bank.com\n\nmore</a>', "bank.com (e.example)more"),
    ],
)  # fmt: skip
def test_behind_a_link_whose_words_look_like_another_address_stands_where_it_leads(link, words):
    assert re.sub("<[^>]*>", "", comment_html(link)) == words
    assert_clean(link)


@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 10_000 + "deep",
        "<div>" * 10_000 + "deep",
        "<blockquote>" * 10_000 + "deep",
        "".join(f"<a href=https://e.example/{n}>x" for n in range(5_000)),
        "".join(f"<b title={n}>" for n in range(MAX_TAGS - 5)) + "x\n\n" * 2_000,
        "x" * 1_000_000,
        "<" * 100_000,
        "\n" * 1_000_000,
    ],
)
def test_what_is_too_much_is_shown_as_typed_or_not_at_all_and_breaks_nothing(text):
    html = comment_html(text)
    assert set(re.findall(r"<([a-z]+)", html)) <= set(ALLOWED)
    assert comment_html(html) == html
    if text.count("<") > MAX_TAGS:
        assert set(re.findall(r"<([a-z]+)", html)) <= {"p", "br"}


def test_what_is_said_to_be_allowed_is_what_is_allowed():
    said = tags_said()
    assert said[0] == '<a href="" title="">'
    assert [line.strip("<>").split()[0] for line in said] == list(COMMENT_TAGS)
    for line in said:
        tag, *attributes = line.strip("<>").replace('=""', "").split()
        assert set(attributes) == COMMENT_TAGS[tag]
        assert comment_html(f"<{tag}>words</{tag}>").count(f"<{tag}") == 1


def collected() -> list[str]:
    return [
        json.loads(line)["input"]
        for path in sorted(COLLECTIONS.glob("*.jsonl"))
        for line in path.read_text("utf-8").split("\n")
        if line
    ]


@pytest.mark.skipif(not COLLECTIONS.exists(), reason="the attack collections are not beside the project")
def test_nothing_of_the_attack_collections_survives_but_the_list():
    texts = collected()
    assert len(texts) > 1_000
    wrong = []
    for text in texts:
        html = comment_html(text)
        if troubles_in(html) or comment_html(html) != html:
            wrong.append((text, html, troubles_in(html)))
    assert wrong == []


PIECES = [
    "<b>", "</b>", "<i>", "</i>", "<a href=http://bank.com>", "<a href='https://e.example/?a&b' title=x>", "</a>",
    "bank.com", "\n", "\n\n", " ", "<blockquote>", "</blockquote>", "<p>", "</p>", "<br>", "<table>", "<td>",
    "</table>", "<svg>", "<math>", "<mi>", "<style>", "</style>", "<script>", "</script>", "<!--", "-->", "x", "&amp;",
    "&lt;", "<q cite=http://a.example>", "</q>", "<title>", "<select>", "<textarea>", "</textarea>", "<code>",
    "</code>", "<div>", "</div>", " (e.example)", "<abbr title='<i>\"&quot;<'>", "</abbr>", "&nbsp;", "\u202e",
    "&#x202e;", "&#0;", "<form>", "<frameset>", "<body>", "<noscript>",
    "<template>", "</template>", "<plaintext>", "<nobr>", "<desc>",
    "<foreignObject>", "<annotation-xml encoding=text/html>", "<h1>", "<image>", "<marquee>", "<", ">", '"', "=", "/",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_markup_is_typed_only_the_list_comes_out(text):
    assert_clean(text)


@given(st.text(max_size=200) | st.text(alphabet=st.sampled_from("<>/=\"'abiq \n&;:.script"), max_size=300))
def test_whatever_is_typed_only_the_list_comes_out(text):
    assert_clean(text)


@given(st.binary(max_size=200).map(lambda data: data.decode("utf-8", "surrogateescape")))
def test_bytes_that_are_no_text_raise_nothing(data):
    assert_clean(data)


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_link_leads_to_is_a_whole_address_or_nothing(address, words):
    html = comment_html(f'<a href="https://{address}">{words}x</a>')
    assert troubles_in(html) == []
    for href in re.findall(r'href="([^"]*)"', html):
        assert urlsplit(href).scheme in ("http", "https")
        assert href.isascii()
