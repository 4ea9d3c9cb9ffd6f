"""What readers report: filing it, hiding what many report until somebody looks, and settling it.

How much a member's word weighs is (upheld + 2) / (upheld + declined + 2), over the reports of theirs that moderators
settled: 1 for newcomers and for those who were always right, 1/2 after two reports that were declined, and nearing 0
for who reports for fun. The 2 is what makes the first mistake cost a third and not everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone, translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answers import moderation
from answers.models import Answer, Comment, Report
from questions import families, mailing
from questions import moderation as question_moderation
from questions.models import Question, State

# Of a guest, whom nobody knows; it counts for the place in the queue and never for hiding.
GUEST_WEIGHT = 0.5
# Of the site itself, when a watched word stands in a text.
SITE_WEIGHT = 1.0

Outcome = Report.Outcome


class AlreadySettled(Exception):
    """Somebody settled the reports meanwhile; the message says so."""

    def __init__(self, report: Report | None = None) -> None:
        said = (
            _("{who} has settled this by now, so nothing of yours was done.").format(
                who=report.settled_by.name
            )
            if report and report.settled_by
            else _("Somebody has settled this by now, so nothing of yours was done.")
        )
        super().__init__(f"{said} {report.get_outcome_display()}." if report and report.outcome else said)


def about(thing) -> dict[str, object]:
    """The column in which a report names the thing, and the thing."""
    if isinstance(thing, Question):
        return {"question": thing}
    if isinstance(thing, Answer):
        return {"answer": thing}
    if isinstance(thing, Comment):
        return {"comment": thing}
    return {"member": thing}


def weight(*, upheld: int, declined: int) -> float:
    """How much the word of a member counts, of whose reports so many were upheld and declined."""
    return (upheld + 2) / (upheld + declined + 2)


def records_of(reporters: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many reports of each of these members were upheld and declined. One query."""
    rows = (
        Report.objects.filter(reporter__in=list(reporters))
        .values("reporter")
        .order_by("reporter")
        .annotate(
            upheld=Count("id", filter=Q(outcome=Outcome.UPHELD)),
            declined=Count("id", filter=Q(outcome=Outcome.DECLINED)),
        )
    )
    return {row["reporter"]: (row["upheld"], row["declined"]) for row in rows}


@transaction.atomic
def report(thing, reason: str, words: str = "", *, by=None) -> Report:
    """Put a question, an answer, a comment or a member before the moderators; return the report.

    `by` is None for a guest. A member has one open report about a thing: what they say again takes the place of what
    they said. When members whose words weigh REPORTS_HIDE together say so, a text is hidden until somebody looks.
    """
    thing = lock(thing)
    filed = Report.objects.open().filter(**about(thing), reporter=by).first() if by else None
    if filed is not None:
        filed.reason, filed.words = reason, words
        filed.save(update_fields=["reason", "words"])
        return filed
    filed = Report.objects.create(
        **about(thing), reporter=by, reason=reason, words=words, created_at=timezone.now()
    )
    if by is not None:
        _hide_if_many_say_so(thing)
    return filed


def _hide_if_many_say_so(thing) -> None:
    if not settings.REPORTS_HIDE or getattr(thing, "state", None) != State.APPROVED:
        return
    reports = Report.objects.open().filter(**about(thing), reporter__isnull=False)
    if thing.seen_at:
        # What a moderator has looked at since is not hidden by what was said before.
        reports = reports.filter(created_at__gt=thing.seen_at)
    reporters = set(reports.values_list("reporter", flat=True))
    if len(reporters) < settings.REPORTS_HIDE:
        return
    records = records_of(reporters)
    together = sum(weight(upheld=upheld, declined=declined) for upheld, declined in records.values())
    if together < settings.REPORTS_HIDE:
        return
    with translation.override(settings.LANGUAGE_CODE):
        said = ngettext("Reported by {number} reader.", "Reported by {number} readers.", len(reporters))
    because = said.format(number=len(reporters))
    type(thing).objects.filter(pk=thing.pk).update(held_because=because)
    set_state(thing, State.PENDING, by=None)


def set_state(thing: Question | Answer | Comment, state: State, **how):
    """Put a text of any kind into a state by the verb for its kind; returns and raises what that does."""
    if isinstance(thing, Question):
        return question_moderation.set_state(thing, state, **how)
    how.pop("undoes", None)  # the logs of answers and comments name no act that is undone
    if isinstance(thing, Answer):
        return moderation.set_state(thing, state, **how)
    return moderation.set_comment_state(thing, state, **how)


@transaction.atomic
def settle(thing, outcome: Report.Outcome, *, by, said: str = "", at: datetime | None = None) -> list[Report]:
    """Settle all open reports about a thing, tell the members among the reporters, and return them.

    `at` is the moment of the act that settles them, by which `reopen` finds them again. Locks the thing first, as
    `report` does.
    """
    thing = lock(thing)
    reports = list(
        Report.objects.open()
        .filter(**about(thing))
        .select_related("reporter")
        .select_for_update(of=("self",), no_key=True)
    )
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(
        settled_at=at or timezone.now(), settled_by=by, outcome=outcome, said=said
    )
    mailing.tell(
        [report.reporter for report in reports if report.reporter],
        subject=gettext_lazy("what became of your report"),
        text=lazy(_letter, str)(outcome, said),
    )
    return reports


def reopen(thing, *, settled_at: datetime) -> int:
    """Open again what an act of that moment settled, because it is undone; return how many they are."""
    return Report.objects.filter(**about(thing), settled_at=settled_at).update(
        settled_at=None, settled_by=None, outcome="", said=""
    )


def _letter(outcome: Report.Outcome, said: str) -> str:
    lines = [_("Thank you for what you reported."), f"{Outcome(outcome).label}."]
    if said:
        lines.append(_("The moderator says: “{words}”").format(words=said))
    lines.append(
        _("You find all your reports on your own page. Nobody but moderators knows that you reported.")
    )
    return "\n\n".join(lines)


def lock(thing):
    """Lock a thing in the order in which the verbs that decide about it do, and return it as it is now."""
    if isinstance(thing, Question):
        return families.lock(thing)[0]
    if isinstance(thing, Answer):
        families.lock(thing.question)
    rows = type(thing)._default_manager.select_for_update(of=("self",), no_key=True)
    return (
        rows.select_related("question").get(pk=thing.pk)
        if isinstance(thing, Answer)
        else rows.get(pk=thing.pk)
    )
