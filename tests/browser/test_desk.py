"""The moderation desk in a browser: with the keyboard alone, without JavaScript, on a small screen."""

import pytest
from playwright.sync_api import expect

from answers import commenting
from answers.models import Comment
from door.admitting import Admission
from tests.browser.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def comments(ask) -> list[Comment]:
    """Five comments that wait, likely fine first."""
    question = ask("How do bees find their way?")
    return [
        commenting.comment(
            question,
            f"Remark {letter}.",
            guest_name="Ben",
            admission=Admission(is_held=True, reasons=("By a guest.",), spam_score=score),
        )
        for letter, score in [("a", 0.1), ("b", 0.2), ("c", 0.3), ("d", 0.4), ("e", 0.9)]
    ]


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def see(page, letter: str) -> None:
    page.locator(".desk-text", has_text=f"Remark {letter}.").wait_for()


def test_a_moderator_reviews_one_after_the_other_with_the_keyboard_alone(open_page, comments, moderator):
    page = open_page()
    let_in(page, moderator)
    page.goto("/review/comments/")
    page.evaluate("window.loadedOnce = true")
    page.keyboard.press("n")
    see(page, "a")
    page.keyboard.press("a")
    see(page, "b")
    page.keyboard.press("s")
    see(page, "c")
    page.keyboard.press("r")
    see(page, "d")
    assert states() == ["approved", "spam", "rejected", "pending", "pending"]
    page.keyboard.press("u")
    see(page, "c")
    assert states() == ["approved", "spam", "pending", "pending", "pending"]
    page.keyboard.press("j")
    see(page, "d")
    page.keyboard.press("k")
    see(page, "c")
    page.keyboard.press("r")
    see(page, "d")
    page.keyboard.press("a")
    see(page, "e")
    page.keyboard.press("a")
    page.get_by_role("heading", name="No comment waits").wait_for()
    page.get_by_text("Today 3 approved, 1 marked as spam").wait_for()
    assert states() == ["approved", "spam", "rejected", "approved", "approved"]
    assert page.evaluate("window.loadedOnce")


def test_the_list_is_walked_and_decided_about_with_keys(open_page, comments, moderator):
    page = open_page()
    let_in(page, moderator)
    page.goto("/review/comments/")
    # At both ends they stay.
    for key, expected in zip("jkjjjjjkkk", [0, 0, 1, 2, 3, 4, 4, 3, 2, 1], strict=True):
        page.keyboard.press(key)
        expect(page.locator(f"#waits-{comments[expected].pk}")).to_be_focused()
    page.keyboard.press("s")
    page.get_by_text("The comment was marked as spam.").wait_for()
    assert states() == ["pending", "spam", "pending", "pending", "pending"]
    expect(page.locator(f"#waits-{comments[2].pk}")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("input[name=texts]:checked")).to_have_count(2)
    page.get_by_role("button", name="Reject").last.click()
    page.get_by_text("2 comments were rejected.").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Undone: they are as before.").wait_for()
    assert states() == ["pending", "spam", "pending", "pending", "pending"]


def test_keys_do_nothing_while_one_writes_or_when_they_are_off(open_page, comments, moderator):
    page = open_page()
    let_in(page, moderator)
    page.goto(f"/review/comments/{comments[0].pk}/")
    page.get_by_text("Say why, or leave a note").click()
    page.get_by_label("Why?").press_sequentially("sarcasm")
    expect(page.get_by_label("Why?")).to_have_value("sarcasm")
    page.get_by_role("button", name="Switch the keys off").click()
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert states() == ["pending"] * 5


def test_the_desk_works_without_javascript_on_a_small_screen(open_page, comments, moderator):
    page = open_page(javascript=False, width=360)
    let_in(page, moderator)
    page.goto("/review/")
    page.get_by_role("main").get_by_role("link", name="Comments").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Review one after the other").click()
    see(page, "a")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Approve").click()
    see(page, "b")
    page.get_by_role("button", name="Undo").click()
    see(page, "a")
    assert states() == ["pending"] * 5
