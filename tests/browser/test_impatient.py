"""What impatient people do: they press twice, and press on pages that have grown old."""

import pytest
from playwright.sync_api import Locator, Page, expect

from answers import answering, commenting
from answers.models import Answer, Comment
from door.admitting import Admission
from questions.models import Follow, Question
from tests.browser.conftest import wait_for_scripts
from tests.browser.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def question(ask) -> Question:
    question = ask("How do tides work?")
    answering.answer(question, "The moon pulls at the water.\n\n" * 40)
    return question


@pytest.fixture
def visit(open_page):
    """Open a page as one of the people, or as a guest."""

    def visit_it(path: str, user=None) -> Page:
        page = open_page("/keys/")
        if user:
            let_in(page, user)
        page.goto(path)
        return page

    return visit_it


def come_near(page: Page, thing: Locator) -> None:
    """Have the scripts there that would act in place."""
    thing.hover()
    wait_for_scripts(page, "htmx")


def sign_out_elsewhere(page: Page) -> None:
    """The page stays as it is, and does not know of it."""
    page.context.clear_cookies(name="sessionid")


# Twice -----------------------------------------------------------------------------------------------------


def see(page: Page, letter: str) -> None:
    page.locator(".desk-text", has_text=f"Remark {letter}.").wait_for()


def test_a_double_click_decides_once_though_the_next_comes_between_its_clicks(visit, question, moderator):
    for letter, score in [("a", 0.1), ("b", 0.2), ("c", 0.3), ("d", 0.4)]:
        held = Admission(is_held=True, reasons=("By a guest.",), spam_score=score)
        commenting.comment(question, f"Remark {letter}.", guest_name="Ben", admission=held)
    page = visit("/review/comments/", moderator)
    page.keyboard.press("n")
    see(page, "a")
    page.keyboard.press("a")
    see(page, "b")
    page.get_by_role("button", name="Approve").hover()
    page.mouse.down()
    page.mouse.up()
    see(page, "c")
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    page.keyboard.press("s")
    see(page, "d")
    states = Comment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["approved", "approved", "spam", "pending"]


@pytest.mark.parametrize("key", [None, "Enter"])
def test_a_double_click_and_a_key_held_down_do_not_take_back_what_they_have_done(visit, question, key):
    page = visit(question.get_absolute_url())
    useful = page.get_by_role("button", name="Useful", exact=True)
    come_near(page, useful)
    useful.focus()
    for count in (1, 2):
        if key:
            page.keyboard.down(key)
        else:
            page.mouse.down(click_count=count)
            page.mouse.up(click_count=count)
        take_it_back = page.get_by_role("button", name="Take it back")
        expect(take_it_back).to_be_focused()
        take_it_back.hover()  # as where it comes to stand in the place of the other
    page.reload()
    expect(page.get_by_text("You found this useful")).to_be_visible()


def test_what_is_being_written_stays_when_the_link_to_the_form_is_pressed_again(visit, question, stranger):
    page = visit(question.get_absolute_url(), stranger)
    link = page.get_by_role("link", name="Leave a reply to the question")
    field = page.get_by_label("Your comment")
    link.click()
    field.fill("Which moon?")
    field.evaluate("field => field.dataset.isTheSame = ''")
    page.evaluate(
        "addEventListener('htmx:afterSettle', () => document.documentElement.dataset.cameAgain = '')"
    )
    link.click()
    expect(page.locator("html[data-came-again]")).to_be_attached()
    expect(field).to_have_value("Which moon?")
    # Not another one into which a draft came, without its caret and what Ctrl+Z takes back.
    expect(field).to_have_attribute("data-is-the-same", "")
    page.get_by_role("button", name="Leave the reply").click()
    expect(page.locator(".comment-text")).to_have_text("Which moon?")


# Old pages -------------------------------------------------------------------------------------------------


def test_who_signed_out_elsewhere_is_told_so_by_a_button_that_acts_in_place(visit, question, stranger):
    page = visit(question.get_absolute_url(), stranger)
    follow = page.get_by_role("button", name="Follow", exact=True)
    come_near(page, follow)
    sign_out_elsewhere(page)
    follow.click()
    expect(page.locator("#notices")).to_contain_text("Please sign in first")
    expect(follow).to_be_visible()
    assert not Follow.objects.exists()


def test_a_page_too_old_says_so_where_one_sees_it_when_a_button_deep_down_is_pressed(visit, question):
    page = visit(question.get_absolute_url())
    useful = page.get_by_role("button", name="Useful", exact=True)
    come_near(page, useful)
    expect(page.locator("#notices")).not_to_be_in_viewport()
    page.context.clear_cookies(name="csrftoken")
    useful.click()
    expect(page.get_by_text("Go back, reload the page, and send it again.")).to_be_in_viewport()
    assert Answer.objects.get().useful_count == 0


def test_who_signed_out_elsewhere_signs_in_on_a_whole_page_before_a_reply(
    visit, question, stranger, settings
):
    settings.GUESTS_MAY_COMMENT = False
    page = visit(question.get_absolute_url(), stranger)
    reply = page.get_by_role("link", name="Leave a reply to the question")
    come_near(page, reply)
    sign_out_elsewhere(page)
    reply.click()
    expect(page.get_by_role("heading", name="Sign In")).to_be_visible()
    expect(page.get_by_role("banner")).to_have_count(1)


@pytest.mark.parametrize("name", ["Useful", "Leave a reply to the question"])
@pytest.mark.parametrize("status", [0, 500])
def test_what_does_not_work_in_place_says_so_and_leaves_the_page_as_it_is(visit, question, name, status):
    # In a tab of its own, to whose console nobody listens: the browser complains there of what fails.
    page = visit("/keys/").context.new_page()
    page.goto(question.get_absolute_url())
    pressed = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name, exact=True))
    come_near(page, pressed)
    field = page.get_by_label("Your answer")
    field.fill("The moon.")
    page.route("**/*", lambda route: route.fulfill(status=status, body="Oh.") if status else route.abort())
    pressed.click()
    expect(page.get_by_text("That did not work")).to_be_in_viewport()
    expect(page.get_by_text("Oh.")).to_have_count(0)
    expect(field).to_have_value("The moon.")
