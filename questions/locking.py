"""What a lock shuts: a page whose primary is locked takes no answers, wordings or edits, but by those who may lock."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from questions.models import Question
from questions.permissions import LOCKED, may


class QuestionIsLocked(PermissionDenied):
    """The question or its page is locked; the message says so, and what was typed stands on the page that shows it."""

    def __init__(self) -> None:
        super().__init__(LOCKED)


def refuse_if_locked(question: Question, *, by) -> None:
    """Raise QuestionIsLocked when the wording or its page is locked and `by`, None for a guest, may not lock it.

    Asks the database, for the caller has just locked the family. One query.
    """
    locked = Question.objects.filter(pk__in={question.pk, question.primary_id}, is_locked=True)
    if locked.exists() and not (by is not None and may(by, "lock")):
        raise QuestionIsLocked
