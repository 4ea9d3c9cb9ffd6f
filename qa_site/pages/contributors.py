"""Whose work a page is: all who wrote or edited what stands on it, as licences like CC BY-SA want them named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext

from questions.models import Question, State


@dataclass(frozen=True)
class Contributor:
    name: str
    address: str
    since: datetime


def contributors(primary: Question) -> list[Contributor]:
    """The authors and editors of the wordings, details and answers that readers see on a page, oldest first.

    Who wrote a text that was combined into another is among them, whatever became of the first. Guests are named as
    they named themselves. One query.
    """
    since: dict[tuple[int | None, str], datetime] = {}
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, {"primary": primary.primary_id, "seen": State.APPROVED})
        for author, name, guest_name, moment in cursor.fetchall():
            person = (author, name or guest_name or gettext("Anonymous"))
            since[person] = min(moment, since.get(person, moment))
    return [
        Contributor(name, reverse("user", args=[author]) if author else "", moment)
        for (author, name), moment in sorted(since.items(), key=lambda item: (item[1], item[0][1]))
    ]


# Whose texts stand in an answer: of those that were combined into it, and of those that were combined into these.
_WRITTEN = """
    WITH RECURSIVE wording AS (
        SELECT * FROM questions_question WHERE primary_id = %(primary)s AND state = %(seen)s
    ),
    taken_in(answer_id) AS (
        SELECT answer.id
        FROM answers_answer AS answer
        JOIN questions_question AS home ON home.id = answer.question_id
        WHERE home.primary_id = %(primary)s AND answer.state = %(seen)s
        UNION
        SELECT taken.answer_id
        FROM taken_in
        JOIN answers_revision AS text ON text.answer_id = taken_in.answer_id
        JOIN answers_revision AS taken ON taken.id = text.combines_id
    ),
    written(author_id, guest_name, created_at) AS (
        SELECT author_id, guest_name, created_at FROM wording
        UNION ALL
        SELECT details.author_id, details.guest_name, details.created_at
        FROM wording
        JOIN questions_detailsrevision AS details ON details.question_id = wording.id
        WHERE details.text <> ''
        UNION ALL
        SELECT text.author_id, text.guest_name, text.created_at
        FROM taken_in
        JOIN answers_revision AS text ON text.answer_id = taken_in.answer_id
    )
    SELECT written.author_id, author.name, written.guest_name, min(written.created_at)
    FROM written
    LEFT JOIN accounts_user AS author ON author.id = written.author_id
    GROUP BY written.author_id, author.name, written.guest_name
"""
