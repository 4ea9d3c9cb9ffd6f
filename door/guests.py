"""Knowing a guest again: a random number in a signed cookie, given when there is something to remember."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

_COOKIE = "guest"
_YEAR = 365 * 24 * 60 * 60


def guest_of(request: HttpRequest) -> UUID | None:
    """The number of the guest's cookie, or None when there is none or somebody made it up."""
    value = request.get_signed_cookie(_COOKIE, default=None)
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


def new_guest(form: UUID | None = None) -> UUID:
    """A number for a guest. The same form always brings the same one: its answer, with the cookie, may get lost."""
    if form is None:
        return uuid4()
    return UUID(salted_hmac("door.guests", form.hex, algorithm="sha256").hexdigest()[:32])


def remember_guest(response: HttpResponse, guest: UUID) -> None:
    response.set_signed_cookie(
        _COOKIE,
        str(guest),
        max_age=_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
