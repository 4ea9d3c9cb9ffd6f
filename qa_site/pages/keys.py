"""The keys that the pages know, as a page that is read without scripts too; they show it in a dialog."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "site/keys.html")
