"""What a moderator wants to know beside a text: who wrote it, why it waits, and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from answers import reporting
from answers.models import Report
from door import blocking, classifying
from door.models import Block
from door.records import Record, record_of
from qa_site.moderation.kinds import Text, called, kind_of, page_of, words_of
from qa_site.moderation.models import Note
from questions.models import STATE_AFTER, Question, State

_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A text as a line of its queue; `before` is the name of another moderator who has it before them."""

    text: Text
    about: str
    before: str

    @property
    def likely(self) -> str:
        return likelihood(self.text.spam_score)


def line_of(text: Text, *, reader) -> Line:
    held = text.is_held_from(reader)
    before = (text.claimed_by.name if text.claimed_by else _("Another moderator")) if held else ""
    return Line(text, "" if isinstance(text, Question) else called(text), before)


def likelihood(score: float | None) -> str:
    """How likely a text is spam, as it is said: "93 % like spam"."""
    if score is None:
        return ""
    percent = _("{number}\u00a0%").format(number=round(score * 100))
    return _("{percent} like spam").format(percent=percent)


@dataclass(frozen=True)
class Facts:
    """What stands beside a text at the desk."""

    page: Question
    about: str
    record: Record
    block: Block | None
    likely: str
    spam_words: list[str]
    fine_words: list[str]
    notes: list[Note]
    acts: list
    reports: list[Report]

    @property
    def last_decision(self):
        return next((act for act in self.acts if act.kind in STATE_AFTER), None)


def facts_about(text: Text) -> Facts:
    """Return what is known about a text that has its writer and its page loaded, in a constant number of queries."""
    kind = kind_of(text)
    telling = classifying.why(words_of(text)) if text.spam_score is not None else []
    about_it = Q(**{kind.name: text})
    if text.author:
        about_it |= Q(member=text.author)
    if text.guest:
        about_it |= Q(guest=text.guest)
    return Facts(
        page=page_of(text),
        about=called(text),
        record=record_of(user=text.author, guest=text.guest),
        block=blocking.block_of(
            user=text.author, email=text.guest.email if text.guest else "", address_block=text.address_block
        ),
        likely=likelihood(text.spam_score),
        spam_words=[word for word, weight in telling if weight > 0],
        fine_words=[word for word, weight in telling if weight < 0],
        notes=list(Note.objects.filter(about_it).select_related("by").order_by("-pk")[:_SHOWN]),
        acts=list(
            kind.acts.objects.filter(**{kind.name: text}).select_related("by").order_by("-pk")[:_SHOWN]
        ),
        reports=list(
            Report.objects.open().filter(**reporting.about(text)).select_related("reporter").order_by("pk")
        ),
    )


def decided_by(text: Text) -> str:
    """Who decided last about a text and what, as a sentence; "" when nobody did. One query."""
    kind = kind_of(text)
    acts = kind.acts.objects.filter(**{kind.name: text}, kind__in=STATE_AFTER).select_related("by")
    act = acts.order_by("-pk").first()
    if act is None:
        return ""
    done = {
        State.APPROVED: _("{name} has approved it."),
        State.SPAM: _("{name} has marked it as spam."),
        State.REJECTED: _("{name} has rejected it."),
        State.HIDDEN: _("{name} has hidden it."),
        State.PENDING: _("{name} has put it back into the queue."),
    }[STATE_AFTER[act.kind]]
    return done.format(name=act.by.name if act.by else _("The site"))
