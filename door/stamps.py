"""What a form carries to show that a page of ours gave it, when, and which one it is, so that it works once."""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from door import guests
from door.models import Guest, SentForm

STAMP = "stamp"
# People do not see the field; programs that fill in whatever a form has do (templates/door/_stamp.html).
TRAP = "topic"
DAY = 24 * 60 * 60

_TRAPPED = _(
    "Something was written into a field that people do not see; perhaps a program of yours filled it in. The field is "
    "empty again: please send this once more."
)
_UNSTAMPED = _(
    "This did not come from a page of this site that was opened today. Nothing is lost: please send it again."
)
_TOO_OLD = _("This page was opened more than a day ago. Nothing is lost: please send it again.")
_TOO_QUICK = _(
    "This was sent more quickly than people write. Please look it over for a moment, then send it again."
)
_CHANGED = _(
    "This form was sent already, and what it said then was taken. If you mean what it says now to be something new, "
    "send it once more."
)


@dataclass(frozen=True)
class Stamp:
    """The number of a form, and when its reader was first given it, in seconds since 1970."""

    number: UUID
    began: float


def new_stamp(*, began: float | None = None) -> str:
    """Return what to put into a form. `began` is when the clock began, now if it is not said."""
    milliseconds = round((time.time() if began is None else began) * 1000)
    return _signer().sign(f"{uuid4().hex}-{milliseconds}")


def stamp_for(request: HttpRequest) -> str:
    """Return a stamp for a form of the page that answers this request.

    A page that brings a form back carries a new number, for there may be several forms on it, but the clock goes on.
    """
    sent = _stamp_of(request)
    return new_stamp(began=sent.began if sent and not _is_too_old(sent) else None)


def form_of(request: HttpRequest) -> UUID | None:
    """The number of the form that was posted, None when it has no stamp of ours."""
    stamp = _stamp_of(request)
    return stamp.number if stamp else None


def trouble(request: HttpRequest) -> str:
    """Return why a posted form cannot be taken as it was sent, as a sentence to stand above it, or "".

    Members are not asked how long they wrote, nor for a stamp; that a form was sent before, with other words in it,
    is told to everybody (on views with `sent_once`).
    """
    if getattr(request, "form_was_sent_before", False):
        return str(_CHANGED)
    if request.user.is_authenticated:
        return ""
    stamp = _stamp_of(request)
    if request.POST.get(TRAP):
        return str(_TRAPPED)
    if stamp is None:
        return str(_UNSTAMPED)
    if _is_too_old(stamp):
        return str(_TOO_OLD)
    if time.time() - stamp.began < settings.FORM_MIN_SECONDS:
        return str(_TOO_QUICK)
    return ""


def sent_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose form does its work once, however often it is sent: the second time leads where the first led.

    The view runs in one transaction. Sending the same form a second time at the same moment waits for it. A view has
    done its work when it answers with a redirect, or with what `led_to` returns; else the form may be sent again. The
    same form with other words in it is no second sending: `trouble` tells its writer.
    """

    @functools.wraps(view)
    def once(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        stamp = _stamp_of(request) if request.method == "POST" else None
        if stamp is None:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            if _claim(stamp.number, _digest(request)):
                response = view(request, *args, **kwargs)
                _keep_or_give_back(stamp.number, response)
                return response
            sent = SentForm.objects.get(number=stamp.number)
        if sent.content == _digest(request):
            return _lead(request, sent)
        request.form_was_sent_before = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return once


def led_to(response: HttpResponse, address: str) -> HttpResponse:
    """Return the response of a view that did its work and shows a fragment; sent again, the form leads to `address`."""
    response.form_led_to = address  # type: ignore[attr-defined]
    return response


def sweep(*, older_than: timedelta = timedelta(days=7), at_most: int = 1_000) -> int:
    """Forget forms that were sent long ago, and return how many. Guests' are too old to be taken by then anyway."""
    old = SentForm.objects.filter(sent_at__lt=timezone.now() - older_than).order_by("sent_at")
    return SentForm.objects.filter(number__in=old.values("number")[:at_most]).delete()[0]


def _signer() -> signing.Signer:
    return signing.Signer(salt="door.stamps")


def _stamp_of(request: HttpRequest) -> Stamp | None:
    """The stamp that was posted, however old, or None when there is none or somebody made it up."""
    if request.method != "POST":
        return None
    try:
        number, milliseconds = _signer().unsign(request.POST.get(STAMP, "")).split("-")
        return Stamp(UUID(number), int(milliseconds) / 1000)
    except (signing.BadSignature, ValueError):
        return None


def _is_too_old(stamp: Stamp) -> bool:
    return time.time() - stamp.began > DAY


def _digest(request: HttpRequest) -> str:
    """A fingerprint of what the form says, without what every page gives anew."""
    said = sorted(
        (name, values)
        for name, values in request.POST.lists()
        if name not in (STAMP, TRAP, "csrfmiddlewaretoken")
    )
    return hashlib.sha256(repr((request.path, said)).encode("utf-8", "surrogatepass")).hexdigest()


def _claim(number: UUID, content: str) -> bool:
    """Whether this is the first time that the form is sent. Whoever claims it at the same moment waits here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO door_sentform (number, content, leads_to, sent_at) VALUES (%s, %s, '', now())"
            " ON CONFLICT DO NOTHING",
            [number, content],
        )
        return cursor.rowcount == 1


def _keep_or_give_back(number: UUID, response: HttpResponse) -> None:
    is_redirect = 300 <= response.status_code < 400
    address = response.get("Location", "") if is_redirect else getattr(response, "form_led_to", None)
    claim = SentForm.objects.filter(number=number)
    if address is None:
        claim.delete()
    else:
        # An address that does not fit is not worth failing for: the form did its work.
        claim.update(leads_to=address if len(address) <= _MAX_ADDRESS else "/")


_MAX_ADDRESS = SentForm._meta.get_field("leads_to").max_length or 0


def _lead(request: HttpRequest, sent: SentForm) -> HttpResponse:
    # "saved" drops the drafts in the browser (static/js/drafts.js).
    messages.info(request, gettext("This was sent already; here it is."), extra_tags="saved")
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204, headers={"HX-Redirect": sent.leads_to})
    else:
        response = redirect(sent.leads_to)
    # Whoever sends twice has not seen the first answer, nor got its cookie, without which a guest's text that waits
    # is hidden from the guest as well.
    if not request.user.is_authenticated and guests.guest_of(request) is None:
        guest = guests.new_guest(sent.number)
        if Guest.objects.filter(token=guest).exists():
            guests.remember_guest(response, guest)
    return response
