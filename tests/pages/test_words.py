"""The words that scripts say: a catalogue for each language, which browsers keep until it changes."""

import pytest
from django.utils import translation

from qa_site.pages.words import words_address

pytestmark = pytest.mark.django_db


def test_the_address_that_pages_name_leads_to_a_script_that_is_kept_for_a_year(as_guest, settings):
    response = as_guest.get(words_address("de"))
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert "max-age=31536000" in response["Cache-Control"]
    assert "gettext" in response.content.decode()


def test_the_words_are_of_the_language_of_the_address_and_not_of_the_reader(as_guest, monkeypatch):
    with translation.override("fr"):
        addresses = {language: words_address(language) for language in ("de", "ar")}
    german, arabic = (
        as_guest.get(address, headers={"Accept-Language": "fr"}) for address in addresses.values()
    )
    assert '"DATE_FORMAT": "j. F Y"' in german.content.decode()
    assert german.content != arabic.content


def test_an_address_of_other_words_is_asked_for_again_each_time(as_guest):
    assert as_guest.get("/words/de.js?v=old")["Cache-Control"] == "no-cache"
    assert as_guest.get("/words/de.js")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("language", ["xx", "de-at-1996", "..", "d%C3%A9"])
def test_a_language_that_the_site_does_not_speak_is_not_found(as_guest, language):
    assert as_guest.get(f"/words/{language}.js").status_code == 404


def test_english_pages_name_no_words_and_german_ones_do(as_guest):
    assert 'data-words=""' in as_guest.get("/tags/").content.decode()
    german = as_guest.get("/tags/", headers={"Accept-Language": "de"}).content.decode()
    assert f'data-words="{words_address("de")}"' in german
