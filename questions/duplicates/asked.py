"""What a person who types a question is shown: the families that ask something similar, and whether one is the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from questions import wording
from questions.duplicates import matching
from questions.duplicates.confidence import confidence
from questions.duplicates.matching import Match

_SHOWN = 5
# Before the third word there is little to go by.
_LEAST_WORDS = 3
# Of what is listed for somebody who asks, each is worth a look; the related questions may be further off.
_LEAST_SCORE = 0.5


@dataclass(frozen=True)
class Similar:
    """The families most similar to what was typed, best first, and the one among them that is near certain."""

    typed: str
    matches: list[Match]
    same: Match | None = None

    @property
    def others(self) -> list[Match]:
        return [match for match in self.matches if match is not self.same]


def similar_to_typed(text: str, *, at_least_words: int = _LEAST_WORDS) -> Similar:
    """Return what to show for a text as typed; nothing before there are enough words."""
    if len(wording.key(text[: 2 * wording.MAX_LENGTH]).split()) < at_least_words:
        return Similar(text, [])
    matches = matching.similar(text, limit=_SHOWN, least=_LEAST_SCORE)
    if not matches:
        return Similar(text, [])
    sure = [
        confidence(text[: wording.MAX_LENGTH], match.wording.text, cosine=match.cosine) for match in matches
    ]
    surest = max(range(len(matches)), key=sure.__getitem__)
    same = matches[surest] if sure[surest] >= settings.SAME_QUESTION_FROM else None
    return Similar(text, matches, same)
