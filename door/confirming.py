"""A guest shows that an address is theirs, by a link that is opened in the browser in which they write."""

from __future__ import annotations

from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from door import limits
from door.allowances import Allowance
from door.models import Guest

DAYS = 3
_ONE_AN_HOUR = Allowance(1, 60 * 60)
_SALT = "door.confirming"


def may_be_asked(guest: Guest) -> bool:
    """Whether a mail may go to the guest's address now: there is one, it is not confirmed, and none went this hour.

    Takes the one mail that an address gets in an hour, wherever it was typed.
    """
    if not guest.email or guest.is_confirmed:
        return False
    fingerprint = salted_hmac(_SALT, guest.email, algorithm="sha256").hexdigest()[:32]
    return limits.take({f"confirm {fingerprint}": _ONE_AN_HOUR}) == 0


def signed(guest: Guest) -> str:
    """What the link of the mail carries: which guest it is about, not the address."""
    return signing.dumps(guest.pk, salt=_SALT)


def guest_of_link(value: str) -> Guest | None:
    """The guest that a link is about, or None when it is too old or made up."""
    try:
        number = signing.loads(value, salt=_SALT, max_age=DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return None
    return Guest.objects.filter(pk=number).first()


@transaction.atomic
def confirm(guest: Guest, *, token: UUID) -> Guest:
    """Confirm the guest's address for the browser of this token, and return the guest that this browser is.

    Anyone can type anyone's address, but only whoever reads its mail opens the link: if that is another browser, it
    is the one that is confirmed, and the browser that typed the address is not.
    """
    here, _ = Guest.objects.get_or_create(
        token=token, email=guest.email, defaults={"created_at": timezone.now()}
    )
    if not here.is_confirmed:
        here.confirmed_at = timezone.now()
        here.save(update_fields=["confirmed_at"])
    return here
