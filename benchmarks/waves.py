"""How long it takes to look at, hide and bring back a wave of spam, and what readers and writers notice of it.

    python benchmarks/waves.py [--texts 120000] [--wave 50000]

Fills a temporary database with questions, answers and comments, of which so many link to one domain, an eighth of
them waiting for a moderator. While the wave is looked at, hidden and brought back, one other process keeps loading
pages of questions as a guest, half of them pages that the wave touches, and another answers a question that it does
not touch, ten times a second. Seconds of the clock for the three acts; for reading and answering the median and the
95th percentile in milliseconds, before and during.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")
os.environ |= {"DEBUG": "no", "SECRET_KEY": "for measuring only", "ALLOWED_HOSTS": "testserver"}

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from answers import answering, markup, tallies  # noqa: E402
from answers.invariants import INVARIANTS as ANSWERS  # noqa: E402
from answers.models import Answer, Comment, Revision  # noqa: E402
from qa_site.accounts.models import User  # noqa: E402
from qa_site.moderation import waves  # noqa: E402
from qa_site.moderation.models import Wave  # noqa: E402
from qa_site.moderation.wave_matching import Target, match, newest  # noqa: E402
from questions.duplicates import evaluation  # noqa: E402
from questions.invariants import INVARIANTS as QUESTIONS  # noqa: E402
from questions.models import Question, State, WordingIndex  # noqa: E402
from questions.rendering import rendered  # noqa: E402

TARGET = Target(Wave.Kind.LINK_DOMAIN, "spam.example")
LINK = "Look at [this](https://shop.spam.example/offer)"
BEFORE = 15  # seconds of reading and writing with nothing else going on
_BATCH = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=120_000, metavar="N")
    parser.add_argument("--wave", type=int, default=50_000, metavar="N")
    options = parser.parse_args()
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # The reader and the writer are nobody's guests: no allowance is to run out.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "limit" not in name.lower()]
    with evaluation.temporary_database(f"qa_site_waves_{os.getpid()}"):
        moderator = User.objects.create_superuser("moderator@example.org", name="Moderator")
        touched, untouched = _fill(options.texts, options.wave)
        print(f"{options.texts:,} texts, of which {options.wave:,} are spam in a wave")
        _measure(moderator, touched, untouched)
        for invariant in QUESTIONS + ANSWERS:
            assert invariant.first_offenders()[0] == 0, invariant.sentence


def _fill(texts: int, wave: int) -> tuple[list[int], list[int]]:
    """Write an eighth of the texts as questions, five eighths as answers, two as comments; return touched homes."""
    chance, now = random.Random(5), timezone.now() - timedelta(days=400)
    # Twenty thousand words, the commonest far more often than the others, as in any language.
    syllables = [f"{first}{second}" for first in "bdfgklmnprstvz" for second in "aeiou"]
    words = sorted({"".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(20_000)})
    chance.shuffle(words)
    shares = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    author = User.objects.create_user("author@example.org", name="Author")

    def prose(count: int) -> str:
        return " ".join(chance.choices(words, cum_weights=shares, k=count))

    spam = [number < wave for number in range(texts)]
    chance.shuffle(spam)
    kinds = {"question": texts // 8, "answer": texts * 5 // 8}
    kinds["comment"] = texts - sum(kinds.values())
    mine = iter(spam)

    def columns(is_spam: bool, number: int) -> dict[str, object]:
        state = State.PENDING if is_spam and number % 8 == 0 else State.APPROVED
        return {"author": author, "state": state, "created_at": now + timedelta(minutes=number)}

    homes = []
    for number in range(kinds["question"]):
        is_spam, pk = next(mine), Question.next_id()
        text, details = f"What is {prose(6)} {number}?", f"{prose(60)} {LINK if is_spam else ''}"
        homes.append(
            Question(
                pk=pk,
                primary_id=pk,
                text=text,
                key=text.lower().rstrip("?"),
                details=details,
                details_html=rendered(details),
                last_activity_at=now + timedelta(minutes=number),
                **columns(is_spam, number),
            )
        )
    _write(Question, homes)
    _write(WordingIndex, [WordingIndex(question=home, text=home.text) for home in homes])
    # Every home that a page may be asked of without spam of its own gets all its answers from the same hand.
    answers = []
    for number in range(kinds["answer"]):
        text = f"{prose(120)} {LINK if next(mine) else ''}"
        answers.append(
            Answer(
                question=chance.choice(homes[: len(homes) * 9 // 10]),
                text=text,
                html=rendered(text),
                **columns(LINK in text, number),
            )
        )
    _write(Answer, answers)
    _write(
        Revision,
        [Revision(answer=a, number=1, text=a.text, author=author, created_at=a.created_at) for a in answers],
    )
    comments = []
    for number in range(kinds["comment"]):
        text = f"{prose(30)} {LINK.split('(')[1].rstrip(')') if next(mine) else ''}"
        comments.append(
            Comment(
                answer=chance.choice(answers),
                text=text,
                html=markup.comment_html(text),
                **columns("spam" in text, number),
            )
        )
    _write(Comment, comments)
    tallies.recount_homes(home.pk for home in homes)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    seen = [home for home in homes if home.state == State.APPROVED and LINK not in home.details]
    last_tenth = {home.pk for home in homes[len(homes) * 9 // 10 :]}
    return [home.pk for home in seen if home.pk not in last_tenth], [
        home.pk for home in seen if home.pk in last_tenth
    ]


def _write(model, rows: list) -> None:
    model._default_manager.bulk_create(rows, batch_size=_BATCH)


def _measure(moderator: User, touched: Sequence[int], untouched: Sequence[int]) -> None:
    connection.close()
    with suppress(AttributeError):
        connection.close_pool()
    reader = _Process(_read, touched, untouched)
    writer = _Process(_answer, touched, untouched)
    phases: dict[str, tuple[float, float]] = {}
    busy: dict[str, float] = {}

    def phase(name: str, work: Callable[[], object]):
        began, computed = time.monotonic(), _computed()
        result = work()
        phases[name] = began, time.monotonic()
        busy[name] = _computed() - computed
        return result

    phase("before", lambda: time.sleep(BEFORE))
    matched = phase("look", _look)
    wave = phase(
        "hide",
        lambda: waves.hide(TARGET, by=moderator, reason="Spam", fingerprint=matched.fingerprint),
    )
    time.sleep(1)
    phase("undo", lambda: waves.undo(wave, by=moderator))
    times = {"reading": reader.stop(), "answering": writer.stop()}
    for name in ("look", "hide", "undo"):
        took = phases[name][1] - phases[name][0]
        print(
            f"{name:>5}: {took:5.1f} s for {wave.hidden_count:,} texts, {busy[name]:.1f} s of them computing"
        )
    for what, moments in times.items():
        calm = None
        for name, (began, ended) in phases.items():
            # Whatever was going on at some moment of the phase.
            durations = [took for start, took in moments if start < ended and start + took > began]
            half, most, longest = _percentiles(durations)
            calm = calm or (half, most)
            print(
                f"{what:>9} during {name:<6}: {len(durations):5} times, p50 {half:6.1f} ms, p95 {most:6.1f} ms, "
                f"longest {longest:7.1f} ms; p95 is {most / calm[1]:.1f} times that before"
            )


def _computed() -> float:
    """Seconds that this process and its PostgreSQL have computed so far; the rest of a time is waiting for a core."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():  # the database is on another machine
        return 0.0
    ticks = sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13]))
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _look() -> object:
    """What the page of the preview asks for."""
    matched = match(TARGET)
    for kind in matched.ids:
        newest(matched, kind, most=50)
    return matched


class _Process:
    """Something done over and over in a process of its own, and how long it took each time."""

    def __init__(self, work: Callable, *homes: Sequence[int]) -> None:
        context = multiprocessing.get_context("fork")
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_over_and_over, args=(work, homes, theirs), daemon=True)
        self.process.start()

    def stop(self) -> list[tuple[float, float]]:
        self.ours.send("stop")
        moments = self.ours.recv()
        self.process.join()
        return moments


def _over_and_over(work: Callable, homes, pipe) -> None:
    once = work(*homes)
    for _ in range(5):
        once()
    moments = []
    while not pipe.poll():
        start = time.monotonic()
        once()
        moments.append((start, time.monotonic() - start))
        time.sleep(0.1 if work is _answer else 0.02)
    pipe.send(moments)
    connection.close()


def _read(touched: Sequence[int], untouched: Sequence[int]) -> Callable[[], None]:
    chance, client = random.Random(os.getpid()), Client()
    addresses = {
        question.pk: question.get_absolute_url()
        for question in Question.objects.filter(pk__in=[*touched, *untouched])
    }

    def once() -> None:
        response = client.get(addresses[chance.choice(chance.choice([touched, untouched]))])
        assert response.status_code == 200, response.status_code

    return once


def _answer(touched: Sequence[int], untouched: Sequence[int]) -> Callable[[], None]:
    homes = list(Question.objects.filter(pk__in=untouched[:100]))
    number = 0

    def once() -> None:
        nonlocal number
        number += 1
        answering.answer(homes[number % len(homes)], f"An answer that nobody hides, number {number}.")

    return once


def _percentiles(seconds: Sequence[float]) -> tuple[float, float, float]:
    ordered = sorted(seconds)
    if not ordered:
        return 0.0, 0.0, 0.0
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 for share in (0.5, 0.95)]
    return at[0], at[1], ordered[-1] * 1000


if __name__ == "__main__":
    main()
