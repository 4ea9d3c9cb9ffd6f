"""Whether what somebody wrote is shown at once, waits for a moderator, or is not taken at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import reduce

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from door import checking, classifying, watching
from door.addresses import address_block, client_address
from door.admitting import ADMITTED, Admission
from door.guests import guest_of, new_guest
from door.links import addresses_in
from door.models import Guest, WatchedWord
from door.records import Record, recent_count, record_of
from door.stamps import form_of


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
    guest = known or Guest(token=token or new_guest(form_of(request)), email=email, created_at=timezone.now())
    guest.name = name or guest.name
    guest.website = website or guest.website
    return guest


@dataclass(frozen=True)
class Verdict:
    """What becomes of a text. `reasons` are for moderators, `refusal` for whoever wrote it.

    `judged` is the text as it came. `flags` are the watched words for which moderators look at a text that is shown
    all the same.
    """

    outcome: Outcome
    judged: str
    replaces: bool = False
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    refusal: str = ""
    spam_score: float | None = None
    admission: Admission = ADMITTED

    @property
    def text(self) -> str:
        """The text as it is to be saved, with watched words replaced."""
        return self.saved(self.judged)

    def saved(self, part: str) -> str:
        """A part of what was judged as it is to be saved: a text may be judged together with the name beside it."""
        return watching.replaced(part) if self.replaces else part

    @property
    def is_held(self) -> bool:
        return self.outcome == Outcome.HOLD

    @property
    def is_refused(self) -> bool:
        return self.outcome == Outcome.REFUSE


def judge(
    text: str, *, kind: str, writer: Writer, before: str = "", also: Sequence[str | Promise] = ()
) -> Verdict:
    """Judge a text that is a "question", an "answer", a "comment" or an "edit".

    `before` is the text that was edited; what stood in it already is not counted. `also` are reasons to hold it
    that the caller knows, such as that it is the copy of another, lazily translated. Keeps the guest's row unless
    the text is refused.
    """
    if writer.is_moderator:
        return Verdict(Outcome.PUBLISH, text, admission=Admission(address_block=writer.address_block))
    watched = watching.watched_in(text)
    by_action = {action: [w.phrase for w in watched if w.action == action] for action in WatchedWord.Action}
    if by_action[WatchedWord.Action.BLOCK]:
        return Verdict(Outcome.REFUSE, text, refusal=_refusal(by_action[WatchedWord.Action.BLOCK]))
    record = record_of(user=writer.user, guest=writer.guest)
    spam_score = classifying.spam_score(text)
    # They are kept for moderators, so they are said in the site's language and not in that of whoever wrote the text.
    with translation.override(settings.LANGUAGE_CODE):
        reasons = (
            *map(str, also),
            *_newness(text, kind, writer, record, before),
            *_watched(by_action[WatchedWord.Action.HOLD]),
            *_likely_spam(spam_score),
            *_burst(writer, record),
            *([] if record.lasting else _checked(text, kind, writer)),
        )
    return Verdict(
        Outcome.HOLD if reasons else Outcome.PUBLISH,
        text,
        replaces=bool(by_action[WatchedWord.Action.REPLACE]),
        reasons=reasons,
        flags=tuple(by_action[WatchedWord.Action.FLAG]),
        spam_score=spam_score,
        admission=Admission(
            is_held=bool(reasons),
            reasons=reasons,
            spam_score=spam_score,
            guest=_kept(writer.guest),
            address_block=writer.address_block,
        ),
    )


class NotTaken(Exception):
    """The text is refused; the message says why, to whoever wrote it."""


def judged(
    writer: Writer, *parts: str, kind: str, before: str = "", also: Sequence[str | Promise] = ()
) -> Verdict:
    """Judge the parts of what a form says together. `Verdict.saved` says how each is to be saved. Raises NotTaken."""
    verdict = judge("\n\n".join(filter(None, parts)), kind=kind, writer=writer, before=before, also=also)
    if verdict.is_refused:
        raise NotTaken(verdict.refusal)
    return verdict


def _refusal(phrases: list[str]) -> str:
    said = reduce(
        lambda one, other: _("{one} and {other}").format(one=one, other=other),
        (_("“{phrase}”").format(phrase=phrase) for phrase in phrases),
    )
    return _("Texts with {phrases} are not taken here. Please put it into other words.").format(phrases=said)


def _watched(phrases: list[str]) -> list[str]:
    return [_("The watched words “{phrase}” stand in it.").format(phrase=phrase) for phrase in phrases]


def _likely_spam(score: float | None) -> list[str]:
    if score is None or score < settings.SPAM_HELD_FROM:
        return []
    return [_("Its words look like spam: {number}\u00a0%.").format(number=math.floor(score * 100))]


def _checked(text: str, kind: str, writer: Writer) -> list[str]:
    """What the checker of another program has against a text, if there is one."""
    request = writer.request
    opinion = checking.opinion(
        checking.Submission(
            text=text,
            kind=kind,
            name=getattr(writer.user, "name", writer.guest_name),
            email=writer.email,
            website=writer.website,
            address=str(client_address(request) or "") if request else "",
            user_agent=request.headers.get("User-Agent", "") if request else "",
            page=request.build_absolute_uri() if request else "",
        )
    )
    match opinion:
        case checking.Opinion.SPAM:
            return [_("The spam checker calls it spam.")]
        case checking.Opinion.UNSURE:
            return [_("The spam checker is not sure, or could not be asked.")]
    return []


def _newness(text: str, kind: str, writer: Writer, record: Record, before: str) -> list[str]:
    """Reasons to hold a text that lie in how little is known of who wrote it, and in its links."""
    links = len(addresses_in(text) - addresses_in(before))
    reasons = []
    if writer.guest is not None and settings.HOLD_GUESTS:
        if not writer.guest.is_confirmed:
            reasons.append(_("By a guest whose address is not confirmed."))
        elif not record.lasting:
            reasons.append(_("By a guest of whom nothing was approved yet."))
    if writer.user is not None and not record.lasting and kind != "edit":
        if settings.HOLD_NEWCOMERS:
            reasons.append(_("By a member of whom nothing was approved yet."))
        elif not _has_confirmed_address(writer.user):
            reasons.append(
                _("By a member of whom nothing was approved yet, and whose address is not confirmed.")
            )
    if links and not record.lasting:
        reasons.append(_("The first of its writer, and it links to something."))
    # Sources are what a good answer has, so the number of links speaks against strangers' and against comments.
    if links > settings.MAX_LINKS and (kind == "comment" or not record.lasting or writer.guest is not None):
        reasons.append(ngettext("{number} link.", "{number} links.", links).format(number=links))
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
    said = ngettext(
        "{count} texts from there within a minute.",
        "{count} texts from there within {number} minutes.",
        settings.BURST_MINUTES,
    )
    return [said.format(count=count + 1, number=settings.BURST_MINUTES)]


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
