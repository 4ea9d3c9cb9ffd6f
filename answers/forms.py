"""What people send about answers, as typed values."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from answers.conflicts import has_marks
from answers.markup import comment_html, web_address
from answers.models import MAX_ANSWER_LENGTH, MAX_COMMENT_LENGTH, Answer, Report
from questions.forms import (
    DraftField,
    GuestNameForm,
    LineField,
    MarkdownField,
    NameField,
    PlainTextField,
    ReasonForm,
)
from questions.markdown import CONTROLS, lead, markdown_html, plain_text
from questions.models import MAX_GUEST_NAME_LENGTH, MAX_REASON_LENGTH
from questions.wording import shows_something


class AnswerTextField(MarkdownField):
    """Markdown that shows something: an answer of mere markup is as empty as none."""

    def __init__(self, **kwargs) -> None:
        super().__init__(rows=8, max_length=MAX_ANSWER_LENGTH, **kwargs)
        self.error_messages["required"] = _("Please write your answer; there is nothing here yet.")

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not shows_something(lead(markdown_html(text))):
            raise ValidationError(_("There is nothing to read in this answer. Please put it into words."))
        if has_marks(text):
            raise ValidationError(
                _(
                    "There are still places with two texts, between lines that begin with “<<<<<<<” and “>>>>>>>”. "
                    "Please keep what should stand there, and take these lines out."
                )
            )
        return text


class AnswerTextForm(forms.Form):
    """A form with the text of an answer. Signs that cannot be shown are taken out of it, but not without a word."""

    def clean(self) -> dict[str, object] | None:
        cleaned = super().clean()
        if "text" not in self.errors and (count := len(CONTROLS.findall(str(self.data.get("text", ""))))):
            self.data = {name: self.data[name] for name in self.data} | {"text": self.cleaned_data["text"]}
            self.add_error(
                "text",
                ngettext(
                    "{count} sign that cannot be shown stood in this text and is taken out. Please look it over and "
                    "send it again.",
                    "{count} signs that cannot be shown stood in this text and are taken out. Please look it over and "
                    "send it again.",
                    count,
                ).format(count=count),
            )
        return cleaned


class AnswerForm(AnswerTextForm, GuestNameForm):
    text = AnswerTextField(
        label=_("Your answer"),
        help_text=_(
            "A good answer says it in the first sentence, and then why. Markdown works, with tables, "
            "```code``` and footnotes[^1]."
        ),
    )

    field_order = ["text", "guest_name"]


class AnswerEditForm(AnswerTextForm):
    text = AnswerTextField(label=_("The answer"), help_text=_("Markdown works. The former text is kept."))
    summary = LineField(label=_("What did you change?"), required=False, max_length=MAX_REASON_LENGTH)
    # The number of the revision that was edited; without it, a text that differs from the present one is a conflict.
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ActForm(ReasonForm):
    """Why something is done to an answer."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Stands in the history of the answer and of its question, for everybody."
        )


class FoldForm(ActForm):
    """Into which of the other answers of a page; the page draws the choices itself."""

    def __init__(self, *args, others: list[Answer], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._others = {str(other.pk): other for other in others}
        self.fields["into"] = forms.TypedChoiceField(
            choices=[(pk, pk) for pk in self._others],
            coerce=self._others.__getitem__,
            error_messages={
                "required": _("Please choose the other answer."),
                "invalid_choice": _("That answer does not stand on this page."),
            },
        )


class CombineForm(AnswerTextForm, ActForm):
    text = AnswerTextField(label=_("The text made of both"))
    revision = forms.IntegerField(widget=forms.HiddenInput)
    other_revision = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ["text", "reason"]


class ReviewForm(AnswerTextForm, ReasonForm):
    """The text that a reviewer accepts, as proposed or put right, and what it was compared with."""

    text = AnswerTextField(
        label=_("The text to be saved"), help_text=_("As proposed; put right what you like.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ["text", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("A word to the author")
        self.fields["reason"].help_text = _("Only the author of the edit reads it.")


_STARRED = "answers/_starred_field.html"


class CommentTextField(PlainTextField):
    """The text of a comment, in a few tags of HTML: of mere tags it is as empty as none."""

    bound_field_class = DraftField

    def __init__(self, **kwargs) -> None:
        super().__init__(rows=5, max_length=MAX_COMMENT_LENGTH, template_name=_STARRED, **kwargs)
        self.error_messages["required"] = _("Please write your comment; there is nothing here yet.")

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if not shows_something(plain_text(comment_html(text))):
            raise ValidationError(_("There is nothing to read in this comment. Please put it into words."))
        return text


class WebsiteField(forms.CharField):
    """An address of a site, http or https; without either it is taken for https."""

    def __init__(self, **kwargs) -> None:
        super().__init__(
            required=False, max_length=200, widget=forms.TextInput(attrs={"inputmode": "url"}), **kwargs
        )

    def clean(self, value: object) -> str:
        text = super().clean(value)
        if text and "//" not in text:
            text = f"https://{text}"
        if text and (len(text) > 200 or not (text := web_address(text))):
            raise ValidationError(
                _("This is no address of a site. Such an address looks like https://example.org.")
            )
        return text


class CommentForm(forms.Form):
    """What a member sends."""

    text = CommentTextField(label=_("Your comment"))


class GuestCommentForm(CommentForm):
    """What a guest sends besides."""

    guest_name = NameField(
        label=_("Name"),
        max_length=MAX_GUEST_NAME_LENGTH,
        error_messages={"required": _("Please say by which name you write.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={
            "required": _("Please give your e-mail address. It will not be published."),
            "invalid": _("This is no e-mail address. Such an address looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = WebsiteField(label=_("Website"))

    field_order = ["guest_name", "email", "website", "text"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("guest_name", "email"):
            self.fields[name].template_name = _STARRED  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[choice for choice in Report.Reason.choices if choice[0] != Report.Reason.WATCHED],
        widget=forms.RadioSelect,
    )
    words = PlainTextField(label=_("In your own words"), rows=3, max_length=1_000, required=False)
