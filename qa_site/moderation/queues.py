"""The queues of texts that wait: in which order they come, who has which before them, and which comes next.

The numbers of the rows come first, from an index that holds nothing but what waits (its columns are those that the
orders go by), and only then the few rows that are shown: 10,000 long comments are never read to show twenty.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from qa_site.moderation.kinds import Kind, Text
from questions.models import State

# How long a text is kept for the moderator who looks at it.
CLAIM = timedelta(minutes=10)
# Of what nobody could judge: between what is likely fine and what is likely spam.
_UNKNOWN = 0.5
_LOOKED_AT_ONCE = 50


class Order(StrEnum):
    """In which order the texts of a queue come."""

    FINE = "fine"
    SPAM = "spam"
    OLDEST = "oldest"

    @property
    def words(self) -> str:
        return {
            "fine": gettext("Likely fine first"),
            "spam": gettext("Likely spam first"),
            "oldest": gettext("Oldest first"),
        }[self]

    @classmethod
    def named(cls, name: str) -> Order:
        return cls(name) if name in list(cls) else cls.FINE


def _waiting(kind: Kind, order: Order):
    """What waits, with the `rank` that the order goes by, if it goes by more than age."""
    rows = kind.model._default_manager.filter(state=State.PENDING)
    if order == Order.OLDEST:
        return rows
    score = Coalesce(F("spam_score"), Value(_UNKNOWN), output_field=FloatField())
    return rows.annotate(rank=score if order == Order.FINE else Value(1.0) - score)


def numbers(
    kind: Kind,
    order: Order,
    *,
    after: Text | None = None,
    limit: int,
    back: bool = False,
    free_for=None,
) -> list[int]:
    """The numbers of the next texts that wait, beyond `after`, which need not wait any more. One query.

    With `back` those before it, the nearest first. Among texts of one rank the older comes first. With `free_for`
    only those that no other moderator than this one has before them.
    """
    rows = _waiting(kind, order)
    if free_for is not None:
        rows = rows.exclude(_held_from(free_for))
    if after is not None:
        rows = rows.filter(_beyond(after, order, "lt" if back else "gt"))
    columns = ["created_at", "pk"] if order == Order.OLDEST else ["rank", "created_at", "pk"]
    ordered = rows.order_by(*(f"-{column}" if back else column for column in columns))
    return list(ordered.values_list("pk", flat=True)[:limit])


def _beyond(thing: Text, order: Order, comparison: str) -> Q:
    beyond = Q(**{f"created_at__{comparison}": thing.created_at}) | Q(
        created_at=thing.created_at, **{f"pk__{comparison}": thing.pk}
    )
    if order == Order.OLDEST:
        return beyond
    score = _UNKNOWN if thing.spam_score is None else thing.spam_score
    rank = score if order == Order.FINE else 1.0 - score
    return Q(**{f"rank__{comparison}": rank}) | Q(rank=rank) & beyond


def rows_of(kind: Kind, pks: list[int]) -> list[Text]:
    """These texts with all that a line of the queue shows, in this order. One query."""
    found = {row.pk: row for row in kind.rows.filter(pk__in=pks)}
    return [found[pk] for pk in pks if pk in found]


@transaction.atomic
def claim_next(kind: Kind, order: Order, *, by, after: Text | None = None) -> Text | None:
    """Claim the next text that waits and that nobody else has before them, and return it; None when there is none.

    It goes on behind `after`, and from the beginning when nothing is left there. What somebody decides or claims at
    this very moment is passed over, so this waits for nobody. Three queries, unless many are held by others.
    """
    for beginning in (after, None) if after is not None else (None,):
        last = beginning
        while pks := numbers(kind, order, after=last, limit=_LOOKED_AT_ONCE):
            free = (
                kind.model._default_manager.filter(pk__in=pks, state=State.PENDING)
                .exclude(_held_from(by))
                .select_for_update(skip_locked=True, no_key=True)
            )
            if after is not None:
                free = free.exclude(pk=after.pk)
            found = {row.pk: row for row in free.only("pk")}
            for pk in pks:
                if pk in found:
                    hold(found[pk], by=by)
                    return found[pk]
            last = kind.model._default_manager.only("spam_score", "created_at").get(pk=pks[-1])
    return None


def _held_from(moderator) -> Q:
    return Q(claimed_until__gt=timezone.now()) & ~Q(claimed_by=moderator)


def hold(thing: Text, *, by) -> None:
    """Keep a text for this moderator for a while."""
    type(thing)._default_manager.filter(pk=thing.pk).update(
        claimed_by=by, claimed_until=timezone.now() + CLAIM
    )


def let_go(thing: Text, *, by) -> None:
    """Leave a text to others, if this moderator had it before them."""
    type(thing)._default_manager.filter(pk=thing.pk, claimed_by=by).update(
        claimed_by=None, claimed_until=None
    )
