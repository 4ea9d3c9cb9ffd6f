"""What a wave would hide: the texts of somebody, from somewhere, or with something in them."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, Q, QuerySet

from qa_site.accounts.models import User
from qa_site.moderation.kinds import KINDS, Text
from qa_site.moderation.link_patterns import link_pattern, phrase_pattern, places, spellings
from qa_site.moderation.models import Wave
from qa_site.moderation.models.desk_sentences import Facts
from questions.models import State

# What readers see or may come to see; the rest is out of sight already.
HIDEABLE = (State.APPROVED, State.PENDING)
# A member with so many approved texts that the wave leaves alone is probably no spammer.
GOOD_RECORD = 3

_Kind = Wave.Kind
# Where links and words stand, by kind of text. A link is looked for in the HTML, because that is what is clicked on.
_WITH_LINKS = {"question": ["text", "details_html"], "answer": ["html"], "comment": ["html", "website"]}
_WITH_WORDS = {"question": ["text", "details"], "answer": ["text"], "comment": ["text"]}


@dataclass(frozen=True)
class Target:
    """What to look for: `kind` and `value` as in `Wave`."""

    kind: Wave.Kind
    value: str

    def texts(self, kind: str) -> QuerySet:
        """The texts of a kind ("question", "answer", "comment") that match, in every state."""
        rows = _MODELS[kind]._default_manager.all()
        match self.kind:
            case _Kind.ACCOUNT:
                return rows.filter(author=int(self.value))
            case _Kind.ADDRESS_BLOCK:
                return rows.filter(address_block=self.value)
            case _Kind.EMAIL_DOMAIN:
                return rows.filter(
                    _at_domain("guest__email", self.value) | _at_domain("author__email", self.value)
                )
            case _Kind.LINK_DOMAIN:
                return rows.filter(_found(_WITH_LINKS[kind], spellings(self.value), self.pattern))
            case _Kind.PHRASE:
                longest = max(self.value.split(), key=len)
                return rows.filter(_found(_WITH_WORDS[kind], [longest], self.pattern))
        raise AssertionError(self.kind)

    @property
    def pattern(self) -> str:
        """What to mark in the texts, "" where it is not their words that matched."""
        if self.kind == _Kind.LINK_DOMAIN:
            return link_pattern(self.value)
        return phrase_pattern(self.value) if self.kind == _Kind.PHRASE else ""

    def places(self, text: str) -> list[tuple[int, int]]:
        return places(self.pattern, text) if self.pattern else []

    @property
    def facts(self) -> Facts:
        """What matches, for the public log: neither the phrase nor any address. One query for an account."""
        match self.kind:
            case _Kind.ACCOUNT:
                name = User.objects.filter(pk=int(self.value)).values_list("name", flat=True).first()
                return {"about": self.kind.value, "named": name or ""}
            case _Kind.EMAIL_DOMAIN | _Kind.LINK_DOMAIN:
                return {"about": self.kind.value, "named": self.value}
        return {"about": self.kind.value}


_MODELS = {kind.name: kind.model for kind in KINDS.values()}


def _at_domain(column: str, domain: str) -> Q:
    return Q(**{f"{column}__endswith": f"@{domain}"}) | Q(**{f"{column}__endswith": f".{domain}"})


def _found(columns: list[str], pieces: list[str], pattern: str) -> Q:
    """The pattern in any of the columns. A plain piece of it is looked for first, which is quicker."""
    condition = Q()
    for column in columns:
        has_piece = Q()
        for piece in pieces:
            has_piece |= Q(**{f"{column}__icontains": piece})
        condition |= has_piece & Q(**{f"{column}__iregex": pattern})
    return condition


@dataclass(frozen=True)
class Matched:
    """Everything that a wave would hide, by number; and what else matches."""

    ids: dict[str, list[int]]
    states: Counter[str]
    out_of_sight: int
    by_moderators: int
    authors: Counter[int] = field(repr=False)

    @property
    def count(self) -> int:
        return sum(map(len, self.ids.values()))

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each kind, for words: ("question", 12)."""
        return [(kind, len(ids)) for kind, ids in self.ids.items() if ids]

    @property
    def fingerprint(self) -> str:
        """Changes whenever the set of texts does."""
        return hashlib.sha256(repr(sorted(self.ids.items())).encode()).hexdigest()[:32]


def match(target: Target, *, with_moderators: bool = False) -> Matched:
    """Find everything that matches; texts by moderators are left out unless they are asked for. Four queries."""
    moderators = set() if with_moderators else _moderators()
    ids: dict[str, list[int]] = {}
    states: Counter[str] = Counter()
    authors: Counter[int] = Counter()
    out_of_sight = by_moderators = 0
    for kind in _MODELS:
        ids[kind] = []
        for pk, state, author in target.texts(kind).order_by("pk").values_list("pk", "state", "author_id"):
            if state not in HIDEABLE:
                out_of_sight += 1
            elif author in moderators:
                by_moderators += 1
            else:
                ids[kind].append(pk)
                states[state] += 1
                if author is not None and state == State.APPROVED:
                    authors[author] += 1
    return Matched(ids, states, out_of_sight, by_moderators, authors)


def _moderators() -> set[int]:
    # Whoever the door lets through without a look.
    return set(ModelBackend().with_perm(settings.NEVER_JUDGED).values_list("pk", flat=True))


def newest(matched: Matched, kind: str, *, most: int) -> list[Text]:
    """The newest of the matched texts of a kind, with all that a page needs of them."""
    [of_kind] = [known for known in KINDS.values() if known.name == kind]
    return list(of_kind.rows.filter(pk__in=matched.ids[kind][-most:]).order_by("-pk"))


def well_known(matched: Matched) -> list[User]:
    """The members among the writers of whom other texts are approved, too: those for whom it may be a mistake."""
    if not matched.authors:
        return []
    approved: Counter[int] = Counter()
    for model in _MODELS.values():
        rows = model._default_manager.filter(author__in=list(matched.authors), state=State.APPROVED)
        approved.update(dict(rows.order_by().values_list("author_id").annotate(Count("pk"))))
    known = [author for author, hidden in matched.authors.items() if approved[author] - hidden >= GOOD_RECORD]
    return list(User.objects.filter(pk__in=known).order_by("name"))
