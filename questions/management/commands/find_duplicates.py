"""python manage.py find_duplicates: walks the site for duplicates and puts them before the moderators."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from questions.duplicates import embedding, mining, model
from questions.models import MiningWalk
from questions.progress import Progress

# How much the work that is done beside the site gives way to the site: a tenth of a core where both want it.
_NICENESS = 10
_BAR = 40

_logger = logging.getLogger(__name__)


class _ToldToEnd(KeyboardInterrupt):
    """SIGTERM came, or the process that this one belongs to is gone. psycopg takes it for a Ctrl-C, as it should."""


class Command(BaseCommand):
    requires_system_checks = []  # the one that matters here, whether the model is there, is told in any case
    help = (
        "Walks over the wordings that are new since the last walk (the first time: over all), looks for families that "
        "ask the same, and files them as candidates for the review queue. Can be stopped or killed at any time; the "
        "next walk goes on from there. Ends with how many candidates wait at each confidence."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--all", dest="everything", action="store_true", help="walk over all wordings anew"
        )
        which.add_argument(
            "--every",
            type=int,
            metavar="MINUTES",
            help="stay, and walk again and again, so many minutes after each other, at a low priority",
        )
        parser.add_argument(
            "--threshold",
            type=float,
            help=f"file pairs of this confidence or more, between 0 and 1; {mining.THRESHOLD} if it is not given",
        )
        parser.add_argument(
            "--child-of",
            type=int,
            metavar="PID",
            help="with --every: end when this process, which started the command, is gone",
        )

    def handle(
        self,
        *args: Any,
        everything: bool,
        every: int | None,
        threshold: float | None,
        child_of: int | None,
        **options: Any,
    ) -> None:
        if threshold is not None and not 0 < threshold < 1:
            raise CommandError("--threshold is a number between 0 and 1.")
        if every is not None and every < 1:
            raise CommandError("--every is a number of minutes from 1.")
        self.verbosity = options["verbosity"]
        self.stream: TextIO | None = (options.get("stderr") or sys.stderr) if self.verbosity else None
        self.stays = every is not None
        self.child_of = child_of
        self.told_to_end = False
        try:
            if every is None:
                self._walk_once(everything, threshold)
            else:
                with self._told_to_end_by_sigterm():
                    self._walk_for_ever(every, threshold)
        except _ToldToEnd:
            return
        except KeyboardInterrupt as error:
            raise CommandError(
                "Stopped. What was found has been filed. Run it again to go on from there.", returncode=130
            ) from error

    def _walk_once(self, everything: bool, threshold: float | None) -> None:
        try:
            with mining.alone():
                self._walk(everything, threshold)
        except mining.AnotherWalks as error:
            raise CommandError(str(error)) from error
        self._say("")
        self._say("Waiting for a moderator, by confidence:")
        counts = mining.waiting_by_confidence()
        for tenth, count in reversed(list(enumerate(counts))):
            bar = "#" * -(-_BAR * count // max(*counts, 1))
            self._say(f"  {tenth / 10:.1f} to {tenth / 10 + 0.1:.1f}{count:10,}  {bar}".rstrip())

    def _walk_for_ever(self, minutes: int, threshold: float | None) -> NoReturn:
        os.nice(_NICENESS)
        while True:
            next_time = time.monotonic() + 60 * minutes
            try:
                with mining.alone():
                    self._walk(False, threshold)
            except mining.AnotherWalks as error:
                self._say(str(error))
            except Exception:
                # The database may be away for a while, or not migrated yet.
                _logger.exception(
                    "Looking for duplicates failed; it is tried again every %s minutes.", minutes
                )
            connection.close()
            while time.monotonic() < next_time:
                self._end_if_told()
                time.sleep(1)

    def _walk(self, everything: bool, threshold: float | None) -> None:
        walk = None if everything else mining.unfinished()
        if walk:
            self._say(f"Goes on with the walk of {_when(walk)}.")
            walk.threshold = threshold or walk.threshold
        else:
            walk = mining.begin(
                everything=everything, threshold=threshold or mining.THRESHOLD, waiting=self._wait
            )
        self._embed()
        if walk is None:
            self._say("Nothing is new since the last walk.")
            return
        left = mining.to_walk(walk).count()
        self._say(f"Looks for duplicates of {left:,} wordings.")
        with Progress("looking", left, self.stream) as progress:
            for count in self._resting(mining.go_on(walk)):
                progress.advance(count)
        self._say(f"Filed {walk.found:,} candidates of confidence {walk.threshold:g} or more.")

    def _embed(self) -> None:
        if not model.encoder():
            self._say(
                "Without the model duplicates are found by words alone; “manage.py check” says what is missing."
            )
        elif missing := embedding.count_missing():
            self._say(f"First embeds {missing:,} wordings.")
            with Progress("embedding", missing, self.stream) as progress:
                for count in self._resting(embedding.fill_in()):
                    progress.advance(count)

    def _resting(self, batches: Iterator[int]) -> Iterator[int]:
        """Pass the batches on. Beside a site, rest after each as long as it took: the database does half of the work,
        and does not know that it is less urgent than the readers'."""
        began = time.monotonic()
        for count in batches:
            yield count
            self._end_if_told()
            if self.stays:
                time.sleep(time.monotonic() - began)
            began = time.monotonic()

    def _wait(self) -> None:
        self._end_if_told()

    def _end_if_told(self) -> None:
        orphaned = self.child_of is not None and os.getppid() != self.child_of
        if self.told_to_end or orphaned:
            raise _ToldToEnd

    @contextmanager
    def _told_to_end_by_sigterm(self) -> Iterator[None]:
        def end(*_: object) -> NoReturn:
            # Raised in the midst of the database's driver, the exception may be lost; so it is noted down as well.
            self.told_to_end = True
            raise _ToldToEnd

        before = signal.signal(signal.SIGTERM, end)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)

    def _say(self, line: str) -> None:
        if self.verbosity:
            self.stdout.write(line)


def _when(walk: MiningWalk) -> str:
    return f"{walk.started_at:%Y-%m-%d %H:%M} UTC"
