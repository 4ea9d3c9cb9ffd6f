"""After the rows are in: the numbers that are derived from them, written as the site's own verbs would write them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from questions import families
from questions.markdown import lead
from questions.models import LEAD_LENGTH

CHUNK = 5_000


def settle() -> int:
    """Refresh, fill in and recount whatever the loaded rows changed; return how many answers' marks were refreshed.

    The result is that of `tallies.recount_home` for every home that got an answer, thousands at a time. Families
    that others can see are locked first, and in the order of their ids, as everybody does. Raises FamiliesAreBusy.
    """
    _lock_old_families()
    refreshed = _refresh_useful_marks()
    _fill_in_details()
    for homes in _touched_homes():
        _read_missing_leads(homes)
        with connection.cursor() as cursor:
            cursor.execute(_TALLY, [homes])
            cursor.execute("SELECT DISTINCT primary_id FROM questions_question WHERE id = ANY(%s)", [homes])
            roots = [root for (root,) in cursor.fetchall()]
        families.recount(roots)
    return refreshed


def _lock_old_families() -> None:
    """Lock the families of homes that will change and were there before.

    Nobody waits for the families that this import made, since nobody sees them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO touched
            SELECT answer.question_id FROM refreshed JOIN answers_answer AS answer ON answer.id = refreshed.answer_id
            ON CONFLICT DO NOTHING
            """
        )
        cursor.execute(
            """
            SELECT question_id FROM touched UNION SELECT question_id FROM other_details
            EXCEPT SELECT id FROM own_question
            """
        )
        homes = [home for (home,) in cursor.fetchall()]
    families.lock_many(homes)


def _refresh_useful_marks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE answers_answer AS answer
            SET useful_elsewhere = refreshed.useful,
                useful_count = refreshed.useful
                    + (SELECT count(*) FROM answers_usefulmark AS mark WHERE mark.answer_id = answer.id)
            FROM refreshed
            WHERE answer.id = refreshed.answer_id
            """
        )
        return cursor.rowcount


def _fill_in_details() -> None:
    """Give a question without details those of the first post that came with the same wording."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE questions_question AS question
            SET details = other.details, details_html = other.html
            FROM (
                SELECT DISTINCT ON (question_id) * FROM other_details ORDER BY question_id, number
            ) AS other
            WHERE question.id = other.question_id AND question.details = ''
            """
        )


def _touched_homes() -> Iterator[list[int]]:
    """Yield the ids of touched homes, some thousands at a time."""
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT question_id FROM touched WHERE question_id > %s ORDER BY question_id LIMIT %s",
                [last, CHUNK],
            )
            homes = [home for (home,) in cursor.fetchall()]
        if not homes:
            return
        yield homes
        last = homes[-1]


def _read_missing_leads(homes: list[int]) -> None:
    """Read the lead of best answers that this import did not bring."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT best.id, best.html
            FROM unnest(%s::bigint[]) AS home(id)
            CROSS JOIN LATERAL (
                SELECT id, html FROM answers_answer
                WHERE question_id = home.id AND state = 'approved'
                ORDER BY useful_count DESC, created_at, id
                LIMIT 1
            ) AS best
            WHERE NOT EXISTS (SELECT FROM own_question WHERE own_question.id = home.id)
              AND NOT EXISTS (SELECT FROM lead_of WHERE answer_id = best.id)
            """,
            [homes],
        )
        leads = [(pk, lead(html, LEAD_LENGTH)) for pk, html in cursor.fetchall()]
        cursor.executemany("INSERT INTO lead_of VALUES (%s, %s)", leads)


_TALLY = """
    INSERT INTO questions_hometally
        (question_id, answer_count, useful_count, last_activity_at, best_useful, best_at, lead)
    SELECT counted.question_id, counted.answers, counted.useful, counted.last_activity_at,
           coalesce(counted.best_useful, 0), counted.best_at, coalesce(lead_of.lead, '')
    FROM (
        SELECT home.id AS question_id,
               count(answer.id) AS answers,
               coalesce(sum(answer.useful_count), 0) AS useful,
               max(greatest(answer.created_at, coalesce(answer.edited_at, answer.created_at))) AS last_activity_at,
               max(answer.useful_count) AS best_useful,
               (array_agg(answer.created_at ORDER BY answer.useful_count DESC, answer.created_at, answer.id))[1]
                   AS best_at,
               (array_agg(answer.id ORDER BY answer.useful_count DESC, answer.created_at, answer.id))[1] AS best
        FROM unnest(%s::bigint[]) AS home(id)
        LEFT JOIN answers_answer AS answer ON answer.question_id = home.id AND answer.state = 'approved'
        GROUP BY home.id
    ) AS counted
    LEFT JOIN lead_of ON lead_of.answer_id = counted.best
    ON CONFLICT (question_id) DO UPDATE
    SET answer_count = excluded.answer_count,
        useful_count = excluded.useful_count,
        last_activity_at = excluded.last_activity_at,
        best_useful = excluded.best_useful,
        best_at = excluded.best_at,
        lead = excluded.lead
"""
