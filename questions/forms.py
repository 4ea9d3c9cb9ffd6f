"""What people send about questions, as typed values. A form takes no request and asks nobody for permission."""

from __future__ import annotations

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from questions import wording
from questions.markdown import MAX_DEPTH, Trouble, trouble_with, without_controls
from questions.models import MAX_DETAILS_LENGTH, MAX_GUEST_NAME_LENGTH, MAX_REASON_LENGTH
from questions.refusals import said
from questions.reviewing import Choice

MAX_TAGS = 5
MAX_TAG_LENGTH = 35


class DraftField(forms.BoundField):
    """A field whose text the browser keeps while it is typed (static/js/drafts.js).

    One that came back with what was sent says so, for that is newer than any draft.
    """

    def build_widget_attrs(self, attrs: dict, widget: forms.Widget | None = None) -> dict:
        attrs = super().build_widget_attrs(attrs, widget)
        return {**attrs, "data-draft": ""} | ({"data-sent": ""} if self.form.is_bound else {})


class WordingField(forms.CharField):
    """A wording, cleaned. What cannot be one is refused with the reason, and stays in the field as typed."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": wording.MAX_LENGTH * 2}),
            **kwargs,
        )
        self.error_messages["required"] = _("Please write your question; there is nothing here yet.")

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        if not text:
            return ""
        try:
            return wording.clean(text)
        except wording.WordingError as error:
            raise ValidationError(said(error)) from error


class PlainTextField(forms.CharField):
    """Text of several lines; control characters are dropped rather than complained about."""

    def __init__(self, *, rows: int, max_length: int, **kwargs) -> None:
        super().__init__(
            max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), strip=False, **kwargs
        )
        # The browser counts line ends as one character and sends two, so the limit is ours alone to check.
        self.widget.attrs.pop("maxlength", None)
        self.error_messages["max_length"] = _(
            "This is %(show_value)s characters long, and at most %(limit_value)s are taken. "
            "Please shorten it, or put part of it elsewhere and link to it."
        )

    def to_python(self, value: object) -> str:
        return without_controls(super().to_python(value) or "").strip("\n").rstrip()


class MarkdownField(PlainTextField):
    """A text in Markdown, refused when the site would not render it. Scripts give it a toolbar and keep drafts."""

    bound_field_class = DraftField

    _TROUBLES = {
        Trouble.TOO_DEEP: format_lazy(
            _(
                "Quotations or lists stand more than {number} levels inside each other here. "
                "Please take some levels out."
            ),
            number=MAX_DEPTH,
        ),
        Trouble.TOO_LARGE: _(
            "This becomes far longer on the page than it is here, as tables with thousands of empty "
            "cells do. Please take some of its tables, footnotes or signs out."
        ),
    }

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"data-markdown": ""}

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if trouble := trouble_with(text):
            raise ValidationError(self._TROUBLES[trouble])
        return text


class LineField(forms.CharField):
    """A line of text such as a name or a reason, without what shows nothing or turns the line around."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["max_length"] = _(
            "This is %(show_value)s characters long. Please use at most %(limit_value)s characters."
        )

    def to_python(self, value: object) -> str:
        return wording.one_line(super().to_python(value) or "")


class NameField(LineField):
    """How somebody wants to be called; a name that nobody could see is none."""

    def to_python(self, value: object) -> str:
        name = super().to_python(value)
        return name if wording.shows_something(name) else ""


class TagsField(forms.CharField):
    """Tags as people type them, between commas or spaces; a list of at most five names in lower case."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            required=False,
            help_text=format_lazy(
                _("Up to {number} subjects, between commas: cooking, house plants"), number=MAX_TAGS
            ),
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "off",
                    "list": "tag-options",
                    "hx-get": reverse_lazy("complete-tags"),
                    "hx-trigger": "input changed delay:150ms",
                    "hx-target": "#tag-options",
                }
            ),
            **kwargs,
        )

    def to_python(self, value: object) -> list[str]:  # type: ignore[override]
        names = [
            tag_name(part)
            for part in re.split(r"[,;،；，、\n]", (super().to_python(value) or "").replace("\x00", ""))
        ]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MAX_TAGS:
            said_so = ngettext(
                "This is {number} tag; a question can have {most}.",
                "These are {number} tags; a question can have {most}.",
                len(names),
            )
            raise ValidationError(said_so.format(number=len(names), most=MAX_TAGS))
        for name in names:
            if not any(c.isalnum() for c in name):
                raise ValidationError(
                    gettext("“{name}” is no tag: a tag has a letter or a digit.").format(name=name)
                )
            if len(name) > MAX_TAG_LENGTH:
                too_long = gettext("The tag “{beginning}…” is longer than {most} characters.")
                raise ValidationError(too_long.format(beginning=name[:20], most=MAX_TAG_LENGTH))
        return names

    def prepare_value(self, value: object) -> object:
        return ", ".join(value) if isinstance(value, list) else value


def tag_name(text: str) -> str:
    """Return the name of the tag that somebody typed: lower case, words joined by hyphens, + # . kept."""
    name = "".join(
        c if unicodedata.category(c)[0] in "LMN" or c in "+#.-" else "-" for c in wording.key(text)
    )
    return re.sub("-+", "-", name).strip("-.")


class GuestNameForm(forms.Form):
    guest_name = NameField(
        label=_("Your name"),
        required=False,
        max_length=MAX_GUEST_NAME_LENGTH,
        help_text=_("Stands beside what you write; without one it says Anonymous."),
    )


class AskForm(GuestNameForm):
    text = WordingField(label=_("What would you like to know?"), bound_field_class=DraftField)
    text.widget.attrs |= {
        "hx-get": reverse_lazy("similar"),
        "hx-trigger": "input changed delay:250ms",
        "hx-target": "#similar",
        "hx-sync": "this:replace",
        "hx-vals": '{"in_form": "yes"}',
    }
    details = MarkdownField(
        label=_("Details"),
        rows=6,
        max_length=MAX_DETAILS_LENGTH,
        required=False,
        help_text=_("Only if they help to answer. Markdown works."),
    )
    tags = TagsField(label=_("Tags"))

    field_order = ["text", "details", "tags", "guest_name"]


class ReasonForm(forms.Form):
    reason = LineField(
        label=_("Why?"),
        required=False,
        max_length=MAX_REASON_LENGTH,
        help_text=_("Stands in the public log."),
    )


class EditForm(ReasonForm):
    text = WordingField(label=_("The question"), bound_field_class=DraftField)
    details = MarkdownField(
        label=_("Details"),
        rows=6,
        max_length=MAX_DETAILS_LENGTH,
        required=False,
        help_text=_("Markdown works."),
    )
    tags = TagsField(label=_("Tags"))

    # What the fields were filled with; from a page that has none, nothing is compared.
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    field_order = ["text", "details", "tags", "reason"]


class AlternateForm(forms.Form):
    text = WordingField(
        label=_("The same question in other words"),
        help_text=_("Whoever asks it in these words is led to the answers here."),
    )


class TargetForm(forms.Form):
    """Words, a number or an address of the question to merge into."""

    q = LineField(
        label=_("Which question is the same?"),
        max_length=500,
        help_text=_("Type some of its words, or paste its address or number."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class MergeForm(ReasonForm):
    """A reason, typed or taken from the page's list `reasons`, and the version of what was previewed."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["list"] = "reasons"


class DecisionForm(ReasonForm):
    """What to do with a pair, and for a merge the version of what was shown."""

    decision = forms.TypedChoiceField(choices=[(choice, choice) for choice in Choice], coerce=Choice)
    version = forms.CharField(required=False, max_length=64)
