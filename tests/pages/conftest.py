"""Browsing as each of the people."""

import pytest
from django.test import Client


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def as_guest(db) -> Client:
    return Client()


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
