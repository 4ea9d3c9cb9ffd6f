"""The words that scripts say, in the languages of the site: a catalogue for each, which browsers keep for long."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

_A_YEAR = 365 * 24 * 60 * 60


@require_safe
def words(request: HttpRequest, language: str) -> HttpResponse:
    """A script that gives `gettext` and `ngettext` the words of a language, kept for a year as pages name it."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponse(_catalogue(language), content_type="text/javascript; charset=utf-8")
    if request.GET.get("v") == _fingerprint(language):
        patch_cache_control(response, public=True, max_age=_A_YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response


def words_address(language: str) -> str:
    """Where scripts find their words in this language, "" where they need none: they speak English."""
    if language.split("-")[0] == "en" or language not in dict(settings.LANGUAGES):
        return ""
    return f"{reverse('script-words', args=[language])}?v={_fingerprint(language)}"


@lru_cache
def _catalogue(language: str) -> bytes:
    # Of the apps only ours, for the admin has a catalogue of its own; that of LOCALE_PATHS always comes along.
    with translation.override(language):
        return JavaScriptCatalog(packages=["qa_site"]).get(HttpRequest()).content


@lru_cache
def _fingerprint(language: str) -> str:
    return hashlib.sha256(_catalogue(language)).hexdigest()[:12]
