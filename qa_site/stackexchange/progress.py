"""How far the import is: a bar on a terminal, a line now and then anywhere else."""

from __future__ import annotations

import time
from typing import TextIO

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 10


class Progress:
    """Counts bytes of `total` and posts; a context manager. Writes nothing at all when `stream` is None."""

    def __init__(self, total: int, stream: TextIO | None) -> None:
        self._total = total
        self._stream = stream
        self._bytes = self._posts = 0
        self._file = ""
        self._started = self._told = time.monotonic()
        self._bar: tqdm | None = None
        if stream is not None and stream.isatty():
            self._bar = tqdm(
                total=total, file=stream, unit="B", unit_scale=True, dynamic_ncols=True, leave=False
            )

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, file: str, size: int, posts: int) -> None:
        """Note that so many bytes of a file, and so many posts in them, are done."""
        self._bytes += size
        self._posts += posts
        if self._bar is not None:
            if file != self._file:
                self._bar.set_description(file, refresh=False)
            rate = self._posts / max(time.monotonic() - self._started, 0.001)
            self._bar.set_postfix_str(f"{rate:,.0f} posts/s", refresh=False)
            self._bar.update(size)
        elif self._stream is not None and time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            self._stream.write(self._line(file) + "\n")
            self._stream.flush()
        self._file = file

    def tell(self, what: str) -> None:
        """Say what is being done while no bytes are read."""
        if self._bar is not None:
            self._bar.set_description(what)

    def _line(self, file: str) -> str:
        seconds = self._told - self._started
        left = seconds * (self._total - self._bytes) / max(self._bytes, 1)
        return (
            f"{file}: {100 * self._bytes / max(self._total, 1):.0f} % of all, {self._posts:,} posts, "
            f"{self._posts / max(seconds, 0.001):,.0f} posts a second, about {tqdm.format_interval(left)} left"
        )
