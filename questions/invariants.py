"""What must never be false of wordings and families, each as a query that finds the rows where it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Invariant:
    """A sentence, and SQL that selects `id, what is wrong` for every row that breaks it, in the order of ids."""

    sentence: str
    offenders: str

    def first_offenders(self, limit: int = 5) -> tuple[int, list[tuple[int, str]]]:
        """Return how many rows break it, and the first of them."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({self.offenders}) AS offenders")  # noqa: S608 (ours)
            count = cursor.fetchone()[0]
            cursor.execute(f"{self.offenders} LIMIT %s", [limit])
            return count, cursor.fetchall()


INVARIANTS = [
    Invariant(
        "Every wording has a key of its own",
        """
        SELECT min(id), 'the key “' || key || '” stands ' || count(*) || ' times'
        FROM questions_question GROUP BY key HAVING count(*) > 1 ORDER BY 1
        """,
    ),
    Invariant(
        "Nothing is merged into itself",
        "SELECT id, 'is merged into itself' FROM questions_question WHERE merged_into_id = id ORDER BY id",
    ),
    Invariant(
        "A question is its own primary exactly as long as it is not merged",
        """
        SELECT id, 'merged_into ' || coalesce(merged_into_id::text, 'null') || ', primary ' || primary_id
        FROM questions_question WHERE (merged_into_id IS NULL) <> (primary_id = id) ORDER BY id
        """,
    ),
    Invariant(
        "The way up from every wording ends at its primary, without a circle",
        """
        SELECT wording.id, 'its primary is ' || wording.primary_id || ', the way up ends at '
               || coalesce(top.root::text, 'no end')
        FROM questions_question AS wording
        LEFT JOIN (
            WITH RECURSIVE tree(id, root) AS (
                SELECT id, id FROM questions_question WHERE merged_into_id IS NULL
                UNION
                SELECT child.id, tree.root
                FROM questions_question AS child JOIN tree ON child.merged_into_id = tree.id
            )
            SELECT id, root FROM tree
        ) AS top ON top.id = wording.id
        WHERE top.root IS DISTINCT FROM wording.primary_id ORDER BY wording.id
        """,
    ),
    Invariant(
        "The words that are searched are those of the wording",
        """
        SELECT question.id, 'is indexed as “' || coalesce(entry.text, '') || '”'
        FROM questions_question AS question
        LEFT JOIN questions_wordingindex AS entry ON entry.question_id = question.id
        WHERE entry.text IS DISTINCT FROM question.text ORDER BY question.id
        """,
    ),
    Invariant(
        "The numbers of every primary are those of its family",
        """
        SELECT root.id, 'counts ' || root.wording_count || ' wordings, ' || root.answer_count || ' answers and '
               || root.useful_count || ' marks, its family has ' || family.wordings || ', ' || family.answers
               || ' and ' || family.useful
        FROM questions_question AS root
        JOIN (
            SELECT wording.primary_id,
                   count(*) FILTER (WHERE wording.state = 'approved') AS wordings,
                   coalesce(sum(tally.answer_count), 0) AS answers,
                   coalesce(sum(tally.useful_count), 0) AS useful,
                   max(greatest(wording.created_at, tally.last_activity_at)) AS last_activity_at
            FROM questions_question AS wording
            LEFT JOIN questions_hometally AS tally ON tally.question_id = wording.id
            GROUP BY wording.primary_id
        ) AS family ON family.primary_id = root.id
        WHERE (root.wording_count, root.answer_count, root.useful_count, root.last_activity_at)
              IS DISTINCT FROM (family.wordings, family.answers, family.useful, family.last_activity_at)
        ORDER BY root.id
        """,
    ),
    Invariant(
        "A merge that stands in the log and was not undone is an edge",
        """
        SELECT act.id, 'says that ' || act.question_id || ' and ' || act.other_id || ' were tied together'
        FROM questions_act AS act
        JOIN questions_question AS one ON one.id = act.question_id
        JOIN questions_question AS other ON other.id = act.other_id
        WHERE act.kind IN ('merged', 'added')
          AND NOT EXISTS (SELECT 1 FROM questions_act AS undo WHERE undo.undoes_id = act.id)
          AND one.merged_into_id IS DISTINCT FROM other.id
          AND other.merged_into_id IS DISTINCT FROM one.id
        ORDER BY act.id
        """,
    ),
]
