"""Whether what somebody wrote is shown at once, waits for a moderator, or is not taken at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from door.addresses import address_block
from door.admitting import ADMITTED, Admission
from door.guests import guest_of, new_guest
from door.links import addresses_in
from door.models import Guest
from door.records import Record, recent_count, record_of


class Outcome(StrEnum):
    PUBLISH = "publish"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Writer:
    """Who brings a text, and what their request says about where it comes from.

    Either `user` or `guest` is filled, unless the site itself writes. A guest's row may not be in the database
    yet: `judge` keeps it when the text is taken.
    """

    user: object | None = None
    guest: Guest | None = None
    guest_name: str = ""
    email: str = ""
    website: str = ""
    address_block: str = ""
    request: HttpRequest | None = None

    @property
    def is_moderator(self) -> bool:
        return self.user is not None and self.user.has_perm(settings.NEVER_JUDGED)  # type: ignore[attr-defined]


def writer_of(request: HttpRequest, *, guest_name: str = "", email: str = "", website: str = "") -> Writer:
    """Who sends this request: the member, or the guest of the signed cookie, a new one if there is none.

    A guest who is not asked for an address is who this browser confirmed to be, if it did. Writes nothing.
    """
    block = address_block(request)
    if request.user.is_authenticated:
        return Writer(user=request.user, email=request.user.email or "", address_block=block, request=request)
    guest = _guest(request, guest_name, email.strip().lower(), website)
    return Writer(
        guest=guest,
        guest_name=guest_name,
        email=guest.email,
        website=website,
        address_block=block,
        request=request,
    )


def _guest(request: HttpRequest, name: str, email: str, website: str) -> Guest:
    token = guest_of(request)
    known = None
    if token is not None:
        rows = Guest.objects.filter(token=token)
        known = (
            rows.filter(email=email).first()
            if email
            else rows.exclude(confirmed_at=None).order_by("-confirmed_at").first()
            or rows.filter(email="").first()
        )
    guest = known or Guest(token=token or new_guest(), email=email, created_at=timezone.now())
    guest.name = name or guest.name
    guest.website = website or guest.website
    return guest


@dataclass(frozen=True)
class Verdict:
    """What becomes of a text. `reasons` are for moderators, `refusal` for whoever wrote it.

    `text` is what is to be saved: the text as it came, with watched words replaced. `flags` are reasons for
    moderators to look at a text that is shown all the same.
    """

    outcome: Outcome
    text: str
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    refusal: str = ""
    spam_score: float | None = None
    admission: Admission = ADMITTED

    @property
    def is_held(self) -> bool:
        return self.outcome == Outcome.HOLD

    @property
    def is_refused(self) -> bool:
        return self.outcome == Outcome.REFUSE


def judge(text: str, *, kind: str, writer: Writer, before: str = "", also: Sequence[str] = ()) -> Verdict:
    """Judge a text that is a "question", an "answer", a "comment" or an "edit".

    `before` is the text that was edited; what stood in it already is not counted. `also` are reasons to hold it
    that the caller knows, such as that it is the copy of another. Keeps the guest's row unless the text is refused.
    """
    if writer.is_moderator:
        return Verdict(Outcome.PUBLISH, text, admission=Admission(address_block=writer.address_block))
    record = record_of(user=writer.user, guest=writer.guest)
    reasons = (*also, *_newness(text, kind, writer, record, before), *_burst(writer, record))
    held = bool(reasons)
    return Verdict(
        Outcome.HOLD if held else Outcome.PUBLISH,
        text,
        reasons=reasons,
        admission=Admission(
            is_held=held,
            reasons=reasons,
            guest=_kept(writer.guest),
            address_block=writer.address_block,
        ),
    )


def _newness(text: str, kind: str, writer: Writer, record: Record, before: str) -> list[str]:
    """Reasons to hold a text that lie in how little is known of who wrote it, and in its links."""
    links = len(addresses_in(text) - addresses_in(before))
    reasons = []
    if writer.guest is not None and settings.HOLD_GUESTS:
        if not writer.guest.is_confirmed:
            reasons.append("By a guest whose address is not confirmed.")
        elif not record.lasting:
            reasons.append("By a guest of whom nothing was approved yet.")
    if writer.user is not None and not record.lasting and kind != "edit":
        if settings.HOLD_NEWCOMERS:
            reasons.append("By a member of whom nothing was approved yet.")
        elif not _has_confirmed_address(writer.user):
            reasons.append(
                "By a member of whom nothing was approved yet, and whose address is not confirmed."
            )
    if links and not record.lasting:
        reasons.append("The first of its writer, and it links to something.")
    # Sources are what a good answer has, so the number of links speaks against strangers' and against comments.
    if links > settings.MAX_LINKS and (kind == "comment" or not record.lasting or writer.guest is not None):
        reasons.append(f"{links} links.")
    return reasons


def _has_confirmed_address(user) -> bool:
    """Without a confirmed address nobody signs in, where confirming is mandatory."""
    return (
        settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory"
        or user.emailaddress_set.filter(verified=True).exists()
    )


def _burst(writer: Writer, record: Record) -> list[str]:
    # Members of whom something lasts do not answer for others in the same house.
    count = recent_count(
        since=timezone.now() - timedelta(minutes=settings.BURST_MINUTES),
        user=writer.user,
        guest=writer.guest,
        address_block="" if writer.user is not None and record.lasting else writer.address_block,
    )
    if count < settings.BURST_TEXTS:
        return []
    return [f"{count + 1} texts from there within {settings.BURST_MINUTES} minutes."]


def _kept(guest: Guest | None) -> Guest | None:
    """The guest's row, with the name and the website as given last."""
    if guest is None:
        return None
    kept, _ = Guest.objects.update_or_create(
        token=guest.token,
        email=guest.email,
        defaults={"name": guest.name, "website": guest.website},
        create_defaults={"name": guest.name, "website": guest.website, "created_at": guest.created_at},
    )
    return kept
