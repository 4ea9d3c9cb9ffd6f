"""Counting anew what hangs on a question, after anything about its answers changed."""

from __future__ import annotations

from django.db.models import Count, F, Max, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from answers.models import Answer, UsefulMark
from questions import families, markdown
from questions.models import LEAD_LENGTH, Question


def recount_home(home: Question) -> None:
    """Count the answers of one question anew and, with them, the numbers of its family.

    Called by every verb that changes an answer, with the home as `families.lock` returned it. Every verb
    takes that lock before it touches an answer's row, so that none waits for another crosswise. Hidden answers
    do not count.
    """
    answers = Answer.objects.visible().filter(question=home)
    counted = answers.aggregate(
        answer_count=Count("id"),
        useful_count=Coalesce(Sum("useful_count"), 0),
        last_activity_at=Max(Greatest("created_at", Coalesce("edited_at", "created_at"))),
    )
    best = answers.best_first().only("html", "useful_count", "created_at", "folded_into_id").first()
    families.record_tally(
        home,
        # What another answer says better stands behind any that is not folded, of another home as well.
        best_useful=best.useful_count if best and not best.folded_into_id else 0,
        best_at=best.created_at if best and not best.folded_into_id else None,
        lead=markdown.lead(best.html, LEAD_LENGTH) if best else "",
        **counted,
    )


def recount_useful(answer: Answer) -> None:
    """Count the useful marks of one answer anew; the caller recounts its home afterwards."""
    marks = (
        UsefulMark.objects.filter(answer=answer)
        .order_by()
        .values("answer")
        .annotate(count=Count("id"))
        .values("count")
    )
    Answer.objects.filter(pk=answer.pk).update(
        useful_count=F("useful_elsewhere") + Coalesce(Subquery(marks), 0)
    )
