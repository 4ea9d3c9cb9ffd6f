"""How far a command is: a bar on a terminal, a line now and then anywhere else."""

from __future__ import annotations

import time
from typing import TextIO

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 10


class Progress:
    """Counts what is done of `total` wordings or other units; a context manager.

    Writes nothing at all when `stream` is None.
    """

    def __init__(self, what: str, total: int, stream: TextIO | None, *, unit: str = "wordings") -> None:
        self._what = what
        self._unit = unit
        self._total = total
        self._done = 0
        self._stream = stream
        self._started = self._told = time.monotonic()
        self._bar: tqdm | None = None
        if stream is not None and stream.isatty():
            self._bar = tqdm(
                total=total, desc=what, file=stream, unit=f" {unit}", dynamic_ncols=True, leave=False
            )

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, count: int) -> None:
        """Note that so many more are done."""
        self._done += count
        if self._bar is not None:
            self._bar.update(count)
        elif self._stream is not None and time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            self._stream.write(self._line() + "\n")
            self._stream.flush()

    def _line(self) -> str:
        seconds = self._told - self._started
        left = seconds * max(self._total - self._done, 0) / max(self._done, 1)
        return (
            f"{self._what}: {self._done:,} of {self._total:,} {self._unit}, "
            f"{self._done / max(seconds, 0.001):,.0f} a second, about {tqdm.format_interval(left)} left"
        )
