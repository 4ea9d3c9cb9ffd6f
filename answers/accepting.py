"""The asker marks the answer that helped; the mark stays at its home, whatever is merged."""

from __future__ import annotations

from django.db import transaction

from answers.models import Answer
from questions import families


@transaction.atomic
def accept(answer: Answer) -> None:
    """Mark this answer as the one that helped, in place of another of the same home."""
    families.lock(answer.question)
    Answer.objects.filter(question=answer.question, is_accepted=True).update(is_accepted=False)
    Answer.objects.filter(pk=answer.pk).update(is_accepted=True)


@transaction.atomic
def take_back(answer: Answer) -> None:
    """Take the mark off this answer, if it has it."""
    families.lock(answer.question)
    Answer.objects.filter(pk=answer.pk).update(is_accepted=False)
