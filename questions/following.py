"""Members follow a question, whatever it is merged into."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from questions.models import Follow, Question


def follow(question: Question, *, by) -> None:
    """Note at this home that the member follows; following twice is following once."""
    Follow.objects.bulk_create(
        [Follow(question=question, user=by, created_at=timezone.now())], ignore_conflicts=True
    )


@transaction.atomic
def unfollow(question: Question, *, by) -> None:
    """Stop following the question, at whichever wording of its family the member began to."""
    Follow.objects.filter(user=by, question__primary=question.primary_id).delete()
