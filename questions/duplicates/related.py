"""What to read next: questions that are similar, and not the same."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection

from questions.duplicates import matching
from questions.models import Question

SHOWN = 6
_SECONDS = 3_600
# A tag may have a great many questions; of each, so many are looked at.
_NEWEST_OF_A_TAG = 200


def related(primary: Question, *, limit: int = SHOWN) -> list[Question]:
    """Return the primaries most similar to this one, and then such as share tags with it, as readers may see them now.

    None is of its own family. Which they are is kept for an hour, for it is the same for all readers; what they say
    is read each time. One query then, four or five otherwise.
    """
    kept = f"related:{primary.pk}:{limit}"
    ids = cache.get(kept)
    if ids is None:
        ids = [match.wording.pk for match in matching.similar_to(primary, limit=limit)]
        if len(ids) < limit:
            ids += _with_tags_of(primary, limit=limit)
        cache.set(kept, ids, _SECONDS)
    wordings = Question.objects.on_visible_pages().select_related("primary").in_bulk(ids)
    # One may have been merged into another, or into this one, since.
    primaries = {wordings[pk].primary_id: wordings[pk].primary for pk in ids if pk in wordings}
    return [found for pk, found in primaries.items() if pk != primary.pk][:limit]


def _with_tags_of(primary: Question, *, limit: int) -> list[int]:
    """Return the ids of primaries that share tags with the family, most tags first, then the newest."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT other.primary_id
            FROM questions_taggedquestion AS own
            JOIN questions_question AS member ON member.id = own.content_object_id
            JOIN LATERAL (
                SELECT content_object_id, tag_id FROM questions_taggedquestion
                WHERE tag_id = own.tag_id ORDER BY content_object_id DESC LIMIT %s
            ) AS shared ON true
            JOIN questions_question AS other ON other.id = shared.content_object_id
            WHERE member.primary_id = %s AND other.primary_id <> %s
            GROUP BY other.primary_id
            ORDER BY count(DISTINCT shared.tag_id) DESC, other.primary_id DESC
            LIMIT %s
            """,
            [_NEWEST_OF_A_TAG, primary.pk, primary.pk, limit],
        )
        return [pk for (pk,) in cursor.fetchall()]
