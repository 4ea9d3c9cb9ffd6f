"""Signing in tells nobody who has an account, and nobody can prepare a session for somebody else."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core import mail
from django.urls import reverse

from door.allowances import Allowance
from qa_site.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "quiet waters 42"
UNKNOWN, KNOWN, GONE, IMPORTED = (f"{who}@example.org" for who in ("nobody", "amina", "gone", "imported"))


@pytest.fixture(autouse=True)
def people():
    """Amina; somebody whose account was deactivated; somebody who never set a password."""
    for email, password, active in ((KNOWN, PASSWORD, True), (GONE, PASSWORD, False), (IMPORTED, None, True)):
        user = User.objects.create_user(email, password, name="Somebody", is_active=active)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)


def said(response, email: str) -> str:
    """What a page says, without what is different each time and without what was typed."""
    page = response.content.decode().replace(email, "EMAIL")
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed, which is what takes long."""
    calls = []
    encode = hashers.MD5PasswordHasher.encode

    def counted(self, password, salt):
        calls.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    return calls


def test_a_wrong_password_is_answered_like_an_unknown_address(client, hashed):
    answers = {}
    for email in (UNKNOWN, KNOWN, GONE, IMPORTED):
        hashed.clear()
        response = client.post(reverse("account_login"), {"login": email, "password": "guessed"})
        answers[email] = (response.status_code, said(response, email), len(hashed))
    assert len(set(answers.values())) == 1, {email: (a[0], a[2]) for email, a in answers.items()}
    assert "not correct" in answers[UNKNOWN][1]


def test_only_who_knows_the_password_hears_that_an_account_is_deactivated(client):
    response = client.post(reverse("account_login"), {"login": GONE, "password": PASSWORD})
    assert response.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_signing_up_says_the_same_for_a_known_address_and_costs_the_same(client, hashed):
    answers = {}
    for email in (UNKNOWN, KNOWN, GONE):
        hashed.clear()
        mail.outbox.clear()
        form = {"name": "Noor", "email": email, "password1": "a long one 7", "password2": "a long one 7"}
        response = client.post(reverse("account_signup"), form)
        page = client.get(response.url)
        answers[email] = (
            response.status_code,
            response.url,
            said(page, email),
            len(hashed),
            len(mail.outbox),
        )
        client.cookies.clear()
    assert len(set(answers.values())) == 1, {email: (*a[:2], *a[3:]) for email, a in answers.items()}
    assert User.objects.filter(email=KNOWN).count() == 1


def test_a_forgotten_password_says_the_same_for_an_unknown_address(client, hashed):
    answers = {}
    for email in (UNKNOWN, KNOWN, GONE, IMPORTED):
        hashed.clear()
        mail.outbox.clear()
        response = client.post(reverse("account_reset_password"), {"email": email})
        page = client.get(response.url)
        answers[email] = (
            response.status_code,
            response.url,
            said(page, email),
            len(hashed),
            len(mail.outbox),
        )
    assert len(set(answers.values())) == 1, {email: (*a[:2], *a[3:]) for email, a in answers.items()}


def test_the_session_is_another_one_after_signing_in(client):
    session = client.session
    session["left"] = "by somebody before"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
    after = client.session
    assert after["_auth_user_id"]
    assert after.session_key != before
    # The prepared one leads nowhere.
    client.cookies["sessionid"] = before
    assert "_auth_user_id" not in client.session


def test_signing_out_ends_the_session(client):
    client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
    kept = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = kept
    assert "_auth_user_id" not in client.session


def test_a_link_signs_nobody_out(client):
    client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.session["_auth_user_id"]


def test_the_mail_of_a_new_account_is_counted_once(client, mailoutbox, settings):
    settings.LIMITS = {"mail": Allowance(1, 3600)}
    form = {"name": "Noor", "email": UNKNOWN, "password1": "a long one 7", "password2": "a long one 7"}
    client.post(reverse("account_signup"), form)
    assert [message.to for message in mailoutbox] == [[UNKNOWN]]


def test_a_link_confirms_an_address_only_by_a_button(client, mailoutbox):
    form = {"name": "Noor", "email": UNKNOWN, "password1": "a long one 7", "password2": "a long one 7"}
    client.post(reverse("account_signup"), form)
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", mailoutbox[0].body)[1]
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get(email=UNKNOWN).verified
    client.post(link)
    assert EmailAddress.objects.get(email=UNKNOWN).verified


def test_a_deactivated_account_is_signed_out_at_once(client):
    client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
    User.objects.filter(email=KNOWN).update(is_active=False)
    assert "Sign in" in client.get(reverse("home")).content.decode()
