"""Keeping the embedding of every wording: written with the wording, or filled in later."""

from __future__ import annotations

from collections.abc import Iterator

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
        vectors = encoder.encode_many([text for _, text in wordings])
        # One that was reworded meanwhile has its new embedding already, and keeps it.
        WordingEmbedding.objects.bulk_create(
            [
                WordingEmbedding(question_id=pk, embedding=vector)
                for (pk, _), vector in zip(wordings, vectors, strict=True)
            ],
            ignore_conflicts=True,
        )
        last = wordings[-1][0]
        yield len(wordings)
