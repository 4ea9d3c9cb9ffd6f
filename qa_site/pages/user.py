"""What a member wrote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from answers import permissions as answer_permissions
from answers.models import Answer, EditProposal
from qa_site.accounts.models import User
from qa_site.moderation.own import reports_of, unseen_of
from questions.models import Question

_SHOWN = 30


@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(User, pk=pk)
    questions = Question.objects.visible().on_visible_pages().filter(author=member)
    answers = Answer.objects.visible().on_visible_pages().filter(author=member)
    useful = answers.select_related("question__primary").order_by("-useful_count", "-pk")
    newest = questions.select_related("primary").order_by("-created_at", "-pk")
    sees_proposals = request.user == member or answer_permissions.may(request.user, "review")
    proposals = EditProposal.objects.filter(author=member).select_related("answer__question__primary")
    context = {
        "member": member,
        "question_count": questions.count(),
        "questions": list(newest[:_SHOWN]),
        "answer_count": answers.count(),
        "answers": list(useful[:_SHOWN]),
        "is_own": request.user == member,
        "unseen": unseen_of(member) if request.user == member else [],
        "reports": reports_of(member) if request.user == member else [],
        "proposals": list(proposals.defer("text").order_by("-created_at")[:_SHOWN]) if sees_proposals else [],
    }
    return render(request, "site/user.html", context)
