"""What a wave is about, in words: so many texts by somebody, from somewhere, or with something in them."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from qa_site.accounts.models import User
from qa_site.moderation.models import Wave
from qa_site.moderation.wave_matching import Target

_Kind = Wave.Kind

_TEXTS: dict[_Kind, Any] = {
    _Kind.ACCOUNT: ngettext_lazy("{number} text by {value}", "{number} texts by {value}", "count"),
    _Kind.ADDRESS_BLOCK: ngettext_lazy(
        "{number} text from one block of addresses", "{number} texts from one block of addresses", "count"
    ),
    _Kind.EMAIL_DOMAIN: ngettext_lazy(
        "{number} text by people with an e-mail address at {value}",
        "{number} texts by people with an e-mail address at {value}",
        "count",
    ),
    _Kind.LINK_DOMAIN: ngettext_lazy(
        "{number} text that links to {value}", "{number} texts that link to {value}", "count"
    ),
    _Kind.PHRASE: ngettext_lazy(
        "{number} text with a certain phrase in it", "{number} texts with a certain phrase in them", "count"
    ),
}

# For moderators alone, who may read the phrase.
_TOLD: dict[_Kind, Any] = _TEXTS | {
    _Kind.ADDRESS_BLOCK: ngettext_lazy(
        "{number} text from the block of addresses {value}",
        "{number} texts from the block of addresses {value}",
        "count",
    ),
    _Kind.PHRASE: ngettext_lazy(
        "{number} text with “{value}” in it", "{number} texts with “{value}” in them", "count"
    ),
}

_NOTHING: dict[_Kind, Any] = {
    _Kind.ACCOUNT: _("There is nothing to hide by {value}"),
    _Kind.ADDRESS_BLOCK: _("There is nothing to hide from one block of addresses"),
    _Kind.EMAIL_DOMAIN: _("There is nothing to hide by people with an e-mail address at {value}"),
    _Kind.LINK_DOMAIN: _("There is nothing to hide that link to {value}"),
    _Kind.PHRASE: _("There is nothing to hide with a certain phrase in them"),
}


def texts_of(target: Target, count: int) -> str:
    """So many texts of a wave, as everybody may read it: "12 texts by Ada". One query for an account."""
    return _TEXTS[target.kind].format(count=count, number=intcomma(count), value=_value(target))


def texts_hidden(wave: Wave) -> tuple[SafeString, str]:
    """How many texts a wave hid and what it was about, for moderators: with the number set in bold, and plain."""
    target = Target(_Kind(wave.kind), wave.value)
    value = wave.value[:8] if target.kind == _Kind.ADDRESS_BLOCK else _value(target)
    count, number, said = wave.hidden_count, intcomma(wave.hidden_count), _TOLD[target.kind]
    # Filled twice: which of the forms it is hangs on the count, which is not what stands in it.
    kept = said.format(count=count, number="{number}", value="{value}")
    return (
        format_html(kept, number=format_html("<strong>{}</strong>", number), value=value),
        kept.format(number=number, value=value),
    )


def nothing_to_hide(target: Target) -> str:
    """That a wave has nothing to hide. One query for an account."""
    return str(_NOTHING[target.kind]).format(value=_value(target))


def _value(target: Target) -> str:
    if target.kind == _Kind.ACCOUNT:
        return User.objects.filter(pk=int(target.value)).values_list("name", flat=True).first() or ""
    return target.value
