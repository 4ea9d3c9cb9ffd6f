"""What spam looks like here: counts of words in texts that moderators decided about."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _


class SpamWord(models.Model):
    """In how many texts that were called spam a word stands, and in how many that were approved."""

    word = models.CharField(primary_key=True, max_length=60)
    spam_count = models.PositiveIntegerField(default=0)
    fine_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class TrainedText(models.Model):
    """A text that was learnt from, so that it is learnt once and can be unlearnt when a decision is undone.

    `kind` and `number` name it without the door knowing what it is: "comment" and its id.
    """

    kind = models.CharField(max_length=10)
    number = models.BigIntegerField()
    is_spam = models.BooleanField()
    words = ArrayField(models.CharField(max_length=60))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="text_is_learnt_once")]

    def __str__(self) -> str:
        said = _("{kind} {number}: spam") if self.is_spam else _("{kind} {number}: fine")
        return said.format(kind=self.kind, number=self.number)
