"""Many texts hidden in one act, and how they were before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qa_site.moderation.models.about import AboutText, one_of
from questions.models import MAX_REASON_LENGTH, State


class Wave(models.Model):
    """Everything by somebody, from somewhere or with something in it, hidden in one act that can be undone."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("Everything of an account")
        ADDRESS_BLOCK = "address block", _("Everything from a block of addresses")
        EMAIL_DOMAIN = "e-mail domain", _("Everything by people with an address at a domain")
        LINK_DOMAIN = "link domain", _("Everything that links to a domain")
        PHRASE = "phrase", _("Everything with a phrase in it")

    kind = models.CharField(max_length=13, choices=Kind)
    value = models.CharField(
        max_length=300,
        help_text=_("The account's number, the fingerprint of the block, the domain or the phrase."),
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=MAX_REASON_LENGTH, blank=True)
    created_at = models.DateTimeField()
    hidden_count = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="wave_newest")]
        permissions = [("hide_wave", "Can hide many texts in one act")]

    def __str__(self) -> str:
        return gettext("{kind}: {value}").format(kind=self.get_kind_display(), value=self.value)


class HiddenByWave(AboutText):
    """A text that a wave hid, and the state that it had before."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="hidden")
    state_before = models.CharField(max_length=10, choices=State)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=one_of("question", "answer", "comment"), name="wave_hides_one_text_a_row"
            ),
            models.UniqueConstraint(
                fields=["wave", "question"],
                condition=Q(question__isnull=False),
                name="wave_hides_question_once",
            ),
            models.UniqueConstraint(
                fields=["wave", "answer"], condition=Q(answer__isnull=False), name="wave_hides_answer_once"
            ),
            models.UniqueConstraint(
                fields=["wave", "comment"], condition=Q(comment__isnull=False), name="wave_hides_comment_once"
            ),
        ]

    def __str__(self) -> str:
        return gettext("{text}, by {wave}").format(text=self.about, wave=self.wave)
