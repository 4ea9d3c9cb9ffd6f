"""The page of a question in whose field somebody writes, and what is done there."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import wait_for_scripts


@pytest.fixture(autouse=True)
def guests_are_not_held(settings):
    """What guests write is shown at once here; that it waits otherwise is tried in test_comments.py."""
    settings.HOLD_GUESTS = False


@pytest.fixture
def question(ask):
    return ask("How do tides work?")


@pytest.fixture
def answer_page(open_page, question):
    """The page of a question in whose field somebody is about to write."""
    page = open_page(question.get_absolute_url())
    begin_writing(page)
    return page


def field(page: Page):
    return page.get_by_label("Your answer")


def begin_writing(page: Page) -> None:
    field(page).focus()
    wait_for_scripts(page, "editor", "drafts")


def tool(page: Page, name: str):
    return page.get_by_role("toolbar", name="Formatting").get_by_role("button", name=name, exact=True)


def select(page: Page, words: str) -> None:
    """Select these words in the field."""
    field(page).evaluate(
        "(field, words) => { const at = field.value.indexOf(words);"
        " field.focus(); field.setSelectionRange(at, at + words.length); }",
        words,
    )
