"""The box on the home page that says what this place is, until somebody closes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from qa_site.pages.choices import keep_choice

_COOKIE = "been-here"


def is_newcomer(request: HttpRequest) -> bool:
    """Whether the box is for this reader: a guest who has not closed it in this browser."""
    user = getattr(request, "user", None)  # the pages of errors may come before anybody is known
    return _COOKIE not in request.COOKIES and not (user and user.is_authenticated)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Show the box no more in this browser."""
    response = HttpResponseRedirect(reverse("home"), status=303)
    keep_choice(response, _COOKIE, "1")
    return response
