"""What templates of every app say in the same way."""

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from questions.notices import act_to_undo
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
def undo_number(message) -> int | None:
    """The number of the act that a notice offers to undo, if any."""
    return act_to_undo(message.extra_tags)
