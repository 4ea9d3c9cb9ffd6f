"""Bodies in HTML become Markdown that shows the same, and that people can go on editing."""

from collections import Counter
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_site.stackexchange.html_markdown import MAX_DEPTH, markdown
from questions.markdown import markdown_html


class _Shape(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.words, self.tags, self._spans = [], Counter(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag != "a" or "href" in attributes:
            self.tags["a" if tag == "img" else tag] += 1
        if tag == "img":
            self.words.append(attributes.get("alt") or "picture")
        if tag == "span":
            self._spans.append(
                {"math math-inline": "$", "math math-display": "$$"}.get(attributes.get("class"), "")
            )
            self.words.append(self._spans[-1])

    def handle_endtag(self, tag):
        if tag == "span":
            self.words.append(self._spans.pop())

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return "".join("".join(self.words).split())


def shows_the_same(html):
    before, after = _Shape(html), _Shape(markdown_html(markdown(html)))
    assert after.text == before.text, markdown(html)
    for tag in ("pre", "li", "a", "table", "tr", "td", "blockquote"):
        assert after.tags[tag] == before.tags[tag], markdown(html)
    return True


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One.</p>\n\n<p>Two,\nstill  two.</p>", "One.\n\nTwo,\nstill  two."),
        ("<p>a <em>b</em> <strong>c</strong> <code>d</code> <s>e</s></p>", "a *b* **c** `d` ~~e~~"),
        ("<p><strong><em>both</em></strong></p>", "***both***"),
        ("<p>x<em> spaced </em>y</p>", "x *spaced* y"),
        ("<p>re<em>open</em>ed, <strong>“so”</strong>ciety</p>", "re*open*ed, <strong>“so”</strong>ciety"),
        ("<h2>Title <code>x</code></h2>", "## Title `x`"),
        ("<h1>In C #</h1>", "# In C \\#"),
        ("<p>a</p>\n<hr>\n<p>b</p>", "a\n\n---\n\nb"),
        ("<p>a<br>\nb<br><br>c</p>", "a  \nb  \n<br>c"),
        ("<p>x<sub>1</sub> <sup>2</sup> <kbd>Ctrl</kbd></p>", "x<sub>1</sub> <sup>2</sup> <kbd>Ctrl</kbd>"),
        ("<p><sub>\nsmall</sub></p>", "<sub>small</sub>"),
        ("<blockquote>\n  <p>a</p>\n  <p>b</p>\n</blockquote>", "> a\n>\n> b"),
    ],
)
def test_plain_things_look_as_people_write_them(html, expected):
    assert markdown(html) == expected
    shows_the_same(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n- b"),
        ("<ol>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ol>", "1. a\n\n2. b"),
        ('<ol start="9">\n<li>a</li>\n<li>b</li>\n</ol>', "9. a\n10. b"),
        (
            "<ul><li>a\n<ul><li>b\n<ol><li>c</li></ol></li></ul></li><li>d</li></ul>",
            "- a\n  - b\n    1. c\n- d",
        ),
        (
            "<ol><li><p>a</p><pre><code>x\n\ny\n</code></pre></li></ol>",
            "1. a\n\n   ```\n   x\n\n   y\n   ```",
        ),
        ("<ul><li>a</li></ul>\n<ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ul><li>a<blockquote><p>q</p></blockquote></li></ul>", "- a\n\n  > q"),
        ("<ul><li><hr></li></ul>", "- ___"),
        ("<ul><li></li><li>b</li></ul>", "-\n- b"),
    ],
)
def test_lists(html, expected):
    assert markdown(html) == expected
    shows_the_same(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<pre><code>if a &lt; b:\n    go()\n</code></pre>", "```\nif a < b:\n    go()\n```"),
        ('<pre class="lang-py prettyprint-override"><code>x\n</code></pre>', "```py\nx\n```"),
        ('<pre class="lang-none"><code>x</code></pre>', "```\nx\n```"),
        ("<pre><code>```\nx\n```\n</code></pre>", "````\n```\nx\n```\n````"),
        ("<pre><code>\n\n  x\n\n\n</code></pre>", "```\n\n  x\n\n\n```"),
        ("<pre>a <b>bold</b>\n\nline</pre>", "<pre>a <b>bold</b>\n\nline</pre>"),
        ("<p><code>a`b</code> <code>`</code><code>c</code></p>", "``a`b`` `` ` ``<code>c</code>"),
        ("<p><code>a<sub>1</sub></code></p>", "<code>a<sub>1</sub></code>"),
    ],
)
def test_code(html, expected):
    assert markdown(html) == expected
    shows_the_same(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="https://a.org/b_c" rel="nofollow">x_y</a>', "[x_y](https://a.org/b_c)"),
        ('<a href="https://a.org/(b)" title="It&quot;s">x</a>', '[x](https://a.org/(b) "It\\"s")'),
        ('<a href="https://a.org/b)">x</a>', "[x](https://a.org/b\\))"),
        ('<a href="https://a.org/?a=1&amp;copy;">[1]</a>', "[\\[1\\]](https://a.org/?a=1\\&copy;)"),
        ('Wow!<a href="https://a.org">x</a>', "Wow\\![x](https://a.org)"),
        (
            '<a href="https://a.org"><img src="https://i.org/i.png" alt="A *b*"></a>',
            "[![A \\*b\\*](https://i.org/i.png)](https://a.org)",
        ),
        ("<a>no address</a>", "no address"),
    ],
)
def test_links_and_pictures(html, expected):
    assert markdown(f"<p>{html}</p>") == expected
    shows_the_same(f"<p>{html}</p>")


def test_relative_links_lead_to_the_site_they_came_from():
    html = '<p><a href="/q/1">a</a> <a href="//b.org/c">b</a> <a href="#x">c</a> <a href="mailto:d@e.org">d</a></p>'
    assert markdown(html, "https://s.org/") == (
        "[a](https://s.org/q/1) [b](https://b.org/c) [c](#x) [d](mailto:d@e.org)"
    )


def test_tables():
    html = (
        '<div class="s-table-container"><table class="s-table">\n<thead>\n<tr>\n<th>a</th>\n'
        '<th style="text-align: right;">b | c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code>x|y</code></td>\n'
        "<td>1<br>2</td>\n</tr>\n<tr><td></td><td>$|z|$</td></tr></tbody>\n</table></div>"
    )
    assert markdown(html) == ("| a | b \\| c |\n| --- | --: |\n| `x\\|y` | 1<br>2 |\n|  | $\\|z\\|$ |")
    assert markdown_html(markdown(html)).count("<td") == 4


@pytest.mark.parametrize(
    "text",
    [
        "* not a list", "- not a list", "+ not", "1. not", "12) not", "# not", "#not", "> not", "===", "---", "***",
        "___", "~~~", "```", "| a | b |\n| - | - |", "a\n---", "a\n=", ":-:", "[a]: https://b.org", "[a](b)", "![a](b)",
        "[a][b]", "*a*", "**a**", "_a_", "__a__", "snake_case_name", "a*b*c", "2 * 3 * 4", "`a`", "<b>a</b>",
        "a < b > c", "<https://a.org>", "&amp; &copy; &#35;", "AT&T", "a\\b \\* \\\\", "ends with \\", "~~a~~", "~a~",
        "$5 and $10", "a_", "_b", "* *", "C# # #", "https://a.org/b_c_d?e=*f*", "<!-- a -->", "{% a %}",
        "$HOME/bin:$PATH",
    ],
)  # fmt: skip
def test_text_that_looks_like_markdown_stays_text(text):
    for html in (
        f"<p>{escape(text)}</p>",
        f"<ul><li>{escape(text)}</li></ul>",
        f"<blockquote><p>{escape(text)}</p></blockquote>",
    ):
        rendered = markdown_html(markdown(html))
        assert _Shape(rendered).text == "".join(text.split())
        assert set(_Shape(rendered).tags) <= {"p", "ul", "li", "blockquote"}


@pytest.mark.parametrize(
    "text", ["snake_case_name", "AT&T", "a < b", "quantum-based (1) [2] {3}", "1.5 + 2", "It's “so”!"]
)
def test_no_backslash_where_none_is_needed(text):
    assert markdown(f"<p>{escape(text, quote=False)}</p>") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$a_1 * b_2 * c$", "$a_1 * b_2 * c$"),
        ("$$\n\\left| \\psi \\right> = \\alpha\n- 1\n$$", "$$\n\\left| \\psi \\right> = \\alpha - 1\n$$"),
        ("so $ x^2 $ is", "so $x^2$ is"),
        ("the $n$th and $x$-axis", "the $n$th and $x$-axis"),
        ("costs $5 and more than $10", "costs \\$5 and more than \\$10"),
        ("$foo,$bar", "\\$foo,\\$bar"),
        ("only $5", "only $5"),
    ],
)
def test_mathematics_keeps_its_signs_and_money_is_no_mathematics(text, expected):
    assert markdown(f"<p>{escape(text, quote=False)}</p>") == expected


def test_mathematics_that_the_dump_marks():
    marked = '<span class="math-container">{}</span>'.format
    html = f"<p>The {marked('$a_b$')} costs $5 or $6 and {marked('$$c$$')}</p>"
    assert markdown(html) == "The $a_b$ costs \\$5 or \\$6 and $$c$$"


@pytest.mark.parametrize(
    "html",
    [
        "", "  \n ", "plain & simple", "<p>open <em>never <strong>closed", "</p></ul></li>", "<li>alone</li>",
        "<td>x</td>", "<ul><li>a<li>b</ul>", "<p>a<p>b", "<div><font color=red>x</font></div>", "<!-- c --><p>a</p>",
        "<p>a <!-- b --> c</p>", "<dl><dt>a</dt>\n\n<dd>b</dd></dl>", "<pre>never closed", "<table></table>",
        "<a href='x'>a<a href='y'>b</a></a>", '<iframe src="https://v.org/1"></iframe>',
        "<ol start='x'><li>a</li></ol>", "<<p>a>b</p>",
    ],
)  # fmt: skip
def test_html_that_no_dump_has_does_no_harm(html):
    markdown_html(markdown(html))


@pytest.mark.parametrize("tag", ["blockquote", "ul><li", "ol><li", "em", "sub", "div"])
def test_deep_nesting_takes_no_time(tag):
    html = f"<{tag}>" * 20_000 + "x" + "".join(f"</{part}>" for part in reversed(tag.split("><"))) * 20_000
    assert len(markdown(html)) < 2_000_000
    assert MAX_DEPTH < 100


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 70_000, "<!--" * 50_000, '<a "' * 50_000, "<p " + "a" * 200_000 + ">", "<br>" * 50_000, "<td>" * 50_000,
        "<p>a" + " " * 200_000 + "b<br>c<em>d</em>", "<p>a<em>b" + " \n" * 100_000 + "c</em><sub>d</sub>",
        "<p>$a" + "\n \n" * 60_000 + "b$ $", "<p>|" + "-" * 200_000 + "x", "<p>" + "- " * 100_000 + "x",
        "<p>" + "$" * 200_000, "<p>" + "$a" * 100_000, "<p>" + "\\$" * 100_000, "<p>" + "`" * 200_000,
        "<em>a</em>" * 30_000, "<em>a<strong>b</strong></em>" * 15_000, "<code>`a``</code>" * 20_000, "</p>" * 50_000,
        "<p>" + "![" * 100_000, "<pre>" * 50_000, "<dl>" * 50_000, "&amp;" * 50_000,
    ],
)  # fmt: skip
def test_nothing_made_to_be_slow_grows_far_beyond_its_length(html):
    assert len(markdown(html)) < 5 * len(html)


WORDS = [
    "a",
    "x_y",
    "*",
    "**",
    "`",
    "#",
    "-",
    "1.",
    ">",
    "<b>",
    "&lt;",
    "[l](u)",
    "![",
    "\\",
    "|",
    "~~",
    "===",
    "---",
]
texts = (
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)
    .map(" ".join)
    .map(lambda text: escape(text, quote=False))
)
codes = texts.map("<code>{}</code>".format)
inlines = st.recursive(
    texts | codes,
    lambda inside: (
        st.lists(inside, min_size=1, max_size=3).map(" ".join)
        | st.sampled_from(["em", "strong", "s", "sub"]).flatmap(
            lambda tag: inside.map(f"<{tag}>{{}}</{tag}>".format)
        )
    ),
    max_leaves=5,
)
linked = st.tuples(inlines, inlines).map('{0[0]} <a href="https://a.org/b_(c)">{0[1]}</a>'.format)
paragraphs = (inlines | linked).map("<p>{}</p>".format)
blocks = st.recursive(
    paragraphs | texts.map("<pre><code>{}\n</code></pre>".format) | inlines.map("<h2>{}</h2>".format) | st.just("<hr>"),
    lambda inside: st.lists(inside, min_size=1, max_size=3).map("\n".join).flatmap(
        lambda html: st.sampled_from(["blockquote>", "ul><li>", "ol><li>"]).map(
            lambda tag: f"<{tag}{html}</{'></'.join(reversed(tag[:-1].split('><')))}>"
        )
    ),
    max_leaves=5,
)  # fmt: skip


@given(st.lists(blocks, min_size=1, max_size=3).map("\n\n".join))
@settings(max_examples=300)
def test_any_body_shows_the_same(html):
    assert shows_the_same(html)
