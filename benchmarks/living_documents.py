"""How long it takes to save a long answer that has many texts, and to show the history of one that has more.

    python benchmarks/living_documents.py

Fills a temporary database with an answer of 5,000 words and 100 texts, edits it, and tells where the time goes; then
gives it 1,000 texts and asks for its history, as a guest and as who may restore, and for a comparison. Milliseconds
of the clock, the median and the 95th percentile; those of the parts are medians. "SQL" is the time that waiting for
PostgreSQL took within the part.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")
# A site in development keeps every query it runs, which is neither quick nor what readers meet.
os.environ |= {"DEBUG": "no", "SECRET_KEY": "for measuring only", "ALLOWED_HOSTS": "testserver"}

import django  # noqa: E402

django.setup()

import comparing as texts  # noqa: E402
import numpy as np  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from answers import answering, copies, tallies  # noqa: E402
from answers.models import Answer, Revision  # noqa: E402
from qa_site.accounts.models import User  # noqa: E402
from questions import asking, families  # noqa: E402
from questions.duplicates import evaluation  # noqa: E402

WORDS, TEXTS, MORE_TEXTS, TIMES = 5_000, 100, 1_000, 50
# What saving consists of; the rest is the two rows themselves and the transaction.
PARTS = {
    "lock the family": (families, "lock"),
    "find the newest text": (answering, "newest_revision"),
    "render Markdown": (answering, "rendered"),
    "find copied passages": (copies, "record"),
    "recount the question": (tallies, "recount_home"),
}


def main() -> None:
    # The names of the files as they are, for nobody has collected them.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    chance = random.Random(4)
    paragraphs = texts.paragraphs(chance, WORDS)
    with evaluation.temporary_database(f"qa_site_documents_{os.getpid()}"):
        editor = User.objects.create_superuser("editor@example.org", name="Editor")
        text = texts.joined(paragraphs)
        answer = answering.answer(asking.ask("How long is long?"), text, by=editor)
        _add_texts(answer, TEXTS - 1, editor)
        print(f"An answer of {WORDS:,} words, {len(text):,} characters, {TEXTS} texts")
        _save(
            answer, [texts.joined(texts.changed(chance, paragraphs, 0.01)) for _ in range(TIMES + 5)], editor
        )
        _add_texts(answer, MORE_TEXTS - answer.revisions.count(), editor)
        print(f"\nThe same answer with {answer.revisions.count():,} texts")
        _read(answer, editor)


def _add_texts(answer: Answer, count: int, editor: User) -> None:
    first = answering.newest_revision(answer)
    Revision.objects.bulk_create(
        Revision(
            answer=answer,
            number=number,
            text=first.text,
            summary=f"change {number}",
            author=editor,
            created_at=timezone.now(),
        )
        for number in range(first.number + 1, first.number + count + 1)
    )


def _save(answer: Answer, changed: list[str], editor: User) -> None:
    """Save each text, the first five to warm up, and print how long it took."""
    whole: list[float] = []
    parts: dict[str, list[float]] = defaultdict(list)
    waited: dict[str, list[float]] = defaultdict(list)
    for text in changed:
        with _measured(parts, waited):
            whole.append(_milliseconds(lambda text=text: answering.edit(answer, text, by=editor)))
    print(f"{'saving it':28}{'p50':>8}{'p95':>8}")
    print(f"{'whole':28}{np.percentile(whole[5:], 50):8.1f}{np.percentile(whole[5:], 95):8.1f}")
    print(f"{'':28}{'p50':>8}{'SQL':>8}")
    for name in PARTS:
        print(f"  {name:26}{np.median(parts[name][5:]):8.1f}{np.median(waited[name][5:]):8.1f}")
    rest = np.median(whole[5:]) - sum(np.median(parts[name][5:]) for name in PARTS)
    rest_waited = np.median(waited["all"][5:]) - sum(np.median(waited[name][5:]) for name in PARTS)
    print(f"  {'write the rows, commit':26}{rest:8.1f}{rest_waited:8.1f}")


@contextmanager
def _measured(parts: dict[str, list[float]], waited: dict[str, list[float]]) -> Iterator[None]:
    """Measure one run of each part, and how long PostgreSQL took in it."""
    spent = {"all": 0.0}

    def wait(execute: Callable[..., Any], *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent["all"] += 1000 * (time.perf_counter() - started)

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            before, started = spent["all"], time.perf_counter()
            try:
                return work(*arguments, **options)
            finally:
                parts[name].append(1000 * (time.perf_counter() - started))
                waited[name].append(spent["all"] - before)

        return run

    with ExitStack() as stack:
        for name, (module, function) in PARTS.items():
            work = getattr(module, function)
            stack.enter_context(mock.patch.object(module, function, timed(name, work)))
        stack.enter_context(connection.execute_wrapper(wait))
        yield
    waited["all"].append(spent["all"])


def _read(answer: Answer, editor: User) -> None:
    guest, member = Client(), Client()
    member.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/answers/{answer.pk}/"
    pages = {
        "history, a guest": (guest, f"{address}history/"),
        "history, an editor": (member, f"{address}history/"),
        "history, page 10 of 20": (member, f"{address}history/?after=550_{10**12}"),
        "two texts side by side": (guest, f"{address}compare/?from={TEXTS}&to={TEXTS + 20}"),
        "two texts in one": (guest, f"{address}compare/?from={TEXTS}&to={TEXTS + 20}&view=inline"),
    }
    print(f"{'reading':28}{'queries':>8}{'p50':>8}{'p95':>8}")
    for name, (client, page) in pages.items():
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        count = len(queries)  # now, for the next request forgets them
        times = [_milliseconds(lambda client=client, page=page: client.get(page)) for _ in range(TIMES)]
        print(f"{name:28}{count:8}{np.percentile(times, 50):8.1f}{np.percentile(times, 95):8.1f}")


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
