"""Which views are limited as which act, and the page of whoever has to wait."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format

from qa_site.pages.errors import error_page

# What is posted, by the name of the view. The acts and how often each may be done: door/allowances.py. What only
# moderators may post to is not limited; every other view must stand here (tests/pages/test_limits.py).
POSTS = {
    "ask": "ask",
    "edit-question": "ask",
    "write-answer": "answer",
    "edit-answer": "answer",
    "restore-text": "answer",
    "comment-on-question": "comment",
    "comment-on-answer": "comment",
    "reply": "comment",
    "confirm-guest": "mail",
    "useful": "vote",
    "accept-answer": "vote",
    "report-question": "report",
    "report-answer": "report",
    "report-comment": "report",
    "report-member": "report",
    "appeal-question": "report",
    "appeal-answer": "report",
    "appeal-comment": "report",
    "suggest-merge": "suggest",
    "add-alternate": "suggest",
    "same-question": "suggest",
    "follow": "follow",
    "look": "follow",
    "language": "follow",
    "arrived": "arrive",
    "preview": "preview",
    "account_login": "sign-in",
    "admin:login": "sign-in",
    "admin:password_change": "sign-in",
    "account_reauthenticate": "sign-in",
    "account_change_password": "sign-in",
    "account_set_password": "sign-in",
    "account_confirm_login_code": "sign-in",
    "account_signup": "sign-up",
    "account_reset_password": "mail",
    "account_email": "mail",
    "account_reset_password_from_key": "mail",
    "account_confirm_email": "mail",
}

# What is asked for with words that cost a search, by the name of the view and the field with the words.
GETS = {
    "search": ("q", "search"),
    "suggest-merge": ("q", "search"),
    "ask": ("text", "search"),
    "similar": ("text", "similar"),
    "complete-tags": ("tags", "tags"),
}

# What of it there was too much.
_TOO_MUCH = {
    "ask": "questions",
    "answer": "answers and edits",
    "comment": "comments",
    "vote": "marks",
    "report": "reports and appeals",
    "suggest": "suggestions",
    "sign-in": "attempts to sign in",
    "sign-up": "new accounts",
    "mail": "mails",
    "search": "searches",
    "preview": "previews",
}


def act_of(request: HttpRequest) -> str:
    """The act that counts this request, "" when none does."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    if request.method == "POST":
        return POSTS.get(name, "")
    if request.method in ("GET", "HEAD") and name in GETS:
        field, act = GETS[name]
        return act if request.GET.get(field) else ""
    return ""


def too_many(request: HttpRequest, *, act: str, seconds: int) -> HttpResponse:
    """Say with status 429 when it goes on. What was typed stands on the page, to be copied."""
    # Rounded up to the whole minute that the page names.
    until = timezone.localtime(timezone.now() + timedelta(seconds=seconds + 59))
    when = _in_words(seconds)
    if request.headers.get("HX-Request"):
        # For the line of notices (base.html says so to htmx); what follows the typing just stays as it is.
        return HttpResponse(
            f'<div class="notice"><p>That was too often. Please try again in {when}.</p></div>'
            * _is_act(request),
            status=429,
            headers={} if _is_act(request) else {"HX-Reswap": "none"},
        )
    what = _TOO_MUCH.get(act, "requests")
    clock = (
        date_format(until, "H:i") if until.date() == timezone.localdate() else date_format(until, "j F, H:i")
    )
    return error_page(
        request,
        status=429,
        title=f"Please wait until {clock}",
        explanation=f"There were too many {what} from {_whom(request)} in a short time. "
        f"It goes on in {when}; then send this again.",
    )


def _is_act(request: HttpRequest) -> bool:
    return request.method == "POST"


def _whom(request: HttpRequest) -> str:
    return "you" if request.user.is_authenticated else "you, or from others in your network,"


def _in_words(seconds: int) -> str:
    for size, name in ((60 * 60, "hour"), (60, "minute")):
        if seconds > size:
            count = -(-seconds // size)
            return f"{count} {name}s"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
