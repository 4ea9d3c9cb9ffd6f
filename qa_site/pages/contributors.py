"""Whose work a page is: all who wrote or edited what stands on it, as licences like CC BY-SA want them named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.translation import gettext

from answers.models import Revision
from questions.models import DetailsRevision, Question, State

# A text may have been combined of others that were themselves combined; so many times over they are followed.
_DEPTH = 3


@dataclass(frozen=True)
class Contributor:
    name: str
    address: str
    since: datetime


def contributors(primary: Question) -> list[Contributor]:
    """The authors and editors of the wordings, details and answers that readers see on a page, oldest first.

    Who wrote a text that was combined into another is among them, whatever became of the first. Guests are named as
    they named themselves. One query.
    """
    here = Question.objects.of_family(primary).visible()
    details = DetailsRevision.objects.of_family(primary).of_visible_questions().exclude(text="")
    shown = Q(answer__question__primary=primary, answer__state=State.APPROVED)
    written_here = shown
    for _ in range(_DEPTH):
        taken_in = Revision.objects.filter(written_here, combines__isnull=False).values("combines__answer")
        written_here = shown | Q(answer__in=taken_in)
    texts = Revision.objects.filter(written_here)
    first = [
        rows.order_by()
        .values_list("author_id", "author__name", "guest_name")
        .annotate(since=Min("created_at"))
        for rows in (here, details, texts)
    ]
    since: dict[tuple[int | None, str], datetime] = {}
    for author, name, guest_name, moment in first[0].union(*first[1:], all=True):
        person = (author, name or guest_name or gettext("Anonymous"))
        since[person] = min(moment, since.get(person, moment))
    return [
        Contributor(name, reverse("user", args=[author]) if author else "", moment)
        for (author, name), moment in sorted(since.items(), key=lambda item: (item[1], item[0][1]))
    ]
