"""Following in a real browser: in place, with and without JavaScript, and after Back."""

import pytest
from playwright.sync_api import expect

from questions.models import Follow
from tests.browser.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_member_follows_in_place_hears_of_it_and_keeps_the_focus(open_page, ask, stranger):
    question = ask("How do tides work?")
    page = open_page("/")
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    page.evaluate("window.loadedOnce = true")
    page.get_by_role("button", name="Follow", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notices")).to_have_text("You follow this question now.")
    expect(page.get_by_role("button", name="Stop following", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="Stop following it")).to_be_visible()
    assert Follow.objects.get().user == stranger
    page.get_by_role("button", name="Stop following it").click()
    expect(page.get_by_role("button", name="Follow", exact=True)).to_be_visible()
    assert page.evaluate("window.loadedOnce")
    assert Follow.objects.count() == 0


def test_who_comes_back_finds_what_they_follow_as_it_is(open_page, ask, stranger):
    question = ask("How do tides work?")
    page = open_page("/")
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="Follow", exact=True).click()
    stop = page.get_by_role("button", name="Stop following", exact=True)
    stop.wait_for()
    page.goto("/tags/")
    page.go_back()
    expect(stop).to_be_visible()
    page.reload()
    expect(stop).to_be_visible()


def test_following_works_without_javascript(open_page, ask, stranger):
    question = ask("How do tides work?")
    page = open_page("/", javascript=False)
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="Follow it").click()
    page.get_by_text("You follow this question now.").wait_for()
    page.get_by_role("button", name="Stop following it").click()
    page.get_by_text("You do not follow this question any more.").wait_for()
