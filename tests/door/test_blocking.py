"""Blocks: whom they keep out, until when, and who cannot be blocked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from door.blocking import CannotBlock, block, block_of, lift

pytestmark = pytest.mark.django_db


@pytest.fixture
def tomorrow():
    return timezone.now() + timedelta(days=1)


def test_an_account_is_blocked_until_the_day_comes(stranger, asker, moderator, tomorrow):
    made = block(user=stranger, until=tomorrow, reason="Spam", by=moderator)
    assert block_of(user=stranger) == made
    assert block_of(user=asker) is None
    assert block_of(user=AnonymousUser()) is None
    type(made).objects.update(until=timezone.now())
    assert block_of(user=stranger) is None


def test_a_domain_keeps_out_its_subdomains_and_no_other(stranger, moderator, tomorrow):
    block(email_domain="Spam.Example", until=tomorrow, reason="Spam", by=moderator)
    assert block_of(email="x@spam.example")
    assert block_of(email="x@MAIL.spam.example")
    assert block_of(email="x@notspam.example") is None
    assert block_of(email="x@example") is None
    stranger.email = "me@spam.example"
    assert block_of(user=stranger)


def test_an_address_and_a_block_of_addresses(moderator, tomorrow):
    block(email="One@example.org", until=tomorrow, reason="Spam", by=moderator)
    block(address_block="a" * 32, until=tomorrow, reason="Spam", by=moderator)
    assert block_of(email="one@example.org")
    assert block_of(email="two@example.org") is None
    assert block_of(address_block="a" * 32)
    assert block_of(address_block="b" * 32) is None
    assert block_of(address_block="") is None


def test_the_block_that_lasts_longest_is_told_of(stranger, moderator, tomorrow):
    block(user=stranger, until=tomorrow, reason="Short", by=moderator)
    block(user=stranger, until=tomorrow + timedelta(days=9), reason="Long", by=moderator)
    assert block_of(user=stranger).reason == "Long"


def test_a_lifted_block_is_over_and_is_lifted_once(stranger, moderator, tomorrow):
    made = block(user=stranger, until=tomorrow, reason="Spam", by=moderator)
    lift(made, by=moderator)
    assert made.lifted_by == moderator
    assert block_of(user=stranger) is None
    with pytest.raises(CannotBlock):
        lift(made, by=moderator)


def test_nobody_blocks_themselves_and_only_admins_block_admins(moderator, admin, tomorrow):
    for by, user in ((moderator, moderator), (moderator, admin), (admin, admin)):
        with pytest.raises(CannotBlock):
            block(user=user, until=tomorrow, reason="?", by=by)
    assert block(user=moderator, until=tomorrow, reason="?", by=admin)


def test_who_works_in_the_admin_is_blocked_by_admins_only_too(stranger, moderator, admin, tomorrow):
    stranger.is_staff = True
    with pytest.raises(CannotBlock):
        block(user=stranger, until=tomorrow, reason="?", by=moderator)
    assert block(user=stranger, until=tomorrow, reason="?", by=admin)


def test_a_day_that_is_over_is_refused(stranger, moderator):
    with pytest.raises(CannotBlock):
        block(user=stranger, until=timezone.now(), reason="?", by=moderator)


def test_asking_about_a_guest_of_whom_nothing_is_known_costs_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert block_of(user=AnonymousUser()) is None
