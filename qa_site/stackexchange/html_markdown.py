"""From the HTML of a Stack Exchange body to Markdown that people can go on editing. Pure functions.

Written for what Stack Exchange publishes: the output of its own Markdown renderer, sanitised, so tags are
few and balanced. Anything else loses its tags and keeps its words.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from qa_site.stackexchange import inline_markdown as inline

# Deeper lists and quotations are taken flat: each level writes all its lines again.
MAX_DEPTH = 40

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>")
_ATTRIBUTE = re.compile(r"(?<![a-zA-Z-])([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LANGUAGE = re.compile(r"\blang(?:uage)?-([\w+#.-]{1,30})")
_ALIGNED = re.compile(r"text-align:\s*(left|center|right)|align=\"?(left|center|right)")
_RULES = {"left": ":--", "center": ":-:", "right": "--:"}


def markdown(html: str, base: str = "") -> str:
    """Return Markdown that `markup.markdown_html` turns back into the same text and structure.

    `base` is the address that relative links start from, as "https://stats.stackexchange.com/". The HTML must be
    without control characters, as XML is. Takes time in proportion to its length.
    """
    return _Writer(html, base).written()


class _Container:
    """A body, quotation, list, list item or table that is being written: its finished blocks, by kind."""

    __slots__ = ("blocks", "kind", "loose", "row", "rules", "start")

    def __init__(self, kind: str, start: int = 1) -> None:
        self.kind = kind
        self.start = start
        self.loose = False
        self.blocks: list[tuple[str, str]] = []
        self.row: list[str] = []
        self.rules: list[str] = []


class _Writer:
    def __init__(self, html: str, base: str) -> None:
        self.tokens = _TAG.split(_without_comments(html.replace("\r", "")))
        self.base = base
        self.at = 0
        self.stack = [_Container("body")]
        self.line: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.text = inline.TextEscaper(html)
        self.in_math = False
        self.is_in_cell = False

    def written(self) -> str:
        tokens, count = self.tokens, len(self.tokens)
        while self.at < count:
            text = tokens[self.at]
            if text and (self.line or not text.isspace()):
                self._write_text(text)
            self.at += 1
            if self.at < count:
                slash, name, attributes = tokens[self.at : self.at + 3]
                self.at += 3
                if handler := _HANDLERS.get(name) or _HANDLERS.get(name.lower()):
                    handler(self, name.lower(), bool(slash), attributes)
        while len(self.stack) > 1:
            self._close()
        self._flush()
        return _joined(self.stack[0].blocks)

    # Paragraphs

    def _write_text(self, text: str) -> None:
        if "&" in text:
            text = unescape(text)
        if self.in_math:
            self.line.append(inline.marked_math(text))
        else:
            self.line.append(self.text.escaped(text, in_link=bool(self.links)))

    def _flush(self, kind: str = "p", before: str = "") -> None:
        """End the paragraph (or heading, after `before`) being written and keep it as a block."""
        if not self.line:
            return
        if self.links or self.open:
            self.line.extend(f"]({target})" for target in reversed(self.links) if target)
            self.links = []
            self.line.extend(inline.CLOSERS[name] for name in reversed(self.open))
        text = inline.paragraph("".join(self.line), one_line=bool(before))
        self.line = [inline.OPENERS[name] for name in self.open]
        if text:
            self.stack[-1].blocks.append((kind, before + text))

    def paragraph(self, name: str, is_end: bool, attributes: str) -> None:
        if self.is_in_cell:
            self.line.append(" ")
            return
        self._flush()
        if not is_end and name == "p" and self.stack[-1].kind == "li":
            self.stack[-1].loose = True

    def heading(self, name: str, is_end: bool, attributes: str) -> None:
        if is_end and not self.is_in_cell:
            self._flush("h", "#" * int(name[1]) + " ")
        else:
            self.paragraph(name, is_end, attributes)

    def rule(self, name: str, is_end: bool, attributes: str) -> None:
        if not self.is_in_cell:
            self._flush()
            # "- ---" would be a rule without the list item around it.
            self.stack[-1].blocks.append(("hr", "___" if self.stack[-1].kind == "li" else "---"))

    def line_break(self, name: str, is_end: bool, attributes: str) -> None:
        if self.line:
            self.line.append(inline.BREAK)

    # Inside a paragraph

    def emphasis(self, name: str, is_end: bool, attributes: str) -> None:
        name = inline.NAMES[name]
        if not is_end:
            # Doubled emphasis would be read as strong emphasis.
            self.line.append(inline.OPENERS[name] if name not in self.open else "")
            self.open.append(name)
        elif name in self.open:
            at = len(self.open) - 1 - self.open[::-1].index(name)
            del self.open[at]
            self.line.append(inline.CLOSERS[name] if name not in self.open else "")

    def code(self, name: str, is_end: bool, attributes: str) -> None:
        if is_end:
            self.line.append("</code>")
            return
        end = self.at + 1
        if self.tokens[end + 1 : end + 2] == ["code"] and self.tokens[end] and not self._is_after_code():
            self.line.append(inline.code_span(unescape(self.tokens[self.at])))
            self.at = end + 3
        else:
            # Something is emphasised or linked in it, or its backticks would join those of the code before it.
            self.line.append("<code>")

    def _is_after_code(self) -> bool:
        # A text that begins with a backtick has a backslash before it.
        before = next((part for part in reversed(self.line) if part), "")
        return before.startswith("`") and before.endswith("`")

    def html_tag(self, name: str, is_end: bool, attributes: str) -> None:
        # A tag alone on the first line of a paragraph would start a block of HTML.
        if is_end:
            self.line.append(f"{inline.GLUE_BEFORE}</{name}>")
        else:
            self.line.append(f"<{name}>{inline.GLUE_AFTER}")

    def link(self, name: str, is_end: bool, attributes: str) -> None:
        if is_end:
            if self.links and (target := self.links.pop()):
                self.line.append(f"]({target})")
            return
        found = _attributes(attributes)
        href = found.get("href", "").strip()
        if not href or self.links:
            self.links.append("")
            return
        while self.line and not self.line[-1]:
            self.line.pop()
        if self.line:
            self.line[-1] = inline.not_a_picture(self.line[-1])
        self.line.append("[")
        self.links.append(inline.target(self._absolute(href), found.get("title", "")))

    def picture(self, name: str, is_end: bool, attributes: str) -> None:
        found = _attributes(attributes)
        if source := found.get("src", "").strip():
            words = self.text.escaped(" ".join(found.get("alt", "").split()), in_link=True)
            self.line.append(f"![{words}]({inline.target(self._absolute(source), found.get('title', ''))})")

    def frame(self, name: str, is_end: bool, attributes: str) -> None:
        if (source := _attributes(attributes).get("src", "")) and not is_end:
            self.line.append(
                f"[{self.text.escaped(source, in_link=True)}]({inline.target(self._absolute(source))})"
            )

    def span(self, name: str, is_end: bool, attributes: str) -> None:
        self.in_math = not is_end and "math-container" in attributes

    def _absolute(self, address: str) -> str:
        return urljoin(self.base, address) if self.base and address[0] in "/?." else address

    # Blocks

    def code_block(self, name: str, is_end: bool, attributes: str) -> None:
        if is_end:
            return
        self._flush()
        start, depth = self.at, 1
        while depth and self.at + 3 < len(self.tokens):
            slash, tag = self.tokens[self.at + 1], self.tokens[self.at + 2]
            if tag.lower() == "pre":
                depth += -1 if slash else 1
            self.at += 4
        inside = self.tokens[start : self.at if depth else self.at - 3]
        tags = [tag.lower() for tag in inside[2::4]]
        # A whole element of code is the block itself; other tags are formatting that only HTML can keep.
        if tags in ([], ["code", "code"]):
            classes = attributes + "".join(inside[3::4])
            self.stack[-1].blocks.append(
                ("pre", inline.fenced(unescape("".join(inside[::4])), _language(classes)))
            )
        else:
            self.stack[-1].blocks.append(("pre", f"<pre>{_source(inside)}</pre>"))

    def definitions(self, name: str, is_end: bool, attributes: str) -> None:
        if is_end:
            return
        self._flush()
        start = self.at
        while self.at + 3 < len(self.tokens):
            is_last = self.tokens[self.at + 1] and self.tokens[self.at + 2].lower() == "dl"
            self.at += 4
            if is_last:
                break
        # A blank line would end the block of HTML.
        inside = re.sub(r"\n\s*\n", "\n", f"<dl>{_source(self.tokens[start : self.at])}")
        self.stack[-1].blocks.append(("dl", inside.strip()))

    def quotation(self, name: str, is_end: bool, attributes: str) -> None:
        self._close_to({"blockquote"}) if is_end else self._start(_Container("blockquote"))

    def listing(self, name: str, is_end: bool, attributes: str) -> None:
        if is_end:
            self._close_to({name})
            return
        start = _attributes(attributes).get("start", "") if "start" in attributes else ""
        self._start(_Container(name, int(start) if start.isdigit() and len(start) < 10 else 1))

    def item(self, name: str, is_end: bool, attributes: str) -> None:
        if not is_end:
            if self.stack[-1].kind == "li":
                self._flush()
                self._close()
            if self.stack[-1].kind in ("ul", "ol"):
                self._start(_Container("li"), limit=MAX_DEPTH + 1)
                return
        elif self.stack[-1].kind == "li":
            self._close()
            return
        self._flush()

    def table(self, name: str, is_end: bool, attributes: str) -> None:
        if is_end:
            self._close_to({"table"})
        elif not self.is_in_cell:
            self._start(_Container("table"))

    def row(self, name: str, is_end: bool, attributes: str) -> None:
        table = self.stack[-1]
        if table.kind == "table":
            self._end_cell()
            if table.row:
                table.blocks.append(("row", f"| {' | '.join(table.row)} |"))
                table.row = []

    def cell(self, name: str, is_end: bool, attributes: str) -> None:
        if self.stack[-1].kind != "table":
            return
        self._end_cell()
        if not is_end:
            self.is_in_cell = True
            if len(self.stack[-1].blocks) == 0:
                aligned = _ALIGNED.search(attributes)
                self.stack[-1].rules.append(_RULES[aligned[1] or aligned[2]] if aligned else "---")

    def _end_cell(self) -> None:
        if self.is_in_cell:
            self.is_in_cell = False
            text = inline.paragraph("".join(self.line), one_line=True)
            self.stack[-1].row.append(inline.in_a_cell(text))
        self.line = []

    def _start(self, container: _Container, limit: int = MAX_DEPTH) -> None:
        if self.is_in_cell:
            return
        self._flush()
        if len(self.stack) < limit:
            self.stack.append(container)

    def _close_to(self, kinds: set[str]) -> None:
        """Close the innermost container of one of these kinds, and what stands open in it."""
        if any(container.kind in kinds for container in self.stack[1:]):
            while self.stack[-1].kind not in kinds:
                self._close()
            self._close()

    def _close(self) -> None:
        if self.stack[-1].kind == "table":
            self.row("tr", True, "")
        else:
            self._flush()
        done = self.stack.pop()
        into = self.stack[-1]
        if done.kind == "li":
            into.blocks.append(("li", _item_text(done.blocks)))
            into.loose = into.loose or done.loose
        elif done.kind == "blockquote" and done.blocks:
            quoted = _joined(done.blocks).split("\n")
            into.blocks.append(("blockquote", "\n".join(f"> {line}" if line else ">" for line in quoted)))
        elif done.kind == "table" and done.blocks:
            rows = [text for _, text in done.blocks]
            rows.insert(1, f"| {' | '.join(done.rules)} |")
            into.blocks.append(("table", "\n".join(rows)))
        elif done.kind in ("ul", "ol") and done.blocks:
            before = into.blocks[-1][0] if into.blocks else ""
            into.blocks.append(_list_block(done, before))


def _list_block(listing: _Container, before: str) -> tuple[str, str]:
    """Return the list as (kind, Markdown). Its marks differ from those of a list directly before it."""
    kind = listing.kind + ("2" if before == listing.kind else "")
    items = []
    for number, (_, text) in enumerate(listing.blocks, listing.start):
        mark = {"ul": "- ", "ul2": "* ", "ol": f"{number}. ", "ol2": f"{number}) "}[kind]
        items.append((mark + text.replace("\n", "\n" + " " * len(mark))).rstrip())
    text = ("\n\n" if listing.loose else "\n").join(items)
    return kind, "\n".join(line.rstrip(" ") if line.isspace() else line for line in text.split("\n"))


def _item_text(blocks: list[tuple[str, str]]) -> str:
    """Join the blocks of a list item, a nested list directly below its paragraph."""
    parts: list[str] = []
    for kind, text in blocks:
        if parts:
            parts.append("\n" if kind == "ul" or (kind == "ol" and text.startswith("1. ")) else "\n\n")
        parts.append(text)
    return "".join(parts)


def _joined(blocks: list[tuple[str, str]]) -> str:
    return "\n\n".join([text for _, text in blocks])


def _without_comments(html: str) -> str:
    parts: list[str] = []
    done = 0
    while (start := html.find("<!--", done)) >= 0 and (end := html.find("-->", start)) >= 0:
        parts.append(html[done:start])
        done = end + 3
    return "".join(parts) + html[done:] if parts else html


def _attributes(source: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(source)
    }


def _language(classes: str) -> str:
    found = _LANGUAGE.search(classes) if "lang" in classes else None
    return "" if found is None or found[1] == "none" else found[1]


def _source(tokens: list[str]) -> str:
    """Put the source of these tokens together again."""
    parts = []
    for at in range(0, len(tokens), 4):
        parts.append(tokens[at])
        if len(tokens) > at + 3:
            parts.append(f"<{tokens[at + 1]}{tokens[at + 2]}{tokens[at + 3]}>")
    return "".join(parts)


_HANDLERS = {
    **dict.fromkeys(["p", "div", "aside", "section", "center"], _Writer.paragraph),
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], _Writer.heading),
    **dict.fromkeys(["em", "i", "strong", "b", "s", "strike", "del"], _Writer.emphasis),
    **dict.fromkeys(["sub", "sup", "kbd"], _Writer.html_tag),
    **dict.fromkeys(["ul", "ol"], _Writer.listing),
    **dict.fromkeys(["td", "th"], _Writer.cell),
    "hr": _Writer.rule,
    "br": _Writer.line_break,
    "code": _Writer.code,
    "a": _Writer.link,
    "img": _Writer.picture,
    "iframe": _Writer.frame,
    "span": _Writer.span,
    "pre": _Writer.code_block,
    "dl": _Writer.definitions,
    "blockquote": _Writer.quotation,
    "li": _Writer.item,
    "table": _Writer.table,
    "tr": _Writer.row,
}
