"""Answers with what stands around them, and comments in threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from answers.forms import CommentForm, GuestCommentForm
from answers.markup import tags_said
from answers.models import Answer, Comment
from answers.threads import Thread, threads
from qa_site.components import made_up, texts
from qa_site.components.made_up import ago, answer, comment, person, question
from qa_site.components.specimens import Reader, Room, Specimen, of
from qa_site.pages.question import ShownAnswer, ShownFolded

_NOBODY = {"author": None}
_CLOSED = "Comments are closed."


def specimens() -> Iterator[Specimen]:
    yield from _answers()
    yield from _useful()
    yield from _comments()
    yield from _comment_forms()


def shown_answer(made: Answer, **columns: Any) -> ShownAnswer:
    defaults: dict[str, Any] = dict.fromkeys(
        ("found_useful", "may_edit", "may_propose", "may_accept", "may_mark"), False
    )
    return ShownAnswer(
        **{"answer": made, "own_proposal": None, "threads": [], "comments_closed": ""} | defaults | columns
    )


def _answers() -> Iterator[Specimen]:
    page = question()
    nobody: dict[str, bool] = {}
    everything = dict.fromkeys(("fold", "protect", "hide"), True)
    alternate = question(texts.OTHER_QUESTION, into=page)
    long = {"html": texts.long_prose(), "author": person(texts.LONG_NAME), "useful_count": 1}
    arabic = {"html": texts.arabic_prose(), "author": person(texts.ARABIC_NAME), "useful_count": 2}
    folded = [
        ShownFolded(answer(alternate, author=person(name), useful_count=1), threads([comment(answer())]))
        for name in ("Otto", "Rosa")
    ]
    usual = answer(page, html=texts.prose(), useful_count=12, edited_at=ago(hours=1))
    for state, who, shown in (
        ("a guest", Reader.GUEST, shown_answer(usual, may_mark=True)),
        ("a member", Reader.MEMBER, shown_answer(usual, may_mark=True, may_propose=True, found_useful=True)),
        (
            "its author, who waits for an edit",
            Reader.MEMBER,
            shown_answer(answer(page), may_edit=True, own_proposal=1),
        ),
        (
            "the asker",
            Reader.MEMBER,
            shown_answer(answer(page, useful_count=1), may_accept=True, may_mark=True),
        ),
        ("a moderator", Reader.MODERATOR, shown_answer(usual, may_edit=True, may_mark=True)),
        ("accepted, the asker", Reader.MEMBER, shown_answer(answer(page, is_accepted=True), may_accept=True)),
        ("pending, its author", Reader.MEMBER, shown_answer(answer(page, state="pending"), may_edit=True)),
        (
            "protected, a moderator",
            Reader.MODERATOR,
            shown_answer(answer(page, is_protected=True), may_edit=True),
        ),
        ("hidden, a moderator", Reader.MODERATOR, shown_answer(answer(page, state="hidden"))),
        (
            "for an alternate, two folded under it",
            Reader.MODERATOR,
            shown_answer(answer(alternate), folded=folded),
        ),
        (
            "10,000 found it useful",
            Reader.MEMBER,
            shown_answer(answer(page, useful_count=10_000), found_useful=True),
        ),
        ("by nobody in particular", Reader.MEMBER, shown_answer(answer(page, **_NOBODY))),
        (
            "comments, closed",
            Reader.MEMBER,
            shown_answer(answer(page), threads=talk(), comments_closed=_CLOSED),
        ),
        (
            "long words",
            Reader.MEMBER,
            shown_answer(answer(page, **long), may_mark=True, threads=_long_talk()),
        ),
        (
            "Arabic",
            Reader.MEMBER,
            shown_answer(answer(page, **arabic), may_mark=True, threads=_arabic_talk()),
        ),
    ):
        may = everything if who == Reader.MODERATOR else nobody
        yield Specimen(
            "Answer",
            state,
            "answers/_answer.html",
            {"shown": shown, "question": page, "may_answers": may, "may_comment": who != Reader.GUEST},
            reader=who,
        )


def _useful() -> Iterator[Specimen]:
    def useful(count: int, *, found: bool = False, may_mark: bool = True, thanks: str = "") -> dict[str, Any]:
        made = answer(useful_count=count)
        return {"shown": shown_answer(made, found_useful=found, may_mark=may_mark), "thanks": thanks}

    yield from of(
        "Useful",
        "answers/_useful.html",
        [
            ("nobody yet", useful(0)),
            ("1", useful(1)),
            ("10,000", useful(10_000)),
            ("only you", useful(1, found=True)),
            ("you just now", useful(2, found=True, thanks="Thank you; that helps others to find it.")),
            ("10,000 and you", useful(10_001, found=True)),
            ("its author", useful(3, may_mark=False)),
            ("its author, nobody yet", useful(0, may_mark=False)),
        ],
    )


def talk() -> list[Thread]:
    """Five comments, as deep as they go and once deeper."""
    home = question()
    said: list[Comment] = []
    for name in ("Amina", "Jonas", "Otto", "Rosa", "Mei"):
        said.append(comment(home, author=person(name), replies_to=said[-1] if said else None))
    return threads(said)


def _long_talk() -> list[Thread]:
    home = question()
    text = texts.remark(f"{texts.LONG_WORD} <blockquote>{texts.LONG_WORDING}</blockquote>")
    said = [comment(home, html=text, author=person(texts.LONG_NAME))]
    for _ in range(4):
        said.append(comment(home, html=text, author=person(texts.LONG_NAME), replies_to=said[-1]))
    return threads(said)


def _arabic_talk() -> list[Thread]:
    home = question()
    first = comment(home, html=texts.remark(texts.ARABIC_LEAD), author=person(texts.ARABIC_NAME))
    return threads([first, comment(home, html=texts.remark(texts.ARABIC), replies_to=first)])


def _comments() -> Iterator[Specimen]:
    home, guest = question(), made_up.guest()
    waiting = {**_NOBODY, "state": "pending", "guest_name": "Rosa", "guest": guest, "guest_id": guest.pk}
    site = {**_NOBODY, "guest_name": "Rosa", "website": "https://example.org/"}
    hidden = comment(home)
    for state, who, made in (
        ("a member", Reader.MEMBER, comment(home)),
        ("a guest with a site", Reader.MEMBER, comment(home, **site)),
        ("nobody in particular", Reader.GUEST, comment(home, **_NOBODY)),
        ("pending, not confirmed", Reader.GUEST, comment(home, **waiting)),
        ("on what is hidden", Reader.MODERATOR, comment(home, replies_to=hidden)),
    ):
        yield Specimen(
            "Comment",
            state,
            "answers/_comment.html",
            {"thread": threads([made])[0], "may_comment": who != Reader.GUEST, "closed": ""},
            reader=who,
            within="ol.comments",
        )
    address = f"/questions/{made_up.NOBODYS}/comment/"
    place: dict[str, Any] = {"comment_address": address, "place": "question", "about": "the question"}
    for state, who, values in (
        ("none, a guest who may not", Reader.GUEST, {"threads": []}),
        ("none, a member", Reader.MEMBER, {"threads": [], "may_comment": True}),
        ("1", Reader.MEMBER, {"threads": threads([comment(home)]), "may_comment": True}),
        ("as deep as they go", Reader.MEMBER, {"threads": talk(), "may_comment": True}),
        ("closed", Reader.MEMBER, {"threads": talk(), "closed": _CLOSED}),
        ("long words", Reader.MODERATOR, {"threads": _long_talk(), "may_comment": True}),
        ("Arabic", Reader.MEMBER, {"threads": _arabic_talk(), "may_comment": True}),
    ):
        yield Specimen("Comments", state, "answers/_comments.html", place | values, reader=who)
    yield Specimen(
        "Comments",
        "200, for 10,000 would only be slow",
        "answers/_comments.html",
        lambda: place | {"threads": [Thread(comment(home)) for _ in range(200)], "may_comment": True},
        Reader.MODERATOR,
        is_long=True,
    )


def _comment_forms() -> Iterator[Specimen]:
    typed = {"text": texts.LONG_WORD, "guest_name": "", "email": "nobody", "website": texts.LONG_WORD * 3}
    for state, who, values in (
        ("a guest", Reader.GUEST, {"form": GuestCommentForm()}),
        ("a guest, everything wrong", Reader.GUEST, {"form": GuestCommentForm(typed)}),
        ("a member", Reader.MEMBER, {"form": CommentForm()}),
        ("a member, Arabic", Reader.MEMBER, {"form": CommentForm(initial={"text": texts.ARABIC_LEAD})}),
        ("closed", Reader.MEMBER, {"form": CommentForm(), "refusal": _CLOSED}),
        ("closed while it was written", Reader.MEMBER, {"form": CommentForm(typed), "refusal": _CLOSED}),
    ):
        said = {"tags_said": tags_said()}
        yield Specimen("Form of a comment", state, "answers/_comment_form.html", said | values, reader=who)
    yield from of(
        "Preview",
        "answers/_preview.html",
        [
            ("of an answer", {"html": texts.prose()}),
            ("of a comment", {"html": texts.remark(), "is_comment": True}),
            ("too long", {"too_long": True}),
            ("nothing", {}),
        ],
        within="div.preview",
    )


ROOM = Room("answers", "Answers and comments", specimens)
