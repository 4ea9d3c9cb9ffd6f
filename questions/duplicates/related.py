"""What to read next: questions that are similar, and not the same."""

from __future__ import annotations

from django.core.cache import cache

from questions.duplicates import matching
from questions.models import Question

SHOWN = 6
_SECONDS = 3_600


def related(primary: Question, *, limit: int = SHOWN) -> list[Question]:
    """Return the primaries most similar to this one, none of its own family, as readers may see them now.

    Which they are is kept for an hour, for it is the same for all readers; what they say is read each time.
    One query then, four otherwise.
    """
    kept = f"related:{primary.pk}:{limit}"
    ids = cache.get(kept)
    if ids is None:
        ids = [match.wording.pk for match in matching.similar_to(primary, limit=limit)]
        cache.set(kept, ids, _SECONDS)
    wordings = Question.objects.on_visible_pages().select_related("primary").in_bulk(ids)
    # One may have been merged into another, or into this one, since.
    primaries = {wordings[pk].primary_id: wordings[pk].primary for pk in ids if pk in wordings}
    return [found for pk, found in primaries.items() if pk != primary.pk]
