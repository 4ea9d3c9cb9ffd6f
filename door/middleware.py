"""Holds up whoever does the same thing too often, before the view runs."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from door import limits, stamps


class LimitsMiddleware:
    """Asks `LIMITED_ACT` of the settings which act a request is, and `LIMIT_PAGE` for the page past a limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._act_of: Callable[[HttpRequest], str] = import_string(settings.LIMITED_ACT)
        self._page: Callable[..., HttpResponse] = import_string(settings.LIMIT_PAGE)
        self._counted = itertools.count(1)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        # Which view it is stands fast only here.
        act = self._act_of(request)
        if not act:
            return None
        self._sweep_now_and_then()
        seconds = limits.wait_for(act, request)
        if not seconds:
            return None
        response = self._page(request, act=act, seconds=seconds)
        response["Retry-After"] = str(seconds)
        return response

    def _sweep_now_and_then(self) -> None:
        every = settings.SWEEP_DOOR_EVERY
        if every and next(self._counted) % every == 0:
            limits.sweep()
            stamps.sweep()
