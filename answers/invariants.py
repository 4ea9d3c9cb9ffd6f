"""What must never be false of answers and of the numbers that questions keep about them."""

from __future__ import annotations

from questions.invariants import Invariant

INVARIANTS = [
    Invariant(
        "The marks of every answer are counted",
        """
        SELECT answer.id, 'counts ' || answer.useful_count || ', has '
               || answer.useful_elsewhere + count(mark.id)
        FROM answers_answer AS answer LEFT JOIN answers_usefulmark AS mark ON mark.answer_id = answer.id
        GROUP BY answer.id HAVING answer.useful_count <> answer.useful_elsewhere + count(mark.id)
        ORDER BY answer.id
        """,
    ),
    Invariant(
        "Every answer is found by its words",
        """
        SELECT answer.id, 'has another text than its entry in the index'
        FROM answers_answer AS answer LEFT JOIN answers_answerindex AS entry ON entry.answer_id = answer.id
        WHERE entry.words IS DISTINCT FROM to_tsvector('english', answer.text) ORDER BY answer.id
        """,
    ),
    Invariant(
        "The newest revision of every answer is its text",
        """
        SELECT answer.id, 'differs from revision ' || coalesce(newest.number::text, '(there is none)')
        FROM answers_answer AS answer
        LEFT JOIN LATERAL (
            SELECT number, text FROM answers_revision
            WHERE answer_id = answer.id ORDER BY number DESC LIMIT 1
        ) AS newest ON true
        WHERE newest.text IS DISTINCT FROM answer.text ORDER BY answer.id
        """,
    ),
    Invariant(
        "No answers are folded into each other in a circle",
        """
        WITH RECURSIVE way AS (
            SELECT id AS start, folded_into_id AS reached, 1 AS steps
            FROM answers_answer WHERE folded_into_id IS NOT NULL
            UNION ALL
            SELECT way.start, answer.folded_into_id, steps + 1
            FROM way JOIN answers_answer AS answer ON answer.id = way.reached
            WHERE answer.folded_into_id IS NOT NULL AND way.reached <> way.start AND steps < 1000
        )
        SELECT start, 'comes back to itself after ' || steps || ' steps' FROM way WHERE reached = start
        ORDER BY start
        """,
    ),
    Invariant(
        "What is tallied at every home is what hangs on it",
        """
        SELECT home.id, 'tallies ' || coalesce(tally.answer_count, 0) || ' answers and '
               || coalesce(tally.useful_count, 0) || ' marks, has ' || counted.answers || ' and ' || counted.useful
        FROM questions_question AS home
        LEFT JOIN questions_hometally AS tally ON tally.question_id = home.id
        LEFT JOIN (
            SELECT question_id, count(*) AS answers, sum(useful_count) AS useful
            FROM answers_answer WHERE state = 'approved' GROUP BY question_id
        ) AS counted ON counted.question_id = home.id
        WHERE (coalesce(tally.answer_count, 0), coalesce(tally.useful_count, 0))
              <> (coalesce(counted.answers, 0), coalesce(counted.useful, 0))
        ORDER BY home.id
        """,
    ),
]
