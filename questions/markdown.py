"""From Markdown as people type it to HTML that is safe to show, and to plain text. Pure functions.

`markdown_html` is the only way from a person's Markdown to a page; nothing else marks it as safe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser

import nh3
import pyromark

from questions import footnotes, highlighting

SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow ugc noopener"

# What Markdown produces, and the few tags that people write inside it by hand.
_ATTRIBUTES = {
    "a": {"href", "title", "id", "aria-label"},
    "abbr": {"title"},
    "code": {"class"},
    "li": {"id"},
    "ol": {"start", "class", "aria-label"},
    "span": {"class"},
    "td": {"class"},
    "th": {"class"},
}
_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "del",
    "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "sub", "sup", "kbd", "abbr", "span",
    "b", "i", "s", "dl", "dt", "dd",
}  # fmt: skip

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

MAX_DEPTH = 100

# A few signs of Markdown can stand for much HTML, such as the empty cells of a table. Of the posts of a public dump,
# none comes to an eighth of this.
MAX_GROWTH = 10
ALWAYS_ALLOWED = 30_000

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_FOOTNOTES
)


class Trouble(StrEnum):
    """Why a text is shown as typed rather than rendered."""

    TOO_DEEP = "too deep"
    TOO_LARGE = "too large"


def markdown_html(text: str, *, pictures: bool = False) -> str:
    """Return the HTML of a text in Markdown: CommonMark with tables, footnotes, strikethrough and $mathematics$.

    HTML written inside the Markdown is kept as far as it is on the list above. Code in a fence that names its
    language is highlighted. Headings start at the third level, below the page's own. Pictures become links to
    them, so that a page fetches nothing from elsewhere, unless `pictures` says that they are to be shown. A text
    that would be in trouble (see `trouble_with`) is shown as typed.
    """
    return _rendered(text, pictures).html


def trouble_with(text: str) -> Trouble | None:
    """Why this Markdown is not rendered but shown as typed; None for nearly every text.

    Cleaning takes time in proportion to length times depth, so not more than MAX_DEPTH quotations, lists or signs
    of emphasis may stand inside each other. And the HTML may have ALWAYS_ALLOWED characters and MAX_GROWTH times
    those of the text.
    """
    return _rendered(text, False).trouble


@dataclass(frozen=True, slots=True)
class _Rendered:
    html: str
    trouble: Trouble | None = None


# A form looks at the trouble and at the words, and then the text is saved: it is rendered once for all of these.
@lru_cache(maxsize=4)
def _rendered(text: str, pictures: bool) -> _Rendered:
    text = without_controls(text)
    most = ALWAYS_ALLOWED + MAX_GROWTH * len(text)
    html = pyromark.html(text, options=_OPTIONS)
    # Before anything reads it all. What becomes shorter below, the alignment of cells, is less than half of it.
    if len(html) > 2 * most:
        return _Rendered(_as_typed(text), Trouble.TOO_LARGE)
    if _depth(html) > MAX_DEPTH:
        return _Rendered(_as_typed(text), Trouble.TOO_DEEP)
    html = _align_by_class(html)
    if len(html) > most:
        return _Rendered(_as_typed(text), Trouble.TOO_LARGE)
    if has_notes := footnotes.has_footnotes(html):
        html = footnotes.with_footnotes(html)
    html = _CLEANERS[pictures].clean(_highlight(_demote_headings(_pictures_to_links(html, pictures))))
    # Written as &#1;, they come out of the cleaner as what they stand for.
    html = CONTROLS.sub("", html)
    if has_notes:
        html = footnotes.settled(html, text)
    # Cleaning closes what was left open, which is another way to grow.
    return _Rendered(html) if len(html) <= most else _Rendered(_as_typed(text), Trouble.TOO_LARGE)


def _as_typed(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>\n"


def _depth(rendered: str) -> int:
    """How deep the elements of the HTML are nested, where an end tag closes whichever element is open."""
    depth = deepest = 0
    for slash, name in re.findall(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)", rendered):
        if slash:
            depth = max(0, depth - 1)
        elif name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def plain_text(html_text: str) -> str:
    """Return all the text of HTML from `markdown_html`, on one line."""
    reader = _TextReader()
    reader.feed(html_text)
    return " ".join("".join(reader.text).split())


def lead(html_text: str, length: int = 170) -> str:
    """Return the first words of a text as plain text of at most `length` characters, cut at a word.

    Takes HTML from `markdown_html`. Code blocks, tables and quotations are passed over as long as there is
    anything else.
    """
    reader = _TextReader(aside={"pre", "table", "blockquote"}, enough=length * 2)
    # Read a piece at a time, and only as far as it takes.
    for start in range(0, len(html_text), 500):
        reader.feed(html_text[start : start + 500])
        if reader.has_enough:
            break
    text = " ".join("".join(reader.text).split()) or " ".join("".join(reader.text_aside).split())
    if len(text) <= length:
        return text
    # One character is for the ellipsis. An endless word is cut where the room ends: Chinese has hardly any spaces.
    cut = text[: length - 1]
    at = cut.rfind(" ", length // 2)
    return (cut[:at] if at > 0 else cut).rstrip(" ,;:.–-") + "…"


class _TextReader(HTMLParser):
    """Collects the text of HTML, what stands in the elements of `aside` apart, each until there is enough."""

    _BLOCKS = frozenset(["p", "li", "br", "tr", "td", "th", "pre", "h3", "h4", "h5", "h6", "dt", "dd"])

    def __init__(self, *, aside: frozenset[str] | set[str] = frozenset(), enough: int | None = None) -> None:
        super().__init__()
        self.text: list[str] = []
        self.text_aside: list[str] = []
        self._aside = aside
        self._room = {False: enough, True: enough}
        self._depth = 0

    @property
    def has_enough(self) -> bool:
        """Whether the rest of the HTML cannot add to `text`, nor make `text_aside` matter."""
        room = self._room[False]
        return room is not None and room <= 0 and any(not part.isspace() for part in self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag in self._aside
        self._break_at(tag)
        if tag == "img":
            self.handle_data(dict(attrs).get("alt") or "picture")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in self._aside
        self._break_at(tag)

    def handle_data(self, data: str) -> None:
        is_aside = self._depth > 0
        room = self._room[is_aside]
        if room is not None:
            if room <= 0:
                return
            self._room[is_aside] = room - len(data)
        (self.text_aside if is_aside else self.text).append(data)

    def _break_at(self, tag: str) -> None:
        if tag in self._BLOCKS:
            (self.text_aside if self._depth else self.text).append(" ")


def without_controls(text: str) -> str:
    """Return the text without control characters and with single line feeds for line ends."""
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# They do no good in any text, and no feed could be read in which one stood: XML has none, nor the last two.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def _pictures_to_links(rendered: str, pictures: bool) -> str:
    """Turn <img> into a link with the picture's words, or, if pictures are shown, those that cannot be.

    Only ever sees text that is cleaned afterwards.
    """

    def link(match: re.Match[str]) -> str:
        attributes = dict(re.findall(r'(src|alt)="([^"]*)"', match.group(0)))
        address = attributes.get("src", "")
        if pictures and _PICTURE_ADDRESS.match(address):
            return match.group(0)
        return f'<a href="{address}">{attributes.get("alt") or "picture"}</a>'

    # Up to the next angle bracket only, or many unfinished ones would each be read to the end of the text.
    return re.sub(r"<img\b[^<>]*>", link, rendered)


# A page that came over HTTPS shows no others.
_PICTURE_ADDRESS = re.compile("https://", re.IGNORECASE)


def _highlight(rendered: str) -> str:
    """Put spans into code that has a language. What was written as HTML, with tags inside, stays as it is."""
    if '<pre><code class="language-' not in rendered:
        return rendered
    budget = highlighting.Budget()

    def with_spans(match: re.Match[str]) -> str:
        code = highlighting.highlighted(unescape(match[2]), match[1], budget)
        return match[0] if code is None else f'<pre><code class="language-{match[1]}">{code}</code></pre>'

    return re.sub(r'<pre><code class="language-([\w+#.-]{1,30})">([^<]*)</code></pre>', with_spans, rendered)


def _demote_headings(rendered: str) -> str:
    return re.sub(
        r"<(/?)h([1-6])(?=[ >])", lambda m: f"<{m[1]}h{min(6, int(m[2]) + 2)}", rendered, flags=re.IGNORECASE
    )


def _align_by_class(rendered: str) -> str:
    """Say the alignment of table cells by class, for the site's Content-Security-Policy allows no styles."""
    return re.sub(r'(<t[hd]) style="text-align: (left|center|right)"', r'\1 class="\2"', rendered)


_KNOWN = {
    ("code", "class"): re.compile(r"language-[\w+#.-]{1,30}"),
    ("span", "class"): re.compile(rf"math math-(inline|display)|[{highlighting.CLASSES}]"),
    ("td", "class"): re.compile("left|center|right"),
    ("th", "class"): re.compile("left|center|right"),
    # Browsers take a link that begins with a space of a foreign kind for a relative one; older ones did not.
    ("a", "href"): re.compile(r"(?!\s).*", re.DOTALL),
    ("img", "src"): re.compile(r"https://.*", re.IGNORECASE | re.DOTALL),
    **footnotes.KNOWN,
}


def _known_values_only(tag: str, attribute: str, value: str) -> str | None:
    known = _KNOWN.get((tag, attribute))
    return value if known is None or known.fullmatch(value) else None


# Code and tables that are wider than the page scroll in it, and in some browsers keys scroll only what has the focus.
_SCROLLED_BY_KEYS = {"pre": {"tabindex": "0"}, "table": {"tabindex": "0"}}

# Made once: putting the lists together takes as long as cleaning a short text. The second one is for pictures.
_CLEANERS = [
    nh3.Cleaner(
        tags=tags,
        attributes=attributes,
        attribute_filter=_known_values_only,
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
        set_tag_attribute_values=_SCROLLED_BY_KEYS | ({"img": {"loading": "lazy"}} if "img" in tags else {}),
    )
    for tags, attributes in [
        (_TAGS, _ATTRIBUTES),
        (_TAGS | {"img"}, {**_ATTRIBUTES, "img": {"src", "alt", "title"}}),
    ]
]
