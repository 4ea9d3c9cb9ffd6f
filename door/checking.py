"""Asking somebody else's program whether a text is spam. Whatever goes wrong with it, the text is held, never lost."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from threading import BoundedSemaphore, Thread

from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

# A checker that hangs keeps its thread; past so many, texts are held without asking.
MAX_AT_ONCE = 8
_places = BoundedSemaphore(MAX_AT_ONCE)


class Opinion(StrEnum):
    SPAM = "spam"
    FINE = "fine"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a checker is told about a text and its writer; what is not known is empty."""

    text: str
    kind: str
    name: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    user_agent: str = ""
    page: str = ""


def opinion(submission: Submission) -> Opinion:
    """What the checker named by SPAM_CHECKER thinks. FINE when none is named, UNSURE when it cannot be had in time.

    Takes at most SPAM_CHECKER_TIMEOUT seconds, however the checker behaves.
    """
    if not settings.SPAM_CHECKER:
        return Opinion.FINE
    places = _places
    if not places.acquire(blocking=False):
        return _unsure("is busy with texts that it has not answered about")
    answers: list[Opinion] = []
    troubles: list[str] = []

    def ask() -> None:
        try:
            answers.append(Opinion(import_string(settings.SPAM_CHECKER)(submission)))
        except Exception as error:
            # The message might quote what was sent, so only the kind of it is told.
            troubles.append(type(error).__name__)
        finally:
            connections.close_all()
            places.release()

    # A thread that nobody waits for at the end of the process: it may hang for ever.
    thread = Thread(target=ask, name="spam checker", daemon=True)
    thread.start()
    thread.join(settings.SPAM_CHECKER_TIMEOUT)
    if answers:
        return answers[0]
    if troubles:
        return _unsure(f"failed with {troubles[0]}")
    return _unsure(f"did not answer within {settings.SPAM_CHECKER_TIMEOUT} seconds")


def _unsure(what_happened: str) -> Opinion:
    logger.warning("The spam checker %s; the text was held.", what_happened)
    return Opinion.UNSURE
