"""One wording, one question: writing wordings so that one that exists is found instead of doubled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from questions import wording
from questions.duplicates import embedding
from questions.models import Question, WordingIndex


class WordingExists(Exception):
    """Another question has this wording. `existing` is that question, with its `primary` loaded."""

    def __init__(self, existing: Question) -> None:
        self.existing = existing
        super().__init__(_("“{text}” already exists.").format(text=existing.text))


def insert(question: Question) -> None:
    """Write a new question, whose id, edge and shortcut are set, with its key and what it is found by.

    Raises WordingExists.
    """
    question.key = wording.key(question.text)
    question.last_activity_at = question.created_at
    with unique_wording(question):
        question.save(force_insert=True)
    WordingIndex.objects.create(question=question, text=question.text)
    embedding.embed(question)


@contextmanager
def unique_wording(question: Question) -> Iterator[None]:
    """Turns a violation of the unique key into WordingExists.

    Two people can race for a wording, so looking before writing would decide nothing; nobody looks before.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not _is_about(error, "question_wording_is_unique"):
            raise
        existing = Question.objects.select_related("primary").get(key=question.key)
        raise WordingExists(existing) from error


def _is_about(error: IntegrityError, constraint: str) -> bool:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) == constraint
