"""Telling members by mail what became of something of theirs, once it stands in the database."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

logger = logging.getLogger(__name__)

# A mail server that does not answer must not keep the moderator waiting, who has done nothing wrong.
_PATIENCE = 5  # seconds


def tell(people: Iterable, *, subject: str | Promise, text: str | Promise) -> None:
    """Send each of these members, as far as they have an address, the same words after the transaction.

    Lazy words are said in the language of each member. A mail that cannot be sent is a line in the site's own log,
    which names nobody; the page says the same anyhow.
    """
    by_language: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.is_active and person.email:
            by_language[getattr(person, "language", "") or settings.LANGUAGE_CODE].add(person.email)
    for language, addresses in by_language.items():
        with translation.override(language):
            words = str(subject), str(text)
        _send_after_commit(sorted(addresses), *words)


def write_to(address: str, *, subject: str, text: str) -> None:
    """Send these words to one address after the transaction, as `tell` does."""
    _send_after_commit([address], subject, text)


def _send_after_commit(addresses: list[str], subject: str, text: str) -> None:
    transaction.on_commit(lambda: _send(addresses, subject, text), robust=True)


def _send(addresses: list[str], subject: str, text: str) -> None:
    letters = [
        mail.EmailMessage(f"{settings.SITE_NAME}: {subject}", text, to=[address]) for address in addresses
    ]
    try:
        mail.get_connection(timeout=_PATIENCE).send_messages(letters)
    except Exception as error:  # whatever a mail server does
        logger.warning("%d mails about “%s” were not sent: %s", len(letters), subject, type(error).__name__)
