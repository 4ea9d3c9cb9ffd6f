"""Pages for what went wrong, in the site's clothes: plain words, the right status, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.html import format_html
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected

from door import stamps
from qa_site.pages.referrers import path_before
from questions.access import Gone
from questions.families import FamiliesAreBusy
from questions.locking import QuestionIsLocked

# Never shown again on an error page, whatever the form was.
_SECRET_FIELDS = re.compile("password|csrf|token", re.IGNORECASE)
# What forms carry along, which nobody typed.
_HIDDEN_FIELDS = {
    "revision",
    "other_revision",
    "version",
    "writer",
    "seen_copies",
    "into",
    "decision",
    "act",
    "do",
    "fingerprint",
} | {stamps.STAMP}


class ErrorPagesMiddleware:
    """Gives bare refusals (Django's answer to a wrong method has no body) a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = error_page(
                request,
                status=405,
                title=_("That is not how this address is used"),
                explanation=_(
                    "It belongs to a button or a form of another page and shows nothing by itself."
                ),
            )
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Gone):
            return error_page(
                request,
                status=410,
                title=_("This has been hidden"),
                explanation=_("A moderator took it out of sight. Perhaps a search finds what you came for."),
            )
        if isinstance(exception, FamiliesAreBusy) or _is_deadlock(exception):
            page = error_page(
                request,
                status=503,
                title=_("Other people are changing this just now"),
                explanation=_("So nothing of yours was done. Please try again in a moment."),
            )
            page["Retry-After"] = "2"
            return page
        return None


def _is_deadlock(exception: Exception) -> bool:
    return isinstance(exception, OperationalError) and isinstance(exception.__cause__, DeadlockDetected)


def error_page(
    request: HttpRequest, *, status: int, title: str, explanation: str, search: str = ""
) -> HttpResponse:
    """Return a whole page with the status; what was posted stands on it, to be copied.

    Where only a part of a page was asked for, it is a notice for that page, on which everything stands still. Browsers
    ask each time: some keep a 410 for good, and would not see that a text is shown again.
    """
    if asks_for_a_part(request):
        notice = '<div class="notice notice-error"><p><strong>{}</strong><br>{}</p></div>'
        response = HttpResponse(format_html(notice, title, explanation), status=status)
    else:
        context = {
            "title": title,
            "explanation": explanation,
            "search": search or _words_of(request.path),
            "typed": _typed(request),
            "translations": [],  # nothing is at this address, in no language
            "return_to": _page_of(request),
        }
        response = render(request, "site/error.html", context, status=status)
    patch_cache_control(response, no_cache=True, private=True)
    return response


def asks_for_a_part(request: HttpRequest) -> bool:
    """Whether htmx asks, and not instead of a link or a form of the review pages, which takes whole pages."""
    return "HX-Request" in request.headers and "HX-Boosted" not in request.headers


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(
        request,
        status=400,
        title=_("This request could not be understood"),
        explanation=_(
            "It may have been damaged on its way, or be larger than anything the site takes. "
            "Go back, shorten what you wrote if it is very long, and try again."
        ),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    signed_in = request.user.is_authenticated
    if not signed_in and request.method in ("GET", "HEAD") and not isinstance(exception, QuestionIsLocked):
        response = redirect_to_login(request.get_full_path())
        if asks_for_a_part(request):
            # Followed, it would bring the whole page for signing in into a part of the one that is open.
            return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
        return response
    return error_page(
        request,
        status=403,
        title=_("You may not do that"),
        explanation=str(exception)
        or (
            _("Your account has no permission for it. A moderator can do it, or give you the permission.")
            if signed_in
            else _("Please sign in first; it may be that your account is allowed to.")
        ),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    message = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    return error_page(
        request,
        status=404,
        title=_("There is no page at this address"),
        explanation=message
        if isinstance(message, str) and message and not _DJANGOS.match(message)
        else _("It may have been mistyped. Perhaps a search finds what you came for."),
    )


# What Django says itself, in words for programmers and in English whatever the language.
_DJANGOS = re.compile(r"No (\w+ matches the given query|sitemap available|page )|Page \d+ empty")


def server_error(request: HttpRequest) -> HttpResponse:
    # No query, no session, no user: whatever broke may be broken here as well, the list of static files even.
    context = {"search": _words_of(request.path), "site_name": settings.SITE_NAME}
    try:
        return render(None, "site/500.html", {**context, "styled": True}, status=500)
    except Exception:  # the page that says so must not break
        return render(None, "site/500.html", context, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        status=403,
        title=_("Please send that once more"),
        explanation=_(
            "For your safety the site takes a form only from a page of its own that is not too old, and with "
            "cookies on. Go back, reload the page, and send it again."
        ),
    )


def _words_of(path: str) -> str:
    """The words of an address, to search for, without what only says what kind of thing it is of."""
    if settings.LANGUAGE_IN_ADDRESS and (code := get_language_from_path(path)):
        path = path.removeprefix(f"/{code}")
    kind, _, rest = unquote(path).strip("/").partition("/")
    return " ".join(re.findall(r"[^\W\d_]{2,}", rest if kind in _KINDS and rest else f"{kind} {rest}"))


_KINDS = ("questions", "answers", "comments", "tags", "users")


def _page_of(request: HttpRequest) -> str:
    """The address to come back to after signing in: this one, or for a form that it cannot show, the form's page."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    return path_before(request) or "/"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    try:
        fields = [(name, str(value)) for name, value in request.POST.items()]
    except Exception:  # the body itself may be what could not be read
        return []
    return [
        (name, value)
        for name, value in fields
        if value.strip() and name not in _HIDDEN_FIELDS and not _SECRET_FIELDS.search(name)
    ]
