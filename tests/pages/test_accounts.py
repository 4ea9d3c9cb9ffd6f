"""Signing up, confirming, signing in, and forgetting the password."""

import re
from gettext import GNUTranslations
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from babel.messages.pofile import read_po
from django.core import mail
from django.urls import reverse

from answers import answering
from qa_site import accounts
from qa_site.accounts.models import User

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Amina",
    "email": "Amina@Example.org",
    "password1": "long and winding",
    "password2": "long and winding",
}


def link_in_mail() -> str:
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), FORM | changes)


def test_signing_up_confirming_and_signing_in(as_guest):
    sign_up(as_guest)
    user = User.objects.get()
    assert (user.name, user.email, user.is_staff) == ("Amina", "amina@example.org", False)
    confirmation = link_in_mail()
    assert as_guest.get(confirmation).status_code == 200
    as_guest.post(confirmation)
    as_guest.logout()
    as_guest.post(reverse("account_login"), {"login": "amina@example.org", "password": FORM["password1"]})
    page = as_guest.get(reverse("home")).content.decode()
    assert "Amina" in page
    assert "Sign out" in page


@pytest.mark.parametrize("page", ["account_signup", "account_login", "account_reset_password"])
def test_the_fields_say_once_what_they_are_for(as_guest, page):
    form = as_guest.get(reverse(page)).content.decode().split("<main")[1].split("</main>")[0]
    assert re.search(r'<label for="id_(email|login)">', form)
    assert "placeholder" not in form


def test_an_unconfirmed_address_cannot_sign_in(as_guest):
    sign_up(as_guest)
    as_guest.logout()
    as_guest.post(reverse("account_login"), {"login": "amina@example.org", "password": FORM["password1"]})
    assert "Sign out" not in as_guest.get(reverse("home")).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "\u200b\u202e"},
        {"email": "nobody"},
        {"password2": "different"},
        {"password1": "123", "password2": "123"},
    ],
)
def test_a_wrong_sign_up_is_shown_again_and_keeps_the_name(as_guest, changes):
    response = sign_up(as_guest, **changes)
    assert 'class="errorlist"' in response.content.decode()
    assert not User.objects.exists()


def test_a_known_address_is_not_told_to_strangers(as_guest):
    sign_up(as_guest)
    as_guest.logout()
    response = sign_up(as_guest, name="Somebody else")
    assert response.status_code == 302
    assert User.objects.count() == 1


def test_a_forgotten_password_is_set_anew_by_mail(as_guest, asker):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=asker, email=asker.email, verified=True, primary=True)
    as_guest.post(reverse("account_reset_password"), {"email": asker.email})
    page = as_guest.get(link_in_mail(), follow=True)
    as_guest.post(
        page.request["PATH_INFO"], {"password1": "a new long password", "password2": "a new long password"}
    )
    asker.refresh_from_db()
    assert asker.check_password("a new long password")


def test_moderators_have_the_permissions_of_the_table(moderator, stranger):
    assert moderator.has_perm("questions.merge_question")
    assert moderator.has_perm("answers.hide_answer")
    assert not stranger.has_perm("questions.merge_question")
    assert not moderator.is_staff


def test_a_members_page_lists_what_is_visible_of_theirs(as_guest, asker, ask, moderator):
    from answers import answering
    from questions import moderation

    shown, hidden = ask("How do tides work?", by=asker), ask("Hidden question?", by=asker)
    answering.answer(shown, "The moon.", by=asker)
    moderation.hide(hidden, by=moderator)
    page = as_guest.get(asker.get_absolute_url()).content.decode()
    assert "1 question" in page
    assert "1 answer" in page
    assert "Hidden question?" not in page
    assert asker.email not in page


def test_a_member_finds_the_pages_of_their_account_on_their_own_page(as_asker, as_stranger, asker):
    for address in ("account_email", "account_change_password"):
        link = f'href="{reverse(address)}"'
        assert link in as_asker.get(f"/users/{asker.pk}/").content.decode()
        assert link not in as_stranger.get(f"/users/{asker.pk}/").content.decode()


def test_nobody_reads_that_an_answer_was_useful_to_none(as_guest, asker, ask):
    answering.answer(ask("How do tides work?"), "The moon pulls.", by=asker)
    page = as_guest.get(f"/users/{asker.pk}/").content.decode()
    assert "How do tides work?" in page
    assert "found it useful" not in page


def test_mails_of_the_account_name_the_site(as_guest, settings):
    settings.SITE_NAME = "Ask Us"
    sign_up(as_guest)
    letter = mail.outbox[-1]
    assert letter.subject == "Ask Us: Please confirm your e-mail address"
    assert letter.body.startswith("Hello from Ask Us!")


def test_the_pages_of_the_account_use_the_words_of_the_site(as_guest):
    page = as_guest.get(reverse("account_login")).content.decode()
    assert re.search(r"<h1>\s*Sign in\s*</h1>", page)
    assert "Sign In" not in page


@pytest.mark.parametrize(
    "address", ["account_reset_password", "account_reset_password_done", "account_email_verification_sent"]
)
@pytest.mark.parametrize(
    ("language", "contact"),
    [("en", "ontact"), ("de", "ontakt"), ("fr", "ontact"), ("es", "ontact"), ("ar", "اتصل")],
)
def test_nobody_is_sent_to_a_contact_that_the_site_does_not_name(as_guest, address, language, contact):
    page = as_guest.get(reverse(address), headers={"accept-language": language}).content.decode()
    assert f'lang="{language}"' in page
    assert contact not in page


def test_the_first_mail_says_why_it_came_and_what_to_do_if_it_is_not_theirs(as_guest):
    sign_up(as_guest)
    assert (
        "Somebody, most likely you, gave this e-mail address for the account of Amina" in mail.outbox[-1].body
    )
    assert mail.outbox[-1].body.index("there is nothing to do") > mail.outbox[-1].body.index(link_in_mail())


@pytest.mark.parametrize(("language", "least"), [("en", 20), ("de", 3), ("fr", 3), ("es", 3), ("ar", 3)])
def test_no_word_is_replaced_that_allauth_does_not_say(language, least):
    theirs = resources.files("allauth").joinpath("locale/de/LC_MESSAGES/django.po").read_bytes()
    said = {message.id for message in read_po(BytesIO(theirs))}
    own = Path(accounts.__file__).parent / "locale" / language / "LC_MESSAGES"
    ours = read_po(BytesIO((own / "django.po").read_bytes()))
    replaced = {message.id: message.string for message in ours if message.id}
    assert len(replaced) >= least
    assert set(replaced) <= said
    with (own / "django.mo").open("rb") as compiled:
        read = GNUTranslations(compiled)
    assert {text: read.gettext(text) for text in replaced} == replaced, "run “make messages”"


def test_each_address_of_a_member_has_what_can_be_done_about_it(as_stranger, stranger):
    EmailAddress.objects.create(user=stranger, email=stranger.email, primary=True, verified=True)
    page = as_stranger.get(reverse("account_email")).content.decode()
    assert "The site writes to this one" in page
    assert not any(act in page for act in ("action_send", "action_primary", "action_remove"))
    as_stranger.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    page = as_stranger.get(reverse("account_email")).content.decode()
    assert "not confirmed yet" in page
    assert "action_send" in page
    assert "action_primary" not in page
    EmailAddress.objects.filter(email="new@example.org").update(verified=True)
    as_stranger.post(reverse("account_email"), {"action_primary": "", "email": "new@example.org"})
    stranger.refresh_from_db()
    assert stranger.email == "new@example.org"
    as_stranger.post(reverse("account_email"), {"action_remove": "", "email": "stranger@example.org"})
    assert list(stranger.emailaddress_set.values_list("email", flat=True)) == ["new@example.org"]
