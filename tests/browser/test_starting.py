"""Scripts that come late, on a slow line or never: nobody loses what they typed or pressed meanwhile."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from answers import answering
from answers.models import Answer
from tests.browser.conftest import wait_for_scripts
from tests.browser.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def question(ask, settings):
    settings.HOLD_GUESTS = False
    question = ask("How do tides work?")
    answering.answer(question, "The moon pulls at the sea.")
    return question


def hold_back(page: Page, name: str) -> list[Route]:
    """Keep back this script; whoever takes a route from the list lets it go on."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    page.route(re.compile(rf"/js/{name}\b|/{name}-2"), hold)
    return routes


def let_go(page: Page, routes: list[Route]) -> None:
    for _ in range(200):
        if routes:
            break
        page.wait_for_timeout(50)
    routes.pop().continue_()


def field(page: Page):
    return page.get_by_label("Your answer")


def test_a_page_that_is_only_read_fetches_none_of_them(open_page, question):
    page = open_page("/")
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    page.goto(question.get_absolute_url())
    page.keyboard.press("End")
    page.wait_for_timeout(300)
    assert [name for name in fetched if name.endswith(".js")] == ["start.js"]


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_moves_when_the_toolbar_comes(open_page, question, width):
    page = open_page(question.get_absolute_url(), width=width)
    field(page).scroll_into_view_if_needed()
    before = field(page).bounding_box()
    field(page).focus()
    wait_for_scripts(page, "editor")
    page.get_by_role("toolbar").wait_for()
    assert field(page).bounding_box() == before


def test_what_was_typed_before_drafts_were_kept_is_kept_once_they_are(open_page, question):
    page = open_page("/")
    held = hold_back(page, "drafts")
    page.goto(question.get_absolute_url())
    field(page).press_sequentially("The moon")
    let_go(page, held)
    wait_for_scripts(page, "drafts")
    page.unroute_all()
    page.reload()
    expect(field(page)).to_have_value("The moon")


def test_a_draft_that_comes_back_late_stands_above_what_was_typed_meanwhile(open_page, question):
    page = open_page("/")
    page.evaluate(
        "key => localStorage.setItem(key, JSON.stringify({ text: 'A draft.', time: Date.now() }))",
        f"draft  /questions/{question.pk}/answer/ text",
    )
    held = hold_back(page, "drafts")
    page.goto(question.get_absolute_url())
    field(page).press_sequentially("New words")
    let_go(page, held)
    expect(field(page)).to_have_value("A draft.\n\nNew words")
    page.get_by_role("button", name="Discard it").click()
    expect(field(page)).to_have_value("New words")


def test_what_is_sent_before_drafts_were_kept_survives_a_lost_session(open_page, question, stranger):
    page = open_page()
    let_in(page, stranger)
    held = hold_back(page, "drafts")
    page.goto(question.get_absolute_url())
    field(page).fill("Because of the moon.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Answer", exact=True).click(no_wait_after=True)
    let_go(page, held)
    page.get_by_role("heading", name="Please send that once more").wait_for()
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "Because of the moon." in kept


@pytest.mark.parametrize(
    ("role", "name", "elsewhere"),
    [("link", "Sign in", "input[name=password]"), ("button", "Deutsch", "html[lang=de]")],
)
def test_who_leaves_before_drafts_were_kept_finds_what_was_typed_when_coming_back(
    open_page, question, role, name, elsewhere
):
    page = open_page("/")
    page.clock.install()
    held = hold_back(page, "drafts")
    page.goto(question.get_absolute_url())
    page.clock.pause_at(timezone.now() + timedelta(hours=1))  # with the patience for scripts
    field(page).fill("Because of the moon.")
    page.get_by_role(role, name=name, exact=True).click(no_wait_after=True)
    page.wait_for_timeout(500)  # in which one would have left
    let_go(page, held)
    page.unroute_all()
    page.locator(elsewhere).wait_for(state="attached")
    page.goto(question.get_absolute_url())
    expect(page.locator("main textarea[name=text]")).to_have_value("Because of the moon.")


def test_the_browser_asks_before_what_was_typed_is_lost_where_drafts_never_come(open_page, question):
    page = open_page("/")
    page.route(
        re.compile(r"/js/drafts\b"), lambda route: route.fulfill(content_type="text/javascript", body="}")
    )
    page.goto(question.get_absolute_url())
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert asked == []
    field(page).press_sequentially("The moon")
    wait_for_scripts(page, "drafts")
    page.reload()
    assert asked == ["beforeunload"]
    field(page).press_sequentially("The moon pulls.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("The moon pulls.").wait_for()
    assert asked == ["beforeunload"]


def test_a_button_pressed_before_htmx_was_there_acts_in_place_once_it_is(open_page, question):
    page = open_page("/")
    held = hold_back(page, "htmx")
    page.goto(question.get_absolute_url())
    page.evaluate("window.loadedOnce = true")
    page.get_by_role("button", name="Useful").dblclick(no_wait_after=True)
    let_go(page, held)
    page.get_by_text("You found this useful").wait_for()
    assert page.evaluate("window.loadedOnce")
    assert Answer.objects.get().useful_count == 1


def test_a_form_is_sent_as_without_scripts_when_htmx_never_comes(open_page, question):
    page = open_page("/")
    hold_back(page, "htmx")
    page.goto(question.get_absolute_url())
    page.evaluate("window.loadedOnce = true")
    page.get_by_role("button", name="Useful").click(no_wait_after=True)
    page.get_by_text("You found this useful").wait_for()
    assert page.evaluate("window.loadedOnce") is None
    assert Answer.objects.get().useful_count == 1


def test_similar_questions_come_for_what_was_typed_before_htmx_listened(open_page, question):
    page = open_page("/")
    held = hold_back(page, "htmx")
    page.goto("/ask/")
    page.get_by_label("What would you like to know?").press_sequentially("How do tides work at sea")
    let_go(page, held)
    page.locator("#similar").get_by_text(question.text).wait_for()


@pytest.mark.parametrize(("comes", "bold"), [(True, "Fett"), (False, "Bold")])
def test_scripts_speak_the_language_of_the_page_and_english_when_its_words_do_not_come(
    open_page, question, live_server, comes, bold
):
    page = open_page("/")
    page.context.add_cookies([{"name": "django_language", "value": "de", "url": live_server.url}])
    if not comes:
        page.route("**/words/de.js*", lambda route: route.fulfill(status=404, body=""))
    page.goto(question.get_absolute_url())
    page.locator("#id_text").focus()
    wait_for_scripts(page, "editor")
    expect(page.get_by_role("toolbar").get_by_role("button").first).to_have_accessible_name(bold)
