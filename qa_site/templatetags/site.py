"""What templates of every app say in the same way."""

import math

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from answers.threads import Thread
from door import stamps
from questions import notices
from questions.searching import Parts

register = template.Library()


@register.filter
def cleaned_html(html: str) -> SafeString:
    """HTML that `markdown_html` or `comment_html` made and the database kept; nothing else may be passed."""
    return mark_safe(html)  # noqa: S308


@register.filter
def time_said(moment) -> SafeString:
    """A <time> as people say it, with the exact one for who wants it."""
    moment = timezone.localtime(moment)
    if (timezone.now() - moment).days >= 30:
        said = date_format(moment, "j F Y")
    elif (natural := naturaltime(moment)) == "now":
        said = "just now"
    else:
        # The first unit is enough: "3 hours ago", not "3 hours, 12 minutes ago".
        said = natural.split(",")[0].removesuffix(" ago") + " ago"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(),
        date_format(moment, "j F Y, H:i"),
        said,
    )


@register.filter
def marked(parts: Parts) -> SafeString:
    """Text in parts, those that were searched for in <mark>."""
    return format_html_join("", "{}{}{}", ((_MARK, p, _MARK_END) if hit else ("", p, "") for p, hit in parts))


_MARK, _MARK_END = mark_safe("<mark>"), mark_safe("</mark>")


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
    for unit, length in (("day", 24), ("hour", 1)):
        if hours >= 2 * length or (unit == "hour" and hours >= 1):
            number = round(hours / length)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    minutes = max(1, round(hours * 60))
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


@register.filter
def sureness(confidence: float) -> str:
    """The matcher's confidence in words: "87 % sure". Rounded down, for it is never quite sure."""
    return f"{math.floor(confidence * 100)}\u00a0% sure"


@register.inclusion_tag("door/_stamp.html", takes_context=True)
def form_stamp(context) -> dict[str, str]:
    """What a form carries beside its token: see door/stamps.py."""
    return {"field": stamps.STAMP, "stamp": stamps.stamp_for(context["request"]), "trap": stamps.TRAP}
