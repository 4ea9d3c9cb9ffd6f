"""Who stops the server: the last process that uses it, when it ends normally, and nobody before."""

import os

import psycopg

from tests.embedded_postgres.processes import postmaster, runs, wait_until


def test_the_last_user_to_end_stops_the_server(home, use):
    first, second = use(home), use(home)
    assert (first.said(), second.said()) == ("ready", "ready")
    assert first.end() == 0
    assert runs(home)
    assert second.end() == 0
    assert not runs(home)


def test_a_killed_user_does_not_count_any_more(home, use):
    first, second = use(home), use(home)
    assert (first.said(), second.said()) == ("ready", "ready")
    first.kill()
    assert second.end() == 0
    assert not runs(home)


def test_the_server_starts_again_for_a_user_that_released_it(home, server):
    server.ensure_running()
    server.release()
    assert not runs(home)
    server.ensure_running()
    assert runs(home)


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(home, server):
    server.ensure_running()
    assert os.getsid(postmaster(home)) != os.getsid(0)
    assert os.getpgid(postmaster(home)) != os.getpgrp()


FORK = """
import os, sys
from pathlib import Path
from qa_site.embedded_postgres.server import server_in

server = server_in(Path(sys.argv[1]))
server.ensure_running()
if os.fork() == 0:
    if sys.argv[2] == "child uses it":
        server.ensure_running()
    print("child", os.getpid(), flush=True)
    sys.stdin.read()
    sys.exit()
"""


def test_a_forked_child_that_does_not_use_the_server_does_not_keep_it(home, run):
    parent = run(FORK, home, "child does not use it")
    child = int(parent.said().removeprefix("child"))
    parent.process.wait(timeout=60)
    os.kill(child, 0)  # fails if the child is gone: it must have been alive as the server was stopped
    assert not runs(home)
    parent.end()


def test_a_forked_child_is_a_user_in_its_own_right(home, run):
    parent = run(FORK, home, "child uses it")
    assert parent.said().startswith("child")
    parent.process.wait(timeout=60)
    assert runs(home)
    parent.process.stdin.close()
    wait_until(lambda: not runs(home))


def test_somebodys_psql_does_not_keep_the_server(home, use, server):
    user = use(home)
    assert user.said() == "ready"
    with psycopg.connect(**server.address("qa_site")):
        assert user.end() == 0
        assert not runs(home)
