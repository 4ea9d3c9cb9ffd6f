"""People, and what they did without words: votes and favourites."""

from __future__ import annotations

from qa_site.stackexchange import staging
from qa_site.stackexchange.loading.statements import count, row, run, value
from qa_site.stackexchange.report import Report


def move_people(report: Report) -> None:
    """Write an account for everybody who is not known yet by the site and the number. Nobody can sign in to it."""
    staged = count("staged_user")
    taken = run(
        """
        WITH fresh AS MATERIALIZED (
            SELECT DISTINCT ON (number) * FROM staged_user
            WHERE NOT EXISTS (
                SELECT FROM stackexchange_importeduser AS known
                WHERE known.site = %(site)s AND known.number = staged_user.number
            )
            ORDER BY number
        ), written AS (
            INSERT INTO accounts_user (id, password, is_superuser, is_staff, is_active, date_joined, name)
            SELECT id, '!' || md5(random()::text), false, false, true, joined, name FROM fresh
        )
        INSERT INTO stackexchange_importeduser (site, number, user_id) SELECT %(site)s, number, id FROM fresh
        """,
        site=report.site,
    )
    report.taken_in["people"] += taken
    report.here_already["people"] += staged - taken
    staging.empty("staged_user")


def count_votes() -> None:
    """Add up the votes for each post; called once, when all of Votes.xml is staged."""
    run("INSERT INTO vote_count SELECT post, sum(useful) FROM staged_vote GROUP BY post")
    staging.empty("staged_vote")


def leave_out_other_votes(report: Report) -> None:
    """Count the votes for what is no answer; called once, when all posts are there."""
    on_questions, on_nothing = row(
        """
        SELECT coalesce(sum(vote.useful) FILTER (WHERE post.question_id IS NOT NULL), 0),
               coalesce(sum(vote.useful) FILTER (WHERE post.id IS NULL), 0)
        FROM vote_count AS vote
        LEFT JOIN stackexchange_importedpost AS post ON post.site = %(site)s AND post.number = vote.post
        """,
        site=report.site,
    )
    report.leave_out("votes for questions", "only answers are marked as useful here", on_questions)
    report.leave_out("votes for posts", "their post is not in the dump, or was left out", on_nothing)


def move_favourites(report: Report) -> None:
    """Let people follow what they marked as a favourite; called once, when all posts are there."""
    staged = count("staged_favourite")
    run("CREATE INDEX staged_favourite_post ON staged_favourite (post)")
    known = taken = 0
    last: int | None = None
    while (last := value(_END_OF_FAVOURITES, after=last)) is not None:
        found = value(_COUNT_FAVOURITES, site=report.site, up_to=last)
        written = run(_MOVE_FAVOURITES, site=report.site, up_to=last)
        run("DELETE FROM staged_favourite WHERE post <= %(up_to)s", up_to=last)
        taken += written
        known += found - written
    report.taken_in["follows"] += taken
    report.here_already["follows"] += known
    report.leave_out("favourites", "their question or their owner is not in the dump", staged - known - taken)
    staging.empty("staged_favourite")


_END_OF_FAVOURITES = """
    SELECT max(post) FROM (
        SELECT post FROM staged_favourite WHERE post > coalesce(%(after)s, -1) ORDER BY post LIMIT 20000
    ) AS chunk
"""
_FAVOURITES = """
    SELECT person.user_id, post.question_id, min(favourite.at)
    FROM staged_favourite AS favourite
    JOIN stackexchange_importedpost AS post ON post.site = %(site)s AND post.number = favourite.post
    JOIN stackexchange_importeduser AS person ON person.site = %(site)s AND person.number = favourite.number
    WHERE post.question_id IS NOT NULL AND favourite.post <= %(up_to)s
    GROUP BY 1, 2
"""
_COUNT_FAVOURITES = f"SELECT count(*) FROM ({_FAVOURITES}) AS favourites"  # noqa: S608  the text above
_MOVE_FAVOURITES = f"""
    INSERT INTO questions_follow (user_id, question_id, created_at) {_FAVOURITES} ON CONFLICT DO NOTHING
"""
