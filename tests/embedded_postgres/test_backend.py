"""Django on the server: the first query starts it, the pool gets over its death, and dbshell and gunicorn work."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.embedded_postgres.processes import REPOSITORY, kill_postmaster, postmaster, runs, wait_until

SITE = """
import os, sys
from pathlib import Path
import django
from django.conf import settings

settings.configure(
    SECRET_KEY="only for tests",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="site_of_one_page",
    EMBEDDED_POSTGRES_DIR=Path(os.environ["HOME_OF_SERVER"]),
    DATABASES={
        "default": {
            "ENGINE": "qa_site.embedded_postgres",
            "NAME": "qa_site",
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 4, "timeout": 10}},
        }
    },
)
django.setup()
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path


def answer(request=None):
    with connection.cursor() as cursor:
        cursor.execute("select 'the answer'")
        return HttpResponse(f"{cursor.fetchone()[0]} of {os.getpid()}")


urlpatterns = [path("", answer)]
"""

ASK_TWICE = """
print(answer().content.decode(), flush=True)
connection.close()
sys.stdin.readline()
print(answer().content.decode(), flush=True)
"""


def test_the_pool_gets_over_the_death_of_the_server(home, run):
    site = run(SITE + ASK_TWICE, HOME_OF_SERVER=str(home))
    assert site.said().startswith("the answer")
    kill_postmaster(home)
    site.process.stdin.write("again\n")
    site.process.stdin.flush()
    assert site.said().startswith("the answer")
    assert site.end() == 0
    assert not runs(home)


def test_dbshell_starts_the_server_and_stops_it(home, run):
    shell = run(SITE + "call_command('dbshell', '--', '-Atc', 'select 6 * 7')", HOME_OF_SERVER=str(home))
    assert shell.said() == "42"
    assert shell.end() == 0
    assert not runs(home)


def test_a_test_database_is_made_and_destroyed_beside_the_sites(home, run):
    script = "connection.creation.create_test_db(verbosity=0, autoclobber=True)\n"
    script += "print(connection.settings_dict['NAME'], answer().content.decode())\n"
    script += "connection.creation.destroy_test_db('qa_site', verbosity=0)"
    tests = run(SITE + script, HOME_OF_SERVER=str(home))
    assert tests.said().startswith("test_qa_site the answer")
    assert tests.end() == 0


def test_a_command_prints_one_sentence_instead_of_a_traceback(home):
    (home / "data" / "PG_VERSION").write_text("13\n")
    script = "from django.core.management import execute_from_command_line\n"
    script += "execute_from_command_line(['manage.py', 'migrate', '--skip-checks'])"
    command = [sys.executable, "-W", "error", "-c", SITE + script]
    environment = os.environ | {"HOME_OF_SERVER": str(home)}
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("UnsuitableServer: The installed package")
    assert "Traceback" not in done.stderr


@pytest.fixture
def gunicorn(home: Path, tmp_path: Path) -> Iterator[Path]:
    """Two workers, forked from a master that has used the database; the path of the socket they listen on."""
    (tmp_path / "site_of_one_page.py").write_text(f"{SITE}\nanswer()\napplication = get_wsgi_application()\n")
    address = tmp_path / "web"
    options = ["--preload", "--workers=2", "--log-level=error", f"--pythonpath={REPOSITORY}"]
    master = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            *options,
            f"--bind=unix:{address}",
            "site_of_one_page:application",
        ],
        cwd=tmp_path,
        env=os.environ | {"HOME_OF_SERVER": str(home)},
    )
    wait_until(address.exists)
    yield address
    master.terminate()
    master.wait(timeout=60)


def get(address: Path) -> str:
    """Return the body of the page."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(20)
        client.connect(str(address))
        client.sendall(b"GET / HTTP/1.0\r\nHost: localhost\r\n\r\n")
        reply = b"".join(iter(lambda: client.recv(4096), b""))
    return reply.split(b"\r\n\r\n", 1)[1].decode()


def test_forked_workers_share_a_server_that_their_master_started(home, gunicorn):
    before = postmaster(home)
    answers = {get(gunicorn) for _ in range(20)}
    assert {answer.rsplit(" ", 1)[0] for answer in answers} == {"the answer of"}
    assert postmaster(home) == before
    kill_postmaster(home)
    assert get(gunicorn).startswith("the answer")
