"""What moderators send about blocks, as typed values."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator, validate_email
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa_site.accounts.models import User
from qa_site.moderation.about_text import email_domain_of
from qa_site.moderation.kinds import Text
from questions.forms import LineField
from questions.models import MAX_REASON_LENGTH

DAY_OF_CHOICE = "day"
_LENGTHS = [
    ("1", _("a day")),
    ("7", _("a week")),
    ("30", _("30 days")),
    ("365", _("a year")),
    (DAY_OF_CHOICE, _("until:")),
]
LONGEST = timedelta(days=10 * 366)

Whom = dict[str, Any]


class UntilFields(forms.Form):
    """For how long: one of a few lengths, or until a day."""

    length = forms.ChoiceField(
        label=_("For how long?"), choices=_LENGTHS, initial="7", widget=forms.RadioSelect, required=True
    )
    until = forms.DateField(
        label=_("Until which day?"),
        required=False,
        help_text=_("Only if you chose “until”. They may write again when that day is over."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("length") == DAY_OF_CHOICE and "until" in cleaned:
            self._check(cleaned["until"])
        return cleaned

    def _check(self, day) -> None:
        if day is None:
            self.add_error("until", _("Please choose the day, or one of the lengths."))
        elif day < timezone.localdate():
            self.add_error("until", _("This day is over. Please choose one that is to come."))
        elif day > timezone.localdate() + LONGEST:
            self.add_error("until", _("This is more than ten years away. Please choose a nearer day."))

    @property
    def ends_at(self) -> datetime:
        """The moment at which it is over."""
        length, day = self.cleaned_data["length"], self.cleaned_data["until"]
        if length != DAY_OF_CHOICE:
            return timezone.now() + timedelta(days=int(length))
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class BlockForm(UntilFields):
    """Whom to block, until when, and why. With a text, its writer can be chosen."""

    whom = LineField(
        label=_("Whom?"),
        max_length=300,
        help_text=_(
            "The address of a member’s page or its number, an e-mail address, or an e-mail domain such as "
            "example.org."
        ),
    )
    reason = LineField(
        label=_("Why?"),
        max_length=MAX_REASON_LENGTH,
        help_text=_("Who is blocked reads this, and it stands in the public log."),
    )

    field_order = ["whom", "length", "until", "reason"]

    def __init__(self, *args, text: Text | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.writers = writers_of(text) if text else {}
        if self.writers:
            choices = [(key, label) for key, (label, _) in self.writers.items()]
            self.fields["whom"] = forms.ChoiceField(
                label=_("Whom?"), choices=choices, initial=choices[0][0], widget=forms.RadioSelect
            )

    def clean_whom(self) -> Whom:
        typed = self.cleaned_data["whom"]
        return self.writers[typed][1] if self.writers else whom_typed(typed)


def writers_of(text: Text) -> dict[str, tuple[str, Whom]]:
    """Who can be blocked because of a text: a name for the form, words for the moderator, and whom it means."""
    found: dict[str, tuple[str, Whom]] = {}
    if text.author:
        found["account"] = (
            gettext("the account of {name}").format(name=text.author.name),
            {"user": text.author},
        )
    if text.guest and text.guest.email:
        found["address"] = (
            gettext("the e-mail address that {name} gave").format(name=text.author_name),
            {"email": text.guest.email},
        )
    if text.address_block:
        found["block"] = (
            gettext("everybody from the block of addresses that it came from"),
            {"address_block": text.address_block},
        )
    if domain := email_domain_of(text):
        found["domain"] = (
            gettext("everybody with an e-mail address at {domain}").format(domain=domain),
            {"email_domain": domain},
        )
    return found


def whom_typed(typed: str) -> Whom:
    """Whom a moderator means who typed this. Raises ValidationError."""
    if number := re.fullmatch(r"(?:\S*/users/)?(\d{1,18})/?", typed):
        return {"user": member(number[1])}
    if "@" in typed.lstrip("@"):
        validate_email(typed)
        return {"email": typed}
    return {"email_domain": domain_typed(typed)}


def member(number: str) -> User:
    """The member with this number. Raises ValidationError."""
    found = User.objects.filter(pk=number).first()
    if found is None:
        raise ValidationError(_("There is no member with this number."))
    return found


def domain_typed(typed: str) -> str:
    """A domain as it is kept, from what somebody typed or copied. Raises ValidationError."""
    domain = re.sub(r"^(?:[a-z][a-z0-9+.-]*:)?//", "", typed.strip().lower()).lstrip("@")
    domain = re.split(r"[/?#:]", domain)[0].removeprefix("www.").rstrip(".")
    try:
        DomainNameValidator()(domain)
        DomainNameValidator()(domain.encode("idna").decode())
    except (ValidationError, UnicodeError):
        raise ValidationError(_("This is no domain. One looks like example.org.")) from None
    return domain
