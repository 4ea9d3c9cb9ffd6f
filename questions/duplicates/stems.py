"""The words of a wording as PostgreSQL stems them, and how rare each is on this site."""

from __future__ import annotations

import functools
import math
import time
from collections.abc import Callable, Collection, Iterable, Mapping

from django.db import connection

from questions.models import WordingIndex

_SECONDS = 600
# Wordings that a search by words looks at, at most about: the rarest of its words first, until their lists
# together are longer. So its cost does not grow with the table.
_BUDGET = 2_000
# On a site of no more wordings, their words are counted; on a larger one PostgreSQL's statistics will do.
_FEW = 5_000


class Rarity:
    """How rare stems are, by the shares of all wordings that the commonest of them stand in.

    Any other stem is taken to be half as common as the rarest of these; with no shares at all, every stem counts
    the same.
    """

    def __init__(self, wordings: float, shares: Mapping[str, float]) -> None:
        self._wordings = wordings
        self._shares = shares
        self._other_share = min(shares.values(), default=0.0) / 2
        self._squares = {stem: self.weight(stem) ** 2 for stem in shares}
        self._other_square = self.weight("") ** 2

    def share(self, stem: str) -> float:
        return self._shares.get(stem, self._other_share)

    def weight(self, stem: str) -> float:
        """The inverse document frequency: the logarithm of one in how many wordings has the stem."""
        return -math.log(self.share(stem)) if self._shares else 1.0

    def to_look_for(self, stems: Iterable[str]) -> list[str]:
        """The rarest of the stems, of which the index lists at most about _BUDGET wordings together."""
        chosen: list[str] = []
        listed = 0.0
        for stem in sorted(set(stems), key=lambda stem: (self.share(stem), stem)):
            listed += self.share(stem) * self._wordings
            if listed > _BUDGET:
                break
            chosen.append(stem)
        return chosen

    def likeness_to(self, stems: Collection[str]) -> Callable[[Collection[str]], float]:
        """How much sets of stems have in common with these, 0 to 1: the cosine of their vectors of weights."""
        ours, own_sum = frozenset(stems), self._square_sum(stems)

        def likeness(others: Collection[str]) -> float:
            shared = self._square_sum(ours.intersection(others))
            return shared and shared / math.sqrt(own_sum * self._square_sum(others))

        return likeness

    def _square_sum(self, stems: Iterable[str]) -> float:
        squares, other = self._squares, self._other_square
        return sum([squares.get(stem, other) for stem in stems])


def rarity() -> Rarity:
    """Return how rare stems are, kept in this process for ten minutes: it changes no faster."""
    return _rarity(int(time.monotonic() // _SECONDS))


def forget_rarity() -> None:
    """Gather anew the next time: the database is another."""
    _rarity.cache_clear()


@functools.lru_cache(maxsize=1)
def _rarity(_period: int) -> Rarity:
    return _by_statistics() or _by_counting()


def _by_statistics() -> Rarity | None:
    """By what PostgreSQL has gathered of the table, None while that is too little."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT reltuples, most_common_elems::text::text[], most_common_elem_freqs
            FROM pg_class
            JOIN pg_stats ON tablename = relname AND schemaname = current_schema() AND attname = 'words'
            WHERE oid = %s::regclass AND reltuples > %s AND most_common_elems IS NOT NULL
            """,
            [WordingIndex._meta.db_table, _FEW],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    wordings, stems, shares = row
    # PostgreSQL puts the least and the greatest share behind the others.
    return Rarity(wordings, dict(zip(stems, shares, strict=False)))


def _by_counting() -> Rarity:
    """By the words of a few thousand wordings, which on a small site are all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT word, ndoc FROM ts_stat('SELECT words FROM questions_wordingindex LIMIT 5000')
            UNION ALL
            SELECT NULL, count(*) FROM (SELECT FROM questions_wordingindex LIMIT 5000) AS few
            """
        )
        counts = dict(cursor.fetchall())
    wordings = counts.pop(None)
    # As if there were a hundred at least: in two or three wordings, nothing is rare and nothing common yet.
    among = max(wordings, 100) + 1
    return Rarity(wordings, {stem: count / among for stem, count in counts.items()})


def as_tsquery(stem: str) -> str:
    """Write one stem as PostgreSQL reads a tsquery. Quoted, a word cannot be an operator."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"
