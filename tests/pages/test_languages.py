"""In which language the pages come: as the browser asks, as somebody chose, or as the address says."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from answers import conflicts
from qa_site.accounts.models import User
from tests import urls_with_languages

pytestmark = pytest.mark.django_db


def language_of(response) -> str:
    return response.content.decode().split('<html lang="')[1].split('"')[0]


def test_the_browser_is_asked(as_guest):
    assert language_of(as_guest.get("/")) == "en"
    response = as_guest.get("/", headers={"accept-language": "pt, de-AT;q=0.8, en;q=0.2"})
    assert language_of(response) == "de"
    assert "Accept-Language" in response["Vary"]
    assert response["Content-Language"] == "de"


def test_a_language_that_is_not_spoken_here_gives_the_site_s_own(as_guest):
    assert language_of(as_guest.get("/", headers={"accept-language": "tlh"})) == "en"


def test_arabic_runs_from_right_to_left(as_guest):
    response = as_guest.get("/", headers={"accept-language": "ar"})
    assert '<html lang="ar" dir="rtl"' in response.content.decode()


def test_a_choice_holds_and_leads_back(as_guest):
    response = as_guest.post(
        reverse("language"), {"language": "fr"}, headers={"referer": "http://testserver/tags/?page=2"}
    )
    assert (response.status_code, response["Location"]) == (303, "/tags/?page=2")
    assert language_of(as_guest.get("/", headers={"accept-language": "de"})) == "fr"


@pytest.mark.parametrize("name", ["language", "look"])
@pytest.mark.parametrize(
    ("referer", "led_to"),
    [
        ("http://testserver//elsewhere.example/", "/elsewhere.example/"),
        ("http://testserver/\\elsewhere.example/", "/%5Celsewhere.example/"),
        ("https://elsewhere.example/tags/", "/"),
        ("http://testserver@elsewhere.example/tags/", "/"),
        ("http://testserver.elsewhere.example/tags/", "/"),
        ("", "/"),
    ],
)
def test_a_choice_leads_to_no_other_site(as_guest, name, referer, led_to):
    response = as_guest.post(reverse(name), {"language": "fr", "look": "dark"}, headers={"referer": referer})
    assert (response.status_code, response["Location"]) == (303, led_to)
    assert response.cookies


@pytest.mark.parametrize("language", ["", "tlh", "../../etc", "de\x00", "x" * 5000])
def test_what_is_no_language_changes_nothing(as_guest, language):
    response = as_guest.post(reverse("language"), {"language": language})
    assert response.status_code == 303
    assert not response.cookies
    assert language_of(as_guest.get("/")) == "en"


def test_a_member_reads_in_the_language_of_the_account_on_every_browser(as_asker, asker):
    as_asker.post(reverse("language"), {"language": "es"})
    assert User.objects.get(pk=asker.pk).language == "es"
    as_asker.cookies.pop("django_language")
    response = as_asker.get("/", headers={"accept-language": "de"})
    assert (
        language_of(response) == response.wsgi_request.LANGUAGE_CODE == response["Content-Language"] == "es"
    )


def test_a_language_that_was_taken_out_of_the_settings_is_passed_over(as_asker, asker):
    User.objects.filter(pk=asker.pk).update(language="tlh")
    assert language_of(as_asker.get("/", headers={"accept-language": "de"})) == "de"


def test_a_guest_is_not_looked_up(as_guest, ask, django_assert_num_queries):
    ask("How do I boil an egg?")
    with django_assert_num_queries(2):
        as_guest.get("/", headers={"accept-language": "de"})


def test_caches_are_told_that_a_cookie_chooses_the_language(as_guest):
    assert "Cookie" in as_guest.get("/feed/", headers={"accept-language": "de"})["Vary"]


def test_the_choice_is_kept_for_a_year_where_no_script_reads_it(as_guest):
    cookie = as_guest.post(reverse("language"), {"language": "fr"}).cookies["django_language"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (365 * 24 * 60 * 60, True, "Lax")


@pytest.mark.parametrize(
    ("name", "chosen", "kept"),
    [
        ("language", {"language": "fr"}, "django_language"),
        ("look", {"look": "dark"}, "look"),
        ("close-newcomers", {}, "been-here"),
    ],
)
@pytest.mark.parametrize("https", [False, True])
def test_over_https_a_choice_is_sent_over_nothing_else(as_guest, settings, name, chosen, kept, https):
    settings.SESSION_COOKIE_SECURE = https
    assert bool(as_guest.post(reverse(name), chosen).cookies[kept]["secure"]) is https


def test_a_request_that_fails_early_is_not_answered_in_the_last_reader_s_language(as_guest, settings):
    assert language_of(as_guest.get("/", headers={"accept-language": "ar"})) == "ar"
    # Read when the middleware is made, so it wants another client. It looks at the host before any language is known.
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/", headers={"host": "not ours"})
    assert response.status_code == 400
    assert language_of(response) == "en"


def test_a_refused_wording_is_refused_in_the_reader_s_language(as_guest):
    response = as_guest.post("/ask/", {"text": "?"}, headers={"accept-language": "de"})
    assert response.status_code == 422
    with translation.override("en"):
        english = as_guest.post("/ask/", {"text": "?"}).context["form"].errors["text"][0]
    assert response.context["form"].errors["text"][0] != english


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
def test_the_marks_of_a_conflict_are_known_in_every_language(language):
    with translation.override(language):
        marks = conflicts._marks()
    for line in marks:
        assert conflicts.has_marks(f"One\n{line}\nTwo")


@pytest.fixture
def _language_in_address(settings):
    """The addresses as they are with LANGUAGE_IN_ADDRESS=1, which is read when they are made."""
    settings.ROOT_URLCONF = urls_with_languages.__name__  # made already, while the setting was off
    settings.LANGUAGE_IN_ADDRESS = True


@pytest.mark.usefixtures("_language_in_address")
class TestWithTheLanguageInTheAddress:
    def test_the_address_alone_tells_the_language(self, as_guest, ask):
        assert language_of(as_guest.get("/de/", headers={"accept-language": "fr"})) == "de"
        assert language_of(as_guest.get("/", headers={"accept-language": "fr"})) == "en"

    def test_the_account_does_not_speak_against_the_address(self, as_asker, asker):
        User.objects.filter(pk=asker.pk).update(language="fr")
        assert language_of(as_asker.get("/de/")) == "de"

    def test_search_engines_are_kept_out_of_searches_in_every_language(self, as_guest):
        lines = as_guest.get("/robots.txt").content.decode().splitlines()
        assert {"Disallow: /search/", "Disallow: /de/search/", "Disallow: /ar/review/"} <= set(lines)

    def test_a_page_that_is_not_there_names_no_others_and_searches_for_its_words_alone(self, as_guest):
        text = as_guest.get("/de/questions/999/boil-an-egg/").content.decode()
        assert "hreflang" not in text
        assert 'value="boil an egg"' in text

    def test_links_stay_in_the_language(self, as_guest, ask):
        here = ask("How do I boil an egg?").get_absolute_url()
        text = as_guest.get(f"/ar{here}").content.decode()
        assert 'href="/ar/tags/"' in text
        assert f'<link rel="canonical" href="http://testserver/ar{here}">' in text

    def test_tags_keep_their_own_direction(self, as_guest, ask):
        here = ask("How do I measure memory?", tags=["c++"]).get_absolute_url()
        for address in (f"/ar{here}", "/ar/tags/"):
            assert re.search(
                r'<a class="tag" [^>]*dir="auto">c\+\+</a>', as_guest.get(address).content.decode()
            )

    def test_every_page_names_its_others(self, as_guest, ask):
        question = ask("How do I boil an egg?")
        here = question.get_absolute_url()
        text = as_guest.get(f"/de{here}").content.decode()
        for code, address in (("en", here), ("de", f"/de{here}"), ("ar", f"/ar{here}"), ("x-default", here)):
            assert f'<link rel="alternate" hreflang="{code}" href="http://testserver{address}">' in text

    def test_a_choice_leads_to_the_page_s_address_in_that_language(self, as_guest, ask):
        response = as_guest.post(
            reverse("language"), {"language": "fr"}, headers={"referer": "http://testserver/tags/?page=2"}
        )
        assert response["Location"] == "/fr/tags/?page=2"

    @pytest.mark.parametrize("name", ["home-followed", "home-useful", "statistics"])
    def test_a_choice_leads_to_the_same_list(self, as_asker, name):
        here = reverse(name)
        response = as_asker.post(
            f"/de{reverse('language')}",
            {"language": "fr"},
            headers={"referer": f"http://testserver/de{here}"},
        )
        assert response["Location"] == f"/fr{here}"

    def test_a_number_without_words_leads_to_the_question_in_one_hop(self, as_guest, ask):
        question = ask("How do I boil an egg?")
        here = question.get_absolute_url()
        response = as_guest.get(f"/de/questions/{question.pk}/")
        assert response["Location"] == f"/de{here}"

    def test_the_sitemap_has_the_plain_addresses(self, as_guest, ask):
        question = ask("How do I boil an egg?")
        text = as_guest.get("/sitemap-questions.xml", headers={"accept-language": "de"}).content.decode()
        assert f"http://testserver{question.get_absolute_url()}" in text
        assert "/de/" not in text
