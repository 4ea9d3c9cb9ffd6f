"""The public log: the acts about questions, answers and comments and those of the desk, in one list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from answers.models import AnswerAct, CommentAct
from qa_site.moderation import permissions
from qa_site.moderation.act_sentences import about_a_question
from qa_site.moderation.kinds import KINDS, called, page_of
from qa_site.moderation.models import DeskAct
from questions import permissions as question_permissions
from questions import undoing
from questions.models import STATE_AFTER, Act
from questions.paging import Page
from questions.permissions import RIGHT_TO_UNDO

# In this order stand acts of the very same moment; a token names the place in it.
_LOGS: dict[str, Any] = {
    "questions": Act.objects.with_people_and_wordings(),
    "answers": AnswerAct.objects.select_related(
        "by", "answer__question__primary", "other__question__primary"
    ).defer("answer__text", "answer__html", "other__text", "other__html"),
    "comments": CommentAct.objects.select_related(
        "by", "comment__question__primary", "comment__answer__question__primary"
    ).defer("comment__text", "comment__html", "comment__answer__text", "comment__answer__html"),
    "desk": DeskAct.objects.select_related("by"),
}
_PLACES = list(_LOGS)

FILTERS: dict[str, tuple[Any, list[str]]] = {
    "all": (_("Everything"), _PLACES),
    "questions": (_("Merges and wordings"), ["questions"]),
    "answers": (_("Answers"), ["answers"]),
    "comments": (_("Comments"), ["comments"]),
    "desk": (_("The desk"), ["desk"]),
}


@dataclass(frozen=True)
class Entry:
    """A line of the log as one reader sees it: what was said quotes nothing that is hidden from them."""

    act: Any
    sentence: str
    address: str
    undo: str = ""
    obstacle: str = ""


def log_page(logs: list[str], parameters: QueryDict, *, size: int) -> Page:
    """The rows of these logs, the newest first, that `?after=` or `?before=` asks for. One query a log.

    Raises Http404 for a token that no page gave.
    """
    before = parameters.get("before", "")
    token = before or parameters.get("after", "")
    place = _parse(token) if token else None
    found: list[Any] = []
    for name in logs:
        rows = _LOGS[name]
        if place is not None:
            rows = rows.filter(_beyond(name, *place, back=bool(before)))
        order = ("created_at", "pk") if before else ("-created_at", "-pk")
        found += [
            (act.created_at, _PLACES.index(name), act.pk, act) for act in rows.order_by(*order)[: size + 1]
        ]
    found.sort(key=lambda row: row[:3], reverse=not before)
    more, found = len(found) > size, found[:size]
    if before:
        found.reverse()
    has_newer = more if before else bool(token)
    has_older = True if before else more
    return Page(
        [row[3] for row in found],
        newer=_token(found[0]) if found and has_newer else "",
        older=_token(found[-1]) if found and has_older else "",
    )


def _beyond(name: str, moment: datetime, log: int, pk: int, *, back: bool) -> Q:
    comparison = "gt" if back else "lt"
    here = _PLACES.index(name)
    beyond = Q(**{f"created_at__{comparison}": moment})
    if here == log:
        return beyond | Q(created_at=moment, **{f"pk__{comparison}": pk})
    return beyond | Q(created_at=moment) if (here > log) == back else beyond


def _token(row: tuple[datetime, int, int, Any]) -> str:
    return f"{row[0].isoformat()}_{row[1]}_{row[2]}"


def _parse(token: str) -> tuple[datetime, int, int]:
    try:
        moment, log, pk = token.split("_")
        if not re.fullmatch(r"[0-3]", log) or not re.fullmatch(r"\d{1,18}", pk):
            raise ValueError
        parsed = datetime.fromisoformat(moment)
        if parsed.tzinfo is None:
            raise ValueError
        return parsed.astimezone(UTC), int(log), int(pk)
    except (ValueError, OverflowError):
        raise Http404(gettext("This list has no such page. It begins at its first one.")) from None


def entry(act: Any, *, reader) -> Entry:
    """A row of any of the logs for this reader. No query but for what the reader may do."""
    if isinstance(act, Act):
        return _about_question(act, reader)
    if isinstance(act, DeskAct):
        return Entry(act, act.sentence, _page_of_the_desk(act, reader))
    text = act.answer if isinstance(act, AnswerAct) else act.comment
    kind = KINDS["answers" if isinstance(act, AnswerAct) else "comments"]
    names = {kind.name: called(text)}
    if getattr(act, "other", None) is not None:
        names["other"] = called(act.other)
    said = _first_capital(act.sentence_format.format(**names))
    sentence = pgettext("the end of a sentence", "{sentence}.").format(sentence=said)
    page = page_of(text)
    readable = not (text.is_hidden or page.primary.is_hidden)
    undo = ""
    if act.kind in STATE_AFTER and text.state == STATE_AFTER[act.kind] and kind.may_decide(reader):
        undo = f"{reverse(f'review-{kind.plural}-undo')}?acts={act.pk}"
    address = f"{page.primary.get_absolute_url()}#{kind.name}-{text.pk}" if readable else ""
    if not readable and kind.may_decide(reader):
        address = reverse(f"review-{kind.name}", args=[text.pk])
    return Entry(act, sentence, address, undo)


# Where moderators see what became of it, and undo it; and what they must be allowed to do.
_PAGES_OF_THE_DESK = {
    DeskAct.Kind.WAVE_HIDDEN: ("waves", "hide a wave"),
    DeskAct.Kind.BLOCKED: ("blocks", "block"),
    DeskAct.Kind.WATCHED: ("words", "watch words"),
}


def _page_of_the_desk(act: DeskAct, reader) -> str:
    page, right = _PAGES_OF_THE_DESK.get(DeskAct.Kind(act.kind), ("", ""))
    return reverse(page) if page and permissions.may(reader, right) else ""


def _about_question(act: Act, reader) -> Entry:
    hidden = any(
        question is not None and (question.is_hidden or question.primary.is_hidden)
        for question in (act.question, act.other)
    )
    if hidden and not question_permissions.may(reader, "see what is hidden"):
        return Entry(act, about_a_question(act), "")
    obstacle = undoing.obstacle(act)
    may_undo = question_permissions.may(reader, RIGHT_TO_UNDO[Act.Kind(act.kind)], act.question)
    undo = reverse("undo", args=[act.pk]) if may_undo and not obstacle else ""
    return Entry(act, act.sentence, act.question.page_url, undo, obstacle)


def _first_capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
