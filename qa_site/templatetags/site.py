"""What templates of every app say in the same way."""

import math
from datetime import datetime, timedelta

from django import template
from django.forms import BaseForm
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from answers.threads import Thread
from door import stamps
from questions import notices
from questions.models import Authored
from questions.searching import Parts

register = template.Library()


@register.filter
def cleaned_html(html: str) -> SafeString:
    """HTML that `markdown_html` or `comment_html` made and the database kept; nothing else may be passed."""
    return mark_safe(html)  # noqa: S308


@register.filter
def without_placeholders(form: BaseForm) -> BaseForm:
    """A form of another app without words in its empty fields: they say the labels again, and go as one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.filter
def time_said(moment: datetime | None) -> SafeString:
    """A <time> as people say it, with the exact one for who wants it; nothing where there is no moment."""
    if not moment:
        return SafeString("")
    moment, now = timezone.localtime(moment), timezone.now()
    age = max(now - moment, timedelta())  # of clocks that do not agree, the later one
    if age.days >= 30:
        said = pgettext("when something was done", "{date}").format(date=date_format(moment))
    elif age >= timedelta(weeks=1):
        weeks = age.days // 7
        said = ngettext("{number} week ago", "{number} weeks ago", weeks).format(number=weeks)
    elif age.days:
        said = ngettext("{number} day ago", "{number} days ago", age.days).format(number=age.days)
    elif age >= timedelta(hours=1):
        hours = age.seconds // 3600
        said = ngettext("an hour ago", "{number} hours ago", hours).format(number=hours)
    elif age >= timedelta(minutes=1):
        minutes = age.seconds // 60
        said = ngettext("a minute ago", "{number} minutes ago", minutes).format(number=minutes)
    else:
        said = gettext("just now")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(moment, "DATETIME_FORMAT"),
        said,
    )


@register.filter
def author_link(written: Authored) -> SafeString:
    """Who wrote something, with the way to their page if they have one; their row must be loaded."""
    if written.author:
        return person_link(written.author)
    return format_html('<span class="person">{}</span>', written.author_name)


@register.filter
def person_link(member) -> SafeString:
    """A member's name, with the way to their page."""
    return format_html('<a class="person" href="{}">{}</a>', member.get_absolute_url(), member.name)


@register.filter
def marked(parts: Parts) -> SafeString:
    """Text in parts, those that were searched for in <mark>."""
    return format_html_join("", "{}{}{}", ((_MARK, p, _MARK_END) if hit else ("", p, "") for p, hit in parts))


_MARK, _MARK_END = mark_safe("<mark>"), mark_safe("</mark>")


@register.filter
def lower_first(words: str) -> str:
    """A label as it is said within a line: its first letter is small, and no other, for they may be those of nouns."""
    return f"{words[:1].lower()}{words[1:]}"


@register.filter
def comments_in(threads: list[Thread]) -> int:
    """How many comments stand in these threads, replies among them."""
    return sum(thread.count for thread in threads)


@register.filter
def undo_address(message) -> str:
    """Where a notice's button to undo leads, "" if it has none."""
    return notices.undo_address(message.extra_tags)


@register.filter
def hours_said(hours: float | None) -> str:
    """A length of time as people say it: "20 minutes", "5 hours", "3 days"; a dash where there is none."""
    if hours is None:
        return "–"
    if hours >= 48:
        days = round(hours / 24)
        return ngettext("{number} day", "{number} days", days).format(number=days)
    if hours >= 1:
        whole = round(hours)
        return ngettext("{number} hour", "{number} hours", whole).format(number=whole)
    minutes = max(1, round(hours * 60))
    return ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)


@register.filter
def sureness(confidence: float) -> str:
    """The matcher's confidence in words: "87 % sure". Rounded down, for it is never quite sure."""
    percent = gettext("{number}\u00a0%").format(number=math.floor(confidence * 100))
    return gettext("{percent} sure").format(percent=percent)


@register.inclusion_tag("door/_stamp.html", takes_context=True)
def form_stamp(context) -> dict[str, str]:
    """What a form carries beside its token: see door/stamps.py."""
    return {"field": stamps.STAMP, "stamp": stamps.stamp_for(context["request"]), "trap": stamps.TRAP}
