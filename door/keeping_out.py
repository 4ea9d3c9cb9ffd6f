"""Refusing what people send who are blocked: one place, for every form of the site."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from door.addresses import address_block
from door.blocking import block_of
from door.guests import guest_of
from door.models import Block, Guest

# What writes nothing that others read. Everything else is refused, a new form too.
OPEN_TO_ALL = {"arrived", "follow", "preview"}
# Signing in and out; signing up asks for itself. The admin has permissions of its own.
_OPEN_NAMESPACES = {"admin"}
_OPEN_PREFIXES = ("account_",)

# Whose work it is to lift blocks is not kept from it by one that was meant for a neighbour.
LIFTS_BLOCKS = "moderation.block_writers"


class KeepOutMiddleware:
    """Answers a form of somebody who is blocked with 403, until when, and why; the page shows what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if request.method not in ("GET", "HEAD", "OPTIONS", "TRACE") and not _is_open(request):
            refuse_who_is_blocked(request)


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = (match and match.view_name) or ""
    return (
        match is None
        or name in OPEN_TO_ALL
        or name.startswith(_OPEN_PREFIXES)
        or not _OPEN_NAMESPACES.isdisjoint(match.namespaces)
    )


def refuse_who_is_blocked(request: HttpRequest) -> None:
    """Raise PermissionDenied with a sentence for whoever may not write just now."""
    if found := _block(request):
        raise PermissionDenied(sentence(found))


def _block(request: HttpRequest) -> Block | None:
    if request.user.is_authenticated:
        found = block_of(user=request.user, address_block=address_block(request))
        if found and not found.user_id and request.user.has_perm(LIFTS_BLOCKS):
            return block_of(user=request.user, own_account_only=True)
        return found
    emails = [request.POST.get("email", "")]
    if token := guest_of(request):
        emails += Guest.objects.filter(token=token).values_list("email", flat=True)
    return block_of(emails=filter(_is_address, emails), address_block=address_block(request))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def sentence(found: Block) -> str:
    return _("You cannot write here until {until}: {reason}. Until then you can read everything.").format(
        until=date_format(timezone.localtime(found.until), "DATETIME_FORMAT"), reason=found.reason.rstrip(".")
    )
