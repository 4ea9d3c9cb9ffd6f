"""From what people type in comments to HTML that is safe to show. Pure functions; the only way there.

The cleaner (nh3) has the last word on every tag and attribute. What it returns is well-formed, and is then put into
paragraphs by `_Writer`, which writes nothing but those tags, <p> and <br>.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import escape, unescape

import nh3

from answers.web_addresses import host_in, hosts_named_in, link_address, web_address
from questions.markdown import LINK_REL, SCHEMES, without_controls

__all__ = ["COMMENT_TAGS", "comment_html", "tags_said", "web_address"]

# As on a well-run blog. The form tells people this very list.
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

# How many tags are taken, those that end something among them: cleaning takes time in proportion to their number
# squared. <p> and <br> are not counted.
MAX_TAGS = 250
_MAX_TITLE = 300


def comment_html(text: str) -> str:
    """Return the HTML of a comment: the tags of COMMENT_TAGS, with line breaks as paragraphs and breaks.

    Unknown tags go and their text stays, script and style go with theirs, tags left open are closed. Of addresses,
    whole ones stay whose scheme is http, https or mailto, with the host as it is looked up; where the words of a link
    look like another address than its own, its host stands behind it. A text with more than MAX_TAGS tags is shown as
    typed. What is returned comes out unchanged when it is given in again.
    """
    text = _BREAKS.sub(lambda found: "\n" if found[1] else "\n\n", _readable(text))
    if sum(1 for _ in _TAG.finditer(text)) <= MAX_TAGS:
        with suppress(_TooManyTags):
            # What could not be read in the text may stand in it as an entity, which is none any more by now.
            return _Writer().written(_readable(_CLEANER.clean(text)))
    return _Writer().written(escape(text, quote=False))


def tags_said() -> list[str]:
    """The list as people are told it: `<a href="" title="">`."""
    return [
        "<" + " ".join([tag, *(f'{name}=""' for name in sorted(attributes))]) + ">"
        for tag, attributes in COMMENT_TAGS.items()
    ]


def _readable(text: str) -> str:
    """The text without what shows nothing, turns the line around, or is no character at all."""
    return _UNREADABLE.sub("", without_controls(text.encode("utf-8", "ignore").decode("utf-8")))


# More control characters; overrides, embeddings and isolates of direction (the marks U+200E and U+200F turn nothing
# else around); and what Unicode keeps from being characters.
_UNREADABLE = re.compile(
    "[\x80-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
# The only tags beside the list that mean something here, as people type them and as they are written below.
_BREAKS = re.compile(r"<(?:(b)r|/?p)\s?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z]")


class _TooManyTags(Exception):
    """Tags that stand open over paragraphs are written anew in each; they have become more than MAX_TAGS."""


def _sane_value(tag: str, attribute: str, value: str) -> str | None:
    value = _readable(value)
    match attribute:
        case "href":
            return link_address(value) or None
        case "cite":
            return web_address(value) or None
        case "datetime":
            return value if _DATE.fullmatch(value) else None
        case "title":
            return " ".join(value.split())[:_MAX_TITLE] or None
    return value


_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}(-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?"
)

# Made once: putting the lists together takes longer than cleaning a comment.
_CLEANER = nh3.Cleaner(
    tags=set(COMMENT_TAGS),
    attributes={tag: attributes for tag, attributes in COMMENT_TAGS.items() if attributes},
    attribute_filter=_sane_value,
    url_schemes=SCHEMES,
    link_rel=LINK_REL,
)

# What the cleaner returns, in pieces: a tag with its attributes, or text, in which every angle bracket is escaped.
_PIECES = re.compile(r"<(?P<end>/?)(?P<tag>[a-z]+)(?P<attributes>(?: [a-z]+=\"[^\"]*\")*)>|(?P<text>[^<]+)")
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


class _Writer:
    """Writes cleaned HTML in paragraphs. Tags are written when there is text for them, so that none is empty.

    `open` are the tags that stand open in what was read, `written_open` those in what was written since the paragraph
    began; quotations are blocks, stand outside paragraphs and have their own.
    """

    def __init__(self) -> None:
        self.html: list[str] = []
        self.open: list[tuple[str, str, int]] = []  # name, start tag, and a number that tells it from others
        self.written_open: list[tuple[str, str, int]] = []
        self.in_paragraph = False
        self.gap = ""
        self.in_link, self.link_host, self.link_words = (
            False,
            "",
            "",
        )  # where it leads, and what it says so far
        self.tags_written = 0

    def written(self, cleaned: str) -> str:
        pieces = list(_PIECES.finditer(cleaned))
        for place, piece in enumerate(pieces):
            if text := piece["text"]:
                self.text(text)
            elif piece["end"]:
                self.end(piece["tag"], cleaned[piece.end() : piece.end() + 300])
            else:
                self.start(piece["tag"], dict(_ATTRIBUTE.findall(piece["attributes"])), place)
        self.end_paragraph()
        return "".join(self.html)

    def text(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number and self.gap.count("\n") < 2:
                self.gap += "\n"
            words = line.strip(" \t")
            if words:
                self.gap += line[: line.index(words[0])]
                self.write(words)
                self.gap = line[len(line.rstrip(" \t")) :]
            elif self.gap.count("\n") < 2:
                self.gap += line

    def write(self, words: str) -> None:
        """Write words where they stand: in a new paragraph, on a new line or after a space."""
        if self.gap.count("\n") > 1:
            self.end_paragraph()
        if not self.in_paragraph:
            self.html.append("<p>")
            self.in_paragraph, self.written_open, self.gap = True, [], ""
        gap = "<br>" if "\n" in self.gap else self.gap
        if self.open or self.written_open:
            self.html += self.open_what_is_open(gap)
        elif gap:
            self.html.append(gap)
        if self.in_link:
            self.link_words += (" " if self.gap else "") + words
        self.gap = ""
        self.html.append(words)

    def open_what_is_open(self, gap: str) -> list[str]:
        """End the tags that were ended in what was read, and return the gap and the tags that were begun."""
        wanted = [tag for tag in self.open if tag[0] != "blockquote"]
        shared = 0
        while self.written_open[shared : shared + 1] == wanted[shared : shared + 1] != []:
            shared += 1
        self.close_down_to(shared)
        self.count_tags(len(wanted) - shared)
        self.written_open = wanted
        return [gap, *(start for _, start, _ in wanted[shared:])]

    def start(self, tag: str, attributes: dict[str, str], number: int) -> None:
        # In one order, for the cleaner puts what it adds behind what was there.
        said = "".join(f' {name}="{value}"' for name, value in sorted(attributes.items()))
        start = f"<{tag}{said}>"
        if tag == "blockquote":
            self.end_paragraph()
            self.count_tags(1)
            self.html.append(start)
        elif tag == "a":
            self.end_link()
            self.in_link, self.link_words = True, ""
            self.link_host = host_in(unescape(attributes.get("href", "")))
        self.open.append((tag, start, number))

    def end(self, tag: str, following: str) -> None:
        if tag == "a":
            self.end_link(following)
            return
        if tag == "blockquote":
            self.end_paragraph()
            self.html.append("</blockquote>")
        self.open.pop()

    def end_link(self, following: str = "") -> None:
        """End the open link, if there is one; no link goes on in another paragraph."""
        if not self.in_link:
            return
        place = max(place for place, tag in enumerate(self.open) if tag[0] == "a")
        outside, inside = self.open[:place], self.open[place + 1 :]
        self.in_link, self.open = False, outside
        host, words, self.link_words = self.link_host, self.link_words, ""
        is_said = following.startswith(f" ({host})")
        if self.in_paragraph and host and not is_said and _looks_like_another(host, words):
            after, self.gap = self.gap, " "
            self.write(f"({host})")
            self.gap = after
        self.open = outside + inside

    def count_tags(self, more: int) -> None:
        """Note that so many more tags are written, each of which is ended again."""
        self.tags_written += 2 * more
        if self.tags_written > MAX_TAGS:
            raise _TooManyTags

    def end_paragraph(self) -> None:
        if self.in_paragraph:
            if self.link_words:
                self.end_link()
            self.close_down_to(0)
            self.html.append("</p>")
        self.in_paragraph, self.gap = False, ""

    def close_down_to(self, length: int) -> None:
        self.html += [f"</{name}>" for name, _, _ in reversed(self.written_open[length:])]
        del self.written_open[length:]


def _looks_like_another(host: str, words: str) -> bool:
    """Whether the words of a link name a host, and not the one that it leads to."""
    for named in hosts_named_in(unescape(words)):
        if "xn--" in host or (named != host and not host.endswith(f".{named}")):
            return True
    return False
