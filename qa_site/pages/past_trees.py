"""The tree of a family as it was after each act of its history."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext

from qa_site.pages.family_pictures import Picture, Twig, picture
from questions.models import Question, State
from questions.replaying import KINDS, Event, Forest, Tree, replay

# Pictures stand beside the newest acts only; a page of hundreds would take long to draw and to scroll.
MOST_PICTURES = 40

# All acts that changed edges between wordings that were ever tied to this family, over however many others.
_EVENTS = """
    WITH RECURSIVE seen (id) AS (
        SELECT id FROM questions_question WHERE primary_id = %(primary)s
        UNION
        SELECT CASE WHEN act.question_id = seen.id THEN act.other_id ELSE act.question_id END
        FROM seen JOIN questions_act AS act ON seen.id IN (act.question_id, act.other_id)
        WHERE act.kind = ANY(%(kinds)s)
    )
    SELECT act.id, act.kind, act.question_id, act.other_id
    FROM questions_act AS act
    WHERE act.kind = ANY(%(kinds)s) AND act.question_id IN (SELECT id FROM seen)
    ORDER BY act.id
"""


def pictures_by_act(primary: Question, *, shows_hidden: bool) -> dict[int, list[Picture]]:
    """Return the pictures for the newest acts of a family's history, by the act's id: one tree, or the two it left.

    None at all when the acts do not lead to the tree as it is, as where questions came without their log. Three
    queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, {"primary": primary.pk, "kinds": list(KINDS)})
        rows = cursor.fetchall()
    events = [Event(*row[1:]) for row in rows]
    if not events or not _lead_to_now(events, primary):
        return {}
    trees = dict(zip([row[0] for row in rows], replay(events), strict=True))
    shown = {pk: trees[pk] for pk in sorted(trees)[-MOST_PICTURES:]}
    numbers = {branch.number for them in shown.values() for tree in them for branch in tree}
    texts = {
        pk: text if shows_hidden or state == State.APPROVED else gettext("a hidden wording")
        for pk, text, state in Question.objects.filter(pk__in=numbers).values_list("pk", "text", "state")
    }
    by_act = {}
    for (pk, _kind, question, _other), event in zip(rows, events, strict=True):
        if pk in shown:
            joined = _below(trees[pk], question) if event.kind in ("merged", "added") else set()
            by_act[pk] = [
                picture([Twig(texts[b.number], b.depth, joins=b.number in joined) for b in tree])
                for tree in shown[pk]
            ]
    return by_act


def _below(trees: list[Tree], number: int) -> set[int]:
    """A wording and everything that hangs on it: what an act brought into the tree."""
    found: set[int] = set()
    depth = None
    for branch in trees[0]:
        if branch.number == number:
            depth = branch.depth
        elif depth is not None and branch.depth <= depth:
            break
        if depth is not None:
            found.add(branch.number)
    return found


def _lead_to_now(events: list[Event], primary: Question) -> bool:
    forest = Forest()
    for event in events:
        forest.apply(event)
    edges = Question.objects.of_family(primary).values_list("pk", "merged_into")
    now = Forest({child: parent for child, parent in edges if parent})
    return forest.tree(primary.pk) == now.tree(primary.pk)
