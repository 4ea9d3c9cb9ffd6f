"""Bar charts as SVG needs them, without any script or style of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext

# In units of the picture; it is shown as wide as there is room.
WIDTH, HEIGHT = 680, 220
_LEFT, _BOTTOM, _TOP = 44, 24, 12
_GAP = 0.25  # of the room of a group of bars, left empty
_LABEL_ROOM = 62  # a label needs so much


@dataclass(frozen=True)
class Bar:
    """A bar by its corner and size; all numbers written out, for a locale would put commas into them."""

    x: str
    y: str
    width: str
    height: str
    series: int
    said: str


@dataclass(frozen=True)
class Mark:
    """A word along an axis."""

    at: str
    said: str


@dataclass(frozen=True)
class Chart:
    """A chart with its numbers: `rows` are the table below it, a label and a value for each series."""

    title: str
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[float]]]
    bars: Sequence[Bar]
    labels: Sequence[Mark]
    lines: Sequence[Mark]
    unit: str = "{number}"

    @property
    def written_out(self) -> list[tuple[str, list[str]]]:
        """The rows of the table, each value with its unit."""
        return [
            (label, [self.unit.format(number=said(value)) for value in values]) for label, values in self.rows
        ]

    @property
    def is_empty(self) -> bool:
        return not any(any(values) for _, values in self.rows)


def bar_chart(
    title: str, series: Sequence[str], rows: Sequence[tuple[str, Sequence[float]]], *, unit: str = "{number}"
) -> Chart:
    """Return a chart with a group of bars for each row, one bar a series. No value is below zero.

    `unit` says how a value is written, such as "{number} %".
    """
    top = nice_top(max((value for _, values in rows for value in values), default=0))
    room = (WIDTH - _LEFT) / max(1, len(rows))
    bar_width = room * (1 - _GAP) / len(series)
    bars = [
        Bar(
            x=f"{_LEFT + number * room + room * _GAP / 2 + which * bar_width:.1f}",
            y=f"{_height(value, top):.1f}",
            width=f"{max(1.0, bar_width - 1):.1f}",
            height=f"{HEIGHT - _BOTTOM - _height(value, top):.1f}",
            series=which,
            said=gettext("{label}, {series}: {value}").format(
                label=label, series=series[which], value=unit.format(number=said(value))
            ),
        )
        for number, (label, values) in enumerate(rows)
        for which, value in enumerate(values)
        if value
    ]
    every = max(1, math.ceil(_LABEL_ROOM / room))
    labels = [
        Mark(f"{_LEFT + (number + 0.5) * room:.1f}", label)
        for number, (label, _) in enumerate(rows)
        if number % every == 0
    ]
    lines = [
        Mark(f"{_height(top * part, top):.1f}", unit.format(number=said(top * part))) for part in (0, 0.5, 1)
    ]
    return Chart(title, series, rows, bars, labels, lines, unit)


def _height(value: float, top: float) -> float:
    return _TOP + (HEIGHT - _BOTTOM - _TOP) * (1 - value / top)


def nice_top(highest: float) -> float:
    """Return the least of 2, 4, 10, 20, 40, 100... that is not below the highest value: half of it is whole."""
    if highest <= 2:
        return 2
    power = 10 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 4, 10) if step * power >= highest)


def said(value: float) -> str:
    """A value as the language writes it: whole numbers without a point, others with one place."""
    return number_format(value, 0 if value == round(value) else 1, force_grouping=True)
