"""Asking a question, and saying more about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from door.admitting import ADMITTED, Admission
from questions import wording
from questions.locking import refuse_if_locked
from questions.models import DetailsRevision, Question, columns_of
from questions.rendering import rendered
from questions.uniqueness import insert


@transaction.atomic
def ask(
    text: str,
    *,
    by=None,
    guest_name: str = "",
    details: str = "",
    tags: Sequence[str] = (),
    at: datetime | None = None,
    admission: Admission = ADMITTED,
) -> Question:
    """Write a new question, its own primary, and return it.

    `by` is None for a guest. `details` is Markdown. `at` is for content that is older than its
    row. `admission` says whether it waits for a moderator. Raises wording.WordingError, or WordingExists
    when the wording is there, spelt whichever way.
    """
    question = Question(
        text=wording.clean(text),
        author=by,
        guest_name=guest_name,
        details=details,
        details_html=rendered(details),
        created_at=at or timezone.now(),
        **columns_of(admission),
    )
    question.pk = question.primary_id = Question.next_id()
    insert(question)
    if details:
        _keep_details(question, by=by, guest_name=guest_name, at=at)
    if tags:
        # In one order, so that two people with the same new tags do not wait for each other crosswise.
        question.tags.add(*sorted(tags))
    return question


@transaction.atomic
def edit_details(question: Question, details: str, *, by) -> None:
    """Give the question other details, in Markdown; the former text is kept as a revision."""
    refuse_if_locked(question, by=by)
    Question.objects.filter(pk=question.pk).update(details=details, details_html=rendered(details))
    question.details = details
    _keep_details(question, by=by)


def _keep_details(question: Question, *, by, guest_name: str = "", at: datetime | None = None) -> None:
    DetailsRevision.objects.create(
        question=question,
        text=question.details,
        author=by,
        guest_name=guest_name,
        created_at=at or timezone.now(),
    )
