"""Members asking for another look at what was hidden of theirs."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa_site.moderation.models.about import AboutText, one_of
from questions.models import MAX_REASON_LENGTH


class AppealQuerySet(models.QuerySet["Appeal"]):
    def waiting(self) -> AppealQuerySet:
        return self.filter(decision="").order_by("created_at", "id")


class Appeal(AboutText):
    """A member says why a hidden text of theirs should be seen. Once for each text."""

    class Decision(models.TextChoices):
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appeals")
    words = models.TextField(max_length=2_000)
    created_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_of("question", "answer", "comment"), name="appeal_is_about_one_text"
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(question__isnull=False), name="question_is_appealed_once"
            ),
            models.UniqueConstraint(
                fields=["answer"], condition=Q(answer__isnull=False), name="answer_is_appealed_once"
            ),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(comment__isnull=False), name="comment_is_appealed_once"
            ),
        ]
        indexes = [models.Index(fields=["created_at", "id"], condition=Q(decision=""), name="appeal_waiting")]

    def __str__(self) -> str:
        return gettext("Appeal of {name} about {text}").format(name=self.by, text=self.about)
