"""Saying that something is wrong with a question, an answer, a comment or a member."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answers import reporting
from answers.access import answer_to, comment_to
from answers.forms import ReportForm
from door.stamps import sent_once
from questions.access import question_to
from questions.models import Question
from questions.posting import check_sending, posted


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def report_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("read", request, pk)
    return _report(request, question, called="question", page=question)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("report", request, pk)
    return _report(request, answer, called="answer", page=answer.question)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def report_comment(request: HttpRequest, pk: int) -> HttpResponse:
    comment = comment_to("report", request, pk)
    return _report(request, comment, called="comment", page=comment.home)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def report_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(get_user_model(), pk=pk)
    return _report(request, member, called="member", page=None)


def _report(request: HttpRequest, thing, *, called: str, page: Question | None) -> HttpResponse:
    """A page with reasons to choose from and a field for words. `page` is the question that the thing stands on."""
    form = ReportForm(posted(request))
    check_sending(request, form)
    back = page.page_url if page else thing.get_absolute_url()
    if form.is_bound and form.is_valid():
        by = request.user if request.user.is_authenticated else None
        reporting.report(thing, form.cleaned_data["reason"], form.cleaned_data["words"], by=by)
        messages.success(request, _("Thank you. A moderator will look at it."))
        return redirect(back)
    context = {"thing": thing, "called": called, "page": page, "back": back, "form": form}
    return render(request, "answers/report.html", context, status=422 if form.is_bound else 200)
