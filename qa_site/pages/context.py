"""What every template of the site may say."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "licence": settings.LICENCE,
        "licence_url": settings.LICENCE_URL,
    }
