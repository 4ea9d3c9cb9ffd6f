"""Asking what was asked before, in a real browser: with the panel as one types, and without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from answers import answering
from questions import merging
from questions.models import Arrivals, DuplicateCandidate, Question
from tests.browser.conftest import wait_for_scripts
from tests.browser.people import let_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("with_model")]

NEARLY = "How can I make my door stop squeaking?"


@pytest.fixture
def door(ask):
    question = ask("How can I stop a door from squeaking?")
    answering.answer(question, "Oil the hinges, and wipe off what drips.")
    return question


def test_who_types_a_question_that_is_there_is_taken_to_its_answers(open_page, door, stranger):
    page = open_page("/")
    let_in(page, stranger)
    page.goto("/ask/")
    page.get_by_label("What would you like to know?").press_sequentially(NEARLY)
    page.get_by_role("heading", name="Is this your question?").wait_for()
    expect(page.get_by_text("Oil the hinges")).to_be_visible()
    page.get_by_role("button", name="Yes, take me there").click()
    page.get_by_role("heading", name=door.text).wait_for()
    expect(page.get_by_text(f"You asked: “{NEARLY}”")).to_be_visible()
    assert Question.objects.get(text=NEARLY).primary == door


def test_the_button_does_not_move_while_the_panel_fills(open_page, door):
    page = open_page("/ask/")
    button = page.get_by_role("button", name="Ask it", exact=True)
    before = button.bounding_box()
    page.get_by_label("What would you like to know?").press_sequentially(NEARLY)
    page.get_by_role("heading", name="Is this your question?").wait_for()
    assert button.bounding_box() == before


@pytest.mark.parametrize(("path", "below"), [("/", "nav.orders"), ("/ask/", "details.more-fields")])
@pytest.mark.parametrize("width", [1200, 360])
def test_what_comes_late_pushes_nothing_away_and_something_holds_its_place(
    open_page, door, path, below, width
):
    page = open_page(path, width=width)
    asked, is_late = [], [True]

    def hold(route):
        if is_late:
            asked.append(route)
        else:
            route.continue_()

    page.route("**/ask/similar/**", hold)
    page.get_by_label("What would you like to know?").press_sequentially(NEARLY)
    page.locator("#similar[data-room=awaited]").wait_for()
    panel, place = page.locator("#similar"), page.locator(below).bounding_box()
    expect(panel).to_have_css("background-image", re.compile("gradient"))
    is_late.clear()  # on a slow machine the last words are asked for only now
    with page.expect_response("**/ask/similar/**"):
        asked[-1].continue_()
    page.get_by_role("heading", name="Is this your question?").wait_for()
    expect(panel).to_have_css("background-image", "none")
    assert page.locator(below).bounding_box() == place


def test_no_room_is_kept_for_what_does_not_come(open_page, door):
    page = open_page("/ask/")
    field, panel = page.get_by_label("What would you like to know?"), page.locator("#similar")
    field.press_sequentially("two words")
    expect(panel).to_have_js_property("offsetHeight", 0)
    field.fill("")
    with page.expect_response("**/ask/similar/**"):
        field.press_sequentially("Zebras quarrel xylophonically")
    expect(panel).not_to_have_attribute("data-room", re.compile("."))
    expect(panel).to_have_js_property("offsetHeight", 0)


# Whether room was ever made, though it was for a moment only.
ROOM = """
window.roomWasMade = false;
const watcher = new MutationObserver(() => (window.roomWasMade = true));
watcher.observe(document.getElementById("similar"), { attributeFilter: ["data-room"] });
"""


def test_nothing_goes_up_and_down_while_one_types_and_similar_questions_come_quickly(open_page, door):
    page = open_page("/keys/")
    page.clock.install()
    page.goto("/ask/")
    field = page.get_by_label("What would you like to know?")
    field.focus()
    wait_for_scripts(page, "htmx")
    page.evaluate(ROOM)
    # From here on the page's clock stands still, but for what it is told.
    page.clock.pause_at(timezone.now() + timedelta(hours=1))
    for words in (NEARLY, " Please"):
        field.press_sequentially(words)
        with page.expect_response("**/ask/similar/**"):
            page.clock.run_for(300)
        page.get_by_role("heading", name="Is this your question?").wait_for()
        page.clock.run_for(1_000)
    assert not page.evaluate("window.roomWasMade")


def test_no_room_is_kept_for_what_was_typed_and_taken_back(open_page, door):
    page = open_page("/ask/")
    field, panel = page.get_by_label("What would you like to know?"), page.locator("#similar")
    with page.expect_response("**/ask/similar/**"):
        field.press_sequentially("Zebras quarrel xylophonically")
    field.press_sequentially("s")
    field.press("Backspace")
    page.wait_for_timeout(700)  # after which late ones would have room
    expect(panel).to_have_js_property("offsetHeight", 0)


def test_a_screen_reader_is_told_of_the_question_that_is_there(open_page, door):
    page = open_page("/ask/")
    page.get_by_label("What would you like to know?").press_sequentially(NEARLY)
    page.get_by_role("status").filter(has_text=f"This may be your question: {door.text}").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_who_says_that_theirs_is_different_asks_it(open_page, door, javascript, settings):
    settings.HOLD_GUESTS = False
    page = open_page("/ask/", javascript=javascript)
    page.get_by_label("What would you like to know?").fill(NEARLY)
    page.get_by_role("button", name="Ask it", exact=True).click()
    page.get_by_role("button", name="No, mine is different").click()
    page.get_by_role("heading", name=NEARLY).wait_for()
    assert DuplicateCandidate.objects.get().target == door


def test_the_home_page_shows_what_is_there_while_one_types(open_page, door):
    page = open_page("/")
    page.get_by_label("What would you like to know?").press_sequentially(NEARLY)
    page.get_by_role("heading", name="Is this your question?").wait_for()
    page.locator("#similar").get_by_role("link", name=door.text).click()
    page.get_by_role("heading", name=door.text, level=1).wait_for()


def test_arriving_by_another_wording_is_counted_once_a_visit(open_page, door):
    page = open_page("/")
    alternate = merging.add_alternate("Creaking hinges: what helps?", to=door, by=None).question
    with page.expect_response(f"**/questions/{alternate.pk}/arrived/"):
        page.goto(alternate.get_absolute_url())
    page.reload()
    page.get_by_role("heading", name=door.text, level=1).wait_for()
    assert Arrivals.objects.get().count == 1
