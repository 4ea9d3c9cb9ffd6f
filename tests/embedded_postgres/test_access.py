"""Whose the server is, and who may come near it."""

import os
import pwd
import stat
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from qa_site.embedded_postgres.programs import ServerError, _may_read, account_for, program_directory
from qa_site.embedded_postgres.server import SOCKET, Server
from tests.embedded_postgres.processes import clean_up, postmaster

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def as_nobody(what: Callable[[], None]) -> str:
    """Do `what` in a forked child that is the account nobody; return the traceback of what it raised, if any."""
    account = pwd.getpwnam("nobody")
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        said = ""
        try:
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)
            what()
        except BaseException:
            said = traceback.format_exc()
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.fixture
def open_directory() -> Iterator[Path]:
    """A directory that everyone may enter and write in. (pytest's own are only for whoever runs it.)"""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)
        clean_up(Path(name, "postgres"))


def test_only_the_owner_can_enter_the_directory_or_open_the_socket(home, server):
    server.ensure_running()
    assert stat.S_IMODE(home.stat().st_mode) & 0o007 == 0
    assert stat.S_IMODE((home / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "data" / SOCKET).stat().st_mode) == 0o700
    assert {stat.S_IMODE(lock.stat().st_mode) for lock in home.glob("*.lock")} == {0o600}


@as_root
def test_another_user_cannot_connect_not_even_the_one_the_server_runs_as(open_directory):
    server = Server(open_directory / "postgres")
    server.ensure_running()

    def intrude() -> None:
        psycopg.connect(**server.address("postgres"))

    said = as_nobody(intrude)
    server.release()
    assert "Permission denied" in said


@as_root
def test_roots_server_runs_as_nobody_without_any_privilege(open_directory):
    server = Server(open_directory / "postgres")
    server.ensure_running()
    status = Path(f"/proc/{postmaster(server.home)}/status").read_text()
    server.release()
    assert f"Uid:\t{pwd.getpwnam('nobody').pw_uid}\t" in status
    assert "CapEff:\t0000000000000000" in status


@as_root
def test_below_a_directory_for_root_alone_the_server_gets_the_privilege_to_read_and_no_other(open_directory):
    closed = open_directory / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "postgres")
    server.ensure_running()
    status = Path(f"/proc/{postmaster(server.home)}/status").read_text()
    with psycopg.connect(**server.address("postgres")) as connection:
        connection.execute("create extension vector")
    server.release()
    clean_up(server.home)
    effective = next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff:"))
    assert int(effective, 16) in {1 << 2, 1 << 1}
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_an_ordinary_user_runs_the_server_as_itself_and_root_may_visit(open_directory):
    nobody = pwd.getpwnam("nobody")
    if not _may_read(program_directory(), nobody.pw_uid, nobody.pw_gid):
        pytest.skip("PostgreSQL's programs are out of reach for nobody")
    server = Server(open_directory / "postgres")

    def use_it() -> None:
        server.ensure_running()
        with psycopg.connect(**server.address("postgres")) as connection:
            connection.execute("create table if not exists note (text text)")
        server.release()

    assert as_nobody(use_it) == ""
    use_it()
    assert {path.owner() for path in server.home.iterdir()} == {"nobody"}
    assert as_nobody(use_it) == ""


@as_root
def test_an_ordinary_user_is_told_whose_the_data_are(open_directory):
    server = Server(open_directory / "postgres")
    server.ensure_running()
    server.release()
    assert "belongs to root, but the site runs as nobody" in as_nobody(server.ensure_running)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is another's for root")
def test_a_directory_of_root_is_refused():
    with pytest.raises(ServerError, match="belongs to root"):
        account_for(Path("/"))
