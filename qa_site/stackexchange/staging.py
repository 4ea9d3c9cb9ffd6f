"""The tables in which a dump's rows wait, inside the transaction, until one statement moves many of them.

They are temporary: no one else sees them, nothing of them is logged, and they vanish with the transaction.
"""

from __future__ import annotations

from django.db import connection

# The ids that rows will have in the site's own tables are taken here, so that all that hangs together can be
# moved without asking back.
_TABLES = {
    "staged_user": (
        "number bigint, name text, joined timestamptz, id bigint DEFAULT nextval('accounts_user_id_seq')",
        "number, name, joined",
    ),
    "staged_tag": ("name text", "name"),
    "staged_vote": ("post bigint, useful int", "post, useful"),
    "staged_favourite": ("post bigint, number bigint, at timestamptz", "post, number, at"),
    "staged_history": (
        "post bigint, number bigint, editor bigint, editor_name text, at timestamptz, summary text, text text,"
        " html text, lead text, signature bigint",
        "post, number, editor, editor_name, at, summary, text, html, lead, signature",
    ),
    "staged_question": (
        "number bigint, text text, key text, owner bigint, owner_name text, at timestamptz, details text, html text,"
        " tags text[], accepted bigint, score int, signature bigint,"
        " id bigint DEFAULT nextval('questions_question_id_seq')",
        "number, text, key, owner, owner_name, at, details, html, tags, accepted, score, signature",
    ),
    "staged_answer": (
        "number bigint, parent bigint, owner bigint, owner_name text, at timestamptz, edited_at timestamptz,"
        " text text, html text, lead text, score int, signature bigint,"
        " id bigint DEFAULT nextval('answers_answer_id_seq')",
        "number, parent, owner, owner_name, at, edited_at, text, html, lead, score, signature",
    ),
    "staged_link": (
        "number bigint, post bigint, related bigint, at timestamptz",
        "number, post, related, at",
    ),
    "staged_comment": (
        "number bigint, post bigint, author bigint, guest_name text, at timestamptz, text text, html text,"
        " id bigint DEFAULT nextval('answers_comment_id_seq')",
        "number, post, author, guest_name, at, text, html",
    ),
}

_BESIDES = """
    -- Answers whose question has not come yet. In a dump, it nearly always comes before.
    CREATE TEMPORARY TABLE early_answer (LIKE staged_answer) ON COMMIT DROP;
    -- The question that each post of the present batch became; new when it was written just now.
    CREATE TEMPORARY TABLE placed (number bigint, question_id bigint, is_new boolean) ON COMMIT DROP;
    CREATE TEMPORARY TABLE vote_count (post bigint PRIMARY KEY, useful int NOT NULL) ON COMMIT DROP;
    CREATE TEMPORARY TABLE newest_history (
        post bigint PRIMARY KEY, signature bigint, text text, html text, lead text
    ) ON COMMIT DROP;
    -- The answer that a question's asker accepted, by its number in the dump.
    CREATE TEMPORARY TABLE acceptance (question_id bigint PRIMARY KEY, number bigint NOT NULL) ON COMMIT DROP;
    CREATE TEMPORARY TABLE lead_of (answer_id bigint PRIMARY KEY, lead text NOT NULL) ON COMMIT DROP;
    -- Answers that were here already and that more people find useful now.
    CREATE TEMPORARY TABLE refreshed (answer_id bigint PRIMARY KEY, useful int NOT NULL) ON COMMIT DROP;
    -- Details that came with a wording which had a question already.
    CREATE TEMPORARY TABLE other_details (
        question_id bigint NOT NULL, number bigint NOT NULL, details text, html text
    ) ON COMMIT DROP;
    -- Questions written by this import, which nobody else sees before it ends.
    CREATE TEMPORARY TABLE own_question (id bigint PRIMARY KEY) ON COMMIT DROP;
    -- Homes whose answers changed.
    CREATE TEMPORARY TABLE touched (question_id bigint PRIMARY KEY) ON COMMIT DROP;
"""
_BESIDES_NAMES = (
    *("early_answer", "placed", "vote_count", "newest_history", "acceptance", "lead_of", "refreshed"),
    *("other_details", "own_question", "touched"),
)


def create() -> None:
    """Make the tables, empty."""
    remove()
    with connection.cursor() as cursor:
        for name, (columns, _) in _TABLES.items():
            cursor.execute(f"CREATE TEMPORARY TABLE {name} ({columns}) ON COMMIT DROP")
            # Rows stay here for a moment; packing and unpacking their texts would cost more than it saves.
            for column in ("text", "html", "details"):
                if f" {column} text" in columns:
                    cursor.execute(f"ALTER TABLE {name} ALTER COLUMN {column} SET STORAGE EXTERNAL")
            cursor.execute(f"ALTER TABLE {name} SET (toast_tuple_target = 8160)")
        cursor.execute(_BESIDES)


def remove() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join([*_TABLES, *_BESIDES_NAMES])}")


def copy(table: str, rows: bytes) -> None:
    """Add rows in the text format of COPY."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({_TABLES[table][1]}) FROM STDIN") as target,
    ):
        target.write(rows)


def empty(*tables: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}")
