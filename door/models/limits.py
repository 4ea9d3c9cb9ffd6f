"""How often who came, and which forms were sent: rows that are worth nothing after a while."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext as _


class Limit(models.Model):
    """How full somebody's allowance for an act is: by `empty_at` it is empty again (door/limits.py).

    The table is unlogged: a crash of the database empties it, and every write is the quicker for it.
    """

    key = models.CharField(primary_key=True, max_length=120)
    empty_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["empty_at"], name="limit_empty_at")]

    def __str__(self) -> str:
        return self.key


class SentForm(models.Model):
    """A form that was sent, by the number in its stamp, and where that led: sent again, it leads there again.

    `content` is a fingerprint of what it said, by which a form that is sent twice is told from one that was changed.
    """

    number = models.UUIDField(primary_key=True)
    content = models.CharField(max_length=64, db_default="")
    leads_to = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="sent_form_sent_at")]

    def __str__(self) -> str:
        return _("Form {number}").format(number=self.number)
