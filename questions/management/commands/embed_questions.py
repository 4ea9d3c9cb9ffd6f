"""python manage.py embed_questions: computes what wordings are found by in meaning, where it is missing."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questions.duplicates import embedding
from questions.duplicates.model_files import ModelError
from questions.progress import Progress


class Command(BaseCommand):
    help = (
        "Computes the embedding of every wording that has none: those of an import, or of the time before the model "
        "was installed. Can be stopped at any time, and goes on where it was when it is run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stream = (options.get("stderr") or sys.stderr) if options["verbosity"] else None
        done = 0
        try:
            missing = embedding.count_missing()
            with Progress("embedding", missing, stream) as progress:
                for count in embedding.fill_in():
                    done += count
                    progress.advance(count)
        except ModelError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt as error:
            raise CommandError(
                f"Stopped after {done:,} of {missing:,} wordings. Run it again to go on from there.",
                returncode=130,
            ) from error
        if options["verbosity"]:
            self.stdout.write(
                f"Embedded {done:,} wordings." if done else "Every wording has its embedding already."
            )
