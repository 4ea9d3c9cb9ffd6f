"""Markdown rendered as this site's settings say; whatever saves or previews a text does it through here."""

from __future__ import annotations

from django.conf import settings

from questions.markdown import markdown_html


def rendered(text: str) -> str:
    """Return the clean HTML of a text in Markdown, with pictures in it where SHOW_PICTURES says so."""
    return markdown_html(text, pictures=settings.SHOW_PICTURES)
