"""Blocking at the desk: the door's verbs, each with its line in the public log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from door import blocking
from door.blocking import CannotBlock
from door.models import Block
from qa_site.moderation import desk_log
from qa_site.moderation.models import DeskAct
from qa_site.moderation.models.desk_sentences import Facts


@transaction.atomic
def block(*, until: datetime, reason: str, by, **whom) -> Block:
    """Let an account (`user`), an `address_block`, an `email` or an `email_domain` not write until then.

    Raises CannotBlock.
    """
    made = blocking.block(until=until, reason=reason, by=by, **whom)
    facts = _whom(made) | {"until": until.isoformat()}
    desk_log.record(DeskAct.Kind.BLOCKED, facts, by=by, reason=reason)
    return made


@transaction.atomic
def lift(blocked: Block, *, by, reason: str = "") -> Block:
    """Let them write again. Raises CannotBlock when that is so already, or when it is a block of one's own account."""
    if blocked.user_id is not None and blocked.user_id == by.pk and not by.is_superuser:
        raise CannotBlock(gettext("This block is of your own account. Another moderator can lift it."))
    lifted = blocking.lift(blocked, by=by)
    desk_log.record(DeskAct.Kind.UNBLOCKED, _whom(lifted), by=by, reason=reason)
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


def _whom(blocked: Block) -> Facts:
    if blocked.user:
        return {"about": "account", "named": blocked.user.get_full_name()}
    if blocked.email_domain:
        return {"about": "e-mail domain", "named": blocked.email_domain}
    # In the public log not even the beginning of a fingerprint is told.
    return {"about": "e-mail address" if blocked.email else "address block"}
