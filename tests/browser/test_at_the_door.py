"""What the door looks like from outside: a real browser that is too quick, clicks twice, or does it too often."""

import pytest
from playwright.sync_api import expect

from answers import answering
from answers.models import Answer
from door.allowances import Allowance
from questions.models import Question

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_mark_too_many_is_said_above_and_the_button_stays(open_page, ask, settings):
    settings.LIMITS = {"vote": Allowance(1, 3600)}
    question = ask("How do tides work?")
    answering.answer(question, "By the moon.")
    page = open_page(question.get_absolute_url())
    page.get_by_role("button", name="Useful", exact=True).click()
    expect(page.get_by_text("Thanks for the feedback!")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#notices")).to_contain_text("That was too often. Please try again in 60 minutes.")
    expect(page.get_by_role("button", name="Take it back")).to_be_visible()


def test_typing_past_the_limit_leaves_the_page_as_it_is(open_page, ask, settings):
    settings.LIMITS = {"similar": Allowance(1, 3600)}
    ask("How do tides work?")
    page = open_page("/")
    line = page.get_by_label("What would you like to know?")
    for words in ("How do tides", "How do tides work on"):
        with page.expect_response(lambda response: "/ask/similar/" in response.url) as sent:
            line.fill(words)
    assert sent.value.status == 429
    expect(page.locator("#similar")).to_contain_text("How do tides work?")
    expect(page.locator("#notices")).to_be_empty()


@pytest.mark.parametrize("javascript", [True, False])
def test_who_is_too_quick_finds_everything_in_the_form_and_sends_it_again(
    open_page, ask, settings, javascript
):
    settings.FORM_MIN_SECONDS = 60
    question = ask("How do tides work?")
    page = open_page(question.get_absolute_url(), javascript=javascript)
    page.get_by_label("Your answer").fill("By the moon.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("more quickly than people write")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("By the moon.")
    settings.FORM_MIN_SECONDS = 0
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page).to_have_url(f"{question.get_absolute_url()}#answer-{Answer.objects.get().pk}")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_click_asks_once(open_page, javascript):
    page = open_page("/ask/", javascript=javascript)
    page.locator("main [name=text]").fill("Why does the sea taste of salt?")
    page.get_by_role("button", name="Ask it").dblclick()
    expect(page.get_by_role("heading", name="Why does the sea taste of salt?")).to_be_visible()
    assert Question.objects.count() == 1


@pytest.mark.parametrize("width", [1200, 360])
def test_nobody_meets_the_trap(open_page, width):
    page = open_page("/ask/", width=width)
    trap = page.locator("[name=topic]")
    assert trap.evaluate("field => getComputedStyle(field.parentElement).clipPath") == "inset(50%)"
    expect(page.get_by_label("Leave this field empty")).to_have_count(1)
    expect(page.get_by_role("textbox", name="Leave this field empty")).to_have_count(0)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") != "topic"
