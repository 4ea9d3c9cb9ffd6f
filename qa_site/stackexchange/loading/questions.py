"""Questions, with their details and tags."""

from __future__ import annotations

from qa_site.stackexchange import staging
from qa_site.stackexchange.loading.statements import count, drop_known, run, value
from qa_site.stackexchange.report import Report


def move_questions(report: Report, *, has_history: bool) -> None:
    """Write a question for each new wording, and let posts with a wording that exists join its question."""
    drop_known("question", report)
    staged = count("staged_question")
    if not staged:
        staging.empty("staged_question")
        return
    run(
        """
        INSERT INTO questions_question
            (id, text, key, primary_id, author_id, guest_name, details, details_html, created_at, state,
             wording_count, answer_count, useful_count, last_activity_at, lead)
        SELECT post.id, post.text, post.key, post.id, person.user_id,
               CASE WHEN person.user_id IS NULL THEN post.owner_name ELSE '' END,
               coalesce(newest.text, post.details), coalesce(newest.html, post.html), post.at, 'approved',
               1, 0, 0, post.at, ''
        FROM staged_question AS post
        LEFT JOIN stackexchange_importeduser AS person ON person.site = %(site)s AND person.number = post.owner
        LEFT JOIN newest_history AS newest ON newest.post = post.number AND newest.signature = post.signature
        WHERE post.number IN (SELECT min(number) FROM staged_question GROUP BY key)
        ORDER BY post.id
        ON CONFLICT (key) DO NOTHING
        """,
        site=report.site,
    )
    run(
        """
        INSERT INTO placed
        SELECT post.number, question.id, question.id = post.id
        FROM staged_question AS post JOIN questions_question AS question ON question.key = post.key
        """
    )
    written = run("INSERT INTO own_question SELECT question_id FROM placed WHERE is_new")
    run(
        """
        INSERT INTO stackexchange_importedpost (site, number, question_id, score)
        SELECT %(site)s, post.number, placed.question_id, post.score
        FROM staged_question AS post JOIN placed ON placed.number = post.number
        ORDER BY post.number
        """,
        site=report.site,
    )
    run(
        """
        INSERT INTO questions_wordingindex (question_id, text)
        SELECT post.id, post.text
        FROM staged_question AS post JOIN placed ON placed.number = post.number AND placed.is_new
        ORDER BY post.id
        """
    )
    _keep_details(report.site, has_history=has_history)
    report.taken_in["tags"] += _tag()
    run(
        """
        INSERT INTO acceptance
        SELECT placed.question_id, post.accepted
        FROM staged_question AS post JOIN placed ON placed.number = post.number
        WHERE post.accepted IS NOT NULL AND (placed.is_new OR NOT EXISTS (
            SELECT FROM answers_answer AS answer
            WHERE answer.question_id = placed.question_id AND answer.is_accepted
        ))
        ORDER BY post.number
        ON CONFLICT DO NOTHING
        """
    )
    report.taken_in["questions"] += written
    report.leave_out(
        "questions",
        "their wording was here already; what hangs on them is at that question",
        staged - written,
    )
    staging.empty("staged_question", "placed")


def _keep_details(site: str, *, has_history: bool) -> None:
    if has_history:
        run(
            """
            INSERT INTO questions_detailsrevision (question_id, text, author_id, guest_name, created_at)
            SELECT placed.question_id, former.text, person.user_id,
                   CASE WHEN person.user_id IS NULL THEN former.editor_name ELSE '' END, former.at
            FROM placed
            JOIN staged_history AS former ON former.post = placed.number
            LEFT JOIN stackexchange_importeduser AS person
                ON person.site = %(site)s AND person.number = former.editor
            ORDER BY former.number
            """,
            site=site,
        )
    # The present text, unless it was the newest of the history.
    run(
        """
        INSERT INTO questions_detailsrevision (question_id, text, author_id, guest_name, created_at)
        SELECT placed.question_id, post.details, person.user_id,
               CASE WHEN person.user_id IS NULL THEN post.owner_name ELSE '' END, post.at
        FROM staged_question AS post
        JOIN placed ON placed.number = post.number
        LEFT JOIN stackexchange_importeduser AS person ON person.site = %(site)s AND person.number = post.owner
        LEFT JOIN newest_history AS newest ON newest.post = post.number AND newest.signature = post.signature
        WHERE newest.post IS NULL AND post.details <> ''
        ORDER BY post.id
        """,
        site=site,
    )
    run(
        """
        INSERT INTO other_details
        SELECT placed.question_id, post.number, coalesce(newest.text, post.details), coalesce(newest.html, post.html)
        FROM staged_question AS post
        JOIN placed ON placed.number = post.number AND NOT placed.is_new
        LEFT JOIN newest_history AS newest ON newest.post = post.number AND newest.signature = post.signature
        WHERE post.details <> ''
        """
    )


def _tag() -> int:
    run(
        """
        INSERT INTO questions_tag (name, slug)
        SELECT DISTINCT tag, tag FROM staged_question CROSS JOIN unnest(tags) AS tag
        EXCEPT SELECT name, slug FROM questions_tag
        ON CONFLICT DO NOTHING
        """
    )
    return run(
        """
        INSERT INTO questions_taggedquestion (content_object_id, tag_id)
        SELECT placed.question_id, tag.id
        FROM staged_question AS post
        JOIN placed ON placed.number = post.number
        CROSS JOIN unnest(post.tags) AS tag_name
        JOIN questions_tag AS tag ON tag.name = tag_name
        ORDER BY 1
        ON CONFLICT DO NOTHING
        """
    )


def count_unused_tags(report: Report) -> None:
    unused = value(
        "SELECT count(*) FROM staged_tag WHERE NOT EXISTS (SELECT FROM questions_tag WHERE name = staged_tag.name)"
    )
    report.leave_out("tags", "no question carries them", unused)
