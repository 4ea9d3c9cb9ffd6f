"""The keys of every page: to the search field, and the dialog that says which keys there are."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import wait_for_scripts
from tests.browser.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)


def search_field(page: Page):
    return page.get_by_role("searchbox", name="Search")


def test_a_slash_leads_to_the_search_field_and_is_a_sign_where_one_writes(open_page, ask):
    page = open_page(ask("How do tides work?").get_absolute_url())
    page.keyboard.press("/")
    expect(search_field(page)).to_be_focused()
    page.keyboard.type("and/or")
    expect(search_field(page)).to_have_value("and/or")
    page.get_by_label("Your answer").press_sequentially("Is it/this?")
    expect(page.get_by_label("Your answer")).to_have_value("Is it/this?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_is_typed_after_a_slash_takes_the_place_of_what_was_searched(open_page):
    page = open_page("/search/?q=tides")
    page.keyboard.press("/")
    expect(search_field(page)).to_be_focused()
    page.keyboard.type("moon")
    expect(search_field(page)).to_have_value("moon")


def test_with_a_modifier_the_key_is_the_browsers(open_page):
    page = open_page("/tags/")
    for keys in ("Control+/", "Alt+/", "Meta+/"):
        page.keyboard.press(keys)
    expect(search_field(page)).not_to_be_focused()


@pytest.mark.parametrize("width", [360, 1200])
def test_a_question_mark_shows_the_keys_and_escape_leads_back_to_where_one_was(open_page, width):
    page = open_page("/tags/", width=width)
    page.get_by_role("link", name="Log", exact=True).focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_text("go to the search field")).to_be_visible()
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("/")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="Log", exact=True)).to_be_focused()
    page.keyboard.press("?")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_on_a_page_of_the_desk_the_keys_of_the_page_come_first_and_do_nothing_meanwhile(
    open_page, ask, moderator
):
    page = open_page()
    let_in(page, moderator)
    page.goto("/keys/")
    page.evaluate(
        "document.querySelector('#main').insertAdjacentHTML('beforeend', `<button type=button"
        " data-key=a>Approve <kbd aria-hidden=true>A</kbd></button>`);"
        "document.querySelector('[data-key]').addEventListener('click', () => window.pressed = true)"
    )
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("heading", name="On this page")).to_be_visible()
    expect(dialog.locator("dl").first).to_have_text(re.compile(r"^\s*A\s*Approve\s*$"))
    page.keyboard.press("a")
    assert page.evaluate("window.pressed") is None
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert page.evaluate("window.pressed")


def test_keys_that_are_switched_off_in_the_dialog_do_nothing_until_they_are_on_again(open_page):
    page = open_page("/tags/")
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_role("button", name="Switch the keys off").click()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(search_field(page)).not_to_be_focused()
    page.get_by_role("link", name="Keys", exact=True).click()
    page.get_by_role("button", name="Switch the keys on").click()
    page.keyboard.press("/")
    expect(search_field(page)).to_be_focused()


def test_the_list_of_keys_is_a_page_without_javascript(open_page):
    page = open_page("/", javascript=False)
    page.get_by_role("link", name="Keys", exact=True).click()
    expect(page.get_by_role("heading", name="Keys", level=1)).to_be_visible()
    expect(page.get_by_text("bulleted list")).to_be_visible()
    expect(page.get_by_role("button", name="Switch the keys off")).not_to_be_visible()


def test_a_network_that_fails_after_the_keys_were_shown_takes_nothing_that_was_typed(browser, live_server):
    # Not by open_page: here the browser complains, and rightly.
    with browser.new_context(base_url=live_server.url) as context:
        page = context.new_page()
        page.goto("/")
        page.keyboard.press("?")
        page.get_by_role("dialog").get_by_role("button", name="Switch the keys off").wait_for()
        page.keyboard.press("Escape")
        field = page.locator("#ask-text")
        field.focus()
        wait_for_scripts(page, "htmx")
        context.set_offline(True)
        with page.expect_event("requestfailed", lambda request: "/similar/" in request.url):
            field.press_sequentially("How do tides work?")
        page.wait_for_timeout(300)
        expect(field).to_have_value("How do tides work?")
