"""What the door costs a request: a limit check, with its two keys, and a claim of a form, beside a question page.

    python benchmarks/limits.py [--rounds 400]

All in a temporary database, in turns, so that what else the machine does falls on all alike: what to read are the
ratios. The question page is asked for as a guest does, through Django's test client: 15 answers and
5 more wordings. "at once" is eight connections that take from the same two allowances.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from answers import answering  # noqa: E402
from door import limits, stamps  # noqa: E402
from door.allowances import Allowance  # noqa: E402
from questions import asking, merging  # noqa: E402
from questions.duplicates import evaluation  # noqa: E402

WIDE = Allowance(1_000_000, 1)
WANTED = {"answer by 1": WIDE, "answer from 0123456789abcdef0123456789abcdef": WIDE}
REFUSED = {"ask by 1": Allowance(1, 86_400), "ask from 0123456789abcdef0123456789abcdef": WIDE}
AT_ONCE, EACH = 8, 250


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=400)
    rounds = parser.parse_args().rounds
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.EMBEDDING_MODEL_DIR = "no/such/folder"
    # As the files lie there, without a folder that they were collected in.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with evaluation.temporary_database(f"qa_site_limits_{os.getpid()}"):
        address, guest = _question_page(), Client()
        tasks: dict[str, Callable[[], object]] = {
            "question page": lambda: guest.get(address),
            "limit check": lambda: limits.take(WANTED),
            "limit check that refuses": lambda: limits.take(REFUSED),
            "limit check, new keys": lambda: limits.take({uuid4().hex: WIDE, uuid4().hex: WIDE}),
            "making a stamp": stamps.new_stamp,
            "SELECT 1": _nothing,
        }
        for task in tasks.values():
            for _ in range(20):
                task()
        times: dict[str, list[float]] = {name: [] for name in tasks}
        for _ in range(rounds):
            for name, task in tasks.items():
                began = time.perf_counter()
                task()
                times[name].append((time.perf_counter() - began) * 1_000)
        page = statistics.median(times["question page"])
        print(f"{'':28}{'p50 ms':>10}{'p95 ms':>10}{'of a page':>12}")
        for name, taken in times.items():
            median = statistics.median(taken)
            print(
                f"{name:28}{median:>10.3f}{statistics.quantiles(taken, n=20)[18]:>10.3f}{median / page:>12.1%}"
            )
        print(f"{AT_ONCE} at once: {_at_once():,.0f} checks a second")


def _question_page() -> str:
    question = asking.ask("How do the tides work?", details="It is high twice a day. " * 20)
    for number in range(5):
        merging.add_alternate(f"Why does the sea rise, put in way {number}?", to=question, by=None)
    for number in range(15):
        answering.answer(question, f"Answer {number}. " + "By the pull of the *moon*. " * 40)
    return question.get_absolute_url()


def _nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def _at_once() -> float:
    def take(_: int) -> None:
        try:
            for _ in range(EACH):
                limits.take(WANTED)
        finally:
            connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(take, range(AT_ONCE)))
    return AT_ONCE * EACH / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
