"""How the site is doing: a part for everybody, and how long things wait for moderators."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop, pgettext
from django.views.decorators.http import require_safe

from qa_site.statistics import counting
from qa_site.statistics.charts import Chart, bar_chart
from questions.permissions import may

# Counting a large site takes a moment, and nobody needs it to the minute.
_KEPT_SECONDS = 600

# Titles and names stand in English in the files (`numbers`), and are translated for pages.
_CHARTS: dict[str, tuple[str, tuple[str, ...], Callable[[], Any], str]] = {
    "written": (
        gettext_noop("Questions and answers a week"),
        (gettext_noop("Questions"), gettext_noop("Answers")),
        counting.written,
        "{number}",
    ),
    "duplicates": (
        gettext_noop("Duplicates a week"),
        (gettext_noop("Pairs found"), gettext_noop("Merged"), gettext_noop("Found to differ")),
        counting.duplicates,
        "{number}",
    ),
    "caught": (
        gettext_noop("Of those who came to ask, led to answers that were there"),
        (gettext_noop("Share"),),
        counting.caught,
        gettext_noop("{number}\u00a0%"),
    ),
    "families": (
        gettext_noop("Questions by how many wordings they have"),
        (gettext_noop("Questions"),),
        counting.family_sizes,
        "{number}",
    ),
}


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    context = {
        "totals": cache.get_or_set("statistics-totals", counting.totals, _KEPT_SECONDS),
        "charts": [(name, _chart(name)) for name in _CHARTS],
        "queues": counting.queues() if may(request.user, "see what is hidden") else None,
        "weeks": counting.WEEKS,
    }
    return render(request, "site/statistics.html", context)


@require_safe
def numbers(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers of one chart, to be worked with elsewhere."""
    if name not in _CHARTS:
        raise Http404(gettext("There are no numbers of this name."))
    _title, series, _count, _unit = _CHARTS[name]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerow(["Wordings" if name == "families" else "Week from", *series])
    writer.writerows([label, *values] for label, values in _rows(name))
    return response


def _rows(name: str) -> Sequence[tuple[object, Sequence[float]]]:
    count = _CHARTS[name][2]
    return cache.get_or_set(f"statistics-{name}", count, _KEPT_SECONDS) or []


def _chart(name: str) -> Chart:
    title, series, _count, unit = _CHARTS[name]
    rows = [(_said(label), values) for label, values in _rows(name)]
    return bar_chart(gettext(title), [gettext(one) for one in series], rows, unit=gettext(unit))


def _said(label: object) -> str:
    """A day as short as the language writes it, or a number of wordings."""
    if isinstance(label, date):
        # Translators: a day on the axis of a chart, in the signs of Django's date filter: j the day, M a short month.
        return date_format(label, pgettext("format of a date", "j M"))
    return str(label)
