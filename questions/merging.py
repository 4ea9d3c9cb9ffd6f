"""The five verbs that change which wordings there are and which of them are one family.

A family is a tree of wordings, and a merge is one edge in it, from the primary of the one family to a
wording of the other. Answers, comments, tags and followers are not touched by anything here. Each verb is
atomic, takes the families' locks first, costs the same number of queries whatever the size, and returns the
row it wrote to the log.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from questions import families, log, wording
from questions.duplicates import embedding
from questions.locking import refuse_if_locked
from questions.models import Act, DuplicateCandidate, Question, WordingIndex
from questions.uniqueness import insert, unique_wording


class CannotMerge(Exception):
    """What was asked for cannot be done to these wordings; the message says why and what can be done instead."""


class SameQuestion(CannotMerge):
    def __init__(self) -> None:
        super().__init__(_("A question cannot be merged into itself. Please choose another one."))


class AlreadyOneFamily(CannotMerge):
    def __init__(self, question: Question, other: Question) -> None:
        said = _("“{one}” and “{other}” are wordings of one question already, so there is nothing to merge.")
        super().__init__(said.format(one=question.text, other=other.text))


class QuestionIsHidden(CannotMerge):
    def __init__(self, question: Question) -> None:
        super().__init__(_("“{text}” is hidden. Restore it first.").format(text=question.text))


class NotAnAlternate(CannotMerge):
    def __init__(self, question: Question) -> None:
        said = _(
            "“{text}” is not an alternate of another question at the moment, so there is nothing to undo."
        )
        super().__init__(said.format(text=question.text))


class AlreadyPrimary(CannotMerge):
    def __init__(self, question: Question) -> None:
        super().__init__(_("“{text}” is the primary wording already.").format(text=question.text))


class SameWording(CannotMerge):
    def __init__(self, question: Question) -> None:
        super().__init__(_("The question reads “{text}” already.").format(text=question.text))


class FamiliesChanged(Exception):
    """Somebody changed one of the families since the preview was made; it has to be looked at again."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "One of these questions has changed since you looked, so nothing was merged. "
                "Here is how things stand now."
            )
        )


@transaction.atomic
def merge(
    source: Question,
    *,
    into: Question,
    by,
    reason: str = "",
    undoes: Act | None = None,
    at: datetime | None = None,
) -> Act:
    """Make the family of `source` part of the family of `into`.

    The edge leads from the primary of `source`'s family to the very wording `into`, and the primary of
    `into`'s family heads the page. `at` is for imports, which tell when it was done. Raises SameQuestion,
    AlreadyOneFamily, QuestionIsHidden or
    FamiliesAreBusy.
    """
    if source.pk == into.pk:
        raise SameQuestion
    source, into = families.lock(source, into)
    if source.primary_id == into.primary_id:
        raise AlreadyOneFamily(source, into)
    for root in (source.primary, into.primary):
        if root.is_hidden:
            raise QuestionIsHidden(root)
    joining = source.primary
    with connection.cursor() as cursor:
        # One statement, because a primary is its own primary exactly as long as it has no edge.
        cursor.execute(
            """
            UPDATE questions_question
            SET primary_id = %(root)s,
                merged_into_id = CASE WHEN id = %(joining)s THEN %(into)s ELSE merged_into_id END
            WHERE primary_id = %(joining)s
            """,
            {"root": into.primary_id, "joining": joining.pk, "into": into.pk},
        )
    families.recount([into.primary_id])
    # Who suggested this, or asked whether it is so, has an answer.
    DuplicateCandidate.objects.filter(
        decision="", source__primary=into.primary_id, target__primary=into.primary_id
    ).update(decision=DuplicateCandidate.Decision.MERGED, decided_by=by, decided_at=timezone.now())
    return log.record(Act.Kind.MERGED, joining, other=into, by=by, reason=reason, undoes=undoes, at=at)


@transaction.atomic
def unmerge(question: Question, *, by, reason: str = "") -> Act:
    """Cut the edge above `question`: it becomes a primary again, of itself and of what was merged into it.

    Splitting an alternate off is the same thing. The log row undoes the act that had made the edge, if that
    act stands. Raises NotAnAlternate or FamiliesAreBusy.
    """
    [question] = families.lock(question)
    if question.merged_into is None:
        raise NotAnAlternate(question)
    old_root, parent = question.primary_id, question.merged_into
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE subtree(id) AS (
                SELECT %(question)s::bigint
                UNION
                SELECT child.id
                FROM questions_question AS child JOIN subtree ON child.merged_into_id = subtree.id
            )
            UPDATE questions_question AS wording
            SET primary_id = %(question)s,
                merged_into_id = CASE WHEN wording.id = %(question)s THEN NULL ELSE merged_into_id END
            FROM subtree
            WHERE wording.id = subtree.id
            """,
            {"question": question.pk},
        )
    families.recount([old_root, question.pk])
    # Nobody is asked again whether these two are one.
    DuplicateCandidate.objects.never_again(question, parent, by=by)
    undone = Act.objects.standing_merge(question, parent)
    return log.record(Act.Kind.UNMERGED, question, other=parent, by=by, reason=reason, undoes=undone)


@transaction.atomic
def promote(question: Question, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Make an alternate the primary of its family; the old primary becomes an alternate.

    The edges on the way up to the old primary turn round, all others stay, so every merge can still be
    undone. Raises AlreadyPrimary, QuestionIsHidden or FamiliesAreBusy.
    """
    [question] = families.lock(question)
    if question.is_primary:
        raise AlreadyPrimary(question)
    for wording_in_the_way in (question, question.primary):
        if wording_in_the_way.is_hidden:
            raise QuestionIsHidden(wording_in_the_way)
    old = question.primary
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE way(id, parent_id) AS (
                SELECT id, merged_into_id FROM questions_question WHERE id = %(question)s
                UNION
                SELECT above.id, above.merged_into_id
                FROM questions_question AS above JOIN way ON above.id = way.parent_id
            ),
            turned(id, merged_into_id) AS (
                SELECT parent_id, id FROM way WHERE parent_id IS NOT NULL
                UNION ALL
                SELECT %(question)s, NULL
            )
            UPDATE questions_question AS wording
            SET primary_id = %(question)s,
                merged_into_id = CASE WHEN turned.id IS NULL THEN wording.merged_into_id
                                      ELSE turned.merged_into_id END
            FROM questions_question AS member LEFT JOIN turned ON turned.id = member.id
            WHERE wording.id = member.id AND member.primary_id = %(old)s
            """,
            {"question": question.pk, "old": old.pk},
        )
    families.recount([question.pk])
    question.primary_id = question.pk
    return log.record(Act.Kind.PROMOTED, question, other=old, by=by, reason=reason, undoes=undoes)


@transaction.atomic
def add_alternate(text: str, *, to: Question, by, reason: str = "", at: datetime | None = None) -> Act:
    """Write a new wording that is merged into `to` from its first moment.

    Raises wording.WordingError, uniqueness.WordingExists, QuestionIsHidden or families.FamiliesAreBusy.
    """
    [to] = families.lock(to)
    if to.primary.is_hidden:
        raise QuestionIsHidden(to.primary)
    if at is None:
        refuse_if_locked(to, by=by)
    alternate = Question(
        text=wording.clean(text),
        author=by,
        merged_into=to,
        primary_id=to.primary_id,
        created_at=at or timezone.now(),
    )
    insert(alternate)
    families.recount([to.primary_id])
    return log.record(Act.Kind.ADDED, alternate, other=to, by=by, reason=reason, at=at)


@transaction.atomic
def reword(question: Question, text: str, *, by, reason: str = "", undoes: Act | None = None) -> Act:
    """Give the question another wording.

    Raises wording.WordingError, SameWording when it reads so already, or uniqueness.WordingExists when
    another question, of this family or not, has it.
    """
    text = wording.clean(text)
    [question] = families.lock(question)
    refuse_if_locked(question, by=by)
    if text == question.text:
        raise SameWording(question)
    before, question.text, question.key = question.text, text, wording.key(text)
    with unique_wording(question):
        question.save(update_fields=["text", "key"])
    WordingIndex.objects.filter(pk=question.pk).update(text=text)
    embedding.embed(question)
    return log.record(Act.Kind.REWORDED, question, text_before=before, by=by, reason=reason, undoes=undoes)


def merge_as_previewed(source: Question, *, into: Question, version: str, by, reason: str = "") -> Act:
    """Merge, if both families are still what `families.version` said when they were shown.

    Raises FamiliesChanged if not, and what merge raises.
    """
    with transaction.atomic():
        locked_source, locked_into = families.lock(source, into)
        if locked_source.primary_id == locked_into.primary_id:
            raise AlreadyOneFamily(locked_source, locked_into)
        if families.version(locked_source, locked_into) != version:
            raise FamiliesChanged
        return merge(source, into=into, by=by, reason=reason)


def remove_edge_between(question: Question, other: Question, *, by, reason: str = "") -> Act:
    """Unmerge whichever of the two hangs on the other, for a promotion may have turned their edge round.

    Raises NotAnAlternate when no edge leads between them.
    """
    with transaction.atomic():
        question, other = families.lock(question, other)
        if question.merged_into_id == other.pk:
            return unmerge(question, by=by, reason=reason)
        if other.merged_into_id == question.pk:
            return unmerge(other, by=by, reason=reason)
        raise NotAnAlternate(question)
