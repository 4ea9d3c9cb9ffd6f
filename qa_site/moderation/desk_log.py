"""Writing to the public log of the desk."""

from datetime import datetime

from django.utils import timezone

from qa_site.moderation.models import DeskAct


def record(kind: DeskAct.Kind, sentence: str, *, by, reason: str = "", at: datetime | None = None) -> DeskAct:
    """Write and return the line of something that was just done, in the same transaction.

    Everybody reads the sentence: let it name no address, and quote nothing that is hidden. It is kept in English,
    whatever the language of who did it.
    """
    return DeskAct.objects.create(
        kind=kind, sentence=sentence[:500], by=by, reason=reason, created_at=at or timezone.now()
    )
