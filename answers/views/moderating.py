"""What moderators do with answers, each a page of its own that ends on the question's page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answers import answering, folding, moderation, passages
from answers.access import answer_to
from answers.conflicts import Conflict
from answers.forms import ActForm, CombineForm, FoldForm
from answers.models import Answer
from answers.permissions import may
from answers.views.reading import place
from questions.families import FamiliesAreBusy
from questions.markdown import lead
from questions.models import MAX_REASON_LENGTH
from questions.moderation import NothingToChange
from questions.posting import posted
from questions.wording import one_line


@require_http_methods(["GET", "HEAD", "POST"])
def protect(request: HttpRequest, pk: int) -> HttpResponse:
    answer = answer_to("protect", request, pk)
    freeing = request.POST.get("protect") == "no"
    verb = moderation.unprotect if freeing else moderation.protect
    done = _("The answer may be edited again.") if freeing else _("The answer is protected.")
    return switched(request, answer, "answers/protect.html", verb=verb, done=done)


def switched(request: HttpRequest, answer: Answer, template: str, *, verb, done: str) -> HttpResponse:
    """A page with a reason and one button; then the verb, and back to the answer's place."""
    form = ActForm(posted(request))
    refusal = ""
    if form.is_bound and form.is_valid():
        try:
            verb(answer, by=request.user, reason=form.cleaned_data["reason"])
        except NothingToChange as error:
            refusal = str(error)
        else:
            messages.success(request, done)
            return place(answer)
    context = {"answer": answer, "form": form, "refusal": refusal}
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def fold(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the answer of the same page that this one goes under, or into; or bring it back."""
    answer = answer_to("fold", request, pk)
    others = list(
        Answer.objects.of_family(answer.question)
        .visible()
        .exclude(pk=pk)
        .with_author_and_home()
        .most_useful_first()
    )
    form = FoldForm(posted(request), others=others)
    refusal = ""
    if form.is_bound and request.POST.get("act") == "unfold":
        try:
            reason = one_line(request.POST.get("reason", ""))[:MAX_REASON_LENGTH]
            folding.unfold(answer, by=request.user, reason=reason)
        except NothingToChange as error:
            refusal = str(error)
        else:
            messages.success(request, _("The answer stands for itself again."))
            return place(answer_to("read", request, pk))
    elif form.is_bound and form.is_valid():
        into, reason = form.cleaned_data["into"], form.cleaned_data["reason"]
        if request.POST.get("act") == "combine":
            return redirect("combine-answers", pk=pk, into=into.pk)
        try:
            folding.fold(answer, into=into, by=request.user, reason=reason)
        except (folding.CannotFold, FamiliesAreBusy) as error:
            refusal = str(error)
        else:
            messages.success(request, _("Folded. It stands behind “also answered by” now."))
            return place(answer_to("read", request, pk))
    context = {
        "answer": answer,
        "others": [(other, lead(other.html)) for other in others],
        "chosen": request.POST.get("into", ""),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "answers/fold.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def combine(request: HttpRequest, pk: int, into: int) -> HttpResponse:
    """Write one text from two answers: it becomes that of `into`, and the other is folded into it."""
    other, answer = answer_to("fold", request, pk), answer_to("fold", request, into)
    if not may(request.user, "edit", answer):
        raise PermissionDenied
    newest, other_newest = answering.newest_revision(answer), answering.newest_revision(other)
    form = CombineForm(
        posted(request),
        initial={
            "text": f"{newest.text}\n\n{other_newest.text}",
            "revision": newest.number,
            "other_revision": other_newest.number,
        },
    )
    refusal, status = "", 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            folding.combine(
                answer,
                other,
                data["text"],
                by=request.user,
                base=data["revision"],
                other_base=data["other_revision"],
                reason=data["reason"],
            )
        except answering.TextChanged:
            refusal = _("One of the two was edited meanwhile. What changed is put into your text.")
            status = 409
            text = data["text"]
            for one, base, theirs in (
                (answer, data["revision"], newest),
                (other, data["other_revision"], other_newest),
            ):
                if base != theirs.number:
                    text = Conflict.between(one, base=base, theirs=theirs, mine=text).merged
            form.data = resent = request.POST.copy()
            resent["text"] = text
            resent["revision"], resent["other_revision"] = str(newest.number), str(other_newest.number)
        except (folding.CannotFold, FamiliesAreBusy) as error:
            refusal = str(error)
        else:
            messages.success(
                request, _("Combined. The other answer is folded into this one."), extra_tags="saved"
            )
            return place(answer_to("read", request, into))
    common = passages.common(newest.text, other_newest.text)
    context = {
        "answer": answer,
        "other": other,
        "marked": passages.parts(newest.text, passages.places(common)),
        "other_marked": passages.parts(other_newest.text, passages.places(common, other=True)),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "answers/combine.html", context, status=status)
