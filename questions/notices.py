"""Notices that carry an Undo button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from questions.models import Act

_UNDO = "undo-"


def done(request: HttpRequest, text: str, act: Act) -> None:
    """Tell, on the next page, what was done, with a button to undo it."""
    messages.success(request, text, extra_tags=f"{_UNDO}{act.pk}")


def act_to_undo(extra_tags: str | None) -> int | None:
    """The number of the act that a notice from `done` is about, or None for other notices."""
    return int(extra_tags.removeprefix(_UNDO)) if extra_tags and extra_tags.startswith(_UNDO) else None
