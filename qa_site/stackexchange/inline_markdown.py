"""The inside of a paragraph in Markdown: which signs of a plain text need a backslash, and where. Pure functions."""

from __future__ import annotations

import re

# Marks for emphasis until a whole paragraph is known: whether stars can say it depends on what stands beside
# them. Control characters, which no text has.
OPENERS = {"em": "\x01", "strong": "\x03", "del": "\x05"}
CLOSERS = {"em": "\x02", "strong": "\x04", "del": "\x06"}
NAMES = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "s": "del", "strike": "del", "del": "del"}
BREAK = "\x07"
GLUE_AFTER, GLUE_BEFORE = "\x0e", "\x0f"

_STARS = {"em": "*", "strong": "**", "del": "~~"}
_BY_MARK = {mark: (name, True) for name, mark in OPENERS.items()} | {
    mark: (name, False) for name, mark in CLOSERS.items()
}

# The look-behinds let a search begin only where space begins, so that long space takes no time.
_BREAKS = re.compile(r"(?<![\s\x07])[\s\x07]*\x07[\s\x07]*")
_GLUED = re.compile(r"\x0e[\s\x07]*|(?<![\s\x07])[\s\x07]*\x0f")
_SPACE_AFTER_OPENER = re.compile(r"([\x01\x03\x05]+)([\s\x07]+)")
_SPACE_BEFORE_CLOSER = re.compile(r"(?<![\s\x07])([\s\x07]+)([\x02\x04\x06]+)")
_EMPTY_EMPHASIS = re.compile(r"\x01\x02|\x03\x04|\x05\x06")
_MARK = re.compile(r"[\x01-\x06]")

# What would start a block when it starts a line. Groups: what stays, what takes the backslash before it.
_BLOCK_START = re.compile(
    r"^(?:"
    r"()(#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|~~~|(?:=+|-+|_+) *$|([-_*])(?: *\3){2,} *$"
    r"|[|:](?=[|: ]*-)[|: -]*+$|-+ ?[|:][|: -]*+$)"
    r"|(\d{1,9})([.)](?:\s|$))"
    r")",
    re.MULTILINE,
)
_BLOCK_SIGNS = frozenset("#>+*~=_|:-0123456789")
_BLOCK_SIGN_BELOW = re.compile(r"\n[#>+*~=_|:\d-]")
_ESCAPED_SIGN = re.compile(r"\\.")

_SPECIAL = re.compile(r"[\\`*_\[\]<&~$]")
_ENTITY = re.compile(r"&#?[A-Za-z0-9]+;")
_MATHEMATICS = re.compile(r"\$\$((?:[^$\\]|\\.)+)\$\$|\$((?:[^$\\]|\\.)+)\$", re.DOTALL)
_PROSE = re.compile(r"[A-Za-z]{2,}[,;.]? [A-Za-z]{2,}")
_SPACE_BEFORE_BLOCK_SIGN = re.compile(r"(?<!\s)\s+(?=[`#>+*~=_|:\d-])")


class TextEscaper:
    """Escapes the plain texts of one body so that they are read as they are, with as few backslashes as that takes."""

    def __init__(self, html: str) -> None:
        self._dollars = html.count("$") > 1
        self._may_have_math = self._dollars and "math-container" not in html
        self._tildes = html.count("~") > 1 or "<s" in html or "<del" in html

    def escaped(self, text: str, *, in_link: bool) -> str:
        if self._may_have_math and "$" in text:
            return self._with_mathematics(text, in_link)
        return _SPECIAL.sub(self._escape_in_link if in_link else self._escape, text)

    def _escape(self, match: re.Match[str]) -> str:
        sign, text, at = match[0], match.string, match.start()
        after = text[at + 1 : at + 2]
        if sign == "_":
            # Between letters, as in snake_case, it is no emphasis.
            plain = at > 0 and text[at - 1].isalnum() and after.isalnum()
        elif sign == "\\":
            plain = after.isalnum() or after > "~"
        elif sign == "<":
            plain = not (after.isalpha() or after in "/!?")
        elif sign == "]":
            plain = after not in "([:"
        elif sign == "&":
            plain = _ENTITY.match(text, at) is None
        elif sign in "*~":
            # Between spaces it is no emphasis, unless the space is the edge of one.
            between = after.isspace() and at > 0 and text[at - 1].isspace()
            plain = (between and not (text[:at].isspace() or text[at + 1 :].isspace())) or (
                sign == "~" and not self._tildes
            )
        else:
            plain = sign == "[" or (sign == "$" and not self._dollars)
        # "" is in every string: at the end of a text, where a tag stands next, the sign is escaped.
        return sign if plain else "\\" + sign

    def _escape_in_link(self, match: re.Match[str]) -> str:
        return "\\" + match[0] if match[0] in "[]" else self._escape(match)

    def _with_mathematics(self, text: str, in_link: bool) -> str:
        escape = self._escape_in_link if in_link else self._escape
        parts: list[str] = []
        done = at = 0
        while (at := text.find("$", at)) >= 0:
            match = None if _is_escaped(text, at) else _MATHEMATICS.match(text, at)
            written = match and _mathematics(match[0], text[match.end() : match.end() + 1])
            if match and written:
                if at > done:
                    parts.append(_SPECIAL.sub(escape, text[done:at]))
                parts.append(written)
                done = at = match.end()
            else:
                at += 2 if text.startswith("$$", at) else 1
        parts.append(_SPECIAL.sub(escape, text[done:]))
        return "".join(parts)


def _is_escaped(text: str, at: int) -> bool:
    """Say whether an odd number of backslashes stands before this place."""
    before = text[:at] if at < 40 else text[at - 40 : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def marked_math(text: str) -> str:
    """Return a text that the dump itself marks as mathematics, dollar signs included."""
    return _mathematics(text.strip(), "", is_certain=True) or TextEscaper("$$").escaped(text, in_link=False)


def _mathematics(text: str, following: str, *, is_certain: bool = False) -> str | None:
    """Return `$…$` or `$$…$$` as Markdown keeps it, or None where the dollars are money or variables.

    Stack Exchange did not mark mathematics before 2018, so this goes by what is between the dollars.
    """
    fence = "$$" if text.startswith("$$") and text.endswith("$$") and len(text) > 4 else "$"
    inside = text[len(fence) : -len(fence)]
    stripped = inside.strip()
    is_tex = "\\" in inside
    bare = _ESCAPED_SIGN.sub("", stripped) if is_tex else stripped
    if (
        not stripped
        or bare.count("{") != bare.count("}")
        or bare.endswith("\\")
        or "$" in bare
        or "\n\n" in inside
    ):
        return None
    if fence == "$":
        is_tex = is_tex or "^" in inside
        if not is_tex and not is_certain:
            is_money_or_variable = (
                (following.isalnum() and len(inside) > 2)
                or (inside != stripped and "=" not in inside)
                or (" " in inside and _PROSE.search(inside))
            )
            if is_money_or_variable:
                return None
        inside = stripped
    if "\n" in inside:
        # A line of a formula must not be taken for a list, a heading or a quotation.
        inside = _SPACE_BEFORE_BLOCK_SIGN.sub(lambda space: " " if "\n" in space[0] else space[0], inside)
    return fence + inside + fence


def code_span(text: str) -> str:
    text = text.replace("\n", " ")
    if not text.strip():
        return text
    runs = {len(run) for run in re.findall(r"`+", text)} if "`" in text else set()
    fence = "`"
    while len(fence) in runs:
        fence += "`"
    if text[0] in "` " or text[-1] in "` ":
        text = f" {text} "
    return f"{fence}{text}{fence}"


def fenced(text: str, language: str) -> str:
    text = text.removeprefix("\n").removesuffix("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2) if "```" in text else 2
    fence = "`" * (longest + 1)
    return f"{fence}{language}\n{text}\n{fence}" if text else f"{fence}{language}\n{fence}"


def target(address: str, title: str = "") -> str:
    """Return the inside of the parentheses of a link."""
    if re.search(r"[\s<>]", address):
        address = re.sub(r"\s", lambda m: f"%{ord(m[0]):02X}" if m[0] in " \t" else "", address)
        address = address.replace("<", "%3C").replace(">", "%3E")
    if "&" in address:
        address = re.sub(r"&(?=#?[A-Za-z0-9]+;)", r"\\&", address)
    if "\\" in address:
        address = re.sub(r"\\(?!&)(?=[!-/:-@\[-`{-~])", r"\\\\", address)
    if "(" in address or ")" in address:
        address = _balanced(address)
    if title:
        title = " ".join(title.split()).replace("\\", "\\\\").replace('"', '\\"').replace("&", "\\&")
        return f'{address} "{title}"'
    return address


def _balanced(address: str) -> str:
    depth = 0
    for sign in address:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            break
    return address if depth == 0 else address.replace("(", "\\(").replace(")", "\\)")


def not_a_picture(text: str) -> str:
    """Escape an exclamation mark at the end, which would make a picture of the link after it."""
    return text[:-1] + "\\!" if text.endswith("!") else text


def in_a_cell(text: str) -> str:
    return text.replace("|", "\\|") if "|" in text else text


def paragraph(text: str, *, one_line: bool = False) -> str:
    """Return the finished Markdown of a paragraph, heading or cell, from its escaped texts and marks."""
    has_emphasis = _MARK.search(text) is not None
    if has_emphasis:
        text = _tightened(text)
    if GLUE_AFTER in text:
        text = _GLUED.sub("", text)
    text = text.strip(" \t\n" + BREAK)
    if one_line:
        text = " ".join(text.split())
        if text.endswith("#"):
            # A heading may end in such signs, which are not shown.
            text = text[:-1] + "\\#"
    elif "\n" in text:
        text = "\n".join([line for part in text.split("\n") if (line := part.strip(" \t"))])
    if BREAK in text:
        text = _BREAKS.sub(_tags_for_breaks if one_line else _line_breaks, text)
    if has_emphasis:
        text = _emphasised(text)
    if not one_line and (text[:1] in _BLOCK_SIGNS or _BLOCK_SIGN_BELOW.search(text)):
        text = _BLOCK_START.sub(r"\1\4\\\2\5", text)
    return text


def _line_breaks(match: re.Match[str]) -> str:
    return "  \n" + "<br>" * (match[0].count(BREAK) - 1)


def _tags_for_breaks(match: re.Match[str]) -> str:
    return "<br>" * match[0].count(BREAK)


def _tightened(text: str) -> str:
    """Move space at the edges of emphasis out of it, where stars cannot be beside it, and drop empty emphasis."""
    while True:
        moved = _EMPTY_EMPHASIS.sub("", text)
        moved = _SPACE_BEFORE_CLOSER.sub(r"\2\1", _SPACE_AFTER_OPENER.sub(r"\2\1", moved))
        if moved == text:
            return text
        text = moved


def _emphasised(text: str) -> str:
    """Turn the marks into stars, or into tags where stars would not be read as emphasis (CommonMark 6.2)."""
    marks = list(_MARK.finditer(text))
    ends = _ends(marks)
    is_nested = any(ends.get(at, 0) > at + 1 for at in range(len(marks)))
    pieces: list[str] = []
    done = 0
    signs: dict[int, str] = {}
    for at, mark in enumerate(marks):
        pieces.append(text[done : mark.start()])
        done = mark.end()
        name, opens = _BY_MARK[mark[0]]
        if opens and at in ends:
            end = ends[at]
            can = _can_open(text, mark.start(), is_nested) and _can_close(text, marks[end].start(), is_nested)
            # One inside another, from the same place, is only told apart when they end at one place too.
            if (
                can
                and is_nested
                and at
                and marks[at - 1].end() == mark.start()
                and _BY_MARK[marks[at - 1][0]][1]
            ):
                can = ends.get(at - 1) == end + 1 and marks[end].end() == marks[end + 1].start()
            signs[at] = _STARS[name] if can else f"<{name}>"
            signs[end] = _STARS[name] if can else f"</{name}>"
        pieces.append(signs.get(at, ""))
    pieces.append(text[done:])
    return "".join(pieces)


def _ends(marks: list[re.Match[str]]) -> dict[int, int]:
    """Return the place of each opening mark's closing mark. Marks that have no other are left out."""
    ends: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for at, mark in enumerate(marks):
        name, opens = _BY_MARK[mark[0]]
        if opens:
            waiting.append((name, at))
        elif waiting and waiting[-1][0] == name:
            ends[waiting.pop()[1]] = at
    return ends


def _can_open(text: str, at: int, is_nested: bool) -> bool:
    before, after = at - 1, at + 1
    while before >= 0 and text[before] in "\x01\x03\x05":
        before -= 1
    while after < len(text) and text[after] in "\x01\x03\x05":
        after += 1
    return _is_edge(text[before] if before >= 0 else " ", text[after : after + 1], is_nested)


def _can_close(text: str, at: int, is_nested: bool) -> bool:
    before, after = at - 1, at + 1
    while before >= 0 and text[before] in "\x02\x04\x06":
        before -= 1
    while after < len(text) and text[after] in "\x02\x04\x06":
        after += 1
    return _is_edge(text[after] if after < len(text) else " ", text[before : before + 1], is_nested)


def _is_edge(outside: str, inside: str, is_nested: bool) -> bool:
    """Say whether stars between these two signs are read as the edge of emphasis.

    With one emphasis inside another, they must not be readable as the edge of another one either.
    """
    if outside.isspace():
        return True
    if outside in "\x01\x02\x03\x04\x05\x06":
        return False
    if is_nested:
        return inside.isalnum() and not outside.isalnum()
    return inside.isalnum() or not outside.isalnum()
