"""What happens after kill -9, of the server or of the site: the next to come has a server, and all data."""

import os
import shutil
import signal

import psycopg
import pytest

from qa_site.embedded_postgres.server import Server
from tests.embedded_postgres.processes import kill_postmaster, postmaster, runs, wait_until


@pytest.fixture
def note(server: Server) -> Server:
    """A running server that has promised to remember something."""
    server.ensure_running()
    server.ensure_database("qa_site")
    with psycopg.connect(**server.address("qa_site")) as connection:
        connection.execute("create table note as select 'remember' as text")
    return server


def lets_in(server: Server) -> bool:
    try:
        psycopg.connect(**server.address("qa_site")).close()
    except psycopg.OperationalError:
        return False
    return True


def remembered(server: Server) -> str:
    with psycopg.connect(**server.address("qa_site")) as connection:
        return connection.execute("select text from note").fetchone()[0]


def test_a_killed_server_is_started_again_with_all_its_data(home, note):
    kill_postmaster(home)
    note.ensure_running()
    assert remembered(note) == "remember"


def test_a_server_killed_while_connections_are_open_is_started_again(home, note):
    with psycopg.connect(**note.address("qa_site")):
        os.kill(postmaster(home), signal.SIGKILL)
        wait_until(lambda: not runs(home))
        note.ensure_running()
        assert remembered(note) == "remember"


def test_process_numbers_that_now_belong_to_others_do_not_stop_the_start(home, note):
    numbers = (home / "data" / "postmaster.pid").read_text().split("\n", 1)
    kill_postmaster(home)
    for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (home / "data" / name).write_text(f"{os.getpid()}\n{numbers[1]}")
    note.ensure_running()
    assert remembered(note) == "remember"


def test_a_killed_user_leaves_the_server_to_the_next_who_stops_it_in_the_end(home, use):
    first = use(home)
    assert first.said() == "ready"
    before = postmaster(home)
    first.kill()
    assert runs(home)
    second = use(home)
    assert second.said() == "ready"
    assert postmaster(home) == before
    assert second.end() == 0
    assert not runs(home)


def test_after_everything_was_killed_at_once_the_next_one_starts_as_if_nothing_were_amiss(home, use):
    user = use(home)
    assert user.said() == "ready"
    user.kill()
    kill_postmaster(home)
    again = use(home)
    assert again.said() == "ready"
    assert again.end() == 0


def test_a_server_told_to_stop_while_it_recovers_does_stop(home, note):
    """PostgreSQL 18 hangs when a fast shutdown meets crash recovery, as when a backend was just killed."""
    with psycopg.connect(**note.address("qa_site")) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        wait_until(lambda: not lets_in(note))
        note.release()
    assert not runs(home)
    note.ensure_running()
    assert remembered(note) == "remember"


def test_a_directory_deleted_under_a_user_is_made_anew(home, note):
    kill_postmaster(home)
    shutil.rmtree(home)
    note.ensure_running()
    note.ensure_database("qa_site")
    psycopg.connect(**note.address("qa_site")).close()
