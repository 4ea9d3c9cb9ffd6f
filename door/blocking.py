"""Keeping somebody from writing until a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from door.models import Block


class CannotBlock(Exception):
    """Nobody was blocked, or nothing lifted; the message says why."""


def block_of(
    *,
    user=None,
    email: str = "",
    emails: Iterable[str] = (),
    address_block: str = "",
    own_account_only: bool = False,
) -> Block | None:
    """The block in force on any of these, the one that lasts longest; None when they may write. One query at most.

    A blocked domain keeps out accounts and guests with an address there or at a subdomain of it; a blocked
    address an account that has it, too, unless it is asked about blocks of the account itself only.
    """
    member = user if user is not None and user.is_authenticated else None
    hit = Q()
    if member:
        hit |= Q(user=member)
    if address_block:
        hit |= Q(address_block=address_block)
    known = {address.lower() for address in (email, *emails, (member and member.email) or "") if address}
    if known and not own_account_only:
        domains = {domain for address in known for domain in domains_above(address.rpartition("@")[2])}
        hit |= Q(email__in=known) | Q(email_domain__in=domains)
    if not hit:
        return None
    return Block.objects.in_force().filter(hit).order_by("-until").first()


def domains_above(domain: str) -> list[str]:
    """The domain itself and those above it, but for the top: mail.example.org, example.org."""
    parts = domain.lower().rstrip(".").split(".")
    return [".".join(parts[start:]) for start in range(max(1, len(parts) - 1))]


def block(
    *,
    user=None,
    address_block: str = "",
    email: str = "",
    email_domain: str = "",
    until: datetime,
    reason: str,
    by,
) -> Block:
    """Let one of these not write until then, and return the block. Raises CannotBlock."""
    if until <= timezone.now():
        raise CannotBlock(_("That day is over. Please choose one that is to come."))
    if user is not None and by is not None:
        if user.pk == by.pk:
            raise CannotBlock(_("This is your own account, and you cannot block yourself."))
        if (user.is_superuser or user.is_staff) and not by.is_superuser:
            raise CannotBlock(_("Accounts of admins can be blocked by admins only."))
    return Block.objects.create(
        user=user,
        address_block=address_block,
        email=email.lower(),
        email_domain=email_domain.lower(),
        until=until,
        reason=reason,
        by=by,
        created_at=timezone.now(),
    )


def lift(blocked: Block, *, by) -> Block:
    """Let them write again. Raises CannotBlock when the block was lifted already, or is over."""
    if not Block.objects.in_force().filter(pk=blocked.pk).update(lifted_at=timezone.now(), lifted_by=by):
        raise CannotBlock(_("This block is not in force any more."))
    blocked.refresh_from_db(fields=["lifted_at", "lifted_by"])
    return blocked
