"""Code in a fence that names its language."""

import re
from html import unescape

import pytest

from questions import highlighting
from questions.highlighting import LANGUAGES, MAX_LENGTH, Budget, highlighted
from questions.markdown import markdown_html

SAMPLE = 'def f(x):\n    # a < b\n    return "é & 1" + 2\n\n\tclass A { int b; } /* c */\n'


def test_code_is_marked_by_kind():
    html = markdown_html("```python\ndef f():\n    return 'a' # b\n```")
    assert html == (
        '<pre tabindex="0"><code class="language-python"><span class="k">def</span> <span class="f">f</span>():\n'
        '    <span class="k">return</span> <span class="s">\'a\'</span> <span class="c"># b</span>\n</code></pre>\n'
    )


@pytest.mark.parametrize("name", LANGUAGES)
def test_no_language_changes_a_sign_of_the_code(name):
    html = highlighted(SAMPLE, name, Budget())
    assert unescape(re.sub("<[^>]*>", "", html)) == SAMPLE
    assert set(re.findall("<[^>]*>", html)) <= {f'<span class="{c}">' for c in highlighting.CLASSES} | {
        "</span>"
    }


def test_some_forty_languages_are_known():
    assert len(set(LANGUAGES.values())) >= 40


@pytest.mark.parametrize("info", ["nolang", "", "python2000", 'py"><script>'])
def test_code_in_an_unknown_language_is_plain(info):
    assert "<span" not in markdown_html(f"```{info}\nif 1: pass\n```")


def test_code_in_no_fence_is_plain():
    assert "<span" not in markdown_html("    if 1: pass\n")


def test_what_follows_the_language_in_the_fence_does_not_matter():
    assert '<span class="k">if</span>' in markdown_html("```Python title=x\nif 1: pass\n```")


def test_long_code_is_plain():
    assert "<span" in markdown_html("```c\n" + "int a;\n" * 1_000 + "```")
    assert "<span" not in markdown_html("```c\n" + "int a;\n" * (MAX_LENGTH // 7 + 1) + "```")


def test_many_blocks_share_one_bound():
    block = "```c\n" + "int a;\n" * 700 + "```\n\n"
    assert markdown_html(block * 3).count("<span") == 2 * 700


def test_code_that_takes_too_long_is_plain(monkeypatch):
    monkeypatch.setattr(highlighting, "MAX_SECONDS", 0.0)
    assert "<span" not in markdown_html("```c\nint slow;\n```")


def test_code_written_as_html_keeps_its_tags():
    html = markdown_html('<pre><code class="language-python">if <b>x</b></code></pre>')
    assert html == '<pre tabindex="0"><code class="language-python">if <b>x</b></code></pre>'


@pytest.mark.parametrize("name", sorted(set(LANGUAGES.values()) & set(LANGUAGES)))
def test_an_unfinished_string_of_backslashes_comes_back_whole_or_plain(name):
    # In some lexers this takes longer than anybody waits, even for 50 of them; those are not on the list.
    code = '"' + "\\" * (MAX_LENGTH - 10)
    html = highlighted(code, name, Budget())
    assert html is None or unescape(re.sub("<[^>]*>", "", html)) == code
