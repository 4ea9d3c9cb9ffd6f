"""Writing, editing, marking, hiding and reporting answers, each a form of its own that ends on the question's page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answers import answering, guests, moderation, usefulness
from answers.access import answer_to
from answers.forms import AnswerEditForm, AnswerForm, ReportForm
from answers.models import MAX_ANSWER_LENGTH, Answer, Report
from answers.permissions import may
from questions.access import question_to
from questions.forms import ReasonForm
from questions.markdown import markdown_html
from questions.models import Question
from questions.moderation import NothingToChange
from questions.posting import posted


def place(answer: Answer) -> HttpResponse:
    """Lead to the answer where it stands now: on its home's primary's page. Needs `question.primary`."""
    return redirect(f"{answer.question.primary.get_absolute_url()}#answer-{answer.pk}")


@require_safe
def permanent(request: HttpRequest, pk: int) -> HttpResponse:
    """Not a permanent redirect, for the place of an answer may change with every merge and undo."""
    return place(answer_to("read", request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("read", request, pk)
    if not may(request.user, "answer"):
        raise PermissionDenied
    form = AnswerForm(posted(request))
    if form.is_bound and form.is_valid():
        member = request.user if request.user.is_authenticated else None
        written = answering.answer(
            question,
            form.cleaned_data["text"],
            by=member,
            guest_name="" if member else form.cleaned_data["guest_name"],
        )
        messages.success(request, "Thank you for your answer.")
        return place(answer_to("read", request, written.pk))
    return render(
        request,
        "answers/write.html",
        {"question": question, "form": form},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("edit", request, pk)
    newest = answering.newest_revision(answer)
    form = AnswerEditForm(posted(request), initial={"text": answer.text, "revision": newest})
    status, changed = 200, False
    if form.is_bound:
        status = 422
        if form.is_valid() and form.cleaned_data.pop("revision") not in (None, newest):
            # Somebody was here since the form was filled. Both are shown, and the next try is about these.
            status, changed = 409, True
            form.data = resent = request.POST.copy()
            resent["revision"] = str(newest)
        elif form.is_valid():
            form.cleaned_data.pop("revision", None)
            answering.edit(answer, by=request.user, **form.cleaned_data)
            messages.success(request, "Saved. The former text is kept in the history.")
            return place(answer)
    context = {"answer": answer, "form": form, "changed": changed}
    return render(request, "answers/edit.html", context, status=status)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("read", request, pk)
    revisions = answer.revisions.select_related("author").order_by("-number")
    context = {
        "answer": answer,
        "revisions": list(revisions),
        "acts": list(answer.acts.select_related("by").order_by("-id")),
        "may_hide": may(request.user, "hide"),
    }
    return render(request, "answers/history.html", context)


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
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("hide", request, pk)
    form = ReasonForm(posted(request))
    refusal, status = "", 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            # The button says which of the two it does, so that pressing it twice does not do both.
            restoring = request.POST.get("hide") == "no"
            verb = moderation.restore if restoring else moderation.hide
            try:
                verb(answer, by=request.user, reason=form.cleaned_data["reason"])
            except NothingToChange as error:
                refusal = str(error)
            else:
                messages.success(
                    request, "The answer is visible again." if restoring else "The answer is hidden."
                )
                return place(answer)
    context = {"answer": answer, "form": form, "refusal": refusal}
    return render(request, "answers/hide.html", context, status=status)


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


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text of whichever field is sent, as it will look: a fragment for htmx, else a page. Writes nothing."""
    text = request.POST.get("text") if "details" not in request.POST else request.POST["details"]
    template = "answers/_preview.html" if request.headers.get("HX-Request") else "answers/preview.html"
    text = text or ""
    too_long = len(text) > MAX_ANSWER_LENGTH
    context = {"html": "" if too_long else markdown_html(text), "too_long": too_long}
    return render(request, template, context)
