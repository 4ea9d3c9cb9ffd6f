"""In which order answers stand on a page, and which of them are put away under others. Nothing is fetched here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from answers.models import Answer

# So many answers a page shows at first; the others come when they are asked for.
SHOWN_AT_FIRST = 20
# So long a new answer is shown where readers see it, for nobody can find useful what nobody reads.
_NEW = timedelta(days=7)


class Order(StrEnum):
    USEFUL = "useful"
    NEWEST = "newest"
    OLDEST = "oldest"


def arrange(answers: Sequence[Answer], order: Order, *, now: datetime) -> list[tuple[Answer, list[Answer]]]:
    """Return the answers of a page in this order, each with those that are folded into it, oldest first.

    `answers` are all that readers see there. An answer that is folded into one that is not among them stands for
    itself.
    """
    by_pk = {answer.pk: answer for answer in answers}
    folded: dict[int, list[Answer]] = {}
    standing = []
    for answer in sorted(answers, key=_age):
        if (top := _top(answer, by_pk)) is answer:
            standing.append(answer)
        else:
            folded.setdefault(top.pk, []).append(answer)
    match order:
        case Order.OLDEST:
            pass
        case Order.NEWEST:
            standing.reverse()
        case Order.USEFUL:
            standing = _useful_first(standing, now)
    return [(answer, folded.get(answer.pk, [])) for answer in standing]


def _useful_first(standing: list[Answer], now: datetime) -> list[Answer]:
    """The most useful first and the older among equals, but the newest of the last days in the second place."""
    ranked = sorted(standing, key=lambda answer: (-answer.useful_count, *_age(answer)))
    newest = max(ranked, key=_age, default=None)
    if newest is not None and ranked.index(newest) > 1 and now - newest.created_at < _NEW:
        ranked.remove(newest)
        ranked.insert(1, newest)
    return ranked


def _top(answer: Answer, by_pk: dict[int, Answer]) -> Answer:
    """The answer at the end of the way; itself if the way were a circle, which no verb makes."""
    top, seen = answer, {answer.pk}
    while top.folded_into_id in by_pk:
        top = by_pk[top.folded_into_id]
        if top.pk in seen:
            return answer
        seen.add(top.pk)
    return top


def _age(answer: Answer) -> tuple[datetime, int]:
    return answer.created_at, answer.pk
