"""Writing and editing answers, and the preview of any Markdown."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from answers import answering
from answers.access import answer_to
from answers.forms import AnswerEditForm, AnswerForm
from answers.models import MAX_ANSWER_LENGTH
from answers.permissions import may
from answers.views.reading import place
from questions.access import question_to
from questions.markdown import markdown_html
from questions.posting import posted


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


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text of whichever field is sent, as it will look: a fragment for htmx, else a page. Writes nothing."""
    text = request.POST.get("text") if "details" not in request.POST else request.POST["details"]
    template = "answers/_preview.html" if request.headers.get("HX-Request") else "answers/preview.html"
    text = text or ""
    too_long = len(text) > MAX_ANSWER_LENGTH
    context = {"html": "" if too_long else markdown_html(text), "too_long": too_long}
    return render(request, template, context)
