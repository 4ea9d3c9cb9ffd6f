"""Nobody ever sees a traceback."""

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from psycopg.errors import DeadlockDetected, LockNotAvailable

from questions import families, moderation
from questions.models import Question
from questions.views import lists

pytestmark = pytest.mark.django_db


def test_an_unknown_address_has_a_page_with_a_search_for_its_words(as_guest):
    response = as_guest.get("/how-to/boil_an-egg/7")
    assert response.status_code == 404
    page = response.content.decode()
    assert 'value="how to boil an egg"' in page


def test_the_kind_of_page_that_an_address_names_is_no_word_to_search_for(as_guest):
    response = as_guest.get("/tags/sour-dough/")
    assert response.status_code == 404
    assert 'value="sour dough"' in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/sitemap-questions.xml?p=99", "/sitemap-questions.xml?p=x", "/sitemap-x.xml", "/users/9/"]
)
def test_what_django_says_to_programmers_is_not_said_to_readers(as_guest, address):
    response = as_guest.get(address)
    assert response.status_code == 404
    assert "It may have been mistyped." in response.content.decode()


def test_a_breakdown_has_a_page_that_needs_nothing(monkeypatch, as_guest):
    def broken(*args, **kwargs):
        raise RuntimeError("internal detail")

    monkeypatch.setattr(lists, "page", broken)
    client = Client(raise_request_exception=False)
    response = client.get(reverse("home"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "internal detail" not in response.content.decode()


def test_a_get_that_needs_an_account_leads_to_sign_in_and_back(as_guest, ask):
    address = reverse("add-alternate", args=[ask("How do tides work?").pk])
    assert as_guest.get(address).url == f"{reverse('account_login')}?next={address}"


def test_a_refused_post_keeps_what_was_typed(as_guest, ask):
    address = reverse("add-alternate", args=[ask("How do tides work?").pk])
    response = as_guest.post(address, {"text": "My other wording?"})
    assert response.status_code == 403
    assert "My other wording?" in response.content.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Host": "elsewhere.example.com"}, 400), ({"Referer": "http://[elsewhere"}, 405)],
)
def test_a_post_with_a_broken_header_is_refused_and_breaks_nothing(headers, status):
    response = Client(raise_request_exception=False).post(reverse("home"), headers=headers)
    assert response.status_code == status
    assert "<h1>" in response.content.decode()


def test_passwords_are_never_shown_again(as_guest):
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "me@example.org", "password": "sesame-open"})
    assert response.status_code == 403
    assert "sesame-open" not in response.content.decode()


def test_pages_load_nothing_from_elsewhere_and_no_inline_script(as_guest, ask):
    question = ask("How do tides work?")
    response = as_guest.get(question.get_absolute_url())
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = response.content.decode()
    assert "<style" not in page
    assert "onclick" not in page
    assert 'src="http' not in page


def test_families_that_are_busy_are_a_page_that_keeps_what_was_typed(as_guest, ask, monkeypatch):
    question = ask("How do tides work?")

    def busy(*questions):
        raise families.FamiliesAreBusy

    monkeypatch.setattr(families, "lock", busy)
    response = as_guest.post(reverse("write-answer", args=[question.pk]), {"text": "My long answer."})
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "My long answer." in response.content.decode()


def test_a_deadlock_is_the_page_of_busy_families_and_other_trouble_of_the_database_is_not(
    as_guest, ask, monkeypatch
):
    address = reverse("write-answer", args=[ask("How do tides work?").pk])
    as_guest.raise_request_exception = False
    for cause, status in ((DeadlockDetected(), 503), (LockNotAvailable(), 500)):

        def lock(*questions, cause=cause):
            raise OperationalError from cause

        monkeypatch.setattr(families, "lock", lock)
        response = as_guest.post(address, {"text": "My long answer."})
        assert response.status_code == status
        if status == 503:
            assert response["Retry-After"]
            assert "My long answer." in response.content.decode()


def test_signing_in_after_a_refused_button_leads_back_to_the_page_it_stood_on(as_guest, ask):
    question = ask("How do tides work?")
    page = f"http://testserver{question.get_absolute_url()}"
    response = as_guest.post(
        reverse("follow", args=[question.pk]), {"follow": "yes"}, headers={"Referer": page}
    )
    assert f"?next={question.get_absolute_url()}" in response.content.decode()


def test_no_browser_keeps_the_page_of_a_hidden_text_beyond_its_return(as_guest, ask, moderator):
    question = ask("How do tides work?")
    moderation.hide(question, by=moderator)
    response = as_guest.get(question.page_url)
    assert response.status_code == 410
    assert {"no-cache", "private"} <= set(response["Cache-Control"].split(", "))
    moderation.restore(Question.objects.get(pk=question.pk), by=moderator)
    assert as_guest.get(question.page_url).status_code == 200


def test_the_page_of_a_breakdown_looks_like_the_others_and_searches(as_guest, monkeypatch):
    as_guest.raise_request_exception = False
    monkeypatch.setattr(lists, "page", None)
    response = as_guest.get("/unanswered/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "css/tokens.css" in page
    assert 'value="unanswered"' in page


def test_the_page_of_a_breakdown_comes_also_when_static_files_are_what_broke(as_guest, monkeypatch):
    as_guest.raise_request_exception = False

    def broken(*args, **kwargs):
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(StaticFilesStorage, "url", broken)
    response = as_guest.get("/")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Something broke on our side" in page
    assert "css/tokens.css" not in page


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_searched_for_by_the_words_of_its_address(as_guest, ask, moderator, status):
    question = ask("Why is the sky blue?")
    address = question.get_absolute_url()
    if status == 410:
        moderation.hide(question, by=moderator)
    else:
        address = "/questions/987654/why-is-the-sky-blue/"
    response = as_guest.get(address)
    assert response.status_code == status
    page = response.content.decode()
    assert 'value="why is the sky blue"' in page
    assert "/search/?q=why%20is%20the%20sky%20blue" in page
