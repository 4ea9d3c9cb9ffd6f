"""From the few signs of Markdown that Stack Exchange comments have to the few tags that comments have here.

Pure functions. Bare addresses stay text, and mathematics stays as it is between its dollars.
"""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urljoin

# On Stack Exchange a comment has at most 600 characters. Signs in a longer text are left as they are, because
# looking for the end of each emphasis takes time that grows with the square of the length.
MAX_MARKED_LENGTH = 5_000

_SIGNS = re.compile(r"[`*_\[<&]")
_MARKED = re.compile(
    # The first signs of all that follow: with them, places where nothing can begin are passed over quickly.
    r"(?=[`$\[h*_])(?:"
    r"(?<!`)(?P<ticks>`++)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<math>\$\$[^$]+\$\$|\$[^$]+\$)"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<address>(?:https?:/)?/[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)"
    r"(?:\s+\"(?P<title>[^\"]*)\")?\)"
    r"|(?P<bare>https?://[^\s<>]+)"
    r"|\*\*(?=\S)(?P<strong>.+?)(?<=\S)\*\*"
    r"|(?<!\w)__(?=\S)(?P<strong2>.+?)(?<=\S)__(?!\w)"
    r"|(?<![\w*])\*(?=[^\s*])(?P<em>[^*]+?)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])(?P<em2>[^_]+?)(?<=\S)_(?!\w)"
    r")",
    re.DOTALL,
)
# What HTML would take for a tag or for a sign's name. Other < and & may stay, so that the text stays readable.
_HTML = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;?)")


def comment_text(markdown: str, base: str = "") -> str:
    """Return the comment with the tags a, code, em and strong; what looked like tags is kept as words."""
    if _SIGNS.search(markdown) is None:
        return markdown
    if len(markdown) > MAX_MARKED_LENGTH:
        return _plain(markdown)
    return _tagged(markdown, base, depth=0)


def _tagged(text: str, base: str, depth: int) -> str:
    parts: list[str] = []
    done = 0
    for match in _MARKED.finditer(text):
        parts += [_plain(text[done : match.start()]), _element(match, base, depth)]
        done = match.end()
    return "".join(parts) + _plain(text[done:])


def _element(match: re.Match[str], base: str, depth: int) -> str:
    if match["code"]:
        return f"<code>{_plain(match['code'])}</code>"
    if match["words"]:
        title = f' title="{escape(match["title"])}"' if match["title"] else ""
        address = escape(urljoin(base, match["address"]))
        # No link inside a link.
        return f'<a href="{address}"{title}>{_plain(match["words"])}</a>'
    if depth < 3:
        if strong := match["strong"] or match["strong2"]:
            return f"<strong>{_tagged(strong, base, depth + 1)}</strong>"
        if em := match["em"] or match["em2"]:
            return f"<em>{_tagged(em, base, depth + 1)}</em>"
    return _plain(match[0])


def _plain(text: str) -> str:
    return _HTML.sub(lambda match: "&lt;" if match[0] == "<" else "&amp;", text)
