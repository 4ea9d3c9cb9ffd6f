"""Duplicate links into merges, by the site's own verb, each once for ever."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from qa_site.stackexchange.models import ImportedMerge
from qa_site.stackexchange.report import Report
from questions import families, merging
from questions.models import Question

CHUNK = 500

_Link = tuple[int, datetime, int, int]


def merge_duplicates(report: Report) -> None:
    """Merge what the staged links say are duplicates, in the order in which people said so.

    A link is handled once: the ledger remembers it, also when there was nothing to merge, so that what a
    moderator parts here stays parted whenever the dump is read again.
    """
    _drop_known(report)
    _leave_out_lost(report)
    with connection.cursor() as cursor:
        # The import holds families already, in the order in which they came. Who waits for one of those while
        # we wait for one of theirs would never get it, so we wait for moments only.
        cursor.execute("SET LOCAL lock_timeout = '500ms'")
    last: tuple[datetime, int] | None = None
    while links := _next_links(report.site, last):
        done: list[ImportedMerge] = []
        left_out: Counter[str] = Counter()
        for link in links:
            if row := _merge(link, report.site, left_out):
                done.append(row)
        ImportedMerge.objects.bulk_create(done)
        report.taken_in["merges"] += sum(row.act is not None for row in done)
        for why, count in left_out.items():
            report.leave_out("duplicate links", why, count)
        last = links[-1][1], links[-1][0]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _merge(link: _Link, site: str, left_out: Counter[str]) -> ImportedMerge | None:
    number, at, source, into = link
    try:
        act = merging.merge(
            Question(pk=source),
            into=Question(pk=into),
            by=None,
            reason=f"Marked as a duplicate on {site}",
            at=at,
        )
    except merging.SameQuestion:
        left_out["the two have the same wording, so they are one question already"] += 1
        act = None
    except merging.AlreadyOneFamily:
        left_out["the two are one question already, through other links or merges"] += 1
        act = None
    except merging.QuestionIsHidden:
        left_out["one of the two is hidden here; the next import tries again"] += 1
        return None
    except (families.FamiliesAreBusy, OperationalError) as error:
        if isinstance(error, OperationalError) and not isinstance(error.__cause__, LockNotAvailable):
            raise
        left_out["other people were changing the two just then; the next import tries again"] += 1
        return None
    return ImportedMerge(site=site, number=number, act=act)


def _drop_known(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM staged_link USING stackexchange_importedmerge AS known
            WHERE known.site = %s AND known.number = staged_link.number
            """,
            [report.site],
        )
        report.here_already["merges"] += cursor.rowcount
        cursor.execute(
            """
            DELETE FROM staged_link USING staged_link AS other
            WHERE other.number = staged_link.number AND other.ctid < staged_link.ctid
            """
        )


def _leave_out_lost(report: Report) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM staged_link
            WHERE 2 > (
                SELECT count(*) FROM stackexchange_importedpost AS post
                WHERE post.site = %s AND post.number IN (staged_link.post, staged_link.related)
                  AND post.question_id IS NOT NULL
            ) AND post <> related
            """,
            [report.site],
        )
        report.leave_out("duplicate links", "one of the two questions is not in the dump", cursor.rowcount)


def _next_links(site: str, last: tuple[datetime, int] | None) -> list[_Link]:
    """Return some links as (number, date, the duplicate's question, the question it is a duplicate of)."""
    after = "AND (link.at, link.number) > (%(at)s, %(number)s)" if last else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT link.number, link.at, source.question_id, target.question_id
            FROM staged_link AS link
            JOIN stackexchange_importedpost AS source ON source.site = %(site)s AND source.number = link.post
            JOIN stackexchange_importedpost AS target ON target.site = %(site)s AND target.number = link.related
            WHERE source.question_id IS NOT NULL AND target.question_id IS NOT NULL {after}
            ORDER BY link.at, link.number
            LIMIT %(limit)s
            """,  # noqa: S608  one of two constants
            {"site": site, "at": last and last[0], "number": last and last[1], "limit": CHUNK},
        )
        return cursor.fetchall()
