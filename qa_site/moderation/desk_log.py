"""Writing to the public log of the desk."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from qa_site.accounts.models import User
from qa_site.moderation.kinds import Text, kind_of, quotable
from qa_site.moderation.models import DeskAct
from qa_site.moderation.models.desk_sentences import Facts


def record(kind: DeskAct.Kind, facts: Facts, *, by, reason: str = "", at: datetime | None = None) -> DeskAct:
    """Write and return the line of something that was just done, in the same transaction.

    Everybody reads what it says: let the facts name no address, and quote nothing that is hidden.
    """
    return DeskAct.objects.create(
        kind=kind, facts=facts, by=by, reason=reason, created_at=at or timezone.now()
    )


def about(thing: Text | User) -> Facts:
    """The facts by which a sentence calls a text or a member. A text needs what `Kind.related` loads."""
    if isinstance(thing, User):
        return {"about": "member", "named": thing.name}
    if text := quotable(thing):
        return {"about": kind_of(thing).name, "named": text}
    return {"about": kind_of(thing).name}
