"""What is done to the field of an answer, in the tests of the editor and of drafts."""

from playwright.sync_api import Page

from tests.browser.conftest import wait_for_scripts


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
