"""What people send about answers, as typed values."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from answers.models import MAX_ANSWER_LENGTH, Report
from questions.forms import GuestNameForm, LineField, MarkdownField, PlainTextField
from questions.markdown import lead, markdown_html
from questions.models import MAX_REASON_LENGTH


class AnswerTextField(MarkdownField):
    """Markdown that shows something: an answer of mere markup is as empty as none."""

    def __init__(self, **kwargs) -> None:
        super().__init__(rows=8, max_length=MAX_ANSWER_LENGTH, **kwargs)
        self.error_messages["required"] = "Please write your answer; there is nothing here yet."

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not lead(markdown_html(text)):
            raise ValidationError("There is nothing to read in this answer. Please put it into words.")
        return text


class AnswerForm(GuestNameForm):
    text = AnswerTextField(
        label="Your answer",
        help_text="A good answer says it in the first sentence, and then why. Markdown works.",
    )

    field_order = ["text", "guest_name"]


class AnswerEditForm(forms.Form):
    text = AnswerTextField(label="The answer", help_text="Markdown works. The former text is kept.")
    summary = LineField(label="What did you change?", required=False, max_length=MAX_REASON_LENGTH)
    # The number of the revision that was edited; from a page that has none, nothing is compared.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label="What is wrong?", choices=Report.Reason, widget=forms.RadioSelect)
    words = PlainTextField(label="In your own words", rows=3, max_length=1_000, required=False)
