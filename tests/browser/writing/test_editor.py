"""The editor in a real browser: toolbar, keys, and pasting from pages."""

import pytest
from playwright.sync_api import Page, expect

from answers.models import Answer
from tests.browser.writing.conftest import begin_writing, field, select, tool

pytestmark = pytest.mark.django_db(transaction=True)


# Toolbar and keys ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "chosen", "expected"),
    [
        ("Bold", "the moon does", "moon", "the **moon** does"),
        ("Bold", "the **moon** does", "moon", "the moon does"),
        ("Bold", "the **moon** does", "**moon**", "the moon does"),
        ("Bold", "the moon does", "moon ", "the **moon** does"),
        ("Bold", "one\n\ntwo", "one\n\ntwo", "**one**\n\n**two**"),
        ("Italic", "the **moon** does", "moon", "the ***moon*** does"),
        ("Italic", "the *moon* does", "moon", "the moon does"),
        ("Heading", "a\nmoon\nb", "oo", "a\n## moon\nb"),
        ("Heading", "## moon", "oo", "moon"),
        ("Link", "the moon", "moon", "the [moon](https://)"),
        ("Link", "see https://a.example/ now", "https://a.example/", "see [words](https://a.example/) now"),
        ("Quotation", "a\n\nb", "a\n\nb", "> a\n>\n> b"),
        ("Quotation", "> a\n>\n> b", "> a\n>\n> b", "a\n\nb"),
        ("Code", "call f now", "f", "call `f` now"),
        ("Code", "call `f` now", "f", "call f now"),
        ("Code", "a `b` c", "a `b` c", "``a `b` c``"),
        ("Code", "a\nb", "a\nb", "```\na\nb\n```"),
        ("Bulleted list", "a\nb", "a\nb", "- a\n- b"),
        ("Bulleted list", "- a\n- b", "- a\n- b", "a\nb"),
        ("Bulleted list", "1. a\n2. b", "1. a\n2. b", "- a\n- b"),
        ("Numbered list", "a\nb\nc", "a\nb", "1. a\n2. b\nc"),
        ("Table", "a", "a", "a\n\n| Heading | Heading |\n| --- | --- |\n| Cell | Cell |\n"),
    ],
)
def test_a_tool_changes_what_is_selected(answer_page, name, text, chosen, expected):
    field(answer_page).fill(text)
    select(answer_page, chosen)
    tool(answer_page, name).click()
    expect(field(answer_page)).to_have_value(expected)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("Control+b", "**moon**"),
        ("Control+i", "*moon*"),
        ("Control+k", "[moon](https://)"),
        ("Control+Shift+Digit7", "1. moon"),
        ("Control+Shift+Digit8", "- moon"),
    ],
)
def test_keys_do_what_the_tools_do(answer_page, keys, expected):
    field(answer_page).fill("moon")
    select(answer_page, "moon")
    answer_page.keyboard.press(keys)
    expect(field(answer_page)).to_have_value(expected)


def test_a_change_by_a_tool_is_undone_and_done_again_by_keys(answer_page):
    field(answer_page).press_sequentially("the moon")
    select(answer_page, "moon")
    answer_page.keyboard.press("Control+b")
    expect(field(answer_page)).to_have_value("the **moon**")
    answer_page.keyboard.press("Control+z")
    expect(field(answer_page)).to_have_value("the moon")
    answer_page.keyboard.press("Control+Shift+z")
    expect(field(answer_page)).to_have_value("the **moon**")


def test_a_new_line_goes_on_with_a_list_and_an_empty_item_ends_it(answer_page):
    field(answer_page).press_sequentially("1. a\nb\n\nc")
    expect(field(answer_page)).to_have_value("1. a\n2. b\nc")
    field(answer_page).fill("")
    field(answer_page).press_sequentially("> a\nb")
    expect(field(answer_page)).to_have_value("> a\n> b")
    field(answer_page).fill("")
    field(answer_page).press_sequentially("- [x] a\nb")
    expect(field(answer_page)).to_have_value("- [x] a\n- [ ] b")
    field(answer_page).fill("")
    field(answer_page).press_sequentially("```\n- a\nb")
    expect(field(answer_page)).to_have_value("```\n- a\nb")


def test_the_toolbar_is_one_stop_of_the_tab_key_and_arrows_move_in_it(answer_page):
    tool(answer_page, "Bold").focus()
    for key, name in [
        ("ArrowRight", "Italic"),
        ("End", "Table"),
        ("ArrowRight", "Bold"),
        ("ArrowLeft", "Table"),
    ]:
        answer_page.keyboard.press(key)
        expect(tool(answer_page, name)).to_be_focused()
    answer_page.keyboard.press("Tab")
    expect(field(answer_page)).to_be_focused()
    answer_page.keyboard.press("Tab")
    expect(field(answer_page)).not_to_be_focused()
    expect(answer_page.get_by_role("toolbar")).to_have_attribute("aria-controls", "id_text")


def test_control_and_enter_send_the_text(answer_page):
    field(answer_page).fill("Because of the moon.")
    field(answer_page).press("Control+Enter")
    answer_page.get_by_text("Thank you for your answer.").wait_for()
    assert Answer.objects.get().text == "Because of the moon."


def test_the_preview_shows_footnotes_and_highlighted_code(answer_page):
    field(answer_page).fill("Tides[^1].\n\n[^1]: Of the sea.\n\n```python\nif 1: pass\n```")
    answer_page.get_by_role("button", name="Preview").click()
    expect(answer_page.locator(".preview .footnotes")).to_contain_text("Of the sea.")
    expect(answer_page.locator(".preview .k", has_text="if")).to_be_visible()


def test_without_javascript_there_is_no_toolbar_and_the_form_works(open_page, question):
    page = open_page(question.get_absolute_url(), javascript=False)
    expect(page.get_by_role("toolbar")).to_have_count(0)
    field(page).fill("Because of the **moon**.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Thank you for your answer.").wait_for()


@pytest.mark.parametrize("path", ["/ask/", "page"])
def test_the_toolbar_fits_on_a_screen_of_360_pixels(open_page, question, path):
    page = open_page(question.get_absolute_url() if path == "page" else path, width=360)
    if path == "/ask/":
        page.get_by_text("Add details, tags or your name").click()
        page.get_by_label("Details").focus()
    else:
        begin_writing(page)
    tool(page, "Table").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# Pasting ---------------------------------------------------------------------------------------------------


def markdown(page: Page, html: str) -> str:
    """What paste.js makes of the HTML."""
    source = page.locator("#start").get_attribute("data-paste")
    return page.evaluate("async ([source, html]) => (await import(source)).markdown(html)", [source, html])


CASES = [
    ("plain <span class=x>words</span>", ""),
    ("<p>one</p><p>two <b>bold</b></p>", "one\n\ntwo **bold**"),
    ("<h2>Head</h2>text<h4><b>deep</b></h4>", "## Head\n\ntext\n\n#### deep"),
    ("<em>a</em> <i>b </i>c <del>d</del>", "*a* *b* c ~~d~~"),
    ("<b>a</b><b>b</b><b> </b>c", "**ab** c"),
    ("<strong><b>a</b></strong>", "**a**"),
    ('<a href="https://e.example/a(b)?c=d e">x</a>', "[x](https://e.example/a%28b%29?c=d%20e)"),
    ('<a href="https://e.example/">https://e.example/</a>', "<https://e.example/>"),
    ('<a href="javascript:alert(1)">x</a> <b>y</b>', "x **y**"),
    ('<a href="/here">x</a> <b>y</b>', "x **y**"),
    ('<h2>Head<a href="https://e.example/#head">¶</a></h2>', "## Head"),
    ("<ul><li>a<li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
    ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
    ("<ol start=3><li>a</li><li>b<ul><li>c</ul></ol>", "3. a\n4. b\n   - c"),
    ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"),
    ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
    ("<p>use <code>a`b</code> or <code>c</code></p>", "use ``a`b`` or `c`"),
    ('<pre><code class="language-py">if x:\n    y</code></pre>', "```py\nif x:\n    y\n```"),
    ('<div class="highlight-source-js"><pre>a<br>b</pre></div>', "```js\na\nb\n```"),
    ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
    (
        '<table><tr><th>a</th><th align=right>b|c</th></tr><tr><td>1<br>2</td><td></td></tr></table>',
        "| a | b\\|c |\n| --- | --: |\n| 1<br>2 |  |",
    ),
    ("<table><tr><td><p>only</p></td></tr></table>", "only"),
    ("<p>a<br>b<br><br>c <i>d</i></p>", "a\\\nb\n\nc *d*"),
    ("<hr>a", "---\n\na"),
    ("H<sub>2</sub>O <kbd>Ctrl</kbd>", "H<sub>2</sub>O <kbd>Ctrl</kbd>"),
    ('<b style="font-weight:normal"><p>a <span style="font-weight:700">b</span></p></b>', "a **b**"),
    ("<style>p{}</style><script>alert(1)</script><p onclick=x()>a <b>b</b></p>", "a **b**"),
    ('<img src="https://t.example/p.gif" width=1 height=1 alt=x><b>a</b>', "**a**"),
    ('<img src="https://t.example/p.gif" alt=""><b>a</b>', "**a**"),
    ('<img src="https://e.example/cat.png" alt="a cat">', "![a cat](https://e.example/cat.png)"),
    ("<p># no head</p><p>1. no list</p><p>- nor this <b>b</b></p>",
     "\\# no head\n\n1\\. no list\n\n\\- nor this **b**"),
    ("<p>2 * 3 *a* snake_case _b_ [x](y) &lt;b&gt; &amp;amp; <b>b</b></p>",
     "2 * 3 \\*a\\* snake_case \\_b\\_ [x\\](y) \\<b> \\&amp; **b**"),
    ("<p>a&nbsp;&nbsp; b\n c</p><hr>", "a b c\n\n---"),
    ("<dl><dt>a</dt><dd>b</dd></dl><hr>", "**a**\n\nb\n\n---"),
    ('<a href="https://e.example/"><h3>Head</h3><p>words</p></a>', "### Head\n\nwords"),
]  # fmt: skip


def test_html_becomes_clean_markdown(answer_page):
    made = [markdown(answer_page, html) for html, _ in CASES]
    assert made == [expected for _, expected in CASES]


LONG = [
    "<p>word <b>bold</b></p>" * 40_000,
    "<b>" + "[" * 1_000_000,
    "<b>" + "_ * $ " * 150_000,
    "<br>" * 250_000 + "<b>x",
    "<table><tr><td>a" + "<br>" * 250_000 + "x<td>b</table>",
    "<pre>x" + " " * 1_000_000 + "x</pre>",
    "<b>" + "<a " * 300_000,
    "<style>" * 100_000,
]


def test_html_of_any_depth_and_length_becomes_markdown(answer_page):
    deep = "<ul><li>" * 400 + "x" + "<div><b>" * 2_000 + "y"
    assert "x" in markdown(answer_page, deep)
    for long in LONG:
        assert len(markdown(answer_page, long)) <= 2 * len(long), long[:50]


def paste(page: Page, **data: str) -> None:
    """Paste into the field what a clipboard holds, by kind: html and plain."""
    field(page).evaluate(
        """(field, data) => {
            const clipboardData = new DataTransfer();
            for (const [kind, text] of Object.entries(data)) clipboardData.setData("text/" + kind, text);
            field.focus();
            const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
            // The browser itself pastes nothing for an event that a script made.
            if (field.dispatchEvent(event)) document.execCommand("insertText", false, data.plain);
        }""",
        data,
    )


def test_pasting_from_a_page_gives_markdown_that_can_be_undone(answer_page):
    field(answer_page).press_sequentially("See: ")
    paste(answer_page, html="<p>the <b>moon</b></p>", plain="the moon")
    expect(field(answer_page)).to_have_value("See: the **moon**")
    answer_page.keyboard.press("Control+z")
    expect(field(answer_page)).to_have_value("See: ")


def test_pasting_plain_text_or_into_code_keeps_it_as_it_is(answer_page):
    paste(answer_page, plain="<b>x</b> *y*")
    expect(field(answer_page)).to_have_value("<b>x</b> *y*")
    field(answer_page).fill("```\n")
    paste(answer_page, html="<b>x</b>", plain="x")
    expect(field(answer_page)).to_have_value("```\nx")


def test_pasting_an_address_over_words_links_them(answer_page):
    field(answer_page).fill("the moon")
    select(answer_page, "moon")
    paste(answer_page, plain="https://e.example/")
    expect(field(answer_page)).to_have_value("the [moon](https://e.example/)")
