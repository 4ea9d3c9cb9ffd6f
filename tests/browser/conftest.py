"""A real browser on a real server; without Chromium on the machine these tests are skipped and say so."""

import os
import shutil

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, Page, expect, sync_playwright

from qa_site.accounts.models import User

# Playwright runs an event loop in the thread of the tests, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
PASSWORD = "long and winding"
PATIENCE = 15_000  # milliseconds, of which a busy machine may need many

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    if CHROMIUM is None:
        skip = pytest.mark.skip(
            reason="no Chromium on this machine (Debian's package chromium, or CHROMIUM=path)"
        )
        for item in items:
            if "tests/browser" in str(item.path):
                item.add_marker(skip)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()


# What browsers complain of and is meant: the site's own 403, 404, 409, 410, 422 and 429 pages, and that htmx puts the
# focus where the attribute says before they do, and says so when a later request replaces one.
MEANT = (
    "(Forbidden)",
    "(Not Found)",
    "(Conflict)",
    "(Gone)",
    "(Unprocessable",
    "(Too Many Requests)",
    "Response Status Error Code 4",
    "Autofocus processing was blocked",
    "htmx:afterRequest, [object HTMLDivElement]",
    "htmx:sendAbort",
)


@pytest.fixture
def open_page(browser: Browser, live_server):
    """Open a page of the site in a browser of its own, which must not complain on its console."""
    contexts, complaints = [], []

    def open_it(path: str = "/", *, width: int = 1200, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=javascript
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))  # a refused script or style, say
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [text for text in complaints if not any(part in text for part in MEANT)] == []


def wait_for_scripts(page: Page, *names: str) -> None:
    """Wait until start.js has fetched these: htmx, drafts, editor. It does so once somebody comes near their use."""
    for name in names:
        page.locator(f"html[data-{name}=ready]").wait_for(state="attached")


def sign_in(page: Page, user: User) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In").click()
    page.get_by_role("button", name="Sign out").wait_for()
