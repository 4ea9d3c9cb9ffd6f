"""The desk: its queues, lines, what is known about a text and its writer; and the lists of the admin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from answers.models import AnswerAct, Report
from door.models import Block
from door.records import Record
from qa_site.components import made_up, texts
from qa_site.components.made_up import act, ago, answer, comment, person, question
from qa_site.components.specimens import Reader, Room, Specimen, of
from qa_site.moderation.excerpts import excerpt
from qa_site.moderation.facts import Facts, Line
from qa_site.moderation.kinds import KINDS, Text
from qa_site.moderation.models import Note
from qa_site.moderation.overview import QUEUES
from qa_site.moderation.queues import Order
from qa_site.moderation.watching import Hit
from questions.reviewing import Counted

_LISTS = ("spam_words", "fine_words", "notes", "acts", "reports")
_HELD = "A guest whom nobody knows yet.\nThree links."


def specimens() -> Iterator[Specimen]:
    for who in (Reader.MODERATOR, Reader.MEMBER):
        yield Specimen("Pages of the desk", f"a {who}", "moderation/_queues.html", {"queue": "comments"}, who)
    yield from of(
        "What was decided today",
        "moderation/_today.html",
        [
            ("usual", {"today": [("approved", 12, 3), ("spam", 1, 1)]}),
            ("10,000", {"today": [("approved", 10_000, 9_999), ("hidden", 10_000, 10_000)]}),
            ("nothing", {"today": []}),
        ],
    )
    counts = [Counted(0, False), Counted(1, False), Counted(10_000, False), Counted(1_000, True)]
    queues = [(queue, counts[place % len(counts)]) for place, queue in enumerate(QUEUES)]
    overview = {"queues": queues, "today": [], "queue": "overview"}
    yield Specimen(
        "Overview", "0, 1, 10,000 and more", "moderation/overview.html", overview, Reader.MODERATOR, "content"
    )
    yield from _lines()
    yield from _texts()
    yield from _facts()
    yield from _admin()


def _waiting(text: str = texts.LEAD, name: str = "Rosa", **columns: Any) -> Text:
    columns = {"state": "pending", "author": None, "guest_name": name, "held_because": _HELD} | columns
    return comment(question(), text=text, spam_score=0.93, **columns)


def _lines() -> Iterator[Specimen]:
    lines = {
        "usual": Line(_waiting(), f"a comment on “{texts.QUESTION}”", ""),
        "before another moderator": Line(_waiting(), "", "Mei"),
        "long words": Line(
            _waiting(texts.LONG_WORD * 2, texts.LONG_NAME), texts.LONG_WORDING, texts.LONG_NAME
        ),
        "Arabic": Line(_waiting(texts.ARABIC_LEAD, texts.ARABIC_NAME), texts.ARABIC, ""),
    }
    for state, line in lines.items():
        yield Specimen(
            "Facts of a line", state, "moderation/_line_facts.html", {"line": line}, within="p.facts"
        )
    queue: dict[str, Any] = {
        "kind": KINDS["comments"],
        "queue": "comments",
        "lines": list(lines.values()),
        "waiting": Counted(4, False),
        "orders": [(choice, choice.words, choice == Order.FINE) for choice in Order],
        "order": Order.FINE,
        "more": 1,
    }
    refused = {"refusal": "Please tick what it is about first.", "ticks_all": True}

    def long_queue() -> dict[str, Any]:
        many = [Line(_waiting(), f"a comment on “{texts.QUESTION}”", "") for _ in range(200)]
        return queue | {"lines": many, "waiting": Counted(10_000, True)}

    whole: dict[str, Any] = {"reader": Reader.MODERATOR, "block": "content", "is_wide": True}
    yield from of(
        "Queue",
        "moderation/queue.html",
        [("usual", queue), ("ticked and refused", queue | refused)],
        **whole,
    )
    yield Specimen("Queue", "200 lines of 10,000", "moderation/queue.html", long_queue, is_long=True, **whole)


def _texts() -> Iterator[Specimen]:
    for state, kind, thing in (
        ("question", "questions", question(details_html=texts.prose(), state="pending")),
        ("question, a long word", "questions", question(texts.LONG_WORD, details_html=texts.long_prose())),
        ("answer, Arabic", "answers", answer(html=texts.arabic_prose())),
        (
            "comment with a site",
            "comments",
            comment(question(), website=f"https://example.org/{texts.LONG_WORD}"),
        ),
    ):
        values = {"text": thing, "kind": KINDS[kind]}
        yield Specimen("Text at the desk", state, "moderation/_thing.html", values, within="div.desk-text")
    for state, text, place in (
        ("usual", texts.LEAD, (4, 12)),
        ("long words", texts.LONG_WORD * 3, (100, 150)),
        ("Arabic", texts.ARABIC_LEAD, (4, 12)),
        ("nothing marked", texts.LEAD * 3, None),
    ):
        hit = Hit(_waiting(text), excerpt(text, [place] if place else []))
        yield Specimen(
            "Found text", state, "moderation/_found_text.html", {"hit": hit}, within="ul.plain.desk-list"
        )


def _facts() -> Iterator[Specimen]:
    mei, text = person("Mei"), _waiting(guest=made_up.guest(confirmed=True))
    long = answer(author=person(texts.LONG_NAME), held_because=texts.LONG_WORD)
    block = Block(until=timezone.now() + timedelta(days=7), reason=texts.LONG_WORDING)
    hidden = AnswerAct(kind="hidden", answer=long, by=mei, reason=texts.LONG_WORD, created_at=ago(hours=1))
    nothing: dict[str, Any] = {name: [] for name in _LISTS}
    bare: dict[str, Any] = {
        "page": question(),
        "about": "a comment",
        "block": None,
        "likely": "",
        "record": Record(),
    } | nothing
    reports = [
        Report(reason="spam", words=texts.LEAD, reporter=person()),
        Report(reason="rude", words=texts.ARABIC_LEAD),
        Report(reason="watched", words=texts.LONG_WORD),
    ]
    full = bare | {
        "record": Record(approved=10_000, pending=1, rejected=2, spam=3, hidden=4, since=ago(days=400)),
        "likely": "93\u00a0% like spam",
        "spam_words": ["casino", texts.LONG_WORD],
        "fine_words": ["dough"],
        "notes": [Note(text=f"Wrote before.\n{texts.ARABIC}", by=mei, created_at=ago(days=2))],
        "acts": [hidden],
        "reports": reports,
        "block": block,
    }
    alike = [
        ("/review/waves/", "everything from this block of addresses"),
        ("/review/waves/", texts.LONG_WORD),
    ]
    for state, kind, about, facts, more in (
        ("a guest, nothing else is known", "comments", _waiting(held_because=""), bare, {}),
        ("a guest, confirmed", "comments", text, bare, {"block_address": "/review/blocks/"}),
        ("everything, with long words", "answers", long, full, {"like_it": alike}),
    ):
        values = {"text": about, "facts": Facts(**facts), "kind": KINDS[kind]} | more
        yield Specimen(
            "What is known",
            state,
            "moderation/_facts.html",
            values,
            Reader.MODERATOR,
            within="div.desk-side",
        )


def _admin() -> Iterator[Specimen]:
    head = question()
    family = [head, *(question(text, into=head) for text in (texts.LONG_WORDING, texts.ARABIC))]
    wordings = [("/admin/", wording) for wording in family]
    acts = [
        ("/admin/", act("merged", family[1], head, reason=texts.LONG_WORD)),
        ("/admin/", act("hidden", head)),
    ]
    yield Specimen(
        "Family in the admin",
        "more than are shown",
        "admin/questions/_family.html",
        {"question": head, "wordings": wordings, "more": True},
    )
    yield from of(
        "Log in the admin",
        "admin/questions/_log.html",
        [
            ("more than are shown", {"question": head, "acts": acts, "more": True}),
            ("empty", {"question": head, "acts": []}),
        ],
    )


ROOM = Room("moderation", "Moderation", specimens)
