"""Asking whether the reader may do something at the desk before showing or doing it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from qa_site.moderation.permissions import may


def require(act: str, request: HttpRequest) -> None:
    """Raise PermissionDenied unless the reader may do `act`."""
    if not may(request.user, act):
        raise PermissionDenied
