"""What readers say about answers without writing: useful."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from answers.models.answers import Answer


class UsefulMark(models.Model):
    """Somebody found an answer useful: a member, or a guest known by the random token in a signed cookie."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="useful_marks")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    guest = models.UUIDField(null=True, blank=True)
    address_block = models.CharField(
        max_length=32,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("A guest's: a fingerprint of the first part of the address, which cannot be read back."),
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, guest__isnull=False)
                | Q(user__isnull=False, guest__isnull=True),
                name="useful_mark_is_a_members_or_a_guests",
            ),
            models.UniqueConstraint(fields=["answer", "user"], name="member_finds_an_answer_useful_once"),
            models.UniqueConstraint(fields=["answer", "guest"], name="guest_finds_an_answer_useful_once"),
        ]

    def __str__(self) -> str:
        if self.user is None:
            return gettext("A guest found answer {number} useful").format(number=self.answer_id)
        return gettext("{member} found answer {number} useful").format(
            member=self.user, number=self.answer_id
        )
