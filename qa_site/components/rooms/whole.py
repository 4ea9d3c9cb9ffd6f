"""Pages as they are put together: that of a question in its states, and the pages on which there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from answers.forms import AnswerForm
from qa_site.components import texts
from qa_site.components.made_up import ago, answer, question
from qa_site.components.rooms.answers import shown_answer, talk
from qa_site.components.rooms.questions import EVERYTHING, MEMBERS, arabic, long, usual
from qa_site.components.specimens import Reader, Room, Specimen
from qa_site.moderation.kinds import KINDS
from qa_site.moderation.queues import Order
from qa_site.pages.contributors import Contributor
from questions.models import Question
from questions.paging import Page
from questions.reviewing import Counted, Progress

_CLOSED = "Comments are closed."
_NO_PAGE = Page([], newer="", older="")
_NONE = Counted(0, False)


def specimens() -> Iterator[Specimen]:
    yield from _questions()
    yield from _empty()


def _questions() -> Iterator[Specimen]:
    answered = {"answer_count": 2, "folded_count": 1, "related": [usual(), long(), arabic()]}
    locked = {"comments_closed": _CLOSED, "question_threads": talk()}
    for state, who, page, more in (
        ("a guest", Reader.GUEST, usual(), answered),
        ("a member", Reader.MEMBER, usual(), answered | {"question_threads": talk()}),
        ("a moderator", Reader.MODERATOR, usual(), answered),
        ("no answer yet", Reader.MEMBER, question(), {}),
        ("locked, comments closed", Reader.MEMBER, question(is_locked=True), locked),
        ("hidden, a moderator", Reader.MODERATOR, question(state="hidden"), {}),
        ("pending, who asked it", Reader.GUEST, question(state="pending"), {"is_own_pending": True}),
        ("pending, a moderator", Reader.MODERATOR, question(state="pending"), {}),
        ("long words", Reader.MEMBER, long(), answered),
        ("Arabic", Reader.MEMBER, arabic(), answered),
    ):
        yield Specimen(
            "Page of a question",
            state,
            "site/question.html",
            _page(page, who) | more,
            reader=who,
            block="content",
            is_wide=True,
        )


def _page(head: Question, who: Reader) -> dict[str, Any]:
    """What the page of a question shows; with answers and other wordings if they are counted."""
    others = (texts.OTHER_QUESTION, texts.LONG_WORDING, texts.ARABIC, texts.LONG_WORD)
    family = [question(text, into=head, details_html=texts.short_prose()) for text in others]
    if head.wording_count == 1:
        family = []
    html = texts.arabic_prose() if head.text == texts.ARABIC else texts.prose()
    answers = [shown_answer(answer(head, html=html, useful_count=12)), shown_answer(answer(head))]
    may = {Reader.GUEST: {"suggest_a_merge": True}, Reader.MEMBER: MEMBERS, Reader.MODERATOR: EVERYTHING}[who]
    orders = [("useful", "Most useful", True), ("newest", "Newest", False), ("oldest", "Oldest", False)]
    return {
        "question": head,
        "family": family,
        "alternates": family[:3],
        "more_alternates": family[3:],
        "detailed": family[:1],
        "tags": head.tags.all(),
        "answers": answers if head.answer_count else [],
        "orders": orders,
        "may": may,
        "may_answers": {},
        "may_comment": who != Reader.GUEST,
        "answer_form": AnswerForm(auto_id="answer_%s"),
        "contributors": [Contributor(name, "/", ago(days=1)) for name in (texts.NAME, texts.LONG_NAME)],
    }


def _empty() -> Iterator[Specimen]:
    yield Specimen("For newcomers", "a guest", "site/_newcomers.html", reader=Reader.GUEST)
    page = {"page": _NO_PAGE}
    waiting = {
        "waiting": _NONE,
        "skipped": Counted(3, False),
        "wordings": _NONE,
        "progress": Progress(0, 0, 0),
    }
    queue = {"lines": [], "today": [], "order": Order.FINE}
    pages: list[tuple[str, str, dict[str, Any]]] = [
        ("questions/home.html", "no question yet", page | {"order": "newest"}),
        ("questions/home.html", "all are answered", page | {"order": "unanswered"}),
        ("questions/home.html", "none is followed", page | {"order": "followed"}),
        ("questions/tags.html", "no tag", {"tags": []}),
        ("questions/tag.html", "no question has this tag", page | {"tag": {"name": texts.LONG_TAG}}),
        ("questions/alternates.html", "no second wording", page | {"order": "wordings"}),
        ("questions/alternates.html", "nobody came", page | {"order": "arrivals", "days": 90}),
        ("questions/merges.html", "nothing was done", page | {"entries": []}),
        ("site/history.html", "nothing was done", {"question": question(), "entries": []}),
        ("site/search.html", "before a search", {}),
        ("site/search.html", "nothing was found", {"query": texts.LONG_WORD}),
    ]
    for template, state, context in pages:
        yield Specimen("Nothing there", f"{template}, {state}", template, context, block="content")
    desk: list[tuple[str, dict[str, Any]]] = [
        ("questions/review_duplicates.html", waiting),
        ("questions/review_wordings.html", {"waiting": _NONE}),
        ("answers/review_edits.html", {"proposals": []}),
        ("answers/copies.html", page | {"pairs": []}),
        ("moderation/reports.html", {"entries": []}),
        ("moderation/appeals.html", {"entries": []}),
        *(("moderation/queue.html", queue | {"kind": kind, "queue": name}) for name, kind in KINDS.items()),
    ]
    for template, context in desk:
        state = f"{template}, {context['queue']}" if "queue" in context else template
        yield Specimen("Nothing there", state, template, context, Reader.MODERATOR, "content", is_wide=True)


ROOM = Room("whole", "Whole pages, and empty ones", specimens)
