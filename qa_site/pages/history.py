"""The history of a question: every act on its family and on the answers there, each with its Undo."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from answers.models import AnswerAct
from questions import undoing
from questions.access import question_to
from questions.models import Act, DetailsRevision
from questions.permissions import RIGHT_TO_UNDO, may

_SHOWN = 500


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("read", request, pk)
    acts = Act.objects.of_family(question)
    details = DetailsRevision.objects.filter(question__primary=question.primary_id)
    if not may(request.user, "see what is hidden"):
        acts = acts.of_visible_questions()
    rights = {kind: may(request.user, act, question) for kind, act in RIGHT_TO_UNDO.items()}
    entries = [
        {"act": act, "obstacle": undoing.obstacle(act), "may_undo": rights[Act.Kind(act.kind)]}
        for act in acts.with_people_and_wordings().newest()[:_SHOWN]
    ]
    context = {
        "question": question,
        "entries": entries,
        "answer_acts": AnswerAct.objects.filter(answer__question__primary=question.primary_id)
        .select_related("by", "answer")
        .order_by("-id")[:_SHOWN],
        "details_revisions": details.select_related("author", "question")[:_SHOWN],
    }
    return render(request, "site/history.html", context)
