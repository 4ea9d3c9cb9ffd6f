"""Asking, editing a question, adding a wording: whatever brings a wording in, and what is said when it exists."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from door import guests, stamps
from door.flagging import flag
from door.judging import NotTaken, judged, writer_of
from door.stamps import sent_once
from questions import arriving, asking, families, merging, suggesting, wording
from questions.access import question_to, require
from questions.duplicates.asked import similar_to_typed
from questions.families import FamiliesAreBusy
from questions.forms import AlternateForm, AskForm, EditForm
from questions.locking import QuestionIsLocked
from questions.models import Act, Question
from questions.permissions import may
from questions.posting import check_sending, posted
from questions.refusals import said
from questions.uniqueness import WordingExists


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def ask(request: HttpRequest) -> HttpResponse:
    """The form; then, for whoever has not seen them yet, the questions that are similar; then the new question."""
    require("ask", request)
    # The line on the home page, a search that found nothing, or a link from elsewhere brings the words along.
    form = AskForm(posted(request), initial={"text": request.GET.get("text", "")[:600]})
    check_sending(request, form)
    if form.is_bound:
        return _asked(request, form) if form.is_valid() else _ask_page(request, form, status=422)
    typed = form.initial["text"]
    existing = Question.objects.visible().worded(typed)
    if existing and not existing.primary.is_hidden:
        return redirect(existing.page_url)
    return _ask_page(request, form, similar=similar_to_typed(typed))


def _asked(request: HttpRequest, form: AskForm) -> HttpResponse:
    text = form.cleaned_data["text"]
    existing = Question.objects.worded(text)
    # Whoever has seen what is similar says so with the button that was there.
    if "different" not in request.POST and not existing:
        similar = similar_to_typed(text, at_least_words=1)
        if similar.matches:
            return _ask_page(request, form, similar=similar, must_choose=True)
    if existing is None:
        try:
            question = _write_question(request, form)
        except WordingExists as error:
            existing = error.existing
        except (NotTaken, wording.WordingError) as error:
            form.add_error(None, said(error))
            return _ask_page(request, form, status=422)
        else:
            return _led_to(question)
    return _asked_already(request, form, existing)


def _led_to(question: Question) -> HttpResponse:
    response = redirect(question)
    if question.guest:
        guests.remember_guest(response, question.guest.token)
    return response


def _asked_already(request: HttpRequest, form: AskForm, existing: Question) -> HttpResponse:
    if existing.primary.is_hidden:
        if existing.primary.is_pending and existing.primary.is_by(request.user, guests.guest_of(request)):
            messages.info(
                request, gettext("You have asked this already. It waits for a moderator."), extra_tags="saved"
            )
            return redirect(existing.page_url)
        form.add_error("text", _WAITS if existing.primary.is_pending else _HIDDEN)
        return _ask_page(request, form, status=409)
    if form.cleaned_data["details"] or form.cleaned_data["tags"]:
        return _ask_page(request, form, existing=existing, status=409)
    arriving.led_to_answers()
    messages.info(request, gettext("This question has been asked already. Here it is."), extra_tags="saved")
    return redirect(existing.page_url)


def _ask_page(request: HttpRequest, form: AskForm, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "questions/ask.html", {"form": form, **context}, status=status)


_HIDDEN = gettext_lazy("A question with this wording was hidden by a moderator. Please choose other words.")
_WAITS = gettext_lazy(
    "Somebody has asked this already, and a moderator has to look at it before others see it. Please come back later, "
    "or choose other words."
)


def _write_question(request: HttpRequest, form: AskForm) -> Question:
    """Write the question as far as it is let in. Raises NotTaken, WordingExists and wording.WordingError."""
    data = form.cleaned_data
    writer = writer_of(request, guest_name=data.get("guest_name", ""))
    verdict = judged(writer, data["text"], data["details"], *data["tags"], writer.guest_name, kind="question")
    question = asking.ask(
        verdict.saved(data["text"]),
        details=verdict.saved(data["details"]),
        tags=data["tags"],
        by=writer.user,
        guest_name=verdict.saved(writer.guest_name),
        admission=verdict.admission,
    )
    flag(question, verdict.flags)
    # "saved" drops the drafts in the browser (static/js/drafts.js), also where the words were there already.
    if verdict.is_held:
        messages.success(
            request,
            gettext("Thank you. A moderator will look at it before others see it."),
            extra_tags="saved",
        )
    else:
        # What waits is compared with others once it is approved.
        suggesting.compare_asked(question)
        messages.success(
            request, gettext("Your question is here for everybody to answer."), extra_tags="saved"
        )
    return question


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """The panel under the line in which a question is being typed."""
    context = {"similar": similar_to_typed(request.GET.get("text", "")), "in_form": "in_form" in request.GET}
    return render(request, "questions/_similar.html", context)


@require_POST
@sent_once
def same_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, this is what I was about to ask: keep my words for it, and take me there."""
    require("ask", request)
    question = question_to("read", request, pk)
    text = request.POST.get("text", "")[: 2 * wording.MAX_LENGTH]
    # The answers are what was wanted; the words would only have been a gift.
    kept = None
    if not stamps.trouble(request):
        arriving.led_to_answers()
        with suppress(NotTaken, wording.WordingError, merging.CannotMerge, FamiliesAreBusy, QuestionIsLocked):
            verdict = judged(writer_of(request), text, kind="edit")
            kept = suggesting.keep_wording(
                verdict.saved(text),
                of=question,
                by=request.user if request.user.is_authenticated else None,
            )
            if isinstance(kept, Act):
                flag(kept.question, [*verdict.flags, *verdict.reasons])
    if isinstance(kept, Act):
        messages.success(
            request,
            gettext("Here it is. Whoever asks in your words now comes here as well."),
            extra_tags="saved",
        )
        return redirect(kept.question.page_url)
    messages.success(
        request,
        gettext("Here it is. A moderator will see whether your words become another wording of it.")
        if kept
        else gettext("Here it is."),
        extra_tags="saved",
    )
    return redirect(question.page_url)


class EditedMeanwhile(Exception):
    """Somebody saved another edit since the form was filled; `now` is what the question says now."""

    def __init__(self, now: dict[str, Any]) -> None:
        self.now = now
        super().__init__(gettext("Somebody has edited this question since."))


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("edit", request, pk)
    now = _as_it_is(question)
    form = EditForm(posted(request), initial=now | {"version": _version(now)})
    status, changed = 200, None
    if form.is_bound and "back" not in request.POST:
        status = 422
        if form.is_valid():
            try:
                _save_edit(request, question, form)
            except (NotTaken, wording.WordingError) as error:
                form.add_error(None, said(error))
            except WordingExists as error:
                return wording_exists(request, question, error.existing, form)
            except EditedMeanwhile as error:
                # Both are shown, and the next try is about these.
                status, changed = 409, error.now
                form.data = resent = request.POST.copy()
                resent["version"] = _version(error.now)
            else:
                messages.success(request, gettext("Saved."), extra_tags="saved")
                return redirect(Question.objects.select_related("primary").get(pk=pk).page_url)
    context = {"question": question, "form": form, "changed": changed}
    return render(request, "questions/edit.html", context, status=status)


def _as_it_is(question: Question) -> dict[str, Any]:
    return {"text": question.text, "details": question.details, "tags": sorted(question.tags.names())}


def _version(now: dict[str, Any]) -> str:
    return hashlib.sha256(repr(now).encode()).hexdigest()[:16]


@transaction.atomic
def _save_edit(request: HttpRequest, question: Question, form: EditForm) -> None:
    """Save an edit. What would wait, if it were new, is shown and put before moderators. Raises NotTaken."""
    data, by = form.cleaned_data, request.user
    # Whoever saves at the same moment waits here, and then sees what was saved.
    [question] = families.lock(question)
    now = _as_it_is(question)
    if data["version"] not in ("", _version(now)):
        raise EditedMeanwhile(now)
    verdict = judged(
        writer_of(request),
        *(data["text"], data["details"], *data["tags"]),
        kind="edit",
        before=f"{now['text']}\n{now['details']}",
    )
    with suppress(merging.SameWording):
        merging.reword(question, verdict.saved(data["text"]), by=by, reason=data["reason"])
    if (details := verdict.saved(data["details"])) != now["details"]:
        asking.edit_details(question, details, by=by)
    if set(data["tags"]) != set(now["tags"]):
        question.tags.set(sorted(data["tags"]))
    flag(question, [*verdict.flags, *verdict.reasons])


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def add_alternate(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("add an alternate", request, pk)
    form = AlternateForm(posted(request))
    status = 200
    check_sending(request, form)
    if form.is_bound and "back" not in request.POST:
        status = 422
        if form.is_valid():
            try:
                verdict = judged(writer_of(request), form.cleaned_data["text"], kind="edit")
                act = merging.add_alternate(verdict.text, to=question, by=request.user)
                flag(act.question, [*verdict.flags, *verdict.reasons])
            except WordingExists as error:
                return wording_exists(request, question, error.existing, form)
            except (NotTaken, wording.WordingError, merging.CannotMerge, FamiliesAreBusy) as error:
                form.add_error(None, said(error))
                return render(
                    request, "questions/add_alternate.html", {"question": question, "form": form}, status=422
                )
            messages.success(request, gettext("Thank you. Whoever asks it in these words now comes here."))
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
