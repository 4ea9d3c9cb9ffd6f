"""What readers say about answers and questions without writing: useful, and something is wrong."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from answers import guests, usefulness
from answers.access import answer_to
from answers.forms import ReportForm
from answers.models import Answer, Report
from answers.views.reading import place
from questions.access import question_to
from questions.models import Question
from questions.posting import posted


@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("mark as useful", request, pk)
    verb = usefulness.unmark if request.POST.get("useful") == "no" else usefulness.mark
    response = place(answer)
    if request.user.is_authenticated:
        verb(answer, by=request.user)
    else:
        guest = guests.guest_of(request) or guests.new_guest()
        verb(answer, guest=guest)
        guests.remember_guest(response, guest)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("report", request, pk)
    return _report(request, {"answer": answer}, page=answer.question)


@require_http_methods(["GET", "HEAD", "POST"])
def report_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("read", request, pk)
    return _report(request, {"question": question}, page=question)


def _report(
    request: HttpRequest, about: dict[str, Question] | dict[str, Answer], *, page: Question
) -> HttpResponse:
    form = ReportForm(posted(request))
    if form.is_bound and form.is_valid():
        reporter = request.user if request.user.is_authenticated else None
        Report.objects.create(**about, **form.cleaned_data, reporter=reporter, created_at=timezone.now())
        messages.success(request, "Thank you. A moderator will look at it.")
        return redirect(page.page_url)
    context = {**about, "page": page, "form": form}
    return render(request, "answers/report.html", context, status=422 if form.is_bound else 200)
