"""What the pages about moderation say: numbers and facts as whole phrases, which other languages order differently."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from door.records import Record
from qa_site.moderation.act_sentences import about_it, how_it_was_hidden
from qa_site.moderation.facts import Facts
from qa_site.moderation.own import Unseen
from qa_site.moderation.today import Done
from qa_site.templatetags.site import time_said
from questions.models import State
from questions.reviewing import Counted

register = template.Library()


def listed(items: Iterable[str]) -> str:
    """The items with commas between them, as the language writes them."""
    return pgettext("in a list", ", ").join(items)


@register.filter
def linked_names(members: Iterable[Any]) -> SafeString:
    """The names of members, each with the way to their page."""
    links = ((member.get_absolute_url(), member.name) for member in members)
    return format_html_join(pgettext("in a list", ", "), '<a href="{}">{}</a>', links)


@register.filter
def counted_said(count: Counted) -> str:
    """How many there are: "7", or "1,000+" where nobody counts on."""
    number = intcomma(count.number)
    return gettext("{number}+").format(number=number) if count.at_least else number


@register.filter
def record_said(record: Record) -> str:
    """What became of what somebody wrote: "3 approved, 0 rejected, 1 spam; 2 wait"."""
    parts = [
        (ngettext("{number} approved", "{number} approved", record.approved), record.approved),
        (ngettext("{number} rejected", "{number} rejected", record.rejected), record.rejected),
        (ngettext("{number} spam", "{number} spam", record.spam), record.spam),
    ]
    if record.hidden:
        parts.append((ngettext("{number} hidden", "{number} hidden", record.hidden), record.hidden))
    said = listed(part.format(number=number) for part, number in parts)
    if not record.pending:
        return said
    waiting = ngettext("{record}; {number} waits", "{record}; {number} wait", record.pending)
    return waiting.format(record=said, number=record.pending)


@register.filter
def likely_said(facts: Facts) -> str:
    """How likely a text is spam, and for which words."""
    spam, fine = _quoted(facts.spam_words), _quoted(facts.fine_words)
    if spam and fine:
        return gettext("{likely}, for {words}; fine are {others}").format(
            likely=facts.likely, words=spam, others=fine
        )
    if spam:
        return gettext("{likely}, for {words}").format(likely=facts.likely, words=spam)
    if fine:
        return gettext("{likely}; fine are {words}").format(likely=facts.likely, words=fine)
    return facts.likely


def _quoted(words: Iterable[str]) -> str:
    return listed(gettext("“{text}”").format(text=word) for word in words)


@register.filter
def act_said(act: Any) -> str:
    """What an act did to the text beside it."""
    return about_it(act)


@register.filter
def hiding_said(act: Any) -> SafeString:
    """When and why an act took the text beside it out of sight."""
    return how_it_was_hidden(act, time_said(act.created_at))


@register.filter
def today_said(today: Iterable[Done]) -> str:
    """What was decided today: "Today 5 approved (2 by you), 1 marked as spam."."""
    return gettext("Today {decisions}.").format(decisions=listed(map(_done, today)))


def _done(done: Done) -> str:
    state, number, own = done
    # Of each kind of decision two phrases: one where all or none of it is told apart, one with the reader's own.
    said = {
        State.APPROVED: ngettext("{number} approved", "{number} approved", number),
        State.SPAM: ngettext("{number} marked as spam", "{number} marked as spam", number),
        State.REJECTED: ngettext("{number} rejected", "{number} rejected", number),
        State.HIDDEN: ngettext("{number} hidden", "{number} hidden", number),
    }[State(state)].format(number=intcomma(number))
    return (
        said
        if own == number
        else gettext("{decisions} ({number} by you)").format(decisions=said, number=intcomma(own))
    )


@register.filter
def unseen_said(unseen: Unseen) -> str:
    """Why readers do not see a text of one's own, and what became of asking for another look."""
    kind, appeal = unseen.kind.said.name, unseen.appeal
    if unseen.text.state == State.PENDING:
        said = gettext("{kind}, waits for a moderator").format(kind=kind)
    elif unseen.text.state == State.SPAM:
        said = gettext("{kind}, marked as spam").format(kind=kind)
    elif unseen.text.state == State.REJECTED:
        said = gettext("{kind}, rejected").format(kind=kind)
    else:
        said = gettext("{kind}, hidden").format(kind=kind)
    if appeal is None:
        return said
    if not appeal.decision:
        return gettext("{state}; you asked for another look").format(state=said)
    if appeal.decision == appeal.Decision.GRANTED:
        return gettext("{state}; was shown again when you asked").format(state=said)
    if appeal.reason:
        return gettext("{state}; stays so after another look: “{reason}”").format(
            state=said, reason=appeal.reason
        )
    return gettext("{state}; stays so after another look").format(state=said)
