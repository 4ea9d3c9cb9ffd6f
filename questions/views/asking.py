"""Asking, editing a question, adding a wording: whatever brings a wording in, and what is said when it exists."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from questions import asking, merging
from questions.access import question_to, require
from questions.families import FamiliesAreBusy
from questions.forms import AlternateForm, AskForm, EditForm
from questions.models import Question
from questions.permissions import may
from questions.posting import posted
from questions.uniqueness import WordingExists


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    require("ask", request)
    # A search that found nothing, or a link from elsewhere, may bring the words along.
    form = AskForm(posted(request), initial={"text": request.GET.get("text", "")[:600]})
    existing, status = None, 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            by = request.user if request.user.is_authenticated else None
            guest_name = "" if by else form.cleaned_data.pop("guest_name")
            form.cleaned_data.pop("guest_name", None)
            try:
                question = asking.ask(**form.cleaned_data, by=by, guest_name=guest_name)
                return redirect(question)
            except WordingExists as error:
                existing, status = error.existing, 409
                if existing.primary.is_hidden:
                    form.add_error(
                        "text",
                        "A question with this wording was hidden by a moderator. Please choose other words.",
                    )
                    existing = None
                elif not (form.cleaned_data["details"] or form.cleaned_data["tags"]):
                    messages.info(request, "This question has been asked already. Here it is.")
                    return redirect(existing.page_url)
    return render(request, "questions/ask.html", {"form": form, "existing": existing}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("edit", request, pk)
    now = {"text": question.text, "details": question.details, "tags": sorted(question.tags.names())}
    version = hashlib.sha256(repr(now).encode()).hexdigest()[:16]
    form = EditForm(posted(request), initial=now | {"version": version})
    status, changed = 200, None
    if form.is_bound and "back" not in request.POST:
        status = 422
        if form.is_valid() and form.cleaned_data["version"] not in ("", version):
            # Somebody was here since the form was filled. Both are shown, and the next try is about these.
            status, changed = 409, now
            form.data = resent = request.POST.copy()
            resent["version"] = version
        elif form.is_valid():
            try:
                _save_edit(question, form, by=request.user)
            except WordingExists as error:
                return wording_exists(request, question, error.existing, form)
            messages.success(request, "Saved.")
            return redirect(Question.objects.select_related("primary").get(pk=pk).page_url)
    context = {"question": question, "form": form, "changed": changed}
    return render(request, "questions/edit.html", context, status=status)


@transaction.atomic
def _save_edit(question: Question, form: EditForm, *, by) -> None:
    data = form.cleaned_data
    with suppress(merging.SameWording):
        merging.reword(question, data["text"], by=by, reason=data["reason"])
    if data["details"] != question.details:
        asking.edit_details(question, data["details"], by=by)
    if set(data["tags"]) != set(question.tags.names()):
        question.tags.set(sorted(data["tags"]))


@require_http_methods(["GET", "HEAD", "POST"])
def add_alternate(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("add an alternate", request, pk)
    form = AlternateForm(posted(request))
    status = 200
    if form.is_bound and "back" not in request.POST:
        status = 422
        if form.is_valid():
            try:
                act = merging.add_alternate(form.cleaned_data["text"], to=question, by=request.user)
            except WordingExists as error:
                return wording_exists(request, question, error.existing, form)
            except (merging.CannotMerge, FamiliesAreBusy) as error:
                form.add_error(None, str(error))
                return render(
                    request, "questions/add_alternate.html", {"question": question, "form": form}, status=422
                )
            messages.success(request, "Thank you. Whoever asks it in these words now comes here.")
            return redirect(act.question.page_url)
    return render(
        request, "questions/add_alternate.html", {"question": question, "form": form}, status=status
    )


def wording_exists(
    request: HttpRequest, question: Question, existing: Question, form: forms.Form | None = None
) -> HttpResponse:
    """The three answers to "that wording exists": one question in words, and one act, as a page of its own.

    Where a form led here, all that was typed into it stands in hidden fields, so that the way back returns to
    the filled form.
    """
    if existing.primary.is_hidden and not may(request.user, "see what is hidden"):
        case = "hidden"
    elif existing.primary_id == question.primary_id:
        case = "primary here" if existing.is_primary else "alternate here"
    else:
        case = "primary elsewhere" if existing.is_primary else "alternate elsewhere"
    context = {
        "question": question,
        "existing": existing,
        "case": case,
        "typed": [(name, value) for name, value in form.data.items() if name in form.fields] if form else [],
        "may_merge": may(request.user, "merge"),
        "may_promote": may(request.user, "promote"),
        "may_unmerge": may(request.user, "unmerge"),
    }
    return render(request, "questions/wording_exists.html", context, status=409 if form else 200)
