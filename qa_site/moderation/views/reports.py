"""The queue of what readers reported."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from answers.permissions import may
from answers.reporting import AlreadySettled
from qa_site.moderation.forms import NoteForm
from qa_site.moderation.kinds import kind_of
from qa_site.moderation.models import DeskAct
from qa_site.moderation.reported import find, reported, settle, take_back
from qa_site.moderation.views.desk import undo_address_of
from questions.families import FamiliesAreBusy
from questions.forms import LineField
from questions.models import MAX_REASON_LENGTH, State
from questions.moderation import DecidedMeanwhile, NothingToChange
from questions.notices import undoable

_SHOWN = 30

# What a decision does with the text, and whether those who reported were right.
_DECISIONS: dict[str, tuple[State | None, bool, Any]] = {
    "hide": (State.HIDDEN, True, _("Hidden.")),
    "spam": (State.SPAM, True, _("Marked as spam.")),
    "done": (None, True, _("Settled: something was done about it.")),
    "fine": (None, False, _("Settled: nothing was wrong with it.")),
}


class SettleForm(NoteForm):
    thing = forms.CharField(max_length=40)
    decision = forms.ChoiceField(choices=[(name, name) for name in _DECISIONS])
    state = forms.ChoiceField(choices=State, required=False)
    said = LineField(
        label=_("A word to those who reported"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        help_text=_("Members get it by mail."),
    )
    reason = LineField(
        label=_("Why?"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        help_text=_("Stands in the public log."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """The weightiest reports, a line a thing; a POST settles those about one."""
    if not may(request.user, "settle reports"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    form = SettleForm(request.POST)
    thing = find(request.POST.get("thing", ""))
    if not form.is_valid() or thing is None:
        return _page(
            request,
            form=form,
            refusal=gettext("Nothing was decided: please choose one of these."),
            status=422,
        )
    data = form.cleaned_data
    state, upheld, said = _DECISIONS[data["decision"]]
    is_text = hasattr(thing, "state")
    if state is not None and not is_text:
        refusal = gettext("A member cannot be hidden; block them instead.")
        return _page(request, form=form, refusal=refusal, status=422)
    if is_text and not kind_of(thing).may_decide(request.user):
        raise PermissionDenied
    try:
        act = settle(
            thing,
            state,
            by=request.user,
            upheld=upheld,
            said=data["said"],
            reason=data["reason"],
            note=data["note"],
            expected=State(data["state"]) if data["state"] and is_text else None,
        )
    except (AlreadySettled, DecidedMeanwhile, NothingToChange, FamiliesAreBusy) as error:
        return _page(request, form=form, refusal=str(error), status=409)
    is_settled_alone = isinstance(act, DeskAct)
    undoable(
        request,
        str(said),
        f"{reverse('review-reports-undo')}?act={act.pk}"
        if is_settled_alone
        else undo_address_of(kind_of(thing), [act]),
    )
    return HttpResponseRedirect(reverse("review-reports"), status=303)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Let reports wait again that were settled while the text stayed as it was."""
    if not may(request.user, "settle reports"):
        raise PermissionDenied
    number = request.GET.get("act", "")
    act = DeskAct.objects.filter(pk=number).first() if re.fullmatch(r"[0-9]{1,18}", number) else None
    try:
        if act is None:
            raise NothingToChange(gettext("There is nothing to undo."))
        take_back(act, by=request.user)
    except NothingToChange as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, gettext("Undone: what was reported waits again."))
    return HttpResponseRedirect(reverse("review-reports"), status=303)


def _page(
    request: HttpRequest, *, form: SettleForm | None = None, refusal: str = "", status: int = 200
) -> HttpResponse:
    shown = reported(limit=_SHOWN)
    typed = form.data.get("thing", "") if form else ""
    context = {
        "queue": "reports",
        "entries": [(entry, form if form and entry.key == typed else SettleForm()) for entry in shown],
        "refusal": refusal,
        "undo_leads_to": request.path,
    }
    return render(request, "moderation/reports.html", context, status=status)
