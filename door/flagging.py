"""Putting a text that is shown before moderators, because watched words stand in it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.module_loading import import_string


def flag(thing, phrases: Sequence[str]) -> None:
    """Tell moderators, by the function that FLAG_TEXTS names, which watched words stand in it; if none, nothing."""
    if phrases:
        import_string(settings.FLAG_TEXTS)(thing, phrases)
