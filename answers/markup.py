"""From what people type in comments to HTML that is safe to show. Pure functions; the only way there."""

from __future__ import annotations

import re

import nh3

from questions.markdown import LINK_REL, SCHEMES, without_controls

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


def comment_html(text: str) -> str:
    """Return the HTML of a comment: the tags of COMMENT_TAGS, with line breaks as paragraphs and breaks.

    Unknown tags go and their text stays, script and style go with theirs, tags left open are closed.
    """
    clean = _INLINE.clean(without_controls(text))
    paragraphs = [part.strip().replace("\n", "<br>") for part in re.split(r"\n\s*\n", clean)]
    rendered = "".join(f"<p>{part}</p>" for part in paragraphs if part)
    # Cleaned once more, because an inline tag may stand open over the end of a paragraph.
    return _PARAGRAPHS.clean(rendered) if "<" in clean else rendered


def _cleaner(*more_tags: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={*COMMENT_TAGS, *more_tags},
        attributes={tag: attributes for tag, attributes in COMMENT_TAGS.items() if attributes},
        url_schemes=SCHEMES,
        link_rel=LINK_REL,
    )


# Made once: putting the lists together takes longer than cleaning a comment.
_INLINE, _PARAGRAPHS = _cleaner(), _cleaner("p", "br")
