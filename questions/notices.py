"""Notices that carry an Undo button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from questions.models import Act

_UNDO = "undo "


def done(request: HttpRequest, text: str, act: Act) -> None:
    """Tell, on the next page, what was done, with a button to undo it."""
    undoable(request, text, reverse("undo", args=[act.pk]))


def undoable(request: HttpRequest, text: str, address: str) -> None:
    """Tell, on the next page, what was done; it is undone by a POST to `address`, one of this site."""
    messages.success(request, text, extra_tags=_UNDO + address)


def undo_address(extra_tags: str | None) -> str:
    """Where to post to undo what a notice tells of; "" for notices of what cannot be undone."""
    return extra_tags.removeprefix(_UNDO) if extra_tags and extra_tags.startswith(_UNDO) else ""
