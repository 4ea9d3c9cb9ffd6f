"""In which language a member reads: the one chosen with the account, before what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def choices() -> list[tuple[str, str]]:
    """The languages of the site by code, each by its own name."""
    return settings.LANGUAGES


class AccountLanguageMiddleware:
    """Puts the language of the account before that of the browser, unless the address tells it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Who has no session has no account, and is not asked for in the database.
        if not settings.LANGUAGE_IN_ADDRESS and settings.SESSION_COOKIE_NAME in request.COOKIES:
            chosen = getattr(request.user, "language", "")
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        return self.get_response(request)
