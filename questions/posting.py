"""What a request brings for a form."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """The posted fields, or None when nothing was posted. A POST without any field is still one."""
    return request.POST if request.method == "POST" else None
