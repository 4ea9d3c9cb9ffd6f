"""Blocking at the desk: the door's verbs, each with its line in the public log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from door import blocking
from door.blocking import CannotBlock
from door.models import Block
from qa_site.moderation import desk_log
from qa_site.moderation.models import DeskAct


@transaction.atomic
def block(*, until: datetime, reason: str, by, **whom) -> Block:
    """Let an account (`user`), an `address_block`, an `email` or an `email_domain` not write until then.

    Raises CannotBlock.
    """
    made = blocking.block(until=until, reason=reason, by=by, **whom)
    with translation.override("en"):
        last_day = day(until)
    desk_log.record(
        DeskAct.Kind.BLOCKED, f"{_named(made)} may not write until {last_day}.", by=by, reason=reason
    )
    return made


@transaction.atomic
def lift(blocked: Block, *, by, reason: str = "") -> Block:
    """Let them write again. Raises CannotBlock when that is so already, or when it is a block of one's own account."""
    if blocked.user_id is not None and blocked.user_id == by.pk and not by.is_superuser:
        raise CannotBlock(gettext("This block is of your own account. Another moderator can lift it."))
    lifted = blocking.lift(blocked, by=by)
    desk_log.record(DeskAct.Kind.UNBLOCKED, f"{_named(lifted)} may write again.", by=by, reason=reason)
    return lifted


def block_again(lifted: Block, *, by) -> Block:
    """Undo the lifting of a block: make another like it. Raises CannotBlock when its day is over."""
    return block(
        user=lifted.user,
        address_block=lifted.address_block,
        email=lifted.email,
        email_domain=lifted.email_domain,
        until=lifted.until,
        reason=lifted.reason,
        by=by,
    )


def day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _named(blocked: Block) -> str:
    # In the public log not even the beginning of a fingerprint is told. It is English, whoever writes it.
    with translation.override("en"):
        whom = "a block of addresses" if blocked.address_block else blocked.whom
    return whom[0].upper() + whom[1:]
