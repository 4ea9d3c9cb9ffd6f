"""Keeping the embedding of every wording: written with the wording, or filled in later."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from questions.duplicates import model
from questions.duplicates.encoder import Vectors
from questions.models import Question, WordingEmbedding

BATCH = 512


def as_sql(vector: Vectors) -> str:
    """Write a vector as PostgreSQL reads a halfvec."""
    return "[" + ",".join(f"{number:.5g}" for number in vector.tolist()) + "]"


def embed(question: Question) -> None:
    """Write the embedding of the question as it reads now, in place of another; none without the model."""
    if encoder := model.encoder():
        WordingEmbedding.objects.update_or_create(
            question=question, defaults={"embedding": encoder.encode(question.text)}
        )
    else:
        WordingEmbedding.objects.filter(question=question).delete()


def count_missing() -> int:
    """How many wordings have no embedding."""
    return Question.objects.filter(embedding=None).count()


def fill_in() -> Iterator[int]:
    """Write the embeddings that are missing and yield after each batch how many it wrote.

    A batch is one statement, so it can be stopped at any time and goes on where it was. Raises
    model_files.ModelError without the model.
    """
    encoder = model.require_encoder()
    last = 0
    while True:
        missing = Question.objects.filter(embedding=None, pk__gt=last).order_by("pk")
        wordings = list(missing.values_list("pk", "text")[:BATCH])
        if not wordings:
            return
        _write(wordings, encoder.encode_many([text for _, text in wordings]))
        last = wordings[-1][0]
        yield len(wordings)


def _write(wordings: list[tuple[int, str]], vectors: Vectors) -> None:
    """Write the embeddings of these texts, but for those that have one by now or were reworded meanwhile.

    Each question is held before its embedding is written, as who rewords it does. The other way round, which
    is that of a foreign key, the two could wait for each other.
    """
    ids, texts = zip(*wordings, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO questions_wordingembedding (question_id, embedding)
            SELECT question.id, made.embedding::halfvec
            FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS made (id, text, embedding)
            JOIN questions_question AS question ON question.id = made.id AND question.text = made.text
            ORDER BY question.id
            FOR KEY SHARE OF question
            ON CONFLICT DO NOTHING
            """,
            [list(ids), list(texts), [as_sql(vector) for vector in vectors]],
        )
