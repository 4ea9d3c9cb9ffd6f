"""What a member wrote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from answers.models import Answer
from qa_site.accounts.models import User
from questions.models import Question

_SHOWN = 30


@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(User, pk=pk)
    questions = Question.objects.visible().on_visible_pages().filter(author=member)
    answers = Answer.objects.visible().on_visible_pages().filter(author=member)
    useful = answers.select_related("question__primary").order_by("-useful_count", "-pk")
    newest = questions.select_related("primary").order_by("-created_at", "-pk")
    context = {
        "member": member,
        "question_count": questions.count(),
        "questions": list(newest[:_SHOWN]),
        "answer_count": answers.count(),
        "answers": list(useful[:_SHOWN]),
    }
    return render(request, "site/user.html", context)
