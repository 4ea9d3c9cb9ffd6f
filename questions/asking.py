"""Bringing wordings in: asking, adding an alternate, rewording; and what to say when a wording exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from questions import families, log, merging, wording
from questions.markdown import markdown_html
from questions.models import Act, DetailsRevision, Question, WordingIndex


class WordingExists(Exception):
    """Another question has this wording. `existing` is that question, with its `primary` loaded."""

    def __init__(self, existing: Question) -> None:
        self.existing = existing
        super().__init__(f"“{existing.text}” already exists.")


@transaction.atomic
def ask(
    text: str,
    *,
    by=None,
    guest_name: str = "",
    details: str = "",
    tags: Sequence[str] = (),
    at: datetime | None = None,
) -> Question:
    """Write a new question, its own primary, and return it.

    `by` is None for a guest. `details` is Markdown. `at` is for content that is older than its
    row. Raises wording.WordingError, or WordingExists when the wording is there, spelt whichever way.
    """
    question = Question(
        text=wording.clean(text),
        author=by,
        guest_name=guest_name,
        details=details,
        details_html=markdown_html(details),
        created_at=at or timezone.now(),
    )
    question.pk = question.primary_id = Question.next_id()
    _insert(question)
    if details:
        _keep_details(question, by=by, guest_name=guest_name, at=at)
    if tags:
        question.tags.add(*tags)
    return question


@transaction.atomic
def add_alternate(text: str, *, to: Question, by, reason: str = "", at: datetime | None = None) -> Act:
    """Write a new wording that is merged into `to` from its first moment.

    Raises wording.WordingError, WordingExists, merging.QuestionIsHidden or families.FamiliesAreBusy.
    """
    [to] = families.lock(to)
    if to.primary.is_hidden:
        raise merging.QuestionIsHidden(to.primary)
    alternate = Question(
        text=wording.clean(text),
        author=by,
        merged_into=to,
        primary_id=to.primary_id,
        created_at=at or timezone.now(),
    )
    _insert(alternate)
    families.recount([to.primary_id])
    return log.record(Act.Kind.ADDED, alternate, other=to, by=by, reason=reason, at=at)


@transaction.atomic
def reword(question: Question, text: str, *, by, reason: str = "", undoes: Act | None = None) -> Act | None:
    """Give the question another wording; None when it reads so already.

    Raises wording.WordingError, or WordingExists when another question, of this family or not, has it.
    """
    text = wording.clean(text)
    question = Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    if text == question.text:
        return None
    before, question.text, question.key = question.text, text, wording.key(text)
    with _unique_wording(question):
        question.save(update_fields=["text", "key"])
    WordingIndex.objects.filter(pk=question.pk).update(text=text)
    return log.record(Act.Kind.REWORDED, question, text_before=before, by=by, reason=reason, undoes=undoes)


@transaction.atomic
def edit_details(question: Question, details: str, *, by) -> None:
    """Give the question other details, in Markdown; the former text is kept as a revision."""
    Question.objects.filter(pk=question.pk).update(details=details, details_html=markdown_html(details))
    question.details = details
    _keep_details(question, by=by)


def _insert(question: Question) -> None:
    question.key = wording.key(question.text)
    question.last_activity_at = question.created_at
    with _unique_wording(question):
        question.save(force_insert=True)
    WordingIndex.objects.create(question=question, text=question.text)


@contextmanager
def _unique_wording(question: Question) -> Iterator[None]:
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


def _keep_details(question: Question, *, by, guest_name: str = "", at: datetime | None = None) -> None:
    DetailsRevision.objects.create(
        question=question,
        text=question.details,
        author=by,
        guest_name=guest_name,
        created_at=at or timezone.now(),
    )
