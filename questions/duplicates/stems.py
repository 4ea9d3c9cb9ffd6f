"""The words of a wording as PostgreSQL stems them, and how rare each is on this site."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping

from django.core.cache import cache
from django.db import connection

from questions.models import WordingIndex

_SECONDS = 600
# Wordings that a search by words looks at, at most about: the rarest of its words first, until their lists
# together are longer. So its cost does not grow with the table.
_BUDGET = 2_000


class Rarity:
    """How rare stems are: the shares of all wordings that the commonest stand in, as PostgreSQL's statistics have them.

    `shares` is empty before the table was first analyzed; then all stems count the same. A stem that is not
    among the commonest is taken to be half as common as the rarest of these.
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

    def likeness(self, some: Collection[str], others: Collection[str]) -> float:
        """How much two sets of stems have in common, 0 to 1: the cosine of their vectors of weights."""
        shared = self._square_sum(stem for stem in some if stem in others)
        return shared and shared / math.sqrt(self._square_sum(some) * self._square_sum(others))

    def _square_sum(self, stems: Iterable[str]) -> float:
        squares, other = self._squares, self._other_square
        return sum(squares.get(stem, other) for stem in stems)


def rarity() -> Rarity:
    """Return how rare stems are; kept for ten minutes, for the statistics change no faster."""
    found = cache.get("rarity-of-stems")
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT greatest(reltuples, 0), most_common_elems::text::text[], most_common_elem_freqs
                FROM pg_class
                LEFT JOIN pg_stats ON tablename = relname AND schemaname = current_schema() AND attname = 'words'
                WHERE oid = %s::regclass
                """,
                [WordingIndex._meta.db_table],
            )
            wordings, stems, shares = cursor.fetchone()
        # PostgreSQL puts the least and the greatest share behind the others.
        found = Rarity(wordings, dict(zip(stems or (), shares or (), strict=False)))
        cache.set("rarity-of-stems", found, _SECONDS)
    return found


def as_tsquery(stem: str) -> str:
    """Write one stem as PostgreSQL reads a tsquery. Quoted, a word cannot be an operator."""
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"
