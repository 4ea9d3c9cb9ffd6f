"""What every template of the site may say."""

from django.conf import settings
from django.http import HttpRequest

from qa_site.pages.language import in_other_languages
from qa_site.pages.look import look_of
from qa_site.pages.newcomers import is_newcomer


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "look": look_of(request),
        "languages": settings.LANGUAGES,
        "translations": in_other_languages(request),
        "is_newcomer": is_newcomer(request),
        "licence": settings.LICENCE,
        "licence_url": settings.LICENCE_URL,
    }
