"""Answers, with every text they have had."""

from __future__ import annotations

from qa_site.stackexchange import staging
from qa_site.stackexchange.loading.statements import count, drop_known, run, value
from qa_site.stackexchange.report import Report


def move_answers(report: Report, *, has_votes: bool, has_history: bool) -> None:
    """Write the answers whose question is there; the others wait for `move_early_answers`."""
    _note_refreshed(report.site, has_votes=has_votes)
    drop_known("answer", report)
    staged = count("staged_answer")
    if not staged:
        staging.empty("staged_answer")
        return
    placed = run(
        """
        INSERT INTO placed
        SELECT answer.number, parent.question_id, true
        FROM staged_answer AS answer
        JOIN stackexchange_importedpost AS parent ON parent.site = %(site)s AND parent.number = answer.parent
        WHERE parent.question_id IS NOT NULL
        """,
        site=report.site,
    )
    if placed < staged:
        run(
            """
            INSERT INTO early_answer
            SELECT * FROM staged_answer WHERE NOT EXISTS (SELECT FROM placed WHERE placed.number = staged_answer.number)
            """
        )
    run(
        """
        INSERT INTO answers_answer
            (id, question_id, author_id, guest_name, text, html, created_at, edited_at, state, is_accepted,
             useful_elsewhere, useful_count)
        SELECT answer.id, placed.question_id, person.user_id,
               CASE WHEN person.user_id IS NULL THEN answer.owner_name ELSE '' END,
               coalesce(newest.text, answer.text), coalesce(newest.html, answer.html),
               answer.at, answer.edited_at, 'approved', acceptance.number IS NOT NULL, useful.count, useful.count
        FROM staged_answer AS answer
        JOIN placed ON placed.number = answer.number
        LEFT JOIN stackexchange_importeduser AS person ON person.site = %(site)s AND person.number = answer.owner
        LEFT JOIN acceptance
            ON acceptance.question_id = placed.question_id AND acceptance.number = answer.number
        LEFT JOIN vote_count ON vote_count.post = answer.number
        LEFT JOIN newest_history AS newest ON newest.post = answer.number AND newest.signature = answer.signature
        CROSS JOIN LATERAL (
            SELECT CASE WHEN %(has_votes)s THEN coalesce(vote_count.useful, 0) ELSE greatest(answer.score, 0) END
                AS count
        ) AS useful
        ORDER BY answer.id
        """,
        site=report.site,
        has_votes=has_votes,
    )
    run(
        """
        INSERT INTO stackexchange_importedpost (site, number, answer_id, score)
        SELECT %(site)s, answer.number, answer.id, answer.score
        FROM staged_answer AS answer JOIN placed ON placed.number = answer.number
        ORDER BY answer.number
        """,
        site=report.site,
    )
    report.taken_in["texts"] += _keep_revisions(report.site, has_history=has_history)
    run(
        """
        INSERT INTO lead_of
        SELECT answer.id, coalesce(newest.lead, answer.lead)
        FROM staged_answer AS answer
        JOIN placed ON placed.number = answer.number
        LEFT JOIN newest_history AS newest ON newest.post = answer.number AND newest.signature = answer.signature
        """
    )
    run("INSERT INTO touched SELECT DISTINCT question_id FROM placed ON CONFLICT DO NOTHING")
    report.taken_in["answers"] += placed
    report.taken_in["useful"] += value(
        """
        SELECT coalesce(sum(CASE WHEN %(has_votes)s THEN vote_count.useful ELSE greatest(answer.score, 0) END), 0)
        FROM staged_answer AS answer
        JOIN placed ON placed.number = answer.number
        LEFT JOIN vote_count ON vote_count.post = answer.number
        """,
        has_votes=has_votes,
    )
    staging.empty("staged_answer", "placed")


def move_early_answers(report: Report, *, has_votes: bool, has_history: bool) -> None:
    """Write the answers that came before their question; those that still have none are left out."""
    if not count("early_answer"):
        return
    run("INSERT INTO staged_answer SELECT * FROM early_answer")
    staging.empty("early_answer")
    move_answers(report, has_votes=has_votes, has_history=has_history)
    report.leave_out("answers", "their question is not in the dump, or was left out", count("early_answer"))
    staging.empty("early_answer")


def _keep_revisions(site: str, *, has_history: bool) -> int:
    """Write every text that the answers have had, numbered, and return how many there were."""
    if has_history:
        return run(_KEEP_ALL_TEXTS, site=site, shown=f"As {site} shows it")
    return run(_KEEP_PRESENT_TEXTS, site=site)


_KEEP_PRESENT_TEXTS = """
    INSERT INTO answers_revision (answer_id, number, text, summary, author_id, guest_name, created_at)
    SELECT answer.id, 1, answer.text, '', person.user_id,
           CASE WHEN person.user_id IS NULL THEN answer.owner_name ELSE '' END, answer.at
    FROM staged_answer AS answer
    JOIN placed ON placed.number = answer.number
    LEFT JOIN stackexchange_importeduser AS person ON person.site = %(site)s AND person.number = answer.owner
    ORDER BY answer.id
"""

# When the newest text of the history is not what the dump shows, or there is no history, what the dump shows
# comes last.
_KEEP_ALL_TEXTS = """
    WITH texts AS (
        SELECT answer.id, former.number AS place, former.text, former.summary,
               former.editor, former.editor_name, former.at
        FROM staged_answer AS answer
        JOIN placed ON placed.number = answer.number
        JOIN staged_history AS former ON former.post = answer.number
        UNION ALL
        SELECT answer.id, 9223372036854775807, answer.text,
               CASE WHEN newest.post IS NULL THEN '' ELSE %(shown)s END,
               answer.owner, answer.owner_name,
               CASE WHEN newest.post IS NULL THEN answer.at ELSE coalesce(answer.edited_at, answer.at) END
        FROM staged_answer AS answer
        JOIN placed ON placed.number = answer.number
        LEFT JOIN newest_history AS newest ON newest.post = answer.number
        WHERE newest.signature IS DISTINCT FROM answer.signature
    )
    INSERT INTO answers_revision (answer_id, number, text, summary, author_id, guest_name, created_at)
    SELECT texts.id, row_number() OVER (PARTITION BY texts.id ORDER BY place), texts.text, texts.summary,
           person.user_id, CASE WHEN person.user_id IS NULL THEN texts.editor_name ELSE '' END, texts.at
    FROM texts
    LEFT JOIN stackexchange_importeduser AS person ON person.site = %(site)s AND person.number = texts.editor
    ORDER BY texts.id, place
"""


def _note_refreshed(site: str, *, has_votes: bool) -> None:
    """Note the answers that are here already and have another number of votes in this dump."""
    if has_votes:
        run(
            """
            INSERT INTO refreshed
            SELECT DISTINCT ON (answer.id) answer.id, coalesce(vote_count.useful, 0)
            FROM staged_answer AS staged
            JOIN stackexchange_importedpost AS known ON known.site = %(site)s AND known.number = staged.number
            JOIN answers_answer AS answer ON answer.id = known.answer_id
            LEFT JOIN vote_count ON vote_count.post = staged.number
            WHERE answer.useful_elsewhere <> coalesce(vote_count.useful, 0)
            ON CONFLICT DO NOTHING
            """,
            site=site,
        )
