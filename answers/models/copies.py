"""What answers share with each other word for word: the sketches by which it is found, and what was found."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from answers.models.answers import Answer
from questions.models import State


class PassageSketch(models.Model):
    """Numbers that stand for the passages of an answer; who shares a passage of eight words shares a number.

    A table of its own, so that counting useful marks does not write into its index (`passages.sketch` makes them).
    """

    answer = models.OneToOneField(
        Answer, primary_key=True, on_delete=models.CASCADE, related_name="sketch", editable=False
    )
    numbers = ArrayField(models.IntegerField())
    word_count = models.PositiveIntegerField(help_text=_("Words that count: quotations and code do not."))

    class Meta:
        verbose_name_plural = _("passage sketches")
        indexes = [GinIndex(fields=["numbers"], name="passage_sketch_numbers")]

    def __str__(self) -> str:
        return gettext("Sketch of answer {number}").format(number=self.answer_id)


class CopiedPassageQuerySet(models.QuerySet["CopiedPassage"]):
    def unsettled(self) -> CopiedPassageQuerySet:
        """Those that nobody has looked at yet, between answers that readers see.

        Not those of which one is folded into the other: it may have been combined with it, and its author is named.
        """
        return self.exclude(Q(answer__folded_into=F("source")) | Q(source__folded_into=F("answer"))).filter(
            settled_at=None,
            answer__state=State.APPROVED,
            source__state=State.APPROVED,
            answer__question__primary__state=State.APPROVED,
            source__question__primary__state=State.APPROVED,
        )

    def largest_first(self) -> CopiedPassageQuerySet:
        return self.order_by("-word_count", "-id")


class CopiedPassage(models.Model):
    """How much of an answer stands in an older one word for word, in passages of eight words or more."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="copied_passages")
    source = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="passages_copied")
    word_count = models.PositiveIntegerField(help_text=_("Words in all passages together."))
    share = models.FloatField(help_text=_("Of the words of the answer, 0 to 1."))
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = CopiedPassageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-word_count", "-id"], condition=Q(settled_at=None), name="copied_passage_largest"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["answer", "source"], name="copied_passages_are_summed_by_pair"),
            models.CheckConstraint(condition=~Q(answer=F("source")), name="answer_copies_from_another"),
        ]

    def __str__(self) -> str:
        return ngettext(
            "{count} word of answer {answer} stands in answer {source}",
            "{count} words of answer {answer} stand in answer {source}",
            self.word_count,
        ).format(count=self.word_count, answer=self.answer_id, source=self.source_id)
