"""How much longer each page takes when the site is larger.

    python benchmarks/growth.py [--sizes 5000 40000] [--rounds 9]

For each size it fills a temporary database with so many wordings, a fifth of them alternates, twice as many answers,
as many comments, pairs under review and log lines, and asks for every kind of page as a guest, or as a moderator where
guests may not. Prints the quickest of the rounds in milliseconds, the queries, and how many times the first size's
time the last one takes. Duplicates are looked up by words alone: what meaning adds is measured by lookup.py.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
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
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from answers import tallies  # noqa: E402
from answers.models import Answer, Comment, Revision  # noqa: E402
from qa_site.accounts.models import User  # noqa: E402
from questions.duplicates import evaluation  # noqa: E402
from questions.models import (  # noqa: E402
    Act,
    DetailsRevision,
    DuplicateCandidate,
    Follow,
    Question,
    Tag,
    TaggedQuestion,
    WordingIndex,
)

_AT_ONCE = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs=2, default=[5_000, 40_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    settings.EMBEDDING_MODEL_DIR = "no/such/folder"
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    }
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "limit" not in name.lower()]
    small, large = (_measured(size, options.rounds) for size in options.sizes)
    before, after = (f"{size:,}" for size in options.sizes)
    print(f"{'wordings':40} {before:>9} {after:>9}    times  queries")
    for name, (took, queries) in large.items():
        print(f"{name:40} {small[name][0]:9.1f} {took:9.1f} {took / small[name][0]:8.2f} {queries:8}")


def _measured(size: int, rounds: int) -> dict[str, tuple[float, int]]:
    """The quickest time of each page in milliseconds, and its queries, by the page's name."""
    with evaluation.temporary_database(f"qa_site_growth_{os.getpid()}_{size}"):
        moderator = User.objects.create_superuser("moderator@example.org", name="Moderator")
        questions = _fill(size)
        clients = {"guest": Client(), "moderator": Client()}
        clients["moderator"].force_login(
            moderator, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return {
            f"{name}, {who}": _quickest(clients[who], address, rounds)
            for who, name, address in _pages(questions, moderator)
        }


def _quickest(client: Client, address: str, rounds: int) -> tuple[float, int]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    number, times = len(queries), []
    for _ in range(rounds):
        begun = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - begun))
    return min(times), number


def _pages(questions: list[Question], moderator: User) -> Iterator[tuple[str, str, str]]:
    """Who asks, what the page is called, and where it is."""
    primary, other = questions[0], questions[5]
    answer = Answer.objects.filter(question=primary).first()
    candidate = DuplicateCandidate.objects.first()
    assert answer is not None
    assert candidate is not None
    for name, address in {
        "home": "/",
        "home, active": "/active/",
        "home, unanswered": "/unanswered/",
        "home, most useful": "/useful/",
        "tags": "/tags/",
        "a tag": "/tags/tag-1/",
        "most asked": "/alternates/",
        "a question": primary.get_absolute_url(),
        "its history": f"/questions/{primary.pk}/history/",
        "an answer's history": f"/answers/{answer.pk}/history/",
        "a member": f"/users/{primary.author_id}/",
        "search": "/search/?q=" + primary.text.split()[2],
        "similar while typing": "/ask/similar/?text=" + "+".join(primary.text.split()[:6]),
        "merges": "/merges/",
        "public log": "/log/",
        "statistics": "/statistics/",
        "feed": "/feed/",
        "feed of a tag": "/tags/tag-1/feed/",
        "feed of merges": "/merges/feed/",
        "sitemap": "/sitemap.xml",
    }.items():
        yield "guest", name, address
    for name, address in {
        "a question": primary.get_absolute_url(),
        "followed": "/followed/",
        "public log": "/log/",
        "suggest a merge": f"/questions/{primary.pk}/suggest-merge/",
        "merge preview": f"/questions/{primary.pk}/merge/{other.pk}/",
        "review": "/review/",
        "review of duplicates": "/review/duplicates/",
        "a pair under review": f"/review/duplicates/{candidate.pk}/",
        "proposed edits": "/review/edits/",
        "copies": "/review/copies/",
        "statistics": "/statistics/",
    }.items():
        yield "moderator", name, address


def _fill(size: int) -> list[Question]:
    """Write the site, and return its primaries. Whatever grows with a site does, whatever a family has does not."""
    chance, now = random.Random(5), timezone.now() - timedelta(days=400)
    words = [f"word{number}" for number in range(20_000)]
    shares = list(accumulate(1 / (rank + 10) for rank in range(len(words))))

    def prose(count: int) -> str:
        return " ".join(chance.choices(words, cum_weights=shares, k=count))

    def rows(model, made: Iterator) -> list:
        return model._default_manager.bulk_create(list(made), batch_size=_AT_ONCE)

    people = rows(User, (User(email=f"{n}@example.org", name=f"Person {n}") for n in range(size // 100)))
    tags = rows(Tag, (Tag(name=f"tag-{n}", slug=f"tag-{n}") for n in range(size // 50)))

    def asked() -> Iterator[Question]:
        primary = 0
        for number in range(size):
            pk, text = Question.next_id(), f"What is {prose(6)} {number}?"
            is_alternate = number % 5 == 4
            primary = primary if is_alternate else pk
            at = now + timedelta(minutes=number)
            yield Question(
                pk=pk,
                primary_id=primary,
                merged_into_id=primary if is_alternate else None,
                text=text,
                key=text.lower().rstrip("?"),
                details=prose(30),
                author=chance.choice(people),
                created_at=at,
                last_activity_at=at,
            )

    wordings = rows(Question, asked())
    primaries = [wording for wording in wordings if wording.pk == wording.primary_id]
    alternates = [wording for wording in wordings if wording.pk != wording.primary_id]
    moments = {"created_at": now}
    rows(WordingIndex, (WordingIndex(question=one, text=one.text) for one in wordings))
    rows(
        DetailsRevision,
        (DetailsRevision(question=w, text=w.details, author=w.author, **moments) for w in wordings),
    )
    rows(TaggedQuestion, (TaggedQuestion(content_object=one, tag=chance.choice(tags)) for one in wordings))
    rows(Follow, (Follow(question=one, user=chance.choice(people), **moments) for one in wordings))
    rows(
        Act,
        (
            Act(
                kind=Act.Kind.MERGED,
                question=one,
                other_id=one.primary_id,
                question_text=one.text,
                other_text="What?",
                created_at=one.created_at,
            )
            for one in alternates
        ),
    )
    rows(
        DuplicateCandidate,
        (
            DuplicateCandidate(source=one, target=other, confidence=chance.random(), **moments)
            for one, other in zip(primaries[::2], primaries[1::2], strict=False)
        ),
    )

    def written() -> Iterator[Answer]:
        for number, home in enumerate(2 * wordings):
            text, at = prose(80), now + timedelta(minutes=number)
            yield Answer(
                question=home, text=text, html=f"<p>{text}</p>", author=chance.choice(people), created_at=at
            )

    answers = rows(Answer, written())
    rows(
        Revision,
        (
            Revision(answer=one, number=1, text=one.text, author=one.author, created_at=one.created_at)
            for one in answers
        ),
    )
    rows(
        Comment,
        (
            Comment(answer=one, text="Thanks.", html="<p>Thanks.</p>", author=one.author, **moments)
            for one in answers[::2]
        ),
    )
    tallies.recount_homes(one.pk for one in wordings)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    cache.clear()
    return primaries


if __name__ == "__main__":
    main()
