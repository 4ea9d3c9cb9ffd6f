"""Back, reload and a new tab do what one expects, also after something was swapped into the page."""

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from answers import answering, commenting
from answers.arranging import SHOWN_AT_FIRST
from answers.models import Comment
from door.admitting import Admission
from questions.models import DuplicateCandidate, Question
from tests.browser.conftest import CHROMIUM, wait_for_scripts
from tests.browser.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)

ALL = SHOWN_AT_FIRST + 4


@pytest.fixture
def question(ask, settings) -> Question:
    settings.HOLD_GUESTS = False
    question = ask("How can I stop a door from squeaking?")
    answering.answer(question, "Oil the hinges, and wipe off what drips.")
    return question


@pytest.fixture
def discussed(ask) -> Question:
    """A question with more answers than its page shows at first."""
    question = ask("How do tides work?")
    for number in range(ALL):
        answering.answer(question, f"Answer number {number}, at some length.", useful_elsewhere=ALL - number)
    return question


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def new_tab(page: Page, link: Locator, modifier: str = "Control") -> Page:
    """Open a link in a tab of its own, with the scripts there that would otherwise take it in this page."""
    link.hover()
    wait_for_scripts(page, "htmx")
    with page.context.expect_page() as opened:
        link.click(modifiers=[modifier])
    opened.value.wait_for_load_state()
    return opened.value


# Asking ----------------------------------------------------------------------------------------------------


def typed_question(page: Page, words: str) -> Locator:
    line = page.get_by_role("main").get_by_label("What would you like to know?")
    line.press_sequentially(words)
    return line


def test_back_from_a_suggested_question_finds_the_words_and_the_suggestions(open_page, question):
    page = open_page("/ask/")
    line = typed_question(page, "stop a squeaking door")
    suggested = page.locator("#similar").get_by_role("link", name=question.text)
    suggested.click()
    expect(title(page)).to_have_text(question.text)
    page.go_back()
    expect(line).to_have_value("stop a squeaking door")
    expect(suggested).to_be_visible()


def test_a_suggested_question_opens_in_a_new_tab_and_what_was_typed_stays(open_page, question):
    page = open_page("/ask/")
    line = typed_question(page, "stop a squeaking door")
    tab = new_tab(page, page.locator("#similar").get_by_role("link", name=question.text))
    expect(title(tab)).to_have_text(question.text)
    expect(line).to_have_value("stop a squeaking door")
    expect(page.get_by_role("button", name="None of these is mine: ask it")).to_be_visible()


def test_reloading_while_asking_loses_nothing(open_page, question):
    page = open_page("/ask/")
    line = typed_question(page, "stop a squeaking door")
    page.get_by_text("Add details, tags or your name").click()
    page.get_by_label("Details").fill("It is made of *oak*.")
    wait_for_scripts(page, "drafts")
    page.reload()
    expect(line).to_have_value("stop a squeaking door")
    expect(page.get_by_label("Details")).to_have_value("It is made of *oak*.")
    expect(page.locator("#similar").get_by_role("link", name=question.text)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_back_from_the_similar_questions_that_were_a_page_of_their_own(open_page, question, javascript):
    page = open_page("/ask/", javascript=javascript)
    line = page.get_by_role("main").get_by_label("What would you like to know?")
    line.fill("How can I make a squeaking door stop?")
    page.get_by_role("button", name="Ask it", exact=True).click()
    expect(page.get_by_role("button", name="No, mine is different")).to_be_visible()
    page.locator("#similar").get_by_role("link", name=question.text).click()
    expect(title(page)).to_have_text(question.text)
    page.go_back()
    expect(line).to_have_value("How can I make a squeaking door stop?")
    assert Question.objects.count() == 1


def test_back_after_asking_does_not_ask_again(open_page, question):
    page = open_page("/ask/")
    line = page.get_by_role("main").get_by_label("What would you like to know?")
    line.fill("Why is the sky blue?")
    page.get_by_role("button", name="Ask it", exact=True).click()
    expect(title(page)).to_have_text("Why is the sky blue?")
    page.reload()
    expect(title(page)).to_have_text("Why is the sky blue?")
    page.go_back()
    page.go_forward()
    expect(title(page)).to_have_text("Why is the sky blue?")
    assert Question.objects.filter(text="Why is the sky blue?").count() == 1


# A browser that keeps the pages one leaves, as people's do; Playwright's own does not -----------------------


@pytest.fixture
def keeping_page(browser, live_server):
    keeping = browser.browser_type.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu"],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    page = keeping.new_page(base_url=live_server.url)
    yield page
    keeping.close()


def test_pages_are_kept_as_they_were_left(keeping_page, question):
    keeping_page.goto("/")
    line = typed_question(keeping_page, "stop a squeaking door")
    suggested = keeping_page.locator("#similar").get_by_role("link", name=question.text)
    expect(suggested).to_be_visible()
    keeping_page.evaluate("window.loadedOnce = 'home'")
    suggested.click()
    expect(title(keeping_page)).to_have_text(question.text)
    keeping_page.get_by_role("button", name="Useful", exact=True).click()
    expect(keeping_page.get_by_text("You found this useful")).to_be_visible()
    keeping_page.evaluate("window.loadedOnce = 'question'")
    keeping_page.get_by_role("link", name="See its history").click()
    keeping_page.wait_for_url("**/history/")
    keeping_page.evaluate("history.back()")
    keeping_page.wait_for_function("window.loadedOnce === 'question'")
    expect(keeping_page.get_by_text("You found this useful")).to_be_visible()
    keeping_page.evaluate("history.back()")
    keeping_page.wait_for_function("window.loadedOnce === 'home'")
    expect(line).to_have_value("stop a squeaking door")
    expect(suggested).to_be_visible()


# On the page of a question ---------------------------------------------------------------------------------


@pytest.mark.parametrize("signed_in", [True, False], ids=["a member", "a guest"])
def test_an_answer_found_useful_is_so_after_reload_and_back(open_page, question, stranger, signed_in):
    page = open_page("/keys/")
    if signed_in:
        let_in(page, stranger)
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="Useful", exact=True).click()
    expect(page.get_by_text("You found this useful")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).click()
    expect(page).not_to_have_url(question.get_absolute_url())
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(question.text)
    expect(page.get_by_text("You found this useful")).to_be_visible()
    page.reload()
    expect(page.get_by_text("You found this useful")).to_be_visible()
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()


def test_a_question_followed_is_so_after_back(open_page, question, stranger):
    page = open_page("/keys/")
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("button", name="Stop following", exact=True)).to_be_visible()
    page.get_by_role("link", name="See its history").click()
    expect(title(page)).not_to_have_text(question.text)
    page.go_back()
    expect(page.get_by_role("button", name="Stop following", exact=True)).to_be_visible()


def open_reply(page: Page) -> Locator:
    """Open the form in place; the field of the comment."""
    page.get_by_role("link", name="Leave a reply to the question").click()
    return page.locator(".comment-form").get_by_label("Your comment")


def test_a_comment_is_left_once_whatever_one_does_then(open_page, question, stranger):
    page = open_page("/keys/")
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    open_reply(page).fill("Which hinges?")
    page.get_by_role("button", name="Leave the reply").click()
    shown = page.locator(".comment-text", has_text="Which hinges?")
    expect(shown).to_be_visible()
    page.reload()
    expect(shown).to_be_visible()
    page.get_by_role("link", name="See its history").click()
    expect(title(page)).not_to_have_text(question.text)
    page.go_back()
    expect(shown).to_have_count(1)
    page.go_back()
    expect(title(page)).to_have_text(question.text)
    assert Comment.objects.count() == 1


def test_a_comment_that_was_being_written_is_there_when_one_comes_back(open_page, question, stranger):
    page = open_page("/keys/")
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    open_reply(page).press_sequentially("Which hinges?")
    page.get_by_role("link", name="See its history").click()
    expect(title(page)).not_to_have_text(question.text)
    page.go_back()
    expect(title(page)).to_have_text(question.text)
    field = page.locator(".comment-form").get_by_label("Your comment")
    if field.count() == 0:
        open_reply(page)
    expect(field).to_have_value("Which hinges?")


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_the_form_of_a_comment_opens_in_a_new_tab_or_window(open_page, question, stranger, modifier):
    page = open_page("/keys/")
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    tab = new_tab(page, page.get_by_role("link", name="Leave a reply to the question"), modifier)
    tab.get_by_label("Your comment").fill("Which hinges?")
    tab.get_by_role("button", name="Leave the reply").click()
    expect(tab.locator(".comment-text", has_text="Which hinges?")).to_be_visible()
    expect(title(page)).to_have_text(question.text)
    expect(page.locator(".comment-form")).to_have_count(0)


def test_an_answer_that_was_being_written_is_there_after_back_and_reload(open_page, question):
    page = open_page(question.get_absolute_url())
    field = page.get_by_label("Your answer")
    field.press_sequentially("Lift the door")
    wait_for_scripts(page, "drafts")
    page.get_by_role("link", name="See its history").click()
    expect(title(page)).not_to_have_text(question.text)
    page.go_back()
    expect(field).to_have_value("Lift the door")
    page.reload()
    expect(field).to_have_value("Lift the door")


# More answers ----------------------------------------------------------------------------------------------


def more(page: Page) -> Locator:
    return page.get_by_role("link", name="more answers")


def test_all_answers_stay_after_reload_and_back(open_page, discussed):
    page = open_page(discussed.get_absolute_url())
    answers = page.locator("#answer-list > .answer")
    expect(answers).to_have_count(SHOWN_AT_FIRST)
    page.evaluate("window.loadedOnce = true")
    more(page).click()
    expect(answers).to_have_count(ALL)
    assert page.evaluate("window.loadedOnce")
    answers.last.get_by_role("link", name="History").click()
    expect(title(page)).not_to_have_text(discussed.text)
    page.go_back()
    expect(answers).to_have_count(ALL)
    page.reload()
    expect(answers).to_have_count(ALL)


def test_one_press_of_back_leaves_a_page_that_showed_more_answers(open_page, discussed):
    page = open_page("/tags/")
    page.goto(discussed.get_absolute_url())
    more(page).click()
    expect(page.locator("#answer-list > .answer")).to_have_count(ALL)
    page.go_back()
    expect(page).to_have_url("/tags/")


def test_more_answers_open_in_a_new_tab_at_the_first_of_them(open_page, discussed):
    page = open_page(discussed.get_absolute_url())
    tab = new_tab(page, more(page))
    expect(tab.locator("#answer-list > .answer")).to_have_count(ALL)
    expect(tab.locator("#answer-list > .answer").nth(SHOWN_AT_FIRST)).to_be_in_viewport()
    expect(page.locator("#answer-list > .answer")).to_have_count(SHOWN_AT_FIRST)


def test_the_order_stays_when_more_answers_come(open_page, discussed):
    page = open_page(f"{discussed.get_absolute_url()}?order=oldest")
    more(page).click()
    expect(page.locator("#answer-list > .answer")).to_have_count(ALL)
    page.reload()
    expect(page.locator("#answer-list > .answer").first).to_contain_text("Answer number 0,")
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "page")


def test_what_was_being_written_outlives_more_answers(open_page, discussed):
    page = open_page(discussed.get_absolute_url())
    page.get_by_label("Your answer").press_sequentially("Because of")
    more(page).click()
    expect(page.locator("#answer-list > .answer")).to_have_count(ALL)
    expect(page.get_by_label("Your answer")).to_have_value("Because of")


# The desk --------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(open_page, ask, moderator) -> Page:
    """The first of three pairs, before a moderator who began at the overview."""
    for letter, confidence in (("a", 0.9), ("b", 0.8), ("c", 0.7)):
        DuplicateCandidate.objects.create(
            source=ask(f"Question {letter}?"),
            target=ask(f"Question {letter} in other words?"),
            confidence=confidence,
            created_at=timezone.now(),
        )
    page = open_page("/keys/")
    let_in(page, moderator)
    page.goto("/review/duplicates/")
    page.get_by_role("button", name="Start reviewing").click()
    see(page, "a")
    return page


def see(page: Page, letter: str) -> None:
    expect(page.get_by_role("heading", name=f"Question {letter}?", exact=True)).to_be_visible()


def test_back_in_the_queue_shows_the_pair_before_with_what_was_decided(desk):
    desk.get_by_role("button", name="Related, not the same").click()
    see(desk, "b")
    desk.go_back()
    see(desk, "a")
    expect(desk.get_by_text("found these to be two questions")).to_be_visible()
    expect(desk.get_by_role("button", name="Related, not the same")).to_have_count(0)
    desk.go_forward()
    see(desk, "b")
    expect(desk.get_by_role("button", name="Related, not the same")).to_be_visible()


def test_back_to_the_overview_counts_what_was_decided(desk):
    desk.get_by_role("button", name="Related, not the same").click()
    see(desk, "b")
    desk.go_back()
    see(desk, "a")
    desk.go_back()
    expect(desk.get_by_text("2 wait", exact=True)).to_be_visible()


def test_back_to_a_list_of_the_desk_does_not_show_what_was_settled(open_page, ask, moderator):
    waits = Admission(is_held=True, reasons=("By a guest.",), spam_score=0.1)
    question = ask("How do tides work?")
    for letter in "ab":
        commenting.comment(question, f"Remark {letter}.", guest_name="Ben", admission=waits)
    page = open_page("/keys/")
    let_in(page, moderator)
    page.goto("/review/comments/")
    page.get_by_role("button", name="Review one after the other").click()
    shown = page.locator(".desk-text")
    expect(shown).to_contain_text("Remark a.")
    page.get_by_role("button", name="Approve").click()
    expect(shown).to_contain_text("Remark b.")
    page.go_back()
    expect(shown).to_contain_text("Remark a.")
    page.go_back()
    expect(page.locator(".desk-lines li")).to_have_count(1)


def test_reloading_in_the_queue_stays_at_the_pair_and_decides_nothing(desk):
    desk.get_by_role("button", name="Related, not the same").click()
    see(desk, "b")
    address = desk.url
    desk.reload()
    see(desk, "b")
    expect(desk).to_have_url(address)
    assert DuplicateCandidate.objects.exclude(decision="").count() == 1
    desk.get_by_role("button", name="Skip").click()
    see(desk, "c")


def test_a_pair_and_its_preview_open_in_new_tabs(desk):
    tab = new_tab(desk, desk.get_by_role("link", name="See the page as it would be"))
    expect(tab.get_by_role("button", name="Merge", exact=True)).to_be_visible()
    see(desk, "a")
    again = desk.context.new_page()
    again.goto(desk.url)
    see(again, "a")
    desk.keyboard.press("r")
    see(desk, "b")
    # Pressed in both tabs: the other one goes on to the next as well.
    again.get_by_role("button", name="Related, not the same").click()
    see(again, "b")
    assert DuplicateCandidate.objects.exclude(decision="").count() == 1
