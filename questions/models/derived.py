"""What the site writes about wordings by itself: tallies, and what they are found by."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField, HnswIndex

from questions import wording
from questions.models.questions import Question
from questions.models.writing import LEAD_LENGTH


class HomeTally(models.Model):
    """What hangs on one question itself, whoever its primary is: the part that a family's numbers are summed from.

    Written by `families.record_tallies`, for the app that owns what is counted; a question nobody answered
    has none.
    """

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.PROTECT, related_name="tally", editable=False
    )
    answer_count = models.PositiveIntegerField()
    useful_count = models.PositiveIntegerField(help_text=_("Useful marks over all answers."))
    last_activity_at = models.DateTimeField(null=True)
    best_useful = models.PositiveIntegerField(
        help_text=_("Useful marks of the best answer, whose lead this is.")
    )
    best_at = models.DateTimeField(null=True, help_text=_("When the best answer was written."))
    lead = models.CharField(max_length=LEAD_LENGTH, blank=True)

    class Meta:
        verbose_name_plural = _("home tallies")

    def __str__(self) -> str:
        return gettext("What hangs on {question}").format(question=self.question)


class WordingIndex(models.Model):
    """The words of a wording for full text search, one row a question.

    A table of its own: PostgreSQL writes a new entry into every index of a row when one indexed column
    changes, and neither a merge nor a recount may cost that.
    """

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.CASCADE, related_name="index", editable=False
    )
    text = models.CharField(max_length=wording.MAX_LENGTH)
    words = models.GeneratedField(
        expression=SearchVector("text", config="questions_words"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = _("wording index")
        indexes = [GinIndex(fields=["words"], name="wording_words")]

    def __str__(self) -> str:
        return self.text


class WordingEmbedding(models.Model):
    """The meaning of a wording as the encoder has it: 384 numbers, of length 1 as a vector.

    A table of its own, as the words have: a new entry in this index costs a millisecond, and a site without
    the model has no rows here. The index is walked by cosine distance.
    """

    question = models.OneToOneField(
        Question, primary_key=True, on_delete=models.CASCADE, related_name="embedding", editable=False
    )
    embedding = HalfVectorField(dimensions=384)

    class Meta:
        indexes = [
            HnswIndex(
                fields=["embedding"],
                opclasses=["halfvec_cosine_ops"],
                m=16,
                ef_construction=64,
                name="wording_embedding_hnsw",
            )
        ]

    def __str__(self) -> str:
        return gettext("Meaning of {question}").format(question=self.question)
