"""From what people type to HTML that is safe to show, and to plain text. Pure functions; the only way there.

Nothing else in the project marks the text of a person as safe.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import nh3
import pyromark

_SCHEMES = {"http", "https", "mailto"}
_LINK_REL = "nofollow ugc noopener"

# What Markdown produces, and the few tags that people write inside it by hand.
_MARKDOWN_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "ol": {"start"},
    "span": {"class"},
    "td": {"align"},
    "th": {"align"},
}
_MARKDOWN_TAGS = {
    "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em", "strong", "del",
    "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "sub", "sup", "kbd", "abbr", "span",
    "b", "i", "s", "dl", "dt", "dd",
}  # fmt: skip

# Comments: as on a well-run blog.
COMMENT_TAGS: dict[str, set[str]] = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "acronym": {"title"},
    "b": set(),
    "blockquote": {"cite"},
    "cite": set(),
    "code": set(),
    "del": {"datetime"},
    "em": set(),
    "i": set(),
    "q": {"cite"},
    "strike": set(),
    "strong": set(),
}

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
)


def markdown_html(text: str) -> str:
    """Return the HTML of a text in Markdown (CommonMark with tables, strikethrough and $mathematics$).

    HTML written inside the Markdown is kept as far as it is on the list above. Pictures become links to
    them, so that a page fetches nothing from elsewhere. Headings start at the third level, below the
    page's own. Takes time in proportion to the text, whatever is in it.
    """
    return nh3.clean(
        _demote_headings(_pictures_to_links(pyromark.html(_without_controls(text), options=_OPTIONS))),
        tags=_MARKDOWN_TAGS,
        attributes=_MARKDOWN_ATTRIBUTES,
        attribute_filter=_known_classes_only,
        url_schemes=_SCHEMES,
        link_rel=_LINK_REL,
    )


def comment_html(text: str) -> str:
    """Return the HTML of a comment: the tags of COMMENT_TAGS, with line breaks as paragraphs and breaks."""
    clean = nh3.clean(
        _without_controls(text),
        tags=set(COMMENT_TAGS),
        attributes={tag: attributes for tag, attributes in COMMENT_TAGS.items() if attributes},
        url_schemes=_SCHEMES,
        link_rel=_LINK_REL,
    )
    paragraphs = (part.strip().replace("\n", "<br>") for part in re.split(r"\n\s*\n", clean))
    # Cleaned once more, because an inline tag may stand open over the end of a paragraph.
    return nh3.clean(
        "".join(f"<p>{part}</p>" for part in paragraphs if part),
        tags={*COMMENT_TAGS, "p", "br"},
        attributes={tag: attributes for tag, attributes in COMMENT_TAGS.items() if attributes},
        url_schemes=_SCHEMES,
        link_rel=_LINK_REL,
    )


def lead(html_text: str, length: int = 170) -> str:
    """Return the first words of a text as plain text of at most `length` characters, cut at a word.

    Takes HTML from `markdown_html`. Code blocks, tables and quotations are passed over as long as there is
    anything else.
    """
    reader = _LeadReader(length)
    reader.feed(html_text)
    text = " ".join("".join(reader.prose).split()) or " ".join("".join(reader.rest).split())
    if len(text) <= length:
        return text
    # One character is for the ellipsis. A single endless word is cut where the room ends.
    cut = text[: length - 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut).rstrip(" ,;:.–-") + "…"


class _LeadReader(HTMLParser):
    """Collects text, prose apart from the rest, until there is enough of it for a lead."""

    _ASIDE = {"pre", "table", "blockquote"}

    def __init__(self, length: int) -> None:
        super().__init__()
        self.prose: list[str] = []
        self.rest: list[str] = []
        self._enough = length * 2
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._depth += tag in self._ASIDE
        self._break_at(tag)

    def handle_endtag(self, tag: str) -> None:
        self._depth -= tag in self._ASIDE
        self._break_at(tag)

    def handle_data(self, data: str) -> None:
        into = self.rest if self._depth else self.prose
        if sum(map(len, into)) < self._enough:
            into.append(data)

    def _break_at(self, tag: str) -> None:
        if tag in {"p", "li", "br", "tr", "td", "th", "pre", "h3", "h4", "h5", "h6", "dt", "dd"}:
            (self.rest if self._depth else self.prose).append(" ")


def _without_controls(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _pictures_to_links(rendered: str) -> str:
    """Turn <img> into a link with the picture's words. Only ever sees text that is cleaned afterwards."""

    def link(match: re.Match[str]) -> str:
        attributes = dict(re.findall(r'(src|alt)="([^"]*)"', match.group(0)))
        words = attributes.get("alt") or html.escape("picture")
        return f'<a href="{attributes.get("src", "")}">{words}</a>'

    return re.sub(r"<img\b[^>]*>", link, rendered)


def _demote_headings(rendered: str) -> str:
    return re.sub(
        r"<(/?)h([1-6])(?=[ >])", lambda m: f"<{m[1]}h{min(6, int(m[2]) + 2)}", rendered, flags=re.IGNORECASE
    )


def _known_classes_only(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "class":
        return value
    known = r"language-[\w+#.-]{1,30}" if tag == "code" else r"math math-(inline|display)"
    return value if re.fullmatch(known, value) else None
