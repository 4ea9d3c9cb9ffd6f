"""Which views are limited as which act, and the page of whoever has to wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

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
    "close-newcomers": "follow",
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

# What of it there was too much, from a member and from somebody who is not signed in.
_TOO_MUCH: dict[str, tuple[Any, Any]] = {
    "ask": (
        _("There were too many questions from you in a short time."),
        _("There were too many questions from you, or from others in your network, in a short time."),
    ),
    "answer": (
        _("There were too many answers and edits from you in a short time."),
        _("There were too many answers and edits from you, or from others in your network, in a short time."),
    ),
    "comment": (
        _("There were too many comments from you in a short time."),
        _("There were too many comments from you, or from others in your network, in a short time."),
    ),
    "vote": (
        _("There were too many marks from you in a short time."),
        _("There were too many marks from you, or from others in your network, in a short time."),
    ),
    "report": (
        _("There were too many reports and appeals from you in a short time."),
        _(
            "There were too many reports and appeals from you, or from others in your network, in a short time."
        ),
    ),
    "suggest": (
        _("There were too many suggestions from you in a short time."),
        _("There were too many suggestions from you, or from others in your network, in a short time."),
    ),
    "sign-in": (
        _("There were too many attempts to sign in from you in a short time."),
        _(
            "There were too many attempts to sign in from you, or from others in your network, in a short time."
        ),
    ),
    "sign-up": (
        _("There were too many new accounts from you in a short time."),
        _("There were too many new accounts from you, or from others in your network, in a short time."),
    ),
    "mail": (
        _("There were too many mails from you in a short time."),
        _("There were too many mails from you, or from others in your network, in a short time."),
    ),
    "search": (
        _("There were too many searches from you in a short time."),
        _("There were too many searches from you, or from others in your network, in a short time."),
    ),
    "preview": (
        _("There were too many previews from you in a short time."),
        _("There were too many previews from you, or from others in your network, in a short time."),
    ),
    "": (
        _("There were too many requests from you in a short time."),
        _("There were too many requests from you, or from others in your network, in a short time."),
    ),
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
    if request.headers.get("HX-Request"):
        # For the line of notices (base.html says so to htmx); what follows the typing just stays as it is.
        notice = format_html('<div class="notice"><p>{}</p></div>', _again_in(seconds))
        return HttpResponse(
            notice if _is_act(request) else "",
            status=429,
            headers={} if _is_act(request) else {"HX-Reswap": "none"},
        )
    clock = date_format(until, "TIME_FORMAT")
    if until.date() == timezone.localdate():
        title = gettext("Please wait until {clock}").format(clock=clock)
    else:
        title = gettext("Please wait until {day}, {clock}").format(
            day=date_format(until, "MONTH_DAY_FORMAT"), clock=clock
        )
    from_member, from_guest = _TOO_MUCH.get(act, _TOO_MUCH[""])
    return error_page(
        request,
        status=429,
        title=title,
        explanation=f"{from_member if request.user.is_authenticated else from_guest} {_goes_on_in(seconds)}",
    )


def _is_act(request: HttpRequest) -> bool:
    return request.method == "POST"


def _again_in(seconds: int) -> str:
    number, unit = _rounded_up(seconds)
    said = {
        "hours": ngettext(
            "That was too often. Please try again in {number} hour.",
            "That was too often. Please try again in {number} hours.",
            number,
        ),
        "minutes": ngettext(
            "That was too often. Please try again in {number} minute.",
            "That was too often. Please try again in {number} minutes.",
            number,
        ),
        "seconds": ngettext(
            "That was too often. Please try again in {number} second.",
            "That was too often. Please try again in {number} seconds.",
            number,
        ),
    }[unit]
    return said.format(number=number)


def _goes_on_in(seconds: int) -> str:
    number, unit = _rounded_up(seconds)
    said = {
        "hours": ngettext(
            "It goes on in {number} hour; then send this again.",
            "It goes on in {number} hours; then send this again.",
            number,
        ),
        "minutes": ngettext(
            "It goes on in {number} minute; then send this again.",
            "It goes on in {number} minutes; then send this again.",
            number,
        ),
        "seconds": ngettext(
            "It goes on in {number} second; then send this again.",
            "It goes on in {number} seconds; then send this again.",
            number,
        ),
    }[unit]
    return said.format(number=number)


def _rounded_up(seconds: int) -> tuple[int, str]:
    """A time as a whole number of the largest unit of which there is more than one."""
    for size, unit in ((60 * 60, "hours"), (60, "minutes")):
        if seconds > size:
            return -(-seconds // size), unit
    return seconds, "seconds"
