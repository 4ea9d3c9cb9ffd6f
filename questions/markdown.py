"""From Markdown as people type it to HTML that is safe to show, and to plain text. Pure functions.

`markdown_html` is the only way from a person's Markdown to a page; nothing else marks it as safe.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

import nh3
import pyromark

SCHEMES = {"http", "https", "mailto"}
LINK_REL = "nofollow ugc noopener"

# What Markdown produces, and the few tags that people write inside it by hand.
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "ol": {"start"},
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

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_MATH
)


def markdown_html(text: str) -> str:
    """Return the HTML of a text in Markdown (CommonMark with tables, strikethrough and $mathematics$).

    HTML written inside the Markdown is kept as far as it is on the list above. Pictures become links to
    them, so that a page fetches nothing from elsewhere. Headings start at the third level, below the
    page's own. A text that is nested deeper than MAX_DEPTH is shown as typed: cleaning takes time in proportion
    to length times depth, so the depth is bounded.
    """
    rendered = pyromark.html(without_controls(text), options=_OPTIONS)
    if _depth(rendered) > MAX_DEPTH:
        return f"<p>{escape(without_controls(text), quote=False)}</p>\n"
    return _CLEANER.clean(_align_by_class(_demote_headings(_pictures_to_links(rendered))))


def is_too_deep(text: str) -> bool:
    """Whether quotations, lists or emphasis in this Markdown stand more than MAX_DEPTH levels inside each other."""
    return _depth(pyromark.html(without_controls(text), options=_OPTIONS)) > MAX_DEPTH


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
    # One character is for the ellipsis. A single endless word is cut where the room ends.
    cut = text[: length - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:.–-") + "…"


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

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._depth += tag in self._aside
        self._break_at(tag)

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
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _pictures_to_links(rendered: str) -> str:
    """Turn <img> into a link with the picture's words. Only ever sees text that is cleaned afterwards."""

    def link(match: re.Match[str]) -> str:
        attributes = dict(re.findall(r'(src|alt)="([^"]*)"', match.group(0)))
        words = attributes.get("alt") or "picture"
        return f'<a href="{attributes.get("src", "")}">{words}</a>'

    # Up to the next angle bracket only, or many unfinished ones would each be read to the end of the text.
    return re.sub(r"<img\b[^<>]*>", link, rendered)


def _demote_headings(rendered: str) -> str:
    return re.sub(
        r"<(/?)h([1-6])(?=[ >])", lambda m: f"<{m[1]}h{min(6, int(m[2]) + 2)}", rendered, flags=re.IGNORECASE
    )


def _align_by_class(rendered: str) -> str:
    """Say the alignment of table cells by class, for the site's Content-Security-Policy allows no styles."""
    return re.sub(r'(<t[hd]) style="text-align: (left|center|right)"', r'\1 class="\2"', rendered)


def _known_classes_only(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "class":
        return value
    known = {"code": r"language-[\w+#.-]{1,30}", "span": r"math math-(inline|display)"}.get(
        tag, "left|center|right"
    )
    return value if re.fullmatch(known, value) else None


# Made once: putting the lists together takes as long as cleaning a short text.
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_known_classes_only,
    url_schemes=SCHEMES,
    link_rel=LINK_REL,
)
