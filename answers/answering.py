"""Writing answers and changing their text; every text that was ever saved stays as a revision."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from answers import copies, tallies
from answers.models import Answer, Revision
from questions import families
from questions.markdown import markdown_html
from questions.models import Question


@transaction.atomic
def answer(
    question: Question,
    text: str,
    *,
    by=None,
    guest_name: str = "",
    is_accepted: bool = False,
    useful_elsewhere: int = 0,
    at: datetime | None = None,
) -> Answer:
    """Write an answer whose home is `question` and return it.

    `by` is None for a guest. `at`, `is_accepted` and `useful_elsewhere` are for content from elsewhere.
    A form that is sent twice makes one answer: the same text by the same person within a minute.
    """
    [question] = families.lock(question)
    if at is None and (twin := _just_written(question, text, by, guest_name)):
        return twin
    at = at or timezone.now()
    written = Answer.objects.create(
        question=question,
        text=text,
        html=markdown_html(text),
        author=by,
        guest_name=guest_name,
        is_accepted=is_accepted,
        useful_elsewhere=useful_elsewhere,
        useful_count=useful_elsewhere,
        created_at=at,
    )
    Revision.objects.create(
        answer=written, number=1, text=text, author=by, guest_name=guest_name, created_at=at
    )
    copies.record(written)
    tallies.recount_home(question)
    return written


@transaction.atomic
def edit(edited: Answer, text: str, *, by, summary: str = "") -> Revision | None:
    """Give an answer another text; return the new revision, or None when it reads so already."""
    [home] = families.lock(edited.question)
    current = Answer.objects.select_for_update(no_key=True).get(pk=edited.pk)
    if text == current.text:
        return None
    now = timezone.now()
    revision = Revision.objects.create(
        answer=current,
        number=newest_revision(current) + 1,
        text=text,
        summary=summary,
        author=by,
        created_at=now,
    )
    current.text, current.html, current.edited_at = text, markdown_html(text), now
    current.save(update_fields=["text", "html", "edited_at"])
    copies.record(current)
    tallies.recount_home(home)
    return revision


def newest_revision(answer: Answer) -> int:
    """The number of the text that the answer has now."""
    return Revision.objects.filter(answer=answer).aggregate(number=Max("number"))["number"] or 0


def _just_written(question: Question, text: str, by, guest_name: str) -> Answer | None:
    return Answer.objects.filter(
        question=question,
        text=text,
        author=by,
        guest_name=guest_name,
        created_at__gte=timezone.now() - timedelta(minutes=1),
    ).first()
