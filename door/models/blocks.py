"""Who may not write for a while."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class BlockQuerySet(models.QuerySet["Block"]):
    def in_force(self) -> BlockQuerySet:
        return self.filter(until__gt=timezone.now(), lifted_at=None)


class Block(models.Model):
    """An account, a block of addresses, an e-mail address or an e-mail domain that may not write until a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="blocks"
    )
    address_block = models.CharField(
        max_length=32, blank=True, help_text=_("A fingerprint, which cannot be read back.")
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    email_domain = models.CharField(_("e-mail domain"), max_length=253, blank=True)
    until = models.DateTimeField()
    reason = models.CharField(
        max_length=300, help_text=_("Who is blocked reads it, and it stands in the public log.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, address_block="", email="", email_domain="")
                | Q(user__isnull=True, email="", email_domain="") & ~Q(address_block="")
                | Q(user__isnull=True, address_block="", email_domain="") & ~Q(email="")
                | Q(user__isnull=True, address_block="", email="") & ~Q(email_domain=""),
                name="block_is_of_one_thing",
            )
        ]
        indexes = [
            models.Index(
                fields=["address_block"], condition=~Q(address_block=""), name="block_address_block"
            ),
            models.Index(fields=["email"], condition=~Q(email=""), name="block_email"),
            models.Index(fields=["email_domain"], condition=~Q(email_domain=""), name="block_email_domain"),
        ]

    def __str__(self) -> str:
        return gettext("Block of {whom} until {day}").format(whom=self.whom, day=f"{self.until:%Y-%m-%d}")

    @property
    def whom(self) -> str:
        """What is blocked, in words that moderators may read: no address is spelt out."""
        if self.user:
            return self.user.get_full_name()
        if self.email_domain:
            return gettext("everybody with an address at {domain}").format(domain=self.email_domain)
        if self.email:
            return gettext("a guest’s e-mail address")
        return gettext("the address block {number}").format(number=self.address_block[:8])
