"""python manage.py import_stackexchange: loads a Stack Exchange dump."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qa_site.stackexchange import dump
from qa_site.stackexchange.importing import import_dump
from qa_site.stackexchange.progress import Progress


class Command(BaseCommand):
    help = (
        "Loads a Stack Exchange dump: a folder with Posts.xml and, where they are, Users.xml, Comments.xml, Votes.xml, "
        "PostLinks.xml, PostHistory.xml and Tags.xml, or the .7z file as published. All of it is loaded, or nothing. "
        "Can be run again, also with a newer dump: what is here already is not doubled."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a folder with the files of a dump, or a .7z file")
        parser.add_argument(
            "--site",
            default="",
            help='the name to remember the site by, as "stats"; the name of PATH, if it is not given',
        )
        parser.add_argument(
            "--workers",
            type=int,
            help="how many processes convert texts; one a processor, if it is not given",
        )

    def handle(self, *args: Any, path: Path, site: str, workers: int | None, **options: Any) -> None:
        started = time.monotonic()
        stream = (options.get("stderr") or sys.stderr) if options["verbosity"] else None
        if workers is not None and workers < 0:
            raise CommandError("--workers is a number from 0.")
        try:
            with (
                dump.opened(path, site=site, scratch=settings.VAR_DIR) as opened,
                Progress(opened.size, stream) as progress,
            ):
                report = import_dump(opened, progress=progress, workers=workers)
        except dump.DumpError as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        except KeyboardInterrupt as error:
            raise CommandError("Stopped. Nothing was loaded.", returncode=130) from error
        if options["verbosity"]:
            self.stdout.write("\n".join(report.lines(time.monotonic() - started)))
