"""What became of what somebody wrote so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from types import ModuleType

from django.conf import settings

from door.models import Guest


@dataclass(frozen=True)
class Record:
    """How many texts of a writer are in which state, and since when the writer is here.

    `lasting` are those among the approved that a moderator saw, or that stood for a day without being hidden.
    """

    approved: int = 0
    pending: int = 0
    rejected: int = 0
    spam: int = 0
    hidden: int = 0
    lasting: int = 0
    since: datetime | None = None


def record_of(user=None, guest: Guest | None = None) -> Record:
    """The record of a member, or of a guest as far as one address in one browser tells."""
    return _records().record_of(user=user, guest=guest)


def recent_count(*, since: datetime, user=None, guest: Guest | None = None, address_block: str = "") -> int:
    """How many texts came since then from any of these: the member, the guest's browser, the block of addresses."""
    return _records().recent_count(since=since, user=user, guest=guest, address_block=address_block)


def _records() -> ModuleType:
    return import_module(settings.WRITER_RECORDS)
