"""What people come for, from the first click to the last."""

import pytest
from playwright.sync_api import expect

from answers import answering, folding
from questions import merging, moderation
from questions.models import Question
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_guest_asks_previews_answers_and_finds_it_useful(open_page, settings):
    settings.HOLD_GUESTS = False
    page = open_page()
    page.get_by_label("What would you like to know?").fill("How do tides work?")
    page.get_by_role("main").get_by_role("button", name="Ask").click()
    page.get_by_text("Add details, tags or your name").click()
    page.get_by_label("Details").fill("In the **North Sea**.")
    page.get_by_role("button", name="Preview").click()
    page.locator(".preview strong", has_text="North Sea").wait_for()
    page.get_by_role("button", name="Ask it").click()
    page.get_by_role("heading", name="How do tides work?").wait_for()
    page.get_by_label("Your answer").fill("Because of the moon.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("button", name="Useful").click()
    page.get_by_text("You found this useful").wait_for()
    assert Question.objects.get().useful_count == 1


def test_who_asks_an_alternate_reads_the_primary_and_what_they_asked(open_page, ask):
    question = ask("How do tides work?")
    merging.add_alternate("What makes the sea rise?", to=question, by=None)
    page = open_page("/ask/")
    page.get_by_label("What would you like to know?").fill("what makes the SEA rise")
    page.get_by_role("button", name="Ask it").click()
    page.get_by_role("heading", name="How do tides work?").wait_for()
    expect(page.get_by_text("You asked: “What makes the sea rise?”")).to_be_visible()


def test_the_wording_asked_is_shown_only_to_who_came_by_it(open_page, ask):
    question = ask("How do tides work?")
    merging.add_alternate("What makes the sea rise?", to=question, by=None)
    page = open_page(question.get_absolute_url())
    expect(page.get_by_text("You asked:")).not_to_be_visible()


def test_tags_complete_while_typing(open_page, ask):
    ask("Question a?", tags=["cooking"])
    page = open_page("/ask/")
    page.get_by_text("Add details, tags or your name").click()
    page.get_by_label("Tags").press_sequentially("house, co")
    page.locator("#tag-options option[value='house, cooking']").wait_for(state="attached")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_moderator_merges_two_questions_and_undoes_it(open_page, ask, moderator, javascript):
    source, target = ask("What makes the sea rise?"), ask("How do tides work?")
    answering.answer(source, "The moon does.")
    answering.answer(target, "Moon and sun.", useful_elsewhere=3)
    page = open_page(javascript=javascript)
    sign_in(page, moderator)
    page.goto(source.get_absolute_url())
    page.get_by_role("link", name="Merge it into …").click()
    page.get_by_label("Which question is the same?").fill("tides working")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("link", name="Look at the merge").click()
    page.get_by_label("Why?").fill("one moon")
    page.get_by_role("button", name="Merge").click()
    page.get_by_role("heading", name="How do tides work?").wait_for()
    expect(page.get_by_text("The moon does.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name="What makes the sea rise?").wait_for()
    expect(page.get_by_text("Moon and sun.")).not_to_be_visible()


def test_adding_an_existing_wording_asks_and_the_way_back_keeps_what_was_typed(open_page, ask, stranger):
    question = ask("How do tides work?")
    ask("What makes the sea rise?")
    page = open_page()
    sign_in(page, stranger)
    page.goto(question.get_absolute_url())
    page.get_by_role("link", name="Add another wording").click()
    page.get_by_label("The same question in other words").fill("What makes the sea rise?")
    page.get_by_role("button", name="Add this wording").click()
    page.get_by_role("link", name="Suggest this merge").wait_for()
    page.get_by_role("button", name="Back, with what I typed").click()
    field = page.get_by_label("The same question in other words")
    expect(field).to_have_value("What makes the sea rise?")


@pytest.mark.parametrize(
    "path", ["/", "/ask/", "/tags/", "/merges/", "/search/?q=tides", "/accounts/signup/", "page"]
)
def test_nothing_runs_out_of_a_screen_of_360_pixels(open_page, ask, path):
    question = ask(
        "How do tides work" + "andoverandoverandoveragain" * 9 + "?", tags=["oceanographicalresearchersguide"]
    )
    merging.merge(ask("Whatmakesthesearise" * 12 + "?"), into=question, by=None, reason="x" * 250)
    answering.answer(
        question, "Supercalifragilistic" * 20 + "\n\n```\n" + "x = 1; " * 50 + "\n```\n\n| a | b |\n|--|--|\n"
    )
    page = open_page(question.get_absolute_url() if path == "page" else path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_addresses_that_were_visited_before_a_promotion_and_its_undo_still_lead_to_the_page(open_page, ask):
    first, second = ask("How do tides work?"), ask("What makes the sea rise?")
    merging.merge(second, into=first, by=None)
    page = open_page(second.get_absolute_url())
    page.goto(first.get_absolute_url())
    merging.promote(second, by=None)
    for address in (first.get_absolute_url(), second.get_absolute_url()):
        page.goto(address)
        page.get_by_role("heading", name="What makes the sea rise?").wait_for()
    merging.promote(first, by=None)
    for address in (first.get_absolute_url(), second.get_absolute_url()):
        page.goto(address)
        page.get_by_role("heading", name="How do tides work?").wait_for()


def test_who_met_a_hidden_page_reads_it_when_it_is_shown_again(open_page, ask, moderator):
    question = ask("How do tides work?")
    moderation.hide(question, by=moderator)
    page = open_page(question.page_url)
    page.get_by_role("heading", name="This has been hidden").wait_for()
    moderation.restore(Question.objects.get(pk=question.pk), by=moderator)
    page.goto(question.page_url)
    page.get_by_role("heading", name="How do tides work?").wait_for()


def test_a_guest_finds_an_answer_useful_without_leaving_the_page(open_page, ask):
    question = ask("How do tides work?")
    answering.answer(question, "The moon pulls at the sea.")
    page = open_page(question.get_absolute_url())
    page.evaluate("window.loadedOnce = true")
    page.get_by_role("button", name="Useful").click()
    page.get_by_text("Thanks for the feedback!").wait_for()
    expect(page.get_by_text("You found this useful")).to_be_visible()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Was this useful to you?").wait_for()
    assert page.evaluate("window.loadedOnce")


def test_an_answer_folded_into_another_is_reached_by_its_own_address(open_page, ask, moderator):
    question = ask("How do tides work?")
    better = answering.answer(question, "The moon pulls at the sea.")
    folded = answering.answer(question, "The moon.", guest_name="Kofi")
    folding.fold(folded, into=better, by=moderator)
    page = open_page(folded.get_absolute_url())
    expect(page).to_have_url(f"{question.get_absolute_url()}#answer-{better.pk}")
    page.get_by_text("Also answered by Kofi").click()
    expect(page.get_by_text("The moon.", exact=True)).to_be_visible()
