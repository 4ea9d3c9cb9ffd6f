"""Writing answers and changing their text; every text that was ever saved stays as a revision."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from answers import copies, tallies
from answers.models import Answer, Revision
from door.admitting import ADMITTED, Admission
from questions import families
from questions.locking import refuse_if_locked
from questions.models import Question, columns_of
from questions.rendering import rendered


class TextChanged(Exception):
    """The answer has another text by now than the one that was edited."""


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
    admission: Admission = ADMITTED,
) -> Answer:
    """Write an answer whose home is `question` and return it.

    `by` is None for a guest. `at`, `is_accepted` and `useful_elsewhere` are for content from elsewhere.
    A form that is sent twice makes one answer: the same text by the same person within a minute.
    """
    [question] = families.lock(question)
    if at is None and (twin := _just_written(question, text, by, guest_name)):
        return twin
    if at is None:
        refuse_if_locked(question, by=by)
    at = at or timezone.now()
    written = Answer.objects.create(
        question=question,
        text=text,
        html=rendered(text),
        author=by,
        guest_name=guest_name,
        is_accepted=is_accepted,
        useful_elsewhere=useful_elsewhere,
        useful_count=useful_elsewhere,
        created_at=at,
        **columns_of(admission),
    )
    Revision.objects.create(
        answer=written, number=1, text=text, author=by, guest_name=guest_name, created_at=at
    )
    copies.record(written)
    tallies.recount_home(question)
    return written


@transaction.atomic
def edit(
    edited: Answer,
    text: str,
    *,
    by,
    summary: str = "",
    base: int | None = None,
    restores: Revision | None = None,
    combines: Revision | None = None,
    accepted_by=None,
) -> Revision | None:
    """Give an answer another text; return the new revision, or None when it reads so already.

    `base` is the number of the revision that was edited; raises TextChanged when that is not the newest any
    more. `by` is who wrote the text, and `accepted_by` who let it in if it was proposed; `restores` and
    `combines` are the revisions of this answer or of another whose text it takes.
    """
    [home] = families.lock(edited.question)
    refuse_if_locked(home, by=accepted_by or by)
    current = Answer.objects.select_for_update(no_key=True).get(pk=edited.pk)
    if text == current.text:
        return None
    newest = newest_revision(current)
    if base is not None and base != newest.number:
        raise TextChanged
    now = timezone.now()
    revision = Revision.objects.create(
        answer=current,
        number=newest.number + 1,
        text=text,
        summary=summary,
        author=by,
        created_at=now,
        restores=restores,
        combines=combines,
        accepted_by=accepted_by,
    )
    before, current.text, current.html, current.edited_at = current.text, text, rendered(text), now
    current.save(update_fields=["text", "html", "edited_at"])
    copies.record(current, before=before)
    tallies.recount_home(home)
    return revision


def newest_revision(answer: Answer) -> Revision:
    """The text that the answer has now, as a revision. Every answer has one from its first moment."""
    return answer.revisions.order_by("-number")[0]


def _just_written(question: Question, text: str, by, guest_name: str) -> Answer | None:
    return Answer.objects.filter(
        question=question,
        text=text,
        author=by,
        guest_name=guest_name,
        created_at__gte=timezone.now() - timedelta(minutes=1),
    ).first()
