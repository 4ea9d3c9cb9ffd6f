"""Saying in the reader's language why something was refused."""

from __future__ import annotations

from django.utils.translation import gettext

from questions.wording import WordingError


def said(error: Exception) -> str:
    """Return the sentence of a refusal; that of a WordingError, which knows no languages, is translated here."""
    if isinstance(error, WordingError):
        return gettext(error.template).format(**error.numbers)
    return str(error)
