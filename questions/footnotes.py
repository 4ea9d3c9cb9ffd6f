"""Footnotes of rendered Markdown: brought to the end of the text, linked there and back. Pure functions.

Several texts stand on one page, so every id must begin with something that is this text's own. Nobody may write
such an id by hand and catch the links of another text with it. So the ids begin with MARK at first, which nobody
outside of this process knows; only ids and labels of that form are let through when the HTML is cleaned, and
`settled` then puts the text's own prefix in its place.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from html import escape

MARK = f"note{secrets.token_hex(8)}"

# What cleaning lets through, by tag and attribute.
KNOWN = {
    ("a", "id"): re.compile(rf"{MARK}-\d{{1,5}}-from-\d"),
    ("a", "aria-label"): re.compile(r"Footnote \d{1,5}|Back to where footnote \d{1,5} is mentioned(, \d)?"),
    ("li", "id"): re.compile(rf"{MARK}-\d{{1,5}}"),
    ("ol", "class"): re.compile("footnotes"),
    ("ol", "aria-label"): re.compile("Footnotes"),
}

# So many mentions of a note are led back to; a note that is mentioned more often has links to the first of them.
MAX_WAYS_BACK = 9

_DEFINITION = re.compile(
    r'<div class="footnote-definition" id="([^"]*)"><sup class="footnote-definition-label">(\d{1,5})</sup>'
    r"|<div\b|</div>"
)
_MENTION = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">\d{1,5}</a></sup>')


def has_footnotes(rendered: str) -> bool:
    return '<div class="footnote-definition"' in rendered


def with_footnotes(rendered: str) -> str:
    """Return HTML of pyromark with its footnotes as a list at the end, each with ways back to its mentions.

    Still to be cleaned, and then to go through `settled`.
    """
    body, notes = _taken_apart(rendered)
    numbers = {name: number for number, name in enumerate(notes, 1)}
    mentions = dict.fromkeys(notes, 0)

    def mention(match: re.Match[str]) -> str:
        name = match[1]
        if name not in numbers:
            return match[0]
        number = numbers[name]
        mentions[name] += 1
        nth = mentions[name]
        place = f' id="{MARK}-{number}-from-{nth}"' if nth <= MAX_WAYS_BACK else ""
        return f'<sup><a href="#{MARK}-{number}"{place} aria-label="Footnote {number}">{number}</a></sup>'

    body = _MENTION.sub(mention, body)
    # Notes mention others, so all are read before it is known where each is mentioned.
    read = {name: _MENTION.sub(mention, note) for name, note in notes.items()}
    items = "".join(
        f'<li id="{MARK}-{numbers[name]}">{_with_ways_back(note, numbers[name], mentions[name])}</li>\n'
        for name, note in read.items()
    )
    return f'{body}<ol class="footnotes" aria-label="Footnotes">\n{items}</ol>\n'


def settled(cleaned: str, text: str) -> str:
    """Give the ids in cleaned HTML the prefix that is this text's own."""
    return cleaned.replace(MARK, f"note-{sha256(text.encode(errors='replace')).hexdigest()[:8]}")


def _taken_apart(rendered: str) -> tuple[str, dict[str, str]]:
    """Return what is not in a footnote, and the footnotes by name, in the order of their first mention.

    Every <div> is one of pyromark's around a footnote, or was written by hand and goes when the HTML is cleaned.
    """
    body: list[str] = []
    notes: dict[str, list[str]] = {}
    open_: list[list[str]] = [body]
    end = 0
    for match in _DEFINITION.finditer(rendered):
        open_[-1].append(rendered[end : match.start()])
        end = match.end()
        if match[1] is not None:
            # The same name once more adds to the note.
            open_.append(notes.setdefault(match[1], []))
        elif match[0] == "</div>":
            if len(open_) > 1:
                open_.pop()
        else:
            open_.append(open_[-1])
            open_[-1].append("<div")
    open_[-1].append(rendered[end:])
    order = [match[1] for match in _MENTION.finditer("".join(body)) if match[1] in notes]
    return "".join(body), {name: "".join(notes[name]).strip() for name in dict.fromkeys([*order, *notes])}


def _with_ways_back(note: str, number: int, mentions: int) -> str:
    ways = []
    for nth in range(1, min(mentions, MAX_WAYS_BACK) + 1):
        label = f"Back to where footnote {number} is mentioned" + (f", {nth}" if nth > 1 else "")
        ways.append(f'<a href="#{MARK}-{number}-from-{nth}" aria-label="{escape(label)}">↩</a>')
    if not ways:
        return note
    # In the last paragraph, where the eye is when it has read the note.
    if note.endswith("</p>"):
        return f"{note[:-4]} {' '.join(ways)}</p>"
    return f"{note}\n<p>{' '.join(ways)}</p>"
