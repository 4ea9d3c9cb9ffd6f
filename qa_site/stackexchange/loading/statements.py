"""Running statements, and the ones that every kind of row needs."""

from __future__ import annotations

from typing import Any

from django.db import connection

from qa_site.stackexchange.dump import DumpError
from qa_site.stackexchange.report import Report


def run(sql: str, **parameters: Any) -> int:
    """Run a statement and return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.rowcount


def row(sql: str, **parameters: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return cursor.fetchone()


def value(sql: str, **parameters: Any) -> Any:
    return row(sql, **parameters)[0]


def count(table: str) -> int:
    return value(f"SELECT count(*) FROM {table}")  # noqa: S608  a name from the code


def drop_known(kind: str, report: Report) -> None:
    """Take out the staged posts of this kind that are here already; of those, only the score may be news.

    Raises DumpError when they are other posts with the same numbers.
    """
    table = f"staged_{kind}"
    known, others = row(
        f"""
        SELECT count(*), count(*) FILTER (WHERE here.created_at <> staged.at)
        FROM {table} AS staged
        JOIN stackexchange_importedpost AS known ON known.site = %(site)s AND known.number = staged.number
        LEFT JOIN {kind}s_{kind} AS here ON here.id = known.{kind}_id
        """,  # noqa: S608  a kind from the code
        site=report.site,
    )
    if others > 2 and others * 2 > known:
        raise DumpError(
            f"The posts that were imported from {report.site} before are others than these with the same numbers. "
            "If this is another site, give its name with --site."
        )
    if known:
        run(
            f"""
            UPDATE stackexchange_importedpost AS known SET score = staged.score
            FROM {table} AS staged
            WHERE known.site = %(site)s AND known.number = staged.number AND known.score <> staged.score
            """,  # noqa: S608
            site=report.site,
        )
        report.here_already[f"{kind}s"] += run(
            f"""
            DELETE FROM {table} USING stackexchange_importedpost AS known
            WHERE known.site = %(site)s AND known.number = {table}.number
            """,  # noqa: S608
            site=report.site,
        )
    drop_repeated(table)


def drop_repeated(table: str) -> None:
    """Keep the first of staged rows that have the same number."""
    run(
        f"""
        DELETE FROM {table} USING {table} AS earlier
        WHERE earlier.number = {table}.number AND earlier.id < {table}.id
        """  # noqa: S608
    )
