"""What moderators send from the desk, as typed values."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from questions.forms import LineField, PlainTextField
from questions.models import MAX_REASON_LENGTH, State

DECISIONS = {
    "approve": State.APPROVED,
    "spam": State.SPAM,
    "reject": State.REJECTED,
    "hide": State.HIDDEN,
}
MOST_AT_ONCE = 100


class NoteForm(forms.Form):
    note = PlainTextField(
        label=_("A private note"),
        rows=2,
        max_length=2_000,
        required=False,
        help_text=_("Only moderators read it."),
    )


class DecisionForm(NoteForm):
    """What is decided about a text, and the state in which the moderator saw it."""

    decision = forms.ChoiceField(
        choices=[(name, name) for name in DECISIONS],
        error_messages={
            "required": _("Please choose what is to be done with it."),
            "invalid_choice": _("Please choose what is to be done with it."),
        },
    )
    state = forms.ChoiceField(choices=State, error_messages={"required": "", "invalid_choice": ""})
    reason = LineField(
        label=_("Why?"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        help_text=_("Stands in the public log."),
    )

    field_order = ["decision", "state", "reason", "note"]

    def clean_decision(self) -> State:
        return DECISIONS[self.cleaned_data["decision"]]

    def clean_state(self) -> State:
        return State(self.cleaned_data["state"])


class SeveralForm(forms.Form):
    """One decision about several texts: those that are ticked, or the one whose button it was ("approve 5")."""

    decision = forms.ChoiceField(choices=[(name, name) for name in DECISIONS], required=False)
    one = forms.RegexField(r"^(approve|spam|reject) (\d{1,18})$", required=False)
    texts = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("texts") if hasattr(self.data, "getlist") else []
        numbers = {number for number in sent if number.isdecimal() and len(number) <= 18}
        self.fields["texts"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if one := cleaned.get("one"):
            decision, number = one.split()
            return {"decision": DECISIONS[decision], "texts": [int(number)]}
        texts = cleaned.get("texts") or []
        if not texts or not cleaned.get("decision"):
            raise forms.ValidationError(
                _("Please tick what it is about first, and then say what is to be done.")
            )
        if len(texts) > MOST_AT_ONCE:
            said = ngettext(
                "Please choose {number} at most at once.",
                "Please choose {number} at most at once.",
                MOST_AT_ONCE,
            )
            raise forms.ValidationError(said.format(number=MOST_AT_ONCE))
        return {"decision": DECISIONS[cleaned["decision"]], "texts": sorted(texts)}
