"""The page of ours that a form was sent from, as the browser tells it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def path_before(request: HttpRequest) -> str:
    """The path of the page before, with its query; "" when it was none of ours, or cannot be read.

    It begins with one slash: with two it would be another host's address.
    """
    try:
        before = urlsplit(request.headers.get("Referer", ""))
        is_ours = before.netloc == request.get_host()
    except (ValueError, DisallowedHost):  # either may be what is wrong with the request
        return ""
    path = f"/{before.path.lstrip('/')}"
    return (f"{path}?{before.query}" if before.query else path) if is_ours else ""
