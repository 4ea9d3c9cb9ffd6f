"""Members asking once for another look at what was hidden of theirs, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qa_site.moderation import desk_log
from qa_site.moderation.deciding import decide
from qa_site.moderation.kinds import KINDS, Text, kind_of
from qa_site.moderation.models import Appeal, DeskAct
from questions import mailing
from questions.models import STATE_AFTER, State

APPEALABLE = (State.HIDDEN, State.REJECTED, State.SPAM)

Decision = Appeal.Decision


class CannotAppeal(Exception):
    """The text is not hidden, or somebody was asked for another look before; the message says which."""


class AlreadyDecided(Exception):
    """Another moderator decided about the appeal; the message says what."""

    def __init__(self, appeal: Appeal) -> None:
        if appeal.decision == Decision.GRANTED:
            said = _("{name} has granted this by now, so nothing of yours was done.")
        else:
            said = _("{name} has refused this by now, so nothing of yours was done.")
        super().__init__(said.format(name=appeal.decided_by.name if appeal.decided_by else _("Somebody")))


def appeal(text: Text, words: str, *, by) -> Appeal:
    """Ask for another look at a text of one's own, and return the appeal. Raises CannotAppeal."""
    if text.state not in APPEALABLE:
        raise CannotAppeal(_("A moderator has not hidden this, so there is nothing to look at again."))
    try:
        with transaction.atomic():
            return Appeal.objects.create(
                **{kind_of(text).name: text}, words=words, by=by, created_at=timezone.now()
            )
    except IntegrityError:
        said = _("You have asked for another look at this before; that can be done once.")
        raise CannotAppeal(said) from None


@transaction.atomic
def decide_appeal(asked: Appeal, decision: str, *, by, reason: str = "", note: str = "") -> DeskAct:
    """Grant an appeal, which brings the text back, or refuse it; tell the member, and return the log row.

    Raises AlreadyDecided.
    """
    current = Appeal.objects.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
    if current.decision:
        raise AlreadyDecided(current)
    now = timezone.now()
    kind = next(kind for kind in KINDS.values() if getattr(current, f"{kind.name}_id"))
    text = kind.rows.get(pk=current.about.pk)
    granted = decision == Decision.GRANTED
    if granted and text.state != State.APPROVED:
        decide(text, State.APPROVED, by=by, reason=reason, note=note)
        text = kind.rows.get(pk=text.pk)
    current.decision, current.decided_by, current.decided_at, current.reason = decision, by, now, reason
    current.save(update_fields=["decision", "decided_by", "decided_at", "reason"])
    mailing.tell(
        [current.by],
        subject=gettext_lazy("another look at what you wrote"),
        text=lazy(_letter, str)(current, granted),
    )
    return desk_log.record(
        DeskAct.Kind.GRANTED if granted else DeskAct.Kind.REFUSED,
        desk_log.about(text),
        by=by,
        reason=reason,
        at=now,
    )


def acts_that_hid(texts: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """The act by which each of these went out of sight, by the kind's name and the number. A query a kind."""
    hiding = [name for name, state in STATE_AFTER.items() if state in APPEALABLE]
    found = {}
    for kind in KINDS.values():
        if pks := [pk for name, pk in texts if name == kind.name]:
            acts = kind.acts.objects.filter(**{f"{kind.name}__in": pks}, kind__in=hiding)
            for act in acts.select_related("by").order_by("pk"):
                found[kind.name, getattr(act, f"{kind.name}_id")] = act
    return found


def _letter(appeal: Appeal, granted: bool) -> str:
    lines = [_("You asked for another look at something of yours that was hidden.")]
    lines.append(_("It is shown again.") if granted else _("It stays hidden."))
    if appeal.reason:
        lines.append(_("The moderator says: “{reason}”").format(reason=appeal.reason))
    lines.append(_("You find it on your own page."))
    return "\n\n".join(lines)
