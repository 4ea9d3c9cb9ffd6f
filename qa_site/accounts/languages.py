"""In which language a reader is answered: a thread's former one never, a member's own before the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers


def choices() -> list[tuple[str, str]]:
    """The languages of the site by code, each by its own name."""
    return settings.LANGUAGES


class FreshLanguageMiddleware:
    """Begins each request in the site's own language; one that fails early would be told so in the last reader's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        translation.activate(settings.LANGUAGE_CODE)
        return self.get_response(request)


class AccountLanguageMiddleware:
    """Puts the language of the account before that of the browser, unless the address tells it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_IN_ADDRESS:
            return self.get_response(request)
        # Who has no session has no account, and is not asked for in the database.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            chosen = getattr(request.user, "language", "")
            if chosen in dict(settings.LANGUAGES):
                translation.activate(chosen)
                request.LANGUAGE_CODE = chosen
        response = self.get_response(request)
        # A cookie may tell what was chosen; Django's middleware tells caches of the browser's languages alone.
        patch_vary_headers(response, ["Cookie"])
        return response
