"""Browsing as each of the people."""

from __future__ import annotations

import time

import pytest
from django.test import Client

from door import stamps
from questions import merging


class PageClient(Client):
    """Sends forms with the stamp of a page that was opened a while ago, unless a test gives `stamp` itself, or "" ."""

    def post(self, path, data=None, *args, **options):
        if data is None or isinstance(data, dict):
            data = {"stamp": stamps.new_stamp(began=time.time() - 60)} | (data or {})
        return super().post(path, data, *args, **options)


def signed_in(user) -> Client:
    client = PageClient()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def as_guest(db) -> Client:
    return PageClient()


@pytest.fixture
def as_asker(asker) -> Client:
    return signed_in(asker)


@pytest.fixture
def as_stranger(stranger) -> Client:
    return signed_in(stranger)


@pytest.fixture
def as_moderator(moderator) -> Client:
    return signed_in(moderator)


@pytest.fixture
def as_admin(admin) -> Client:
    return signed_in(admin)


@pytest.fixture
def two_families(ask, moderator):
    """A question, and another with an alternate."""
    question, other = ask("How do tides work?"), ask("Why does the sea rise?")
    alternate = merging.add_alternate("What lifts the sea?", to=other, by=moderator).question
    return question, other, alternate
