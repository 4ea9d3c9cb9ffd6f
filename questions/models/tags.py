"""Subjects, and which questions carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from questions.models.writing import State

if TYPE_CHECKING:
    from questions.models.questions import Question


class TagQuerySet(models.QuerySet["Tag"]):
    def in_use(self) -> TagQuerySet:
        """Tags of questions that readers see, each with `question_count`, how many pages it leads to."""
        seen = Q(
            tagged__content_object__state=State.APPROVED,
            tagged__content_object__primary__state=State.APPROVED,
        )
        return self.annotate(
            question_count=models.Count("tagged__content_object__primary", distinct=True, filter=seen)
        ).filter(question_count__gt=0)

    def beginning_with(self, text: str) -> TagQuerySet:
        """Tags whose name begins so; none when nothing is typed."""
        return self.filter(name__startswith=text) if text else self.none()

    def of_family(self, question: Question) -> TagQuerySet:
        """What the wordings of the family carry, as far as readers see them, by name."""
        return self.filter(
            tagged__content_object__primary=question.primary_id, tagged__content_object__state=State.APPROVED
        ).distinct()


class Tag(TagBase):
    """A subject. Its name is its address too, lower case and without spaces, so that c, c++ and c# are three."""

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        return tag if i is None else f"{tag}_{i}"

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.slug])


class TaggedQuestion(ItemBase):
    content_object = models.ForeignKey("questions.Question", on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="question_carries_a_tag_once")
        ]
