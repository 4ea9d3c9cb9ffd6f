"""Importing a dump from beginning to end, in one transaction: all of it, or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing

from django.conf import settings
from django.db import connection, transaction

from qa_site.stackexchange import counting, merges, staging
from qa_site.stackexchange.converting import Options
from qa_site.stackexchange.dump import FILES, Dump, DumpError
from qa_site.stackexchange.loading import answers, comments, history, people, questions
from qa_site.stackexchange.progress import Progress
from qa_site.stackexchange.reading import Block, blocks, check
from qa_site.stackexchange.report import Report
from qa_site.stackexchange.workers import converted
from questions.families import FamiliesAreBusy

# Posts and comments that wait before a statement moves them.
BATCH = 5_000
# Starting workers takes about as long as converting this many bytes.
WORTH_WORKERS = 1_000_000


def import_dump(dump: Dump, *, progress: Progress, workers: int | None = None) -> Report:
    """Load a dump and return what was taken in and what was not. Raises DumpError, with nothing loaded.

    `workers` is the number of processes that convert; None chooses one for each processor, or none for a small dump.
    """
    if workers is None:
        workers = len(os.sched_getaffinity(0)) if dump.size > WORTH_WORKERS else 0
    report = Report(dump.site)
    try:
        for name, path in dump.files.items():
            check(path, FILES[name])
        with transaction.atomic():
            _prepare()
            _Import(dump, report, progress).run(workers)
            staging.remove()
    except FamiliesAreBusy as error:
        raise DumpError(str(error)) from error
    except OSError as error:
        raise DumpError(f"{error.filename or 'A file'} cannot be read: {error.strerror or error}.") from error
    return report


def _prepare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('import_stackexchange', 0))")
        if not cursor.fetchone()[0]:
            raise DumpError("Another import is running. Please wait until it has ended.")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # Longer lists of words that wait for their place in an index, and memory to put them there in order.
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute("SET LOCAL gin_pending_list_limit = '32MB'")
        cursor.execute("SET LOCAL jit = off")
    staging.create()


class _Import:
    def __init__(self, dump: Dump, report: Report, progress: Progress) -> None:
        self.dump = dump
        self.report = report
        self.progress = progress
        self.has_votes = "Votes.xml" in dump.files
        self.has_history = "PostHistory.xml" in dump.files
        self.waiting = 0
        self.posts_told = 0

    def run(self, workers: int) -> None:
        options = Options(self.dump.address, self.has_history, settings.SHOW_PICTURES)
        file = ""
        # Blocks of the next file are converted while the end of one is settled.
        with closing(converted(self._blocks(), options, workers=workers)) as results:
            for result, tables in results:
                if result.file != file:
                    self._end(file)
                    file = result.file
                for table, rows in tables.items():
                    staging.copy(table, rows)
                for (what, why), count in result.left_out.items():
                    self.report.leave_out(what, why, count)
                self.waiting += result.rows
                if self.waiting >= BATCH:
                    self._move(file)
                posts = self.report.posts - self.posts_told
                self.posts_told += posts
                self.progress.advance(file, result.size, posts)
            self._end(file)

    def _blocks(self) -> Iterator[Block]:
        for name in FILES:
            if name in self.dump.files:
                yield from blocks(self.dump.files[name], FILES[name])

    def _move(self, file: str) -> None:
        """Move what is staged of this file, if it can be moved before all of it is there."""
        self.waiting = 0
        if file == "Users.xml":
            people.move_people(self.report)
        elif file == "Posts.xml":
            questions.move_questions(self.report, has_history=self.has_history)
            answers.move_answers(self.report, has_votes=self.has_votes, has_history=self.has_history)
        elif file == "Comments.xml":
            comments.move_comments(self.report)

    def _end(self, file: str) -> None:
        """Do what needs all rows of a file."""
        if file:
            self._move(file)
        if at_end := self._AT_END.get(file):
            self.progress.tell(f"{file}, all together")
            at_end(self)

    def _end_votes(self) -> None:
        people.count_votes()

    def _end_history(self) -> None:
        history.find_newest()

    def _end_posts(self) -> None:
        answers.move_early_answers(self.report, has_votes=self.has_votes, has_history=self.has_history)
        people.move_favourites(self.report)
        people.leave_out_other_votes(self.report)
        questions.count_unused_tags(self.report)
        self.report.refreshed = counting.settle()

    def _end_links(self) -> None:
        merges.merge_duplicates(self.report)

    _AT_END: dict[str, Callable[[_Import], None]] = {
        "Votes.xml": _end_votes,
        "PostHistory.xml": _end_history,
        "Posts.xml": _end_posts,
        "PostLinks.xml": _end_links,
    }
