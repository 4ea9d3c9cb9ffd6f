"""Families and merging: their pictures, the log, a pair in review, and the page before a merge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from answers.copies.overlapping import Overlap, Shared
from qa_site.components import made_up, texts
from qa_site.components.made_up import act, answer, candidate, person, question
from qa_site.components.rooms.questions import arabic, long, long_word, thousands, usual
from qa_site.components.specimens import Reader, Room, Specimen, of
from qa_site.pages import merging, reviewing
from qa_site.pages.family_pictures import Picture, Twig, picture
from questions.duplicates.differences import differences
from questions.forms import MergeForm
from questions.models import DuplicateCandidate, Question
from questions.paging import Page
from questions.reviewing import Progress, Standing
from questions.views.log import Entry

_NO_PAGE = Page([], newer="", older="")
_BUSY = "Somebody has merged these just now. This is how things stand."


def specimens() -> Iterator[Specimen]:
    yield from _pictures()
    yield from _log()
    yield from _review()
    yield from _merge()


def _pictures() -> Iterator[Specimen]:
    def drawn(*twigs: tuple[str, int], joins: int = 99, note: str = "") -> Picture:
        return picture([Twig(text, depth, note, place >= joins) for place, (text, depth) in enumerate(twigs)])

    one, other = (texts.QUESTION, 0), (texts.OTHER_QUESTION, 1)
    deep = [(f"A wording {depth} deep", depth) for depth in range(9)]
    yield from of(
        "Family picture",
        "site/_family_picture.html",
        [
            ("alone", {"picture": drawn(one)}),
            ("usual", {"picture": drawn(one, other, ("Heavy sourdough?", 2), ("Bread too dense", 1))}),
            ("two that join", {"picture": drawn(one, other, ("Flat bread?", 1), ("Flat loaf?", 2), joins=2)}),
            ("with notes", {"picture": drawn(one, other, note="10,000 answers, chosen")}),
            ("nine deep", {"picture": drawn(*deep)}),
            ("10,000", {"picture": drawn(one, *[other] * 9_999)}),
            (
                "long words",
                {"picture": drawn((texts.LONG_WORD, 0), (texts.LONG_WORDING, 1), note="1 answer")},
            ),
            ("Arabic", {"picture": drawn((texts.ARABIC, 0), (texts.OTHER_ARABIC, 1), note="٣ أجوبة")}),
        ],
    )
    yield from of(
        "Family as a tree",
        "questions/_tree.html",
        [
            ("usual", {"side": _family(usual(), texts.OTHER_QUESTION, "Bread too dense", answers=3)}),
            ("alone, without an answer", {"side": _family(question())}),
            ("10,000", {"side": _family(thousands(), *["Why is it heavy?"] * 199, answers=1)}),
            ("long words", {"side": _family(long(), texts.LONG_WORD, answers=1)}),
            ("Arabic", {"side": _family(arabic(), texts.OTHER_ARABIC, answers=2)}),
        ],
    )


def _family(head: Question, *others: str, answers: int = 0) -> merging.Side:
    alternates = [question(text, into=head) for text in others]
    return merging.Side(
        primary=head,
        chosen=alternates[-1] if alternates else head,
        tree=[(head, 0), *((wording, 1) for wording in alternates)],
        answers=[answer(head) for _ in range(answers)],
        followers=set(range(answers)),
    )


def _log() -> Iterator[Specimen]:
    head, other = usual(), question(texts.OTHER_QUESTION)
    reworded: dict[str, Any] = {"text_before": "Sourdough dense how to", "reason": "Spelt out"}
    far, near = question(texts.LONG_WORD), question(texts.LONG_WORDING)
    entries = [
        Entry(act("merged", other, head, reason=texts.REASON), "", True),
        Entry(act("reworded", head, **reworded), "", False),
        Entry(act("unmerged", other, head), "They were merged again since.", True),
        Entry(act("merged", other, head, by=None), "", False),
        Entry(act("hidden", head), "", True),
    ]
    turned = act("merged", question(texts.OTHER_ARABIC), arabic(), reason=texts.ARABIC_REASON)
    for state, entry in (
        ("merged, with Undo", entries[0]),
        ("reworded", entries[1]),
        ("cannot be undone", entries[2]),
        ("by an import", entries[3]),
        ("long words", Entry(act("merged", far, near, reason=texts.LONG_WORD), "", True)),
        ("Arabic", Entry(turned, "", True)),
    ):
        values = {"entry": entry, "act": entry.act}
        yield Specimen("Line of the log", state, "questions/_act.html", values, within="ol.timeline li")
    template, title = "questions/merges.html", "Timeline"
    yield Specimen(title, "usual", template, {"entries": entries, "page": _NO_PAGE}, block="content")
    drawn = [picture([Twig(texts.QUESTION, 0), Twig(texts.OTHER_QUESTION, 1, joins=True)])] * 2
    history = {"question": head, "entries": [(entries[0], drawn), (entries[1], [])]}
    yield Specimen(title, "with pictures", "site/history.html", history, block="content")


def _side(
    head: Question, *others: str, matched: Question | None = None, leads: Sequence[str] = ()
) -> reviewing.Side:
    parts, _ = differences(matched.text if matched else head.text, texts.OTHER_QUESTION)
    alternates = [question(text, into=head) for text in others]
    tags = head.tags.all()
    return reviewing.Side(head, matched, parts, alternates, tags, [(lead, 12) for lead in leads])


def _review() -> Iterator[Specimen]:
    yield from of(
        "What was settled today",
        "questions/_today.html",
        [
            ("usual", {"progress": Progress(merged=12, apart=3, by_reader=1)}),
            ("10,000", {"progress": Progress(merged=10_000, apart=10_000, by_reader=10_000)}),
            ("nothing", {"progress": Progress(0, 0, 0)}),
        ],
        within="p.facts",
    )
    yield from of(
        "Where a pair comes from",
        "questions/_origin.html",
        [
            (origin, {"candidate": candidate(usual(), question(), origin=origin, suggested_by=by)})
            for origin, by in (("mined", None), ("asked", person()), ("suggested", person(texts.LONG_NAME)))
        ],
        within="p.facts",
    )
    head = usual()
    sides = {
        "usual": _side(head, texts.OTHER_QUESTION, leads=[texts.LEAD] * 3),
        "by an alternate": _side(head, matched=question(texts.OTHER_QUESTION, into=head), leads=[texts.LEAD]),
        "nine wordings": _side(usual(), *[f"Why is bread {number} heavy?" for number in range(8)]),
        "without an answer": _side(question()),
        "10,000": _side(thousands(), leads=[texts.LEAD]),
        "long words": _side(long(), texts.LONG_WORD, texts.LONG_WORDING, leads=[texts.LONG_WORD]),
        "Arabic": _side(arabic(), texts.OTHER_ARABIC, leads=[texts.ARABIC_LEAD]),
    }
    yield from of(
        "Side of a pair",
        "questions/_review_side.html",
        [(state, {"side": side, "name": "side"}) for state, side in sides.items()],
        within="div.pair",
        reader=Reader.MODERATOR,
    )
    merged = {"decision": "merged", "decided_by": person("Mei"), "decided_at": made_up.ago(hours=2)}
    for standing, pair, left, columns in (
        (
            Standing.YOURS,
            (head, question(texts.OTHER_QUESTION)),
            "usual",
            {"reason": texts.REASON, "suggested_by": person()},
        ),
        (Standing.YOURS, (long(), long_word()), "long words", {"confidence": 0.999}),
        (Standing.YOURS, (arabic(), question()), "Arabic", {}),
        (Standing.FREE, (head, question(texts.OTHER_QUESTION)), "usual", {}),
        (Standing.HELD, (head, question()), "", {"claimed_by": person("Mei")}),
        (Standing.DECIDED, (head, question()), "", merged),
        (Standing.HIDDEN, (head, question()), "", {}),
    ):
        shown: DuplicateCandidate = candidate(*pair, **columns)
        values = {
            "candidate": shown,
            "standing": standing,
            "left": sides.get(left),
            "right": _side(pair[1], leads=[texts.LEAD]) if left else None,
            "may_merge": True,
            "progress": Progress(12, 3, 1),
            "refusal": _BUSY if standing == Standing.HELD else "",
        }
        state = f"{standing}, {left}" if left else str(standing)
        yield Specimen(
            "Pair", state, "site/review_pair.html", values, Reader.MODERATOR, block="content", is_wide=True
        )


def _merge() -> Iterator[Specimen]:
    passages = [
        Shared(text, answer()) for text in (texts.LEAD, texts.LONG_WORD, texts.ARABIC_LEAD, "a b", "c d")
    ]
    yield from of(
        "Shared passages",
        "site/_shared_passages.html",
        [("1", {"shared": passages[:1]}), ("5", {"shared": passages}), ("none", {"shared": []})],
    )
    for state, joining, receiving, form, refusal in (
        ("usual", _family(question(answer_count=1), answers=1), _family(usual(), answers=2), MergeForm(), ""),
        (
            "long words, refused",
            _family(long(), texts.LONG_WORD, answers=1),
            _family(arabic(), texts.OTHER_ARABIC),
            MergeForm({"reason": "x" * 301, "version": "1"}),
            _BUSY,
        ),
    ):
        joined = [(one, side, passages[:4]) for side in (joining, receiving) for one in side.answers]
        values = {
            "form": form,
            "reasons": merging.REASONS,
            "joining": joining,
            "receiving": receiving,
            "joined_picture": picture([*receiving.twigs(), *joining.twigs(below=1, joins=True)]),
            "answers": joined,
            "overlap": Overlap(0.42, {}, is_exact=False),
            "overlap_percent": 42,
            "joining_follower_count": 1,
            "better_the_other_way": True,
            "refusal": refusal,
        }
        yield Specimen(
            "Merge preview",
            state,
            "site/merge_preview.html",
            values,
            reader=Reader.MODERATOR,
            block="content",
            is_wide=True,
        )


ROOM = Room("families", "Families and merging", specimens)
