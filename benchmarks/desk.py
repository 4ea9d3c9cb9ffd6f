"""What a moderator waits for at the desk, with 10,000 texts of each kind that wait and 100,000 that are decided.

    python benchmarks/desk.py [--waiting 10000] [--rounds 40]

All in a temporary database, asked for as a moderator does, through Django's test client. Nine of ten texts have a
spam score, and the classifier has learnt from 500 texts. "decide" is the POST and the page that it leads to.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_site.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from answers import commenting, reporting  # noqa: E402
from answers.models import Answer, Comment, Revision  # noqa: E402
from door import classifying  # noqa: E402
from door.models import Guest  # noqa: E402
from qa_site.accounts.groups import MODERATORS  # noqa: E402
from qa_site.accounts.models import User  # noqa: E402
from questions import asking  # noqa: E402
from questions.duplicates import evaluation  # noqa: E402
from questions.models import Question  # noqa: E402

WORDS = [f"word{number}" for number in range(5_000)]
DECIDED = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--waiting", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.EMBEDDING_MODEL_DIR = "no/such/folder"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    with evaluation.temporary_database(f"qa_site_desk_{os.getpid()}"):
        client = _fill(options.waiting)
        print(f"{options.waiting:,} of each kind wait, {DECIDED:,} comments are decided")
        _time("overview", lambda _: client.get("/review/"), options.rounds)
        for kind, model in (("comments", Comment), ("questions", Question), ("answers", Answer)):
            pks = list(model.objects.filter(state="pending").order_by("?").values_list("pk", flat=True)[:500])
            for order in ("fine", "spam", "oldest"):
                _time(
                    f"{kind}: list, {order}",
                    lambda _, order=order, kind=kind: client.get(f"/review/{kind}/?order={order}"),
                    options.rounds,
                )
            _time(
                f"{kind}: list, a later page",
                lambda turn, kind=kind, pks=pks: client.get(f"/review/{kind}/?after={pks[turn]}"),
                options.rounds,
            )
            _time(
                f"{kind}: single",
                lambda turn, kind=kind, pks=pks: client.get(f"/review/{kind}/{pks[turn]}/"),
                options.rounds,
            )
            address = [client.post(f"/review/{kind}/next/").url]

            def decide(_: int, address=address) -> None:
                response = client.post(address[0], {"decision": "approve", "state": "pending"})
                address[0] = response.url
                client.get(address[0])

            _time(f"{kind}: decide and see the next", decide, options.rounds)
        _time("reports", lambda _: client.get("/review/reports/"), options.rounds)
        _time("log", lambda _: client.get("/log/"), options.rounds)


def _fill(waiting: int) -> Client:
    chance = random.Random(5)
    moderator = User.objects.create_user("moderator@example.org", name="Mei")
    moderator.groups.add(Group.objects.get(name=MODERATORS))
    now = timezone.now()
    guests = Guest.objects.bulk_create(
        Guest(token=f"{number:032x}", name=f"Guest {number}", created_at=now) for number in range(1_000)
    )
    homes = [asking.ask(f"Question {number}?") for number in range(200)]

    def text() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(10, 200)))

    def held() -> dict[str, object]:
        score = None if chance.random() < 0.1 else round(chance.random(), 4)
        guest = chance.choice(guests)
        because = "By a guest."
        return {
            "state": "pending",
            "spam_score": score,
            "guest": guest,
            "guest_name": guest.name,
            "held_because": because,
        }

    # What waits is newer than what was decided; the same moment for all would suit no index.
    moments = (now - timedelta(seconds=seconds) for seconds in range(DECIDED + waiting, 0, -1))
    for size, state in ((DECIDED, {}), (waiting, None)):
        for _ in range(0, size, 5_000):
            words = [text() for _ in range(min(size, 5_000))]
            Comment.objects.bulk_create(
                Comment(
                    question=chance.choice(homes),
                    text=one,
                    html=f"<p>{one}</p>",
                    created_at=next(moments),
                    **(held() if state is None else state),
                )
                for one in words
            )
    answers = Answer.objects.bulk_create(
        Answer(question=chance.choice(homes), text=one, html=f"<p>{one}</p>", created_at=now, **held())
        for one in [text() for _ in range(waiting)]
    )
    Revision.objects.bulk_create(
        Revision(answer=answer, number=1, text=answer.text, created_at=now) for answer in answers
    )
    for number in range(waiting):
        question = asking.ask(f"Waiting question {number} about {chance.choice(WORDS)}?")
        Question.objects.filter(pk=question.pk).update(**held())
    for number in range(500):
        classifying.learn("comment", number, text(), is_spam=bool(number % 2))
    for number in range(100):
        remark = commenting.comment(homes[0], f"Remark {number}")
        reporting.report(remark, "rude", "It hurts.", by=None)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(moderator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _time(name: str, task: Callable[[int], object], rounds: int) -> None:
    task(0)
    with CaptureQueriesContext(connection) as queries:
        task(0)
    number = len(queries)  # now: later requests empty the log of queries
    times = []
    for turn in range(rounds):
        begun = time.perf_counter()
        task(turn)
        times.append(1000 * (time.perf_counter() - begun))
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name:40} p50 {statistics.median(times):6.1f} ms  p95 {p95:6.1f} ms  {number} queries",
        flush=True,
    )


if __name__ == "__main__":
    main()
