"""Asking for another look at a hidden text of one's own, and the queue of those who asked."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qa_site.moderation import permissions
from qa_site.moderation.appealing import (
    APPEALABLE,
    AlreadyDecided,
    CannotAppeal,
    acts_that_hid,
    appeal,
    decide_appeal,
)
from qa_site.moderation.forms import NoteForm
from qa_site.moderation.kinds import KINDS, Text, called, kind_of
from qa_site.moderation.models import Appeal
from questions.families import FamiliesAreBusy
from questions.forms import LineField, PlainTextField
from questions.models import MAX_REASON_LENGTH
from questions.moderation import NothingToChange
from questions.posting import posted

_SHOWN = 30


class AppealForm(forms.Form):
    words = PlainTextField(
        label=_("Why should it be shown?"),
        rows=4,
        max_length=2_000,
        error_messages={"required": _("Please say why; there is nothing here yet.")},
    )


class AppealDecisionForm(NoteForm):
    decision = forms.ChoiceField(choices=Appeal.Decision)
    reason = LineField(
        label=_("Why?"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        help_text=_("Stands in the public log, and the member reads it."),
    )

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("decision") == Appeal.Decision.REFUSED and not self.cleaned_data.get(
            "reason"
        ):
            self.add_error("reason", _("Please say why it stays hidden."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
def ask_again(request: HttpRequest, plural: str, pk: int) -> HttpResponse:
    """A page for the author of a hidden text; for anybody else there is none."""
    kind = KINDS[plural]
    if not permissions.may(request.user, "appeal"):
        raise PermissionDenied
    text = kind.rows.filter(pk=pk).first()
    if text is None:
        raise Http404(str(kind.said.no_such))
    if text.author_id != request.user.pk:
        if request.method != "POST" and kind.may_decide(request.user):
            return redirect(f"review-{kind.name}", pk=pk)
        raise PermissionDenied(gettext("Only who wrote it can ask for another look."))
    form = AppealForm(posted(request))
    status, refusal = 422 if form.is_bound else 200, ""
    asked = Appeal.objects.filter(**{kind.name: text}).select_related("decided_by").first()
    if form.is_bound and form.is_valid():
        try:
            appeal(text, form.cleaned_data["words"], by=request.user)
        except CannotAppeal as error:
            status, refusal = 409, str(error)
        else:
            messages.success(request, gettext("Thank you. A moderator will look at it again."))
            return redirect(reverse("user", args=[request.user.pk]))
    context = {
        "text": text,
        "kind": kind,
        "form": form,
        "asked": asked,
        "hiding": acts_that_hid({(kind.name, text.pk): text}).get((kind.name, text.pk)),
        "can_ask": text.state in APPEALABLE and asked is None,
        "refusal": refusal,
    }
    return render(request, "moderation/appeal.html", context, status=status)


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Who asks for another look, the oldest first."""
    _require(request)
    return _page(request)


def _require(request: HttpRequest) -> None:
    if not permissions.may(request.user, "decide appeals"):
        raise PermissionDenied


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant an appeal or refuse it with a reason."""
    _require(request)
    asked = Appeal.objects.select_related("question", "answer", "comment").filter(pk=pk).first()
    if asked is None:
        raise Http404(gettext("There is no such wish with this number."))
    kind = kind_of(asked.about)
    if not kind.may_decide(request.user):
        raise PermissionDenied
    form = AppealDecisionForm(request.POST)
    if not form.is_valid():
        refusal = (
            gettext("Nothing was decided: please choose one of these.") if "decision" in form.errors else ""
        )
        return _page(request, form=form, of=pk, refusal=refusal, status=422)
    try:
        act = decide_appeal(asked, by=request.user, **form.cleaned_data)
    except (AlreadyDecided, NothingToChange, FamiliesAreBusy) as error:
        return _page(request, form=form, of=pk, refusal=str(error), status=409)
    messages.success(request, act.sentence)
    return HttpResponseRedirect(reverse("review-appeals"), status=303)


def _page(
    request: HttpRequest,
    *,
    form: AppealDecisionForm | None = None,
    of: int = 0,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    waiting = list(Appeal.objects.waiting().select_related("by")[:_SHOWN])
    texts: dict[tuple[str, int], Text] = {
        (kind.name, text.pk): text
        for kind in KINDS.values()
        for text in kind.rows.filter(pk__in=[getattr(row, f"{kind.name}_id") for row in waiting])
    }
    hidden_by = acts_that_hid(texts)
    entries = []
    for row in waiting:
        kind = next(kind for kind in KINDS.values() if getattr(row, f"{kind.name}_id"))
        text = texts[kind.name, getattr(row, f"{kind.name}_id")]
        shown_form = form if row.pk == of and form else AppealDecisionForm()
        entries.append((row, kind, text, called(text), hidden_by.get((kind.name, text.pk)), shown_form))
    context = {"queue": "appeals", "entries": entries, "refusal": refusal}
    return render(request, "moderation/appeals.html", context, status=status)
