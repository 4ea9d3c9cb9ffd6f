"""Writing to the append-only log of acts."""

from datetime import datetime

from django.utils import timezone

from questions.models import Act, Question


def record(
    kind: Act.Kind,
    question: Question,
    *,
    other: Question | None = None,
    text_before: str = "",
    by,
    reason: str = "",
    undoes: Act | None = None,
    at: datetime | None = None,
) -> Act:
    """Write and return the row of an act that was just done, in the same transaction as the act.

    `at` is when it was done where it comes with an import; now, if it is not given.
    """
    return Act.objects.create(
        kind=kind,
        question=question,
        other=other,
        question_text=question.text,
        other_text=other.text if other else "",
        text_before=text_before,
        by=by,
        reason=reason,
        created_at=at or timezone.now(),
        undoes=undoes,
    )
