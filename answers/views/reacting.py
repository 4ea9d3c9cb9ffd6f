"""What readers say about answers and questions without writing: useful, and something is wrong."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from answers import accepting, usefulness
from answers.access import answer_to
from answers.forms import ReportForm
from answers.models import Answer, Report
from answers.views.reading import place
from door import guests
from door.addresses import address_block
from door.stamps import sent_once
from questions.access import question_to
from questions.models import Question
from questions.posting import check_sending, posted


@require_POST
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("mark as useful", request, pk)
    marking = request.POST.get("useful") != "no"
    guest = None if request.user.is_authenticated else guests.guest_of(request) or guests.new_guest()
    said = "Thanks for the feedback!" if marking else "Taken back."
    try:
        if not marking:
            usefulness.unmark(answer, by=None if guest else request.user, guest=guest)
        elif guest:
            usefulness.mark(answer, guest=guest, address_block=address_block(request))
        else:
            usefulness.mark(answer, by=request.user)
    except usefulness.TooManyFromThere:
        marking, said = False, "Others near you have said so already. Sign in to add your own."
    if request.headers.get("HX-Request"):
        answer.refresh_from_db(fields=["useful_count"])
        shown = {
            "answer": answer,
            "found_useful": marking,
            "others": answer.useful_count - marking,
            "may_mark": True,
        }
        response = render(request, "answers/_useful.html", {"shown": shown, "thanks": said})
    else:
        messages.info(request, said)
        response = place(answer)
    if guest:
        guests.remember_guest(response, guest)
    return response


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("accept", request, pk)
    if request.POST.get("accept") == "no":
        accepting.take_back(answer)
    else:
        accepting.accept(answer)
        messages.success(request, "Marked as the answer that helped you.")
    return place(answer)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("report", request, pk)
    return _report(request, {"answer": answer}, page=answer.question)


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def report_question(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("read", request, pk)
    return _report(request, {"question": question}, page=question)


def _report(
    request: HttpRequest, about: dict[str, Question] | dict[str, Answer], *, page: Question
) -> HttpResponse:
    form = ReportForm(posted(request))
    check_sending(request, form)
    if form.is_bound and form.is_valid():
        reporter = request.user if request.user.is_authenticated else None
        Report.objects.create(**about, **form.cleaned_data, reporter=reporter, created_at=timezone.now())
        messages.success(request, "Thank you. A moderator will look at it.")
        return redirect(page.page_url)
    context = {**about, "page": page, "form": form}
    return render(request, "answers/report.html", context, status=422 if form.is_bound else 200)
