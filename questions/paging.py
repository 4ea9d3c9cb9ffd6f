"""Lists in pages by keyset: a page begins after a row, not at a number, so page 1,000 costs what page 1 does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import DateTimeField, Model, Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the tokens of the neighbouring pages, "" where there is none."""

    rows: Sequence[Any]
    newer: str
    older: str


def page(rows: QuerySet[Any], column: str, parameters: QueryDict, *, size: int) -> Page:
    """Return the page of `rows`, falling in `column` and then in id, that `?after=` or `?before=` asks for.

    `column` holds datetimes or integers. Raises Http404 for a token that this function never made. One query.
    """
    after, before = parameters.get("after", ""), parameters.get("before", "")
    if before:
        found = list(
            rows.filter(_beyond(column, *_parse(before, rows, column), "gt")).order_by(column, "pk")[
                : size + 1
            ]
        )
        more = len(found) > size
        found = found[:size][::-1]
        return Page(
            found,
            newer=_token(found[0], column) if more and found else "",
            older=_token(found[-1], column) if found else "",
        )
    if after:
        rows = rows.filter(_beyond(column, *_parse(after, rows, column), "lt"))
    found = list(rows.order_by(f"-{column}", "-pk")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        found,
        newer=_token(found[0], column) if after and found else "",
        older=_token(found[-1], column) if more else "",
    )


def _beyond(column: str, value: datetime | int, pk: int, comparison: str) -> Q:
    # The first condition follows from the second; alone it is what an index can be entered with.
    return Q(**{f"{column}__{comparison}e": value}) & (
        Q(**{f"{column}__{comparison}": value}) | Q(**{f"pk__{comparison}": pk})
    )


def _token(row: Model, column: str) -> str:
    value = getattr(row, column)
    return f"{value.isoformat() if isinstance(value, datetime) else value}_{row.pk}"


def _parse(token: str, rows: QuerySet[Any], column: str) -> tuple[datetime | int, int]:
    value, _, pk = token.rpartition("_")
    try:
        if not re.fullmatch(r"\d{1,18}", pk):
            raise ValueError
        if not isinstance(rows.model._meta.get_field(column), DateTimeField):
            return int(re.fullmatch(r"\d{1,9}", value)[0]), int(pk)  # type: ignore[index]
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC), int(pk)
    except (ValueError, TypeError, OverflowError):
        raise Http404(gettext("This list has no such page. It begins at its first one.")) from None
