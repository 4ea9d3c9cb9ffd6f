"""The command: what it says, that it goes on after any end, and that it runs beside the site without being felt."""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from questions.duplicates import embedding, mining
from questions.models import DuplicateCandidate, MiningWalk

pytestmark = pytest.mark.django_db

REPOSITORY = Path(__file__).resolve().parents[3]
# Any two of them side by side make a word that nobody else has.
WORDS = ["ash", "birch", "cedar", "dog", "elm", "fir", "gum", "hazel", "ivy", "jute"]
WORDS += ["kelp", "larch", "maple", "nut", "oak", "palm", "reed", "sedge", "teak", "yew"]
TIDES, TIDES_TOO = "What is the cause of the tides?", "What causes the tides?"


def find_duplicates(*arguments, **options):
    out = io.StringIO()
    call_command("find_duplicates", *arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_it_says_what_it_does_and_ends_with_a_table(ask):
    ask(TIDES), ask(TIDES_TOO)
    assert find_duplicates() == (
        "Without the model duplicates are found by words alone; “manage.py check” says what is missing.\n"
        "Looks for duplicates of 2 wordings.\n"
        "Filed 1 candidates of confidence 0.5 or more.\n"
        "\n"
        "Waiting for a moderator, by confidence:\n"
        "  0.9 to 1.0         0\n"
        "  0.8 to 0.9         1  ########################################\n"
        "  0.7 to 0.8         0\n"
        "  0.6 to 0.7         0\n"
        "  0.5 to 0.6         0\n"
        "  0.4 to 0.5         0\n"
        "  0.3 to 0.4         0\n"
        "  0.2 to 0.3         0\n"
        "  0.1 to 0.2         0\n"
        "  0.0 to 0.1         0\n"
    )
    assert "Nothing is new since the last walk.\n" in find_duplicates()
    assert "Looks for duplicates of 2 wordings.\n" in find_duplicates("--all")
    assert find_duplicates(verbosity=0) == ""


def test_with_the_model_it_first_embeds_what_is_missing(ask, settings):
    ask("How do I get rid of hiccups?"), ask("What is the best way to stop hiccuping?")
    settings.EMBEDDING_MODEL_DIR = ""
    said = find_duplicates()
    assert "First embeds 2 wordings.\nLooks for duplicates of 2 wordings.\nFiled 1 candidates" in said
    assert embedding.count_missing() == 0


def test_the_threshold_can_be_chosen(ask):
    ask(TIDES), ask(TIDES_TOO)
    assert "Filed 0 candidates of confidence 0.95 or more." in find_duplicates("--threshold", "0.95")
    assert MiningWalk.objects.get().threshold == 0.95


def test_a_walk_that_is_gone_on_with_keeps_its_threshold_unless_another_is_given(ask, monkeypatch):
    monkeypatch.setattr(mining, "BATCH", 1)
    ask(TIDES), ask(TIDES_TOO)
    next(mining.go_on(mining.begin(threshold=0.95)))
    said = find_duplicates()
    assert "Goes on with the walk of " in said
    assert "Looks for duplicates of 1 wordings.\nFiled 0 candidates of confidence 0.95 or more." in said
    next(mining.go_on(mining.begin(everything=True, threshold=0.95)))
    assert "Filed 1 candidates of confidence 0.6 or more." in find_duplicates("--threshold", "0.6")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--threshold", "1.5"], "--threshold is a number between 0 and 1."),
        (["--threshold", "nan"], "--threshold is a number between 0 and 1."),
        (["--every", "0"], "--every is a number of minutes from 1."),
        (["--every", "5", "--all"], "not allowed with argument"),
    ],
)
def test_nonsense_is_refused(arguments, complaint):
    with pytest.raises(CommandError, match=re.escape(complaint)):
        find_duplicates(*arguments)


@pytest.mark.django_db(transaction=True)
def test_a_second_one_at_once_says_so_and_ends_with_status_1():
    def try_too():
        try:
            find_duplicates()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, mining.alone():
        error = pool.submit(try_too).exception(10)
    assert "Another find_duplicates is at work" in str(error)
    assert error.returncode == 1


# In processes of their own -----------------------------------------------------------------------------------


@pytest.fixture
def start(tmp_path):
    """Start a command of this site's in a process of its own, on the tests' database and without the model."""
    database = connection.settings_dict
    host, user = quote(database["HOST"], safe=""), database["USER"]
    password = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    environment = {
        "DATABASE_URL": f"postgres://{user}{password}@/{database['NAME']}?host={host}&port={database['PORT']}",
        "VAR_DIR": str(tmp_path),
        "EMBEDDING_MODEL_DIR": str(tmp_path),
    }
    processes = []

    def start_it(*command, **more):
        processes.append(
            subprocess.Popen(
                [sys.executable, *command],
                cwd=REPOSITORY,
                env=os.environ | environment | more,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return processes[-1]

    yield start_it
    for process in processes:
        process.kill()
        process.communicate()


def wait_until(what, seconds=60):
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def sessions():
    """How many others are connected to the tests' database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def has_filed():
    return DuplicateCandidate.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_a_walk_that_was_ended_goes_on_and_repeats_nothing(ask, start, by):
    for number, (one, other) in enumerate(permutations(WORDS, 2)):
        ask(f"What is the cause of {one + other}?")
        if number % 20 == 0:
            ask(f"What causes {one + other}?")
    process = start("manage.py", "find_duplicates")
    wait_until(has_filed)
    process.send_signal(by)
    _, err = process.communicate(timeout=60)
    if by == signal.SIGINT:
        assert process.returncode == 130
        assert "Stopped. What was found has been filed. Run it again to go on from there." in err
        assert "Traceback" not in err
    else:
        assert process.returncode == -signal.SIGKILL
    walk = MiningWalk.objects.get()
    assert walk.finished_at is None
    left = mining.to_walk(walk).count()
    assert 0 < left < 399
    wait_until(lambda: "Another" not in attempt(find_duplicates))
    walk.refresh_from_db()
    assert walk.finished_at is not None
    assert walk.found == DuplicateCandidate.objects.count() == 19


def attempt(what):
    try:
        return what()
    except CommandError as error:
        return str(error)


@pytest.mark.django_db(transaction=True)
def test_it_can_stay_and_walk_again_and_again_and_gives_way_to_others(ask, start):
    ask(TIDES), ask(TIDES_TOO)
    process = start("manage.py", "find_duplicates", "--every", "1")
    wait_until(has_filed)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) > os.getpriority(os.PRIO_PROCESS, 0)
    process.terminate()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Looks for duplicates of 2 wordings." in out
    assert "Traceback" not in err


@pytest.mark.django_db(transaction=True)
def test_one_that_stays_gets_over_a_database_that_is_away(start):
    process = start(
        "manage.py", "find_duplicates", "--every", "1", DATABASE_URL="postgres://127.0.0.1:1/none"
    )
    assert any("it is tried again every 1 minutes" in line for line in process.stderr)
    process.terminate()
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
def test_the_site_looks_for_duplicates_by_itself_and_leaves_nobody_behind(ask, start, by):
    ask(TIDES), ask(TIDES_TOO)
    before = sessions()
    site = serve(start, FIND_DUPLICATES_EVERY="1")
    wait_until(has_filed)
    wait_until(lambda: sessions() - before)
    site.send_signal(by)
    site.wait(timeout=60)
    wait_until(lambda: not sessions() - before)


@pytest.mark.django_db(transaction=True)
def test_the_site_can_be_told_not_to(ask, start):
    before = sessions()
    site = serve(start, FIND_DUPLICATES_EVERY="0")
    site.terminate()
    site.wait(timeout=60)
    assert not sessions() - before
    assert not MiningWalk.objects.exists()


def serve(start, **environment):
    """Start the site with gunicorn and return its process once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    site = start(
        "-m", "gunicorn", "--config", "gunicorn.conf.py", "qa_site.wsgi", PORT=str(port), **environment
    )
    assert site.stdout.readline() == f"Serving http://127.0.0.1:{port}/ (Ctrl-C ends it)\n"
    return site
