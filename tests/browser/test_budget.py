"""What reading costs: the bytes of a page as production sends them, and that nothing moves while it comes.

The site runs beside the tests as `make run` runs it, gunicorn with WhiteNoise and collected, compressed static files,
on the database of the tests. The HTML is compressed by Django.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from answers import answering, commenting
from benchmarks.pages import weigh
from docs.screenshots import wait_for
from questions import merging
from questions.models import Question

pytestmark = pytest.mark.django_db(transaction=True)

KILOBYTE = 1_000
DEMO = tomllib.loads(Path(settings.BASE_DIR, "qa_site/demo/demo.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    """The address of the site as it is served, on the database of the tests."""
    database = connection.settings_dict
    address = {"host": database["HOST"], "port": database["PORT"], "user": database["USER"]}
    folder = tmp_path_factory.mktemp("served")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "qa_site.settings",
        "DATABASE_URL": f"postgresql:///{database['NAME']}?{urlencode(address, quote_via=quote)}",
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "WEB_CONCURRENCY": "1",
        "FIND_DUPLICATES_EVERY": "0",
        "EMBEDDING_MODEL_DIR": "no/such/folder",
    }
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, cwd=settings.BASE_DIR, env=environment, check=True)
    serve = [str(Path(sys.executable).parent / "gunicorn"), "--config", "gunicorn.conf.py", "qa_site.wsgi"]
    server = subprocess.Popen(serve, cwd=settings.BASE_DIR, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/robots.txt")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=60)


@pytest.fixture
def question(ask) -> Question:
    """The demo's first with ten answers, collected from others, and comments; others of the demo are related."""
    first, *others = DEMO["question"]
    question = ask(first["text"], details=first["details"], tags=first["tags"])
    for text in first["alternates"]:
        merging.add_alternate(text, to=question, by=None)
    all_given = [answer for one in DEMO["question"] for answer in one.get("answer", [])]
    for given in all_given[:10]:
        answer = answering.answer(question, given["text"], guest_name="Kofi")
        for comment in given.get("comment", []):
            commenting.comment(answer, comment["text"], guest_name="Mei")
    for other in others[:12]:
        ask(other["text"], tags=first["tags"])
    return question


def test_a_question_page_that_is_read_stays_within_its_budget(browser, site, question, record_property):
    weight = weigh(browser, site + question.get_absolute_url())
    for kind, size in weight.sizes.items():
        record_property(f"bytes of {kind}", size)
    assert 0 < weight.sizes["JavaScript"] < 15 * KILOBYTE
    assert weight.answers == 10  # it is the page
    assert weight.without_pictures < 60 * KILOBYTE, weight.line()
    assert weight.hosts == {site.removeprefix("http://")}


@pytest.mark.parametrize("width", [1200, 360])
def test_nothing_moves_and_no_script_keeps_a_page_from_being_seen(browser, site, question, width):
    pages = ["/", question.get_absolute_url(), "/ask/", "/search/?q=wax"]
    weights = {path: weigh(browser, site + path, width=width) for path in pages}
    assert {path: weight.unasked for path, weight in weights.items()} == dict.fromkeys(pages, 0)
    assert [weight.blocking for weight in weights.values() if weight.blocking] == []


@pytest.mark.parametrize("width", [1200, 360])
def test_the_line_and_its_button_stay_while_similar_questions_come_in(browser, site, question, width):
    # What stands below the panel moves. Browsers count that as asked for if the panel comes within half a second of a
    # key, which a machine that runs tests does not always manage.
    weight = weigh(browser, f"{site}/ask/", width=width, typed="How do I get candle wax out")
    assert weight.before_similar == 0
