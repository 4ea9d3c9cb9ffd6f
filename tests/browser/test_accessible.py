"""axe on every page of the site, as a guest, as a moderator, and on a small screen in the dark."""

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
# Of what is right it need not make a list, which takes it half the time.
_QUICK = {"resultTypes": ["violations"]}
# What axe leaves out unless it is asked to: what is pressed is 24 pixels large or has room around it.
ALL_RULES = {**_QUICK, "rules": {"target-size": {"enabled": True}}}
# What may differ from the same page wide and light.
LOOKS_ALONE = {
    **_QUICK,
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "scrollable-region-focusable", "target-size"],
    },
}


def complaints(page: Page, address: str, options: dict = ALL_RULES) -> list[str]:
    """What axe finds on a page; nothing for feeds, parts of pages, addresses of buttons and what leads elsewhere."""
    fetched = page.request.get(address, max_redirects=0)
    if fetched.status in (301, 302, 405) or not fetched.text().startswith("<!doctype html>"):
        return []
    page.goto(address)
    found = Axe().run(page, options=options)
    return [
        f"{address}: {violation['help']}: {node['html']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


# The page of all components takes axe as long as all others together.
LARGEST = "components"


@pytest.fixture(params=["one half of the pages", "the other half", "all components"])
def pages(request, addresses) -> list[str]:  # noqa: F811
    if request.param == "all components":
        return [addresses(LARGEST)]
    half = 0 if request.param == "one half of the pages" else 1
    names = [name for name in ROUTES if name != LARGEST and not name.endswith("card")]
    return [*(addresses(name) for name in names[half::2]), *MORE[half::2]]


def test_guests_find_every_page_accessible(open_page, pages):
    page = open_page()
    assert [complaint for address in pages for complaint in complaints(page, address)] == []


def test_moderators_find_every_page_accessible(open_page, pages, admin):
    page = open_page()
    sign_in(page, admin)
    assert [complaint for address in pages for complaint in complaints(page, address)] == []


def test_every_page_is_accessible_on_a_small_screen_in_the_dark(open_page, pages, admin):
    page = open_page()
    sign_in(page, admin)
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    assert [complaint for address in pages for complaint in complaints(page, address, LOOKS_ALONE)] == []
