"""What moderators send about waves, as typed values."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from qa_site.moderation.about_text import email_domain_of
from qa_site.moderation.block_forms import domain_typed, member
from qa_site.moderation.kinds import Text
from qa_site.moderation.models import Wave
from qa_site.moderation.wave_matching import Target
from questions.forms import LineField
from questions.models import MAX_REASON_LENGTH

SHORTEST_PHRASE = 3
_MOST_DOMAINS = 10

_Kind = Wave.Kind


class TargetForm(forms.Form):
    """What to look for."""

    kind = forms.ChoiceField(label=_("What do they have in common?"), choices=_Kind.choices)
    value = LineField(
        label=_("Which?"),
        max_length=300,
        help_text=_(
            "The address of the member’s page or its number, the domain, or the phrase. A block of addresses "
            "cannot be typed: come here from one of its texts."
        ),
    )
    moderators = forms.BooleanField(label=_("Hide texts by moderators too"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") and cleaned.get("value"):
            try:
                cleaned["value"] = _value(_Kind(cleaned["kind"]), cleaned["value"])
            except ValidationError as error:
                self.add_error("value", error)
        return cleaned

    @property
    def target(self) -> Target:
        return Target(_Kind(self.cleaned_data["kind"]), self.cleaned_data["value"])


def _value(kind: Wave.Kind, typed: str) -> str:
    match kind:
        case _Kind.ACCOUNT:
            if number := re.fullmatch(r"(?:\S*/users/)?(\d{1,18})/?", typed):
                return str(member(number[1]).pk)
            raise ValidationError(_("Please give the address of the member’s page, or the number in it."))
        case _Kind.ADDRESS_BLOCK:
            if re.fullmatch(r"[0-9a-f]{32}", typed):
                return typed
            raise ValidationError(_("A block of addresses cannot be typed. Come here from one of its texts."))
        case _Kind.EMAIL_DOMAIN:
            return domain_typed(typed.rpartition("@")[2])
        case _Kind.LINK_DOMAIN:
            return domain_typed(typed)
    if len(typed) < SHORTEST_PHRASE:
        said = ngettext(
            "Please give a phrase of at least {number} character.",
            "Please give a phrase of at least {number} characters.",
            SHORTEST_PHRASE,
        )
        raise ValidationError(said.format(number=SHORTEST_PHRASE))
    return typed


class HideForm(forms.Form):
    """Hiding what was shown: why, and whether its writer is blocked as well."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = LineField(
        label=_("Why?"), max_length=MAX_REASON_LENGTH, help_text=_("Stands in the public log.")
    )
    block = forms.TypedChoiceField(
        label=_("Block them as well?"),
        choices=[
            ("0", _("No")),
            ("1", _("for a day")),
            ("7", _("for a week")),
            ("30", _("for 30 days")),
            ("365", _("for a year")),
        ],
        coerce=int,
        initial="0",
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Then they read the reason, too."),
    )

    def __init__(self, *args, can_block: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not can_block:
            del self.fields["block"]

    @property
    def block_until(self) -> datetime | None:
        days = self.cleaned_data.get("block") or 0
        return timezone.now() + timedelta(days=days) if days else None


def targets_of(text: Text) -> list[tuple[Target, str]]:
    """What waves a text suggests, each with words for the moderator."""
    found: list[tuple[Target, str]] = []
    if text.author_id:
        said = gettext("everything by {name}").format(name=text.author_name)
        found.append((Target(_Kind.ACCOUNT, str(text.author_id)), said))
    if text.address_block:
        said = gettext("everything from the block of addresses it came from")
        found.append((Target(_Kind.ADDRESS_BLOCK, text.address_block), said))
    if domain := email_domain_of(text):
        said = gettext("everything by people with an e-mail address at {domain}").format(domain=domain)
        found.append((Target(_Kind.EMAIL_DOMAIN, domain), said))
    for domain in _domains_linked(text):
        said = gettext("everything that links to {domain}").format(domain=domain)
        found.append((Target(_Kind.LINK_DOMAIN, domain), said))
    return found


def _domains_linked(text: Text) -> list[str]:
    columns = ("html", "details_html", "website")
    html = " ".join(str(getattr(text, column, "")) for column in columns)
    domains = []
    for host in re.findall(r"https?://([^\s/?#\"'<>]{1,253})", html, re.IGNORECASE):
        try:
            domains.append(domain_typed(host.rpartition("@")[2]))
        except ValidationError:
            continue
    return list(dict.fromkeys(domains))[:_MOST_DOMAINS]
