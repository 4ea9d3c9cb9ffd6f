"""The box on the home page that says what this place is, until somebody closes it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

_COOKIE = "been-here"
_YEAR = 365 * 24 * 60 * 60


def is_newcomer(request: HttpRequest) -> bool:
    """Whether the box is for this reader: a guest who has not closed it in this browser."""
    user = getattr(request, "user", None)  # the pages of errors may come before anybody is known
    return _COOKIE not in request.COOKIES and not (user and user.is_authenticated)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Show the box no more in this browser."""
    response = HttpResponseRedirect(reverse("home"), status=303)
    response.set_cookie(
        _COOKIE,
        "1",
        max_age=_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
