"""Writing and editing answers, and the preview of any Markdown."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from answers import answering
from answers import proposing as proposals
from answers.access import answer_to
from answers.conflicts import Conflict
from answers.forms import AnswerEditForm, AnswerForm
from answers.markup import comment_html
from answers.models import MAX_ANSWER_LENGTH, MAX_COMMENT_LENGTH, Answer
from answers.permissions import may
from answers.views.copies import copies_to_show
from answers.views.reading import place
from door import guests
from door.flagging import flag
from door.judging import NotTaken, judged, writer_of
from door.stamps import sent_once
from questions.access import question_to
from questions.locking import QuestionIsLocked
from questions.models import Question
from questions.moderation import NothingToChange
from questions.permissions import may as questions_may
from questions.posting import check_sending, posted
from questions.rendering import rendered


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def write(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_to("write on its page", request, pk)
    if not may(request.user, "answer"):
        raise PermissionDenied
    if question.is_shut and not questions_may(request.user, "lock"):
        raise QuestionIsLocked
    form = AnswerForm(posted(request))
    check_sending(request, form)
    notice = copies_to_show(request, form) if form.is_bound and form.is_valid() else None
    if form.is_bound and form.is_valid() and notice is None:
        try:
            return _led_to(_write(request, question, form))
        except NotTaken as error:
            form.add_error(None, str(error))
    status = notice.status if notice else 422 if form.is_bound else 200
    context = {"question": question, "form": form, "notice": notice}
    return render(request, "answers/write.html", context, status=status)


def _write(request: HttpRequest, question: Question, form: AnswerForm) -> Answer:
    """Write the answer as far as it is let in. Raises NotTaken."""
    text = form.cleaned_data["text"]
    writer = writer_of(request, guest_name=form.cleaned_data.get("guest_name", ""))
    verdict = judged(writer, text, writer.guest_name, kind="answer")
    written = answering.answer(
        question,
        verdict.saved(text).strip() or "…",
        by=writer.user,
        guest_name=verdict.saved(writer.guest_name),
        admission=verdict.admission,
    )
    flag(written, verdict.flags)
    said = (
        _("Thank you. A moderator will look at your answer before others see it.")
        if verdict.is_held
        else _("Thank you for your answer.")
    )
    messages.success(request, said, extra_tags="saved")
    return written


def _led_to(written: Answer) -> HttpResponse:
    response = place(Answer.objects.select_related("question__primary", "guest").get(pk=written.pk))
    if written.guest:
        guests.remember_guest(response, written.guest.token)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit an answer, or propose an edit where one may not; a text that was saved meanwhile is never overwritten."""
    answer = answer_to("propose an edit", request, pk)
    proposing = not may(request.user, "edit", answer)
    newest = answering.newest_revision(answer)
    waiting = answer.proposals.pending().filter(author=request.user.pk).first() if proposing else None
    initial = {"text": waiting.text, "summary": waiting.summary} if waiting else {"text": newest.text}
    edited = waiting.base.number if waiting else newest.number
    form = AnswerEditForm(posted(request), initial={**initial, "revision": edited})
    notice = copies_to_show(request, form, edited=answer) if form.is_bound and form.is_valid() else None
    status, conflict = notice.status if notice else 422 if form.is_bound else 200, None
    if form.is_bound and form.is_valid() and notice is None:
        text, summary = form.cleaned_data["text"], form.cleaned_data["summary"]
        # From a page that does not say what was edited, nothing is taken for granted.
        base = form.cleaned_data["revision"] or 0
        try:
            verdict = judged(writer_of(request), text, summary, kind="edit", before=newest.text)
            text, summary = verdict.saved(text).strip() or "…", verdict.saved(summary)
            if proposing or verdict.is_held:
                if base != newest.number:
                    raise answering.TextChanged
                proposals.propose(answer, text, by=request.user, base=newest, summary=summary)
                messages.success(
                    request,
                    _("Thank you. Somebody will look at your edit before it is shown."),
                    extra_tags="saved",
                )
            else:
                answering.edit(answer, text, by=request.user, summary=summary, base=base)
                flag(answer, verdict.flags)
                messages.success(
                    request, _("Saved. The former text is kept in the history."), extra_tags="saved"
                )
        except answering.TextChanged:
            newest = answering.newest_revision(answer)
            status, conflict = 409, Conflict.between(answer, base=base, theirs=newest, mine=text)
            form.data = {"text": conflict.merged, "summary": summary, "revision": str(newest.number)}
        except (NothingToChange, NotTaken) as error:
            form.add_error("text", str(error))
        else:
            return place(answer)
    context = {
        "answer": answer,
        "form": form,
        "conflict": conflict,
        "notice": notice,
        "proposing": proposing,
        "waiting": waiting,
    }
    return render(request, "answers/edit.html", context, status=status)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text of whichever field is sent, as it will look: a fragment for htmx, else a page. Writes nothing."""
    text = request.POST.get("text") if "details" not in request.POST else request.POST["details"]
    template = "answers/_preview.html" if request.headers.get("HX-Request") else "answers/preview.html"
    text = text or ""
    # Comments have tags of their own instead of Markdown.
    is_comment = request.GET.get("as") == "comment"
    too_long = len(text) > (MAX_COMMENT_LENGTH if is_comment else MAX_ANSWER_LENGTH)
    html = "" if too_long else comment_html(text) if is_comment else rendered(text)
    context = {"html": html, "too_long": too_long, "is_comment": is_comment}
    return render(request, template, context)
