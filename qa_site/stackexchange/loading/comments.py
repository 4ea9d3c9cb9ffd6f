"""Comments on questions and answers."""

from __future__ import annotations

from qa_site.stackexchange import staging
from qa_site.stackexchange.loading.statements import count, drop_repeated, run
from qa_site.stackexchange.report import Report


def move_comments(report: Report) -> None:
    staged = count("staged_comment")
    known = run(
        """
        DELETE FROM staged_comment USING stackexchange_importedcomment AS known
        WHERE known.site = %(site)s AND known.number = staged_comment.number
        """,
        site=report.site,
    )
    drop_repeated("staged_comment")
    taken = run(
        """
        WITH fresh AS MATERIALIZED (
            SELECT comment.*, post.question_id, post.answer_id, person.user_id
            FROM staged_comment AS comment
            JOIN stackexchange_importedpost AS post ON post.site = %(site)s AND post.number = comment.post
            LEFT JOIN stackexchange_importeduser AS person
                ON person.site = %(site)s AND person.number = comment.author
            ORDER BY comment.id
        ), written AS (
            INSERT INTO answers_comment
                (id, question_id, answer_id, author_id, guest_name, text, html, created_at, state)
            SELECT id, question_id, answer_id, user_id, CASE WHEN user_id IS NULL THEN guest_name ELSE '' END,
                   text, html, at, 'approved'
            FROM fresh
        )
        INSERT INTO stackexchange_importedcomment (site, number, comment_id) SELECT %(site)s, number, id FROM fresh
        """,
        site=report.site,
    )
    report.taken_in["comments"] += taken
    report.here_already["comments"] += known
    report.leave_out("comments", "their post is not in the dump, or was left out", staged - known - taken)
    staging.empty("staged_comment")
