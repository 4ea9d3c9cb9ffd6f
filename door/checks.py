"""Settings that cannot work, told before the site starts."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string


@register
def check_spam_checker(app_configs, **kwargs: object) -> list[CheckMessage]:
    """Whether SPAM_CHECKER names something that can be called, and has the key that it needs."""
    path = settings.SPAM_CHECKER
    if not path:
        return []
    try:
        checker = import_string(path)
    except ImportError as error:
        return [Error(f"SPAM_CHECKER is “{path}”, which cannot be imported: {error}", id="door.E001")]
    if not callable(checker):
        return [Error(f"SPAM_CHECKER is “{path}”, which cannot be called.", id="door.E002")]
    if path == "door.akismet.check" and not (settings.SPAM_CHECKER_KEY and settings.SPAM_CHECKER_SITE):
        return [
            Error(
                "door.akismet.check needs SPAM_CHECKER_KEY and SPAM_CHECKER_SITE.",
                hint="The service gives a key for the address of your site.",
                id="door.E003",
            )
        ]
    return []
