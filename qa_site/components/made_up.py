"""Made-up rows that are never saved. Their numbers are higher than any row of a database will ever have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from answers.models import Answer, Comment, Revision
from door.models import Guest
from qa_site.accounts.models import User
from qa_site.components import texts
from qa_site.components.specimens import Reader
from questions.models import Act, DuplicateCandidate, Question, Tag

# Of eighteen digits, as many as addresses and forms take; whoever follows a made-up link finds nothing.
NOBODYS = 900_000_000_000_000_000
_numbers = count(1)


def number() -> int:
    """A number that no row has, and no other specimen of the page either."""
    return NOBODYS + next(_numbers) % 1_000_000_000


def ago(**units: float) -> datetime:
    return timezone.now() - timedelta(**units)


def person(name: str = texts.NAME, **columns: Any) -> User:
    return User(**{"pk": number(), "name": name, "email": "nobody@example.org"} | columns)


@cache
def _somebody() -> User:
    """Who wrote what is by nobody in particular."""
    return person()


def reader(who: Reader) -> User | AnonymousUser:
    """Somebody who may do what this kind of reader may; asking for it takes no query."""
    if who == Reader.GUEST:
        return AnonymousUser()
    return person("Mei", is_superuser=True) if who == Reader.MODERATOR else _member()


def _member() -> User:
    member = person("Jonas")
    # Where the backend keeps the permissions that it has looked up.
    member._perm_cache = set()  # type: ignore[attr-defined]
    return member


def guest(*, confirmed: bool = False) -> Guest:
    return Guest(pk=number(), created_at=ago(hours=2), confirmed_at=ago(hours=1) if confirmed else None)


def tag(name: str) -> Tag:
    return Tag(pk=number(), name=name, slug=name)


def question(
    text: str = texts.QUESTION,
    *,
    into: Question | None = None,
    tags: Sequence[str] = (),
    **columns: Any,
) -> Question:
    """A wording: an alternate of the primary `into`, else a primary of its own."""
    made = Question(
        **{
            "pk": number(),
            "text": text,
            "author": _somebody(),
            "created_at": ago(days=3),
            "last_activity_at": ago(hours=5),
            "merged_into": into,
        }
        | columns
    )
    made.primary = into.primary if into else made
    # Where prefetching leaves them.
    made._prefetched_objects_cache = {"tags": [tag(name) for name in tags]}  # type: ignore[attr-defined]
    return made


def answer(to: Question | None = None, **columns: Any) -> Answer:
    return Answer(
        **{
            "pk": number(),
            "question": to or question(),
            "author": _somebody(),
            "text": texts.LEAD,
            "html": texts.short_prose(),
            "created_at": ago(days=2),
        }
        | columns
    )


def comment(on: Question | Answer, **columns: Any) -> Comment:
    """A comment on a question or an answer, by a member unless `author` is None."""
    home = {"question": on} if isinstance(on, Question) else {"answer": on}
    defaults = {
        "pk": number(),
        "author": _somebody(),
        "text": "Thank you, that helped.",
        "html": texts.remark(),
        "created_at": ago(hours=3),
    }
    return Comment(**defaults | home | columns)


def revision(of: Answer, at: int = 1, **columns: Any) -> Revision:
    defaults = {"pk": number(), "answer": of, "number": at, "author": _somebody(), "text": of.text}
    return Revision(**defaults | {"created_at": ago(days=1)} | columns)


def act(kind: str, about: Question, other: Question | None = None, **columns: Any) -> Act:
    defaults = {
        "pk": number(),
        "kind": kind,
        "question": about,
        "question_text": about.text,
        "other": other,
        "other_text": other.text if other else "",
        "by": person("Mei"),
        "created_at": ago(hours=1),
    }
    return Act(**defaults | columns)


def candidate(source: Question, target: Question, **columns: Any) -> DuplicateCandidate:
    defaults = {
        "pk": number(),
        "source": source,
        "target": target,
        "confidence": 0.87,
        "created_at": ago(days=1),
        "claimed_until": timezone.now() + timedelta(minutes=10),
    }
    return DuplicateCandidate(**defaults | columns)
