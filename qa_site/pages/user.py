"""What a member wrote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from answers.models import Answer
from qa_site.accounts.models import User
from questions.models import Question, State

_SHOWN = 30


@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(User, pk=pk)
    questions = Question.objects.visible().filter(author=member, primary__state=State.APPROVED)
    answers = Answer.objects.visible().filter(author=member, question__primary__state=State.APPROVED)
    context = {
        "member": member,
        "question_count": questions.count(),
        "questions": questions.select_related("primary").order_by("-created_at", "-pk")[:_SHOWN],
        "answer_count": answers.count(),
        "answers": answers.select_related("question__primary").order_by("-useful_count", "-pk")[:_SHOWN],
    }
    return render(request, "site/user.html", context)
