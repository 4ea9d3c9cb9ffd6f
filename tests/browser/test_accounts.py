"""Accounts in a real browser: signing up, in and out, and the language that one reads in."""

import re

import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from answers import answering
from answers.models import Answer
from qa_site.accounts.models import User
from tests.browser.conftest import PASSWORD
from tests.browser.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)
both_ways = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])


@pytest.fixture
def question(ask):
    question = ask("How do tides work?")
    answering.answer(question, "The moon pulls at the sea.")
    return question


@pytest.fixture
def member(stranger) -> User:
    """Somebody who can sign in with a password."""
    stranger.set_password(PASSWORD)
    stranger.save(update_fields=["password"])
    stranger.emailaddress_set.create(email=stranger.email, verified=True, primary=True)
    return stranger


def fill_in(page: Page, user: User) -> None:
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In").click()


@both_ways
def test_somebody_signs_up_by_the_link_in_the_mail_signs_in_and_out(open_page, live_server, javascript):
    page = open_page("/", javascript=javascript)
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_role("main").get_by_role("link", name=re.compile("sign up", re.IGNORECASE)).first.click()
    page.get_by_label("Shown name").fill("Noor")
    page.get_by_label("E-mail").fill("Noor@Example.org")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name=re.compile("sign up", re.IGNORECASE)).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    [sent] = mail.outbox
    assert sent.to == ["noor@example.org"]
    link = re.search(rf"{live_server.url}(\S+)", sent.body)[1]
    page.goto(link)
    page.get_by_role("main").get_by_role("button", name="Confirm").click()
    expect(page).to_have_url("/accounts/login/")
    page.get_by_label("E-mail").fill("noor@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Noor")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="Noor")).to_have_count(0)
    assert User.objects.get().emailaddress_set.get().verified


def test_what_was_wrong_with_a_sign_up_is_said_at_its_field_and_the_rest_is_kept(open_page):
    page = open_page("/accounts/signup/")
    page.get_by_label("Shown name").fill("Noor")
    page.get_by_label("E-mail").fill("noor@example.org")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill("another one")
    page.get_by_role("main").get_by_role("button", name=re.compile("sign up", re.IGNORECASE)).click()
    wrong = page.locator("[name=password2]")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    said = wrong.get_attribute("aria-describedby").split()
    assert any("same password" in page.locator(f"[id='{name}']").inner_text() for name in said)
    expect(page.get_by_label("Shown name")).to_have_value("Noor")
    expect(page.get_by_label("E-mail")).to_have_value("noor@example.org")
    assert not User.objects.exists()


def test_signing_in_leads_back_to_where_one_was_with_what_one_typed(open_page, question, member):
    page = open_page(f"{question.get_absolute_url()}?order=newest")
    page.get_by_label("Your answer").fill("Because of the moon.")
    page.get_by_role("link", name="Sign in", exact=True).click()
    fill_in(page, member)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page).to_have_url(f"{question.get_absolute_url()}?order=newest")
    expect(page.get_by_label("Your answer")).to_have_value("Because of the moon.")
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_text("Thank you for your answer.")).to_be_visible()
    assert Answer.objects.get(text="Because of the moon.").author == member


@both_ways
def test_a_page_for_members_alone_comes_after_signing_in(open_page, question, member, javascript):
    page = open_page(f"/questions/{question.pk}/alternates/add/", javascript=javascript)
    fill_in(page, member)
    expect(page.get_by_label("The same question in other words")).to_be_visible()


@both_ways
def test_a_wrong_password_is_said_and_the_address_is_kept(open_page, question, member, javascript):
    page = open_page(
        f"/accounts/login/?next={question.get_absolute_url()}",
        javascript=javascript,
    )
    page.get_by_label("E-mail").fill(member.email)
    page.get_by_label("Password").fill("guessed")
    page.get_by_role("main").get_by_role("button", name="Sign In").click()
    expect(page.get_by_text("not correct").first).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(member.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign In").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(question.text)


def test_who_signed_out_in_another_tab_loses_nothing_of_what_they_send(open_page, question, member):
    page = open_page("/keys/")
    let_in(page, member)
    page.goto(question.get_absolute_url())
    page.get_by_label("Your answer").fill("Because of the moon.")
    other = page.context.new_page()
    other.goto("/tags/")
    other.get_by_role("button", name="Sign out").click()
    other.get_by_role("link", name="Sign in", exact=True).wait_for()
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main textarea").first).to_have_value(re.compile("Because of the moon"))
    assert not Answer.objects.filter(text="Because of the moon.").exists()


def expect_language(page: Page, code: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", code)
    with translation.override(code):
        expect(
            page.get_by_role("banner").get_by_role("link", name=gettext("Tags"), exact=True)
        ).to_be_visible()


@both_ways
def test_the_language_chosen_below_holds_on_the_next_page(open_page, question, javascript):
    page = open_page(question.get_absolute_url(), javascript=javascript)
    expect_language(page, "en")
    page.get_by_role("contentinfo").get_by_role("button", name="Deutsch").click()
    expect_language(page, "de")
    expect(page).to_have_url(question.get_absolute_url())
    expect(page.get_by_role("button", name="Deutsch")).to_have_attribute("aria-pressed", "true")
    page.goto("/tags/")
    expect_language(page, "de")
    page.get_by_role("contentinfo").get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect_language(page, "ar")
    page.get_by_role("contentinfo").get_by_role("button", name="English").click()
    expect_language(page, "en")
    expect(page.locator("html")).not_to_have_attribute("dir", "rtl")


def test_the_language_goes_with_the_account_to_another_browser(open_page, stranger):
    page = open_page()
    let_in(page, stranger)
    page.goto("/tags/")
    page.get_by_role("contentinfo").get_by_role("button", name="Deutsch").click()
    expect_language(page, "de")
    other = open_page("/tags/")
    expect_language(other, "en")
    sign_in_in_german(other, stranger)
    other.goto("/")
    expect_language(other, "de")


def sign_in_in_german(page: Page, user: User) -> None:
    """As sign_in, whose button "Sign out" has another name after it."""
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    page.goto("/accounts/login/")
    fill_in(page, user)
    page.wait_for_url("**/")


def test_words_in_the_language_of_the_reader_come_from_scripts_too(open_page, question):
    page = open_page(question.get_absolute_url())
    page.get_by_role("contentinfo").get_by_role("button", name="Deutsch").click()
    expect_language(page, "de")
    page.locator("main textarea[name=text]").focus()
    with translation.override("de"):
        expect(page.get_by_role("toolbar")).to_be_visible()
    expect(page.get_by_role("button", name="Bold")).to_have_count(0)


def test_back_after_signing_out_shows_nothing_of_the_member(open_page, question, stranger):
    page = open_page()
    let_in(page, stranger)
    page.goto(question.get_absolute_url())
    page.get_by_role("button", name="Useful", exact=True).click()
    expect(page.get_by_text("You found this useful")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in", exact=True).wait_for()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(question.text)
    expect(page.get_by_role("banner").get_by_role("link", name=stranger.name)).to_have_count(0)
    expect(page.get_by_text("You found this useful")).to_have_count(0)
