"""axe on every page of the site, as a guest, as a moderator and in the dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import sign_in
from tests.pages.test_doors import ROUTES, addresses, another  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db(transaction=True)

# Pages without names of their own: of allauth, and those for what went wrong.
MORE = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/no/such/page/",
    "/search/?q=answer",
)
CONTRAST_ALONE = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def complaints(page: Page, address: str, options: dict | None = None) -> list[str]:
    """What axe finds on a page; nothing for feeds, parts of pages and addresses of buttons."""
    fetched = page.request.get(address)
    if fetched.status == 405 or not fetched.text().startswith("<!doctype html>"):
        return []
    page.goto(address)
    found = Axe().run(page, options=options)
    return [
        f"{address}: {violation['help']}: {node['html']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture
def pages(addresses) -> list[str]:  # noqa: F811
    return [*(addresses(name) for name in ROUTES if not name.endswith("card")), *MORE]


def test_guests_find_every_page_accessible(open_page, pages):
    page = open_page()
    assert [complaint for address in pages for complaint in complaints(page, address)] == []


def test_moderators_find_every_page_accessible(open_page, pages, admin):
    page = open_page()
    sign_in(page, admin)
    assert [complaint for address in pages for complaint in complaints(page, address)] == []


def test_every_page_has_contrast_in_the_dark(open_page, pages, admin):
    page = open_page()
    sign_in(page, admin)
    page.emulate_media(color_scheme="dark")
    assert [complaint for address in pages for complaint in complaints(page, address, CONTRAST_ALONE)] == []
