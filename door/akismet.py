"""Asking a service that speaks Akismet's protocol: SPAM_CHECKER=door.akismet.check.

The text, what the guest gave, and where it came from leave the site for the service; tell your readers.
"""

from __future__ import annotations

import time
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, Request, build_opener

from django.conf import settings

from door.checking import Opinion, Submission

_TYPES = {"question": "forum-post", "answer": "reply", "comment": "comment", "edit": "reply"}
# The service answers with one word; whatever is longer is no answer.
_LONGEST_ANSWER = 100


class NoAnswer(Exception):
    """The service did not say whether it is spam."""


class _NoRedirects(HTTPErrorProcessor):
    """Takes what comes for the answer: nothing that people wrote is sent on to another address."""

    def http_response(self, request, response):
        return response

    https_response = http_response


def check(submission: Submission) -> Opinion:
    """Return SPAM or FINE as the service says. Raises NoAnswer and OSError, upon which the text is held."""
    fields = {
        "api_key": settings.SPAM_CHECKER_KEY,
        "blog": settings.SPAM_CHECKER_SITE,
        "user_ip": submission.address,
        "user_agent": submission.user_agent,
        "permalink": submission.page,
        "comment_type": _TYPES.get(submission.kind, "comment"),
        "comment_author": submission.name,
        "comment_author_email": submission.email,
        "comment_author_url": submission.website,
        "comment_content": submission.text,
        "charset": "utf-8",
    }
    said = _post(settings.SPAM_CHECKER_URL, urlencode(fields).encode())
    if said not in (b"true", b"false"):
        # "invalid", or a page of a proxy: not repeated, for it may quote what was sent.
        raise NoAnswer
    return Opinion.SPAM if said == b"true" else Opinion.FINE


def _post(address: str, body: bytes) -> bytes:
    if urlsplit(address).scheme not in ("http", "https"):
        raise NoAnswer
    give_up_at = time.monotonic() + settings.SPAM_CHECKER_TIMEOUT
    request = Request(address, data=body, headers={"User-Agent": "qa-site/1 | door/1"})  # noqa: S310 (see above)
    try:
        with build_opener(_NoRedirects).open(request, timeout=settings.SPAM_CHECKER_TIMEOUT) as response:
            if response.status != 200:
                raise NoAnswer
            said = b""
            # A time-out is for each piece that comes; a service that drips would keep the thread for ever.
            while piece := response.read1(_LONGEST_ANSWER):
                said += piece
                if len(said) > _LONGEST_ANSWER or time.monotonic() > give_up_at:
                    raise NoAnswer
            return said.strip()
    except HTTPError as error:
        raise NoAnswer from error
