"""What every page tells the browser not to do."""

import re
from html.parser import HTMLParser

import pytest
from django.test import override_settings
from django.urls import path, reverse

from qa_site import urls
from questions import moderation
from tests.pages.conftest import PageClient
from tests.pages.test_doors import ROUTES, addresses, another, patterns  # noqa: F401

pytestmark = pytest.mark.django_db


class Inline(HTMLParser):
    """Finds what a Content-Security-Policy without unsafe-inline would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        is_data = named.get("type") == "application/ld+json"  # which no browser runs
        if tag == "style" or (tag == "script" and "src" not in named and not is_data):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in named if name == "style" or name.startswith("on")]
        self.found += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if value and re.match(r"\s*(javascript|vbscript):", value, re.IGNORECASE)
        ]


def check_headers(response) -> None:
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


def check_page(response) -> None:
    check_headers(response)
    if response.get("Content-Type", "").startswith("text/html"):
        inline = Inline()
        inline.feed(response.content.decode())
        assert inline.found == []


@pytest.mark.parametrize("who", ["as_guest", "as_asker", "as_admin"])
def test_no_page_has_or_allows_anything_inline(request, addresses, who):  # noqa: F811
    client, seen = request.getfixturevalue(who), 0
    for name in ROUTES:
        response = client.get(addresses(name), follow=True)
        check_page(response)
        seen += response.status_code == 200
    assert seen > 15


def test_pages_of_allauth_and_of_the_admin_neither(client, as_asker, as_admin):
    for name, route in patterns("accounts/").items():
        if "<" not in route and "(" not in route:
            for somebody in (client, as_asker):
                check_page(somebody.get(f"/{route}", follow=True))
                assert name
    for address in ("/admin/", "/admin/questions/question/", "/admin/accounts/user/add/"):
        page = as_admin.get(address)
        assert page.status_code == 200
        check_headers(page)


def broken(request):
    raise RuntimeError("It broke.")


class WithABrokenPage:
    urlpatterns = [*urls.urlpatterns, path("broken/", broken)]
    handler400, handler403 = urls.handler400, urls.handler403
    handler404, handler500 = urls.handler404, urls.handler500


def test_pages_for_what_went_wrong_have_them_too(ask, moderator, settings):
    question = ask("How do tides work?")
    moderation.hide(question, by=moderator)
    client = PageClient(raise_request_exception=False)
    settings.LIMITS = {}
    statuses = []
    with override_settings(ROOT_URLCONF=WithABrokenPage):
        for response in (
            client.get("/nothing/"),
            client.get(f"/questions/{question.pk}/", follow=True),
            client.post("/"),
            client.post(reverse("ask"), {"text": ""}),
            client.post(reverse("hide-question", args=[question.pk])),
            client.get("/", headers={"Host": "elsewhere.example.com"}),
            client.get("/broken/"),
        ):
            check_page(response)
            statuses.append(response.status_code)
    assert statuses == [404, 410, 405, 422, 410, 400, 500]


@pytest.mark.parametrize("encrypted", [True, False])
def test_the_cookie_of_a_guest_is_for_the_server_alone(as_guest, settings, encrypted):
    settings.SESSION_COOKIE_SECURE = encrypted
    as_guest.post(reverse("ask"), {"text": "Why do cats purr at night?"})
    cookie = as_guest.cookies["guest"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) is encrypted
    # Signed, so that nobody becomes another guest by typing a number.
    assert cookie.value.count(":") == 2


def test_cookies_are_for_the_server_alone(client, settings):
    page = client.get(reverse("account_login"))
    cookie = page.cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 'name="csrfmiddlewaretoken"' in page.content.decode()
