"""What PostHistory tells of former texts; it is looked up while the posts are moved."""

from __future__ import annotations

from qa_site.stackexchange.loading.statements import run


def find_newest() -> None:
    """Find the newest text of each post; called once, when all of PostHistory.xml is staged."""
    run(
        """
        INSERT INTO newest_history
        SELECT DISTINCT ON (post) post, signature, text, html, lead
        FROM staged_history ORDER BY post, number DESC
        """
    )
    run("CREATE INDEX staged_history_post ON staged_history (post)")
