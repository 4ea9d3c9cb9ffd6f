"""python manage.py sketch_answers: writes the sketches that are missing, and records what is copied."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from answers import copies
from questions.progress import Progress


class Command(BaseCommand):
    help = (
        "Writes the sketch of every answer that has none, such as those of an import, by which passages are found that "
        "stand in several answers; and records those. Can be stopped at any time, and goes on where it was when it "
        "is run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stream = (options.get("stderr") or sys.stderr) if options["verbosity"] else None
        done, missing = 0, copies.count_missing()
        try:
            with Progress("sketching", missing, stream, unit="answers") as progress:
                for count in copies.fill_in():
                    done += count
                    progress.advance(count)
        except KeyboardInterrupt as error:
            raise CommandError(
                f"Stopped after {done:,} of {missing:,} answers. Run it again to go on from there.",
                returncode=130,
            ) from error
        if options["verbosity"]:
            self.stdout.write(
                f"Sketched {done:,} answers." if done else "Every answer has its sketch already."
            )
