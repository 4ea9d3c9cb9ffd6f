"""Hiding a wave of spam in one act, and undoing that: statements over all of its texts, never one for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from answers import tallies
from answers.models import AnswerAct, Comment, CommentAct, Report
from door.blocking import CannotBlock
from qa_site.accounts.models import User
from qa_site.moderation import blocking, desk_log
from qa_site.moderation.models import DeskAct, Wave
from qa_site.moderation.wave_matching import HIDEABLE, Matched, Target, match
from questions import families
from questions.models import STATE_AFTER, Act, Question, State

UNDO_WITHIN = timedelta(days=30)


class WaveChanged(Exception):
    """Other texts match by now than those that were shown; nothing was hidden."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Other texts match by now than those that you were shown, so nothing was hidden. "
                "These are they; please look again."
            )
        )


class NothingMatches(Exception):
    """There is nothing to hide."""

    def __init__(self) -> None:
        super().__init__(_("Nothing matches any more, so nothing was hidden."))


class CannotUndo(Exception):
    """The wave cannot be undone any more; the message says why."""


@transaction.atomic
def hide(
    target: Target,
    *,
    by,
    reason: str,
    fingerprint: str,
    with_moderators: bool = False,
    block_until: datetime | None = None,
) -> Wave:
    """Hide everything that matches and return the wave. `fingerprint` is that of what the moderator was shown.

    With `block_until`, who wrote it is blocked as well: the account, the block of addresses or the e-mail domain.
    Raises WaveChanged, NothingMatches, CannotBlock and FamiliesAreBusy.
    """
    matched = match(target, with_moderators=with_moderators)
    if matched.fingerprint != fingerprint:
        raise WaveChanged
    if not matched.count:
        raise NothingMatches
    homes_of_answers = _lock(matched.ids)
    if _changed_while_waiting(matched):
        raise WaveChanged
    # After the locks: what was decided about a text from here on was decided after the wave.
    now = timezone.now()
    wave = Wave.objects.create(
        kind=target.kind,
        value=target.value,
        by=by,
        reason=reason,
        created_at=now,
        hidden_count=matched.count,
    )
    with connection.cursor() as cursor:
        for kind, table in _TABLES.items():
            cursor.execute(_REMEMBER.format(kind=kind, table=table), [wave.pk, matched.ids[kind]])
            cursor.execute(_HIDE.format(table=table), [matched.ids[kind]])
    _recount(homes_of_answers, matched.ids["question"])
    _settle_reports(wave)
    desk_log.record(
        DeskAct.Kind.WAVE_HIDDEN,
        target.facts | {"count": matched.count},
        by=by,
        reason=reason,
        at=now,
    )
    if block_until:
        blocking.block(until=block_until, reason=reason, by=by, **whom_to_block(target))
    return wave


def whom_to_block(target: Target) -> dict[str, object]:
    """Whom a block can be set on together with a wave, empty where it is about words. Raises CannotBlock."""
    match target.kind:
        case Wave.Kind.ACCOUNT:
            user = User.objects.filter(pk=int(target.value)).first()
            if user is None:
                raise CannotBlock(_("There is no such member."))
            return {"user": user}
        case Wave.Kind.ADDRESS_BLOCK:
            return {"address_block": target.value}
        case Wave.Kind.EMAIL_DOMAIN:
            return {"email_domain": target.value}
    return {}


@dataclass(frozen=True)
class Undone:
    """How many texts are back as they were, and how many stay as somebody decided since."""

    restored: int
    left: int


@transaction.atomic
def undo(wave: Wave, *, by, reason: str = "") -> Undone:
    """Bring everything back as it was before the wave, but what somebody decided about since.

    Raises CannotUndo and FamiliesAreBusy. A block that was set with the wave stays until it is lifted.
    """
    wave = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    check_undoable(wave)
    ids = _ids_of(wave)
    homes_of_answers = _lock(ids)
    restored = 0
    with connection.cursor() as cursor:
        for kind, table in _TABLES.items():
            cursor.execute(
                _RESTORE.format(kind=kind, table=table, acts=_ACTS[kind]),
                {"wave": wave.pk, "at": wave.created_at, "kinds": list(STATE_AFTER)},
            )
            restored += cursor.rowcount
    _recount(homes_of_answers, ids["question"])
    _reopen_reports(wave)
    wave.undone_at, wave.undone_by = timezone.now(), by
    wave.save(update_fields=["undone_at", "undone_by"])
    left = wave.hidden_count - restored
    desk_log.record(
        DeskAct.Kind.WAVE_UNDONE,
        Target(Wave.Kind(wave.kind), wave.value).facts | {"count": restored, "left": left},
        by=by,
        reason=reason,
        at=wave.undone_at,
    )
    return Undone(restored, left)


def check_undoable(wave: Wave) -> None:
    """Raise CannotUndo when the wave was undone, or is too long ago."""
    if wave.undone_at:
        raise CannotUndo(_("This wave was undone already."))
    if wave.created_at < timezone.now() - UNDO_WITHIN:
        raise CannotUndo(
            _("This wave was hidden more than 30 days ago. Its texts can be restored one by one.")
        )


def _lock(ids: dict[str, list[int]]) -> list[int]:
    """Lock what the verbs about single texts lock, in their order; return the homes of the answers.

    That is the families, the roots in the order of ids, and then the comments, which are decided about without them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT question_id FROM answers_answer WHERE id = ANY(%s)", [ids["answer"]])
        homes_of_answers = [home for (home,) in cursor.fetchall()]
    families.lock_many(list({*homes_of_answers, *ids["question"]}))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM answers_comment WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [ids["comment"]]
        )
    return homes_of_answers


def _changed_while_waiting(matched: Matched) -> bool:
    with connection.cursor() as cursor:
        for kind, table in _TABLES.items():
            cursor.execute(_STILL_HIDEABLE.format(table=table), [matched.ids[kind], list(HIDEABLE)])
            if cursor.fetchone()[0] != len(matched.ids[kind]):
                return True
    return False


def _ids_of(wave: Wave) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {kind: [] for kind in _TABLES}
    for numbers in wave.hidden.values_list("question_id", "answer_id", "comment_id"):
        for kind, pk in zip(("question", "answer", "comment"), numbers, strict=True):
            if pk is not None:
                ids[kind].append(pk)
    return ids


def _recount(homes_of_answers: list[int], questions: list[int]) -> None:
    tallies.recount_homes(homes_of_answers)
    families.recount_families_of(questions)


def _settle_reports(wave: Wave) -> None:
    _reports_about(wave).filter(settled_at=None).update(
        settled_at=wave.created_at, settled_by=wave.by, outcome=Report.Outcome.UPHELD
    )


def _reopen_reports(wave: Wave) -> None:
    _reports_about(wave).filter(settled_at=wave.created_at).update(
        settled_at=None, settled_by=None, outcome="", said=""
    )


def _reports_about(wave: Wave):
    hidden = wave.hidden.order_by()
    return (
        Report.objects.filter(question__in=hidden.exclude(question=None).values("question"))
        | Report.objects.filter(answer__in=hidden.exclude(answer=None).values("answer"))
        | Report.objects.filter(comment__in=hidden.exclude(comment=None).values("comment"))
    )


_TABLES = {
    "question": Question._meta.db_table,
    "answer": "answers_answer",
    "comment": Comment._meta.db_table,
}
_ACTS = {
    "question": Act._meta.db_table,
    "answer": AnswerAct._meta.db_table,
    "comment": CommentAct._meta.db_table,
}

# The names that are put into these are those of our own tables.
_STILL_HIDEABLE = "SELECT count(*) FROM {table} WHERE id = ANY(%s) AND state = ANY(%s)"
_REMEMBER = """
    INSERT INTO moderation_hiddenbywave (wave_id, {kind}_id, state_before)
    SELECT %s, id, state FROM {table} WHERE id = ANY(%s)
"""
_HIDE = f"""
    UPDATE {{table}} SET state = '{State.HIDDEN}', claimed_by_id = NULL, claimed_until = NULL WHERE id = ANY(%s)
"""  # noqa: S608
_RESTORE = f"""
    UPDATE {{table}} AS written SET state = before.state_before
    FROM moderation_hiddenbywave AS before
    WHERE before.wave_id = %(wave)s AND before.{{kind}}_id = written.id AND written.state = '{State.HIDDEN}'
      AND NOT EXISTS (
          SELECT FROM {{acts}} AS act
          WHERE act.{{kind}}_id = written.id AND act.created_at >= %(at)s AND act.kind = ANY(%(kinds)s)
      )
"""  # noqa: S608
