"""Choosing a language; without a choice the pages come in the one that the browser asks for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import translate_url
from django.views.decorators.http import require_POST

from qa_site.pages.choices import keep_choice
from qa_site.pages.referrers import path_before


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the choice, with the account too, and lead back to the page that it was made on."""
    chosen = request.POST.get("language", "")
    before = path_before(request) or "/"
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseRedirect(before, status=303)
    response = HttpResponseRedirect(translate_url(before, chosen), status=303)
    keep_choice(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    if request.user.is_authenticated and request.user.language != chosen:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return response


def in_other_languages(request: HttpRequest) -> list[tuple[str, str]]:
    """The language of every address that shows this page, with the address; none if addresses tell no language.

    As search engines ask for it where only what surrounds the texts is translated
    (https://developers.google.com/search/docs/specialty/international/localized-versions), the plain address last,
    for readers of all other languages.
    """
    if not settings.LANGUAGE_IN_ADDRESS or request.resolver_match is None:
        return []
    here = request.build_absolute_uri()
    addresses = [(code, translate_url(here, code)) for code, _ in settings.LANGUAGES]
    return [*addresses, ("x-default", translate_url(here, settings.LANGUAGE_CODE))]
