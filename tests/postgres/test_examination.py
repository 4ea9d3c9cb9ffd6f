"""A server that cannot serve the site is refused at the first connection, in one sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from qa_site.embedded_postgres.server import Server
from qa_site.postgres import base
from qa_site.postgres.base import DatabaseWrapper
from qa_site.postgres.errors import UnreachableServer, UnsuitableServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with a role that may not create extensions, as on a machine with a careful administrator."""
    server = Server(tmp_path_factory.mktemp("other") / "postgres")
    server.ensure_running()
    server.ensure_database("qa_site")
    with psycopg.connect(**server.address("qa_site"), autocommit=True) as connection:
        connection.execute("create role site login password 'secret'")
        connection.execute("grant all on database qa_site to site")
    yield server
    server.release()


@pytest.fixture
def address(server: Server) -> dict[str, Any]:
    return {**server.address("qa_site"), "user": "site", "password": "secret"}


@pytest.fixture
def wrapper() -> DatabaseWrapper:
    return DatabaseWrapper({"ENGINE": "qa_site.postgres", "OPTIONS": {}, "TIME_ZONE": None})


def test_a_server_with_the_extension_is_taken(server, wrapper, address):
    with psycopg.connect(**server.address("qa_site"), autocommit=True) as connection:
        connection.execute("create extension vector")
        wrapper.examine_server(address)
        connection.execute("drop extension vector")


def test_an_extension_that_the_role_may_create_is_enough_and_is_not_created(server, wrapper):
    wrapper.examine_server(server.address("qa_site"))
    with psycopg.connect(**server.address("qa_site")) as connection:
        assert connection.execute("select 1 from pg_extension where extname = 'vector'").fetchone() is None


def test_an_extension_that_the_role_may_not_create_is_left_to_a_superuser(wrapper, address):
    with pytest.raises(
        UnsuitableServer, match=r'the role "site" may not create.*as a superuser: CREATE EXTENSION'
    ):
        wrapper.examine_server(address)


def test_a_server_without_the_extension_is_told_where_it_comes_from(wrapper, address, monkeypatch):
    monkeypatch.setattr(base, "EXTENSION", "no_such_extension")
    with pytest.raises(UnsuitableServer, match="apt install postgresql-18-pgvector"):
        wrapper.examine_server(address)


def test_an_old_extension_is_refused_with_how_to_update_it(wrapper, address, monkeypatch):
    monkeypatch.setattr(base, "OLDEST_EXTENSION", (99, 0))
    with pytest.raises(
        UnsuitableServer, match=r"needs pgvector 99\.0 or newer.* ALTER EXTENSION vector UPDATE"
    ):
        wrapper.examine_server(address)


def test_an_old_server_is_refused_without_showing_the_password(wrapper, address, monkeypatch):
    monkeypatch.setattr(base, "OLDEST", 99)
    with pytest.raises(
        UnsuitableServer, match=r"needs PostgreSQL 99 or newer; the server at .* is 18\.\d+"
    ) as refusal:
        wrapper.examine_server(address)
    assert "secret" not in str(refusal.value)


def test_a_server_that_is_not_there_is_unreachable_at_once(wrapper, tmp_path: Path):
    with pytest.raises(UnreachableServer, match="DATABASE_URL cannot be used"):
        wrapper.examine_server({"host": str(tmp_path), "dbname": "qa_site", "password": "secret"})
