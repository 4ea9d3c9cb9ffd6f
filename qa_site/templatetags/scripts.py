"""What templates tell the scripts."""

from django import template
from django.utils.translation import get_language

from qa_site.pages.words import words_address

register = template.Library()


@register.simple_tag(name="words_address")
def address() -> str:
    """Where the words of scripts are in the language of the page, "" for English."""
    return words_address(get_language() or "en")
