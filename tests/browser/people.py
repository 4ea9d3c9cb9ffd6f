"""Letting people in without the page for it, where a test is about other pages."""

from django.conf import settings
from playwright.sync_api import Page

from qa_site.accounts.models import User
from tests.pages.conftest import signed_in


def let_in(page: Page, user: User) -> None:
    """Sign in by the cookie alone; a page that is open already must be loaded again."""
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    address = page.evaluate("location.origin")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
