"""Writing comments."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from answers import markup
from answers.models import Answer, Comment
from door.admitting import ADMITTED, Admission
from questions.models import Question, columns_of


def comment(
    on: Question | Answer,
    text: str,
    *,
    by=None,
    guest_name: str = "",
    at: datetime | None = None,
    admission: Admission = ADMITTED,
) -> Comment:
    """Write a comment on a question or on an answer and return it. `by` is None for a guest."""
    return Comment.objects.create(
        question=on if isinstance(on, Question) else None,
        answer=on if isinstance(on, Answer) else None,
        text=text,
        html=markup.comment_html(text),
        author=by,
        guest_name=guest_name,
        created_at=at or timezone.now(),
        **columns_of(admission),
    )
