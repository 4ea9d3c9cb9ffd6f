"""What a reader chose in this browser, kept in a cookie that no script reads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

_YEAR = 365 * 24 * 60 * 60


def keep_choice(response: HttpResponse, name: str, chosen: str) -> None:
    """Let the browser remember it for a year."""
    response.set_cookie(
        name,
        chosen,
        max_age=_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
