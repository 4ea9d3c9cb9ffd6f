"""What a request brings for a form."""

from __future__ import annotations

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from door import stamps

SIGNED_OUT = _(
    "You are not signed in any more as who you were when you wrote this. Sign in in another tab and send it again, or "
    "send it as it is."
)


def writer_changed(request: HttpRequest) -> bool:
    """Whether a form of a signed-in person is sent by nobody, or by another: a session ends while one writes."""
    writer = request.POST.get("writer", "")
    return bool(writer) and writer != str(request.user.pk or "")


def posted(request: HttpRequest) -> QueryDict | None:
    """The posted fields, or None when nothing was posted. A POST without any field is still one."""
    return request.POST if request.method == "POST" else None


def check_sending(request: HttpRequest, form: BaseForm) -> None:
    """Add to a bound form what is wrong with the way it was sent: by whom, how quickly, from where, how often."""
    if not form.is_bound or not form.is_valid():
        return
    for sentence in (SIGNED_OUT if writer_changed(request) else "", stamps.trouble(request)):
        if sentence:
            form.add_error(None, sentence)
