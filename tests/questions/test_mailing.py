"""Mails to members."""

import pytest
from django.core import mail
from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import get_language, override

from questions import mailing


@pytest.mark.django_db(transaction=True)
def test_members_who_chose_no_language_are_written_to_in_the_site_s(stranger, moderator, settings):
    settings.LANGUAGE_CODE = "es"
    moderator.language = "de"
    assert stranger.language == ""
    language = lazy(lambda: get_language() or "", str)
    with override("fr"):
        mailing.tell([stranger, moderator], subject=language(), text=language())
    letters = {letter.to[0]: (letter.subject, letter.body) for letter in mail.outbox}
    assert letters[stranger.email] == (f"{settings.SITE_NAME}: es", "es")
    assert letters[moderator.email] == (f"{settings.SITE_NAME}: de", "de")


@pytest.mark.django_db(transaction=True)
def test_nobody_is_written_to_whose_account_is_closed_or_has_no_address(stranger, moderator, asker):
    stranger.is_active = False
    moderator.email = ""
    mailing.tell([stranger, moderator, asker], subject="News", text="Read it.")
    assert [letter.to for letter in mail.outbox] == [[asker.email]]


@pytest.mark.django_db(transaction=True)
def test_each_member_is_written_to_in_their_own_language(stranger, moderator):
    moderator.language = "de"
    language = lazy(lambda: get_language() or "", str)
    with override("fr"):
        mailing.tell([stranger, moderator], subject=language(), text=language())
    assert {(letter.to[0], letter.body) for letter in mail.outbox} == {
        (stranger.email, "en"),
        (moderator.email, "de"),
    }


@pytest.mark.django_db(transaction=True)
def test_no_member_reads_the_address_of_another(stranger, moderator):
    mailing.tell([stranger, moderator], subject="News", text="Read it.")
    assert sorted(letter.recipients() for letter in mail.outbox) == sorted(
        [[stranger.email], [moderator.email]]
    )


@pytest.mark.django_db(transaction=True)
def test_nobody_is_written_to_about_what_did_not_come_to_stand(stranger):
    with transaction.atomic():
        mailing.tell([stranger], subject="News", text="Read it.")
        assert mail.outbox == []
        transaction.set_rollback(True)
    assert mail.outbox == []
