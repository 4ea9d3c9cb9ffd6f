"""Drafts in a real browser, which survive what may happen and are gone once they are saved."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from answers import answering
from answers.models import Answer
from tests import urls_with_languages
from tests.browser.conftest import PASSWORD, sign_in, wait_for_scripts
from tests.browser.writing.conftest import begin_writing, field, tool

pytestmark = pytest.mark.django_db(transaction=True)


def drafts(page: Page) -> dict[str, str]:
    kept = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    return {key: json.loads(value)["text"] for key, value in json.loads(kept) if key.startswith("draft ")}


def wait_until_kept(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => Object.values(localStorage).some(value => value.includes(words))", arg=words
    )


def test_a_draft_comes_back_after_a_crash_and_can_be_discarded(answer_page, question):
    field(answer_page).press_sequentially("Because of the")
    wait_until_kept(answer_page, "Because of the")
    other = answer_page.context.new_page()
    answer_page.close()
    other.goto(question.get_absolute_url())
    expect(field(other)).to_have_value("Because of the")
    expect(other.get_by_role("status").filter(has_text="is back.")).to_contain_text("Your draft of")
    other.get_by_role("button", name="Discard it").click()
    expect(field(other)).to_have_value("")
    assert drafts(other) == {}
    other.reload()
    expect(field(other)).to_have_value("")


def test_a_draft_comes_back_in_another_language_of_the_address(open_page, question, settings):
    settings.ROOT_URLCONF = urls_with_languages.__name__
    settings.LANGUAGE_IN_ADDRESS = True
    page = open_page(question.get_absolute_url())
    begin_writing(page)
    field(page).press_sequentially("Because of the")
    wait_until_kept(page, "Because of the")
    page.get_by_role("button", name="Deutsch").click()
    page.wait_for_url("**/de/questions/**")
    expect(page.get_by_label("Deine Antwort")).to_have_value("Because of the")


def test_what_was_typed_just_before_the_page_went_is_kept(answer_page, question):
    field(answer_page).press_sequentially("Moon")
    answer_page.goto("/tags/")
    answer_page.goto(question.get_absolute_url())
    expect(field(answer_page)).to_have_value("Moon")


def test_a_draft_survives_a_lost_session_and_the_sign_in_after_it(open_page, question, stranger):
    page = open_page()
    sign_in(page, stranger)
    page.goto(question.get_absolute_url())
    field(page).fill("Because of the moon.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("heading", name="Please send that once more").wait_for()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(stranger.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In").click()
    page.get_by_role("button", name="Sign out").wait_for()
    page.goto(question.get_absolute_url())
    expect(field(page)).to_have_value("Because of the moon.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Thank you for your answer.").wait_for()
    assert Answer.objects.get().author == stranger
    assert drafts(page) == {}


def test_who_shares_a_browser_does_not_read_the_drafts_of_another_member(
    open_page, question, stranger, asker
):
    page = open_page()
    sign_in(page, stranger)
    page.goto(question.get_absolute_url())
    field(page).fill("What Jonas writes.")
    wait_until_kept(page, "What Jonas writes.")
    page.get_by_role("button", name="Sign out").click()
    page.goto(question.get_absolute_url())
    expect(field(page)).to_have_value("")
    field(page).fill("What nobody in particular writes.")
    wait_until_kept(page, "nobody in particular")
    sign_in(page, asker)
    page.goto(question.get_absolute_url())
    expect(field(page)).to_have_value("What nobody in particular writes.")


def test_what_was_made_a_quotation_is_the_draft_from_then_on(open_page, ask, question):
    words = "Twice a day the water of the sea comes up and goes down again."
    answering.answer(ask("Why does the sea rise?"), words)
    page = open_page(question.get_absolute_url())
    field(page).fill(f"I know: {words}")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_role("button", name="Quote it").click()
    page.get_by_text("It is a quotation now").wait_for()
    page.goto(question.get_absolute_url())
    expect(field(page)).to_have_value(re.compile("> Twice a day"))


def test_who_leaves_an_answer_as_it_is_leaves_no_draft(open_page, question, asker):
    answer = answering.answer(question, "The moon.", by=asker)
    page = open_page()
    sign_in(page, asker)
    page.goto(f"/answers/{answer.pk}/edit/")
    page.get_by_label("The answer").fill("The moon, I think.")
    wait_until_kept(page, "I think")
    page.get_by_role("link", name="Leave it as it is").click()
    page.get_by_text("The moon.").first.wait_for()
    assert drafts(page) == {}


def test_a_draft_is_gone_once_it_is_saved_and_not_before(answer_page, question):
    field(answer_page).fill("***")
    answer_page.get_by_role("button", name="Answer", exact=True).click()
    answer_page.get_by_text("There is nothing to read").first.wait_for()
    assert list(drafts(answer_page).values()) == ["***"]
    expect(answer_page.get_by_text("is back.")).not_to_be_visible()
    field(answer_page).fill("The moon.")
    answer_page.get_by_role("button", name="Answer", exact=True).click()
    answer_page.get_by_text("Thank you for your answer.").wait_for()
    assert drafts(answer_page) == {}
    expect(field(answer_page)).to_have_value("")


def test_a_question_and_its_details_come_back_and_are_gone_once_asked(open_page):
    page = open_page("/ask/")
    page.get_by_label("What would you like to know?").fill("How do tides work?")
    page.get_by_text("Add details, tags or your name").click()
    page.get_by_label("Details").fill("In the North Sea.")
    wait_until_kept(page, "North Sea")
    page.goto("/ask/")
    expect(page.get_by_label("What would you like to know?")).to_have_value("How do tides work?")
    expect(page.get_by_label("Details")).to_be_visible()
    page.get_by_role("button", name="Ask it").click()
    page.get_by_role("heading", name="How do tides work?").wait_for()
    assert drafts(page) == {}


def test_words_from_the_home_page_are_not_replaced_by_an_older_draft(open_page):
    page = open_page("/ask/")
    page.get_by_label("What would you like to know?").fill("How do tides work?")
    wait_until_kept(page, "tides")
    page.goto("/ask/?text=Why+is+the+sky+blue")
    page.wait_for_timeout(300)
    expect(page.get_by_label("What would you like to know?")).to_have_value("Why is the sky blue")


def test_a_draft_of_an_edit_does_not_overwrite_what_was_saved_meanwhile(open_page, question, asker):
    answer = answering.answer(question, "The moon.", by=asker)
    page = open_page()
    sign_in(page, asker)
    page.goto(f"/answers/{answer.pk}/edit/")
    page.get_by_label("The answer", exact=True).fill("The moon, says my draft.")
    wait_until_kept(page, "says my draft")
    answering.edit(answer, "The sun.", by=asker)
    page.goto("/")
    page.goto(f"/answers/{answer.pk}/edit/")
    expect(page.get_by_label("The answer", exact=True)).to_have_value("The moon, says my draft.")
    page.get_by_text("The text was changed since then").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("alert").wait_for()
    answer.refresh_from_db()
    assert answer.text == "The sun."


def test_old_drafts_are_dropped(answer_page):
    answer_page.evaluate(
        "localStorage.setItem('draft /x text', JSON.stringify({ text: 'old', time: Date.now() - 31 * 86400000 }))"
    )
    answer_page.evaluate("localStorage.setItem('draft /y text', 'damaged')")
    answer_page.reload()
    wait_for_scripts(answer_page, "drafts")
    assert drafts(answer_page) == {}


def test_nothing_but_texts_is_kept(answer_page):
    answer_page.get_by_label("Your name").fill("Kofi")
    field(answer_page).fill("The moon.")
    wait_until_kept(answer_page, "The moon.")
    assert "Kofi" not in answer_page.evaluate("JSON.stringify(localStorage)")


def test_a_browser_that_keeps_nothing_has_toolbar_and_form_all_the_same(open_page, question):
    page = open_page("/tags/")
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page.goto(question.get_absolute_url())
    begin_writing(page)
    tool(page, "Bold").click()
    expect(field(page)).to_have_value("**bold words**")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Thank you for your answer.").wait_for()
