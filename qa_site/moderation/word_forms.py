"""What moderators send about watched words, as typed values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from door.models import WatchedWord
from door.watching import CannotWatch, rule_of
from questions.forms import LineField
from questions.models import MAX_REASON_LENGTH


class WordForm(forms.Form):
    """A rule to be. `word` is what it makes, not saved."""

    phrase = LineField(
        label=_("Word or phrase"),
        max_length=200,
        help_text=_(
            "Capitals and the disguises of letters do not matter; between words any white space does."
        ),
    )
    whole_words = forms.BooleanField(
        label=_("Whole words only"),
        required=False,
        initial=True,
        help_text=_("So that a watched “ass” does not hold a “class”."),
    )
    action = forms.ChoiceField(
        label=_("What happens to a text with it?"),
        choices=WatchedWord.Action.choices,
        initial=WatchedWord.Action.HOLD,
        widget=forms.RadioSelect,
    )
    replacement = LineField(
        label=_("Replace it with"),
        max_length=200,
        required=False,
        help_text=_("Only if you replace it. Left empty, the words are taken out."),
    )
    reason = LineField(
        label=_("Why?"),
        max_length=MAX_REASON_LENGTH,
        required=False,
        help_text=_("Stands in the public log, where the phrase does not."),
    )
    is_meant = forms.BooleanField(label=_("Yes, watch for it all the same"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("replacement") and cleaned.get("action") not in (None, WatchedWord.Action.REPLACE):
            self.add_error("replacement", _("Please choose “Replace the words”, or leave this empty."))
        if cleaned.get("phrase"):
            try:
                rule_of(self.word)
            except CannotWatch as error:
                self.add_error("phrase", str(error))
        return cleaned

    @property
    def word(self) -> WatchedWord:
        cleaned = self.cleaned_data
        return WatchedWord(
            phrase=cleaned["phrase"],
            whole_words=cleaned["whole_words"],
            action=cleaned.get("action", WatchedWord.Action.HOLD),
            replacement=cleaned.get("replacement", ""),
        )
