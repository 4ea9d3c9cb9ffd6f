"""Choosing between light and dark; without a choice the pages look as the reader's system wishes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from qa_site.pages.choices import keep_choice
from qa_site.pages.referrers import path_before

_COOKIE = "look"
_LOOKS = ("light", "dark")


def look_of(request: HttpRequest) -> str:
    """What the reader of this browser chose: "light", "dark", or "" for as the system wishes."""
    chosen = request.COOKIES.get(_COOKIE, "")
    return chosen if chosen in _LOOKS else ""


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the choice and lead back to the page that it was made on."""
    response = HttpResponseRedirect(path_before(request) or "/", status=303)
    if (chosen := request.POST.get("look", "")) in _LOOKS:
        keep_choice(response, _COOKIE, chosen)
    else:
        response.delete_cookie(_COOKIE, samesite="Lax")
    return response
