"""Acting on the selected rows of a list, after a page that asks why; what a verb refuses is a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from questions.families import FamiliesAreBusy
from questions.forms import ReasonForm
from questions.merging import CannotMerge
from questions.moderation import NothingToChange
from questions.refusals import said
from questions.suggesting import AlreadyDecided
from questions.undoing import CannotUndo
from questions.uniqueness import WordingExists
from questions.wording import WordingError

# Each is done and reported by itself, and a person should be able to read that.
MOST_AT_ONCE = 100


class NotPermitted(Exception):
    """The person may do this to other rows, but not to this one; the message says why."""


REFUSALS = (
    AlreadyDecided,
    CannotMerge,
    CannotUndo,
    FamiliesAreBusy,
    NothingToChange,
    NotPermitted,
    WordingError,
    WordingExists,
)


def act_on_selected(
    model_admin: admin.ModelAdmin,
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    do: Callable[..., str],
    title: str,
    button: str,
    form_class: type[forms.Form] = ReasonForm,
) -> TemplateResponse | None:
    """Ask for what `form_class` asks, then `do` it to every selected row and report on each.

    `do` takes the row and the form's values as keywords, returns a sentence about what it did, and raises one
    of REFUSALS when it cannot. Every row is a transaction of its own: what is refused for one is done for
    the others. Returns the page that asks, or None when it is done, as the admin wants it of an action.
    """
    selected = list(queryset[: MOST_AT_ONCE + 1])
    if len(selected) > MOST_AT_ONCE:
        too_many = ngettext(
            "Please select {number} at most.", "Please select {number} at most.", MOST_AT_ONCE
        ).format(number=MOST_AT_ONCE)
        model_admin.message_user(request, too_many, messages.ERROR)
        return None
    confirmed = "confirmed" in request.POST
    form = form_class(request.POST if confirmed else None)
    if not confirmed or not form.is_valid():
        context = {
            **model_admin.admin_site.each_context(request),
            "title": title,
            "button": button,
            "opts": model_admin.opts,
            "selected": selected,
            "form": form,
            "action": request.POST["action"],
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            "media": model_admin.media + form.media,
        }
        status = 422 if confirmed else 200
        return TemplateResponse(request, "admin/questions/act_on_selected.html", context, status=status)
    for row in selected:
        try:
            model_admin.message_user(request, do(row, **form.cleaned_data), messages.SUCCESS)
        except REFUSALS as refusal:
            refused = _("“{row}”: {refusal}").format(row=row, refusal=said(refusal))
            model_admin.message_user(request, refused, messages.ERROR)
    return None
