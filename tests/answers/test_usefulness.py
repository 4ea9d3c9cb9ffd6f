"""Marks of members and guests, and how many guests one block of addresses is taken for."""

from uuid import uuid4

import pytest
from django.test import RequestFactory

from answers import answering, usefulness
from answers.models import Answer, UsefulMark
from door.addresses import address_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(ask) -> Answer:
    return answering.answer(ask("How do tides work?"), "The moon.")


def count(answer: Answer) -> int:
    return Answer.objects.get(pk=answer.pk).useful_count


def block(address: str, forwarded: str = "") -> str:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return address_block(RequestFactory().get("/", REMOTE_ADDR=address, **headers))


def test_so_many_guests_from_one_block_and_no_more(answer, settings):
    settings.USEFUL_PER_ADDRESS_BLOCK = 2
    first = uuid4()
    for guest in (first, uuid4()):
        usefulness.mark(answer, guest=guest, address_block="a")
    with pytest.raises(usefulness.TooManyFromThere):
        usefulness.mark(answer, guest=uuid4(), address_block="a")
    assert count(answer) == 2
    usefulness.mark(answer, guest=first, address_block="a")  # who said so before may say so again
    usefulness.mark(answer, guest=uuid4(), address_block="b")
    assert count(answer) == 3
    usefulness.unmark(answer, guest=first)
    usefulness.mark(answer, guest=uuid4(), address_block="a")
    assert count(answer) == 3


def test_members_are_not_counted_by_where_they_are(answer, asker, stranger, settings):
    settings.USEFUL_PER_ADDRESS_BLOCK = 1
    for member in (asker, stranger):
        usefulness.mark(answer, by=member)
    assert count(answer) == 2
    assert not UsefulMark.objects.exclude(address_block="").exists()


def test_neighbours_share_a_block_and_strangers_do_not():
    assert block("203.0.113.7") == block("203.0.113.250") != block("203.0.114.7")
    assert block("2001:db8:1:2::3") == block("2001:db8:1:ffff::9") != block("2001:db8:2::3")
    assert block("::ffff:203.0.113.9") == block("203.0.113.7")


def test_the_address_cannot_be_read_from_the_block():
    assert "203" not in bytes.fromhex(block("203.0.113.7")).decode("latin-1")
    assert len(block("203.0.113.7")) == 32


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "", "nonsense"])
def test_an_address_that_says_nothing_has_no_block(address):
    assert block(address) == ""


def test_forwarded_addresses_are_believed_as_far_as_the_setting_says(settings):
    made_up = "198.51.100.1, 203.0.113.7"
    assert block("192.0.2.1", made_up) == block("192.0.2.1")
    settings.TRUSTED_PROXIES = 1
    assert block("127.0.0.1", made_up) == block("203.0.113.7")
    assert block("127.0.0.1", "203.0.113.7:4711") == block("203.0.113.7")
    assert block("127.0.0.1", "[2001:db8::1]:4711") == block("2001:db8::1")
    settings.TRUSTED_PROXIES = 2
    assert block("127.0.0.1", made_up) == block("198.51.100.1")
    settings.TRUSTED_PROXIES = 3
    assert block("192.0.2.1", made_up) == block("192.0.2.1")
