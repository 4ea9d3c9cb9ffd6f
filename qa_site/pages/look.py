"""Choosing between light and dark; without a choice the pages look as the reader's system wishes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from qa_site.pages.referrers import path_before

_COOKIE = "look"
_LOOKS = ("light", "dark")
_YEAR = 365 * 24 * 60 * 60


def look_of(request: HttpRequest) -> str:
    """What the reader of this browser chose: "light", "dark", or "" for as the system wishes."""
    chosen = request.COOKIES.get(_COOKIE, "")
    return chosen if chosen in _LOOKS else ""


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the choice and lead back to the page that it was made on."""
    response = HttpResponseRedirect(path_before(request) or "/", status=303)
    if (chosen := request.POST.get("look", "")) in _LOOKS:
        response.set_cookie(
            _COOKIE,
            chosen,
            max_age=_YEAR,
            samesite="Lax",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        response.delete_cookie(_COOKIE, samesite="Lax")
    return response
