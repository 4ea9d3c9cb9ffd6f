"""Questions: lists, tags, the similar ones, the wordings of a family and their picture, the log, the menu."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_site.components import made_up, texts
from qa_site.components.made_up import question
from qa_site.components.specimens import Reader, Room, Specimen, of
from questions.duplicates.asked import Similar
from questions.duplicates.matching import By, Match
from questions.models import Question
from questions.searching import Found

EVERYTHING = dict.fromkeys(
    (
        *("edit", "add_an_alternate", "suggest_a_merge", "follow", "merge"),
        *("unmerge", "promote", "hide", "lock", "close_comments"),
    ),
    True,
)
MEMBERS = {"edit": False, "add_an_alternate": True, "suggest_a_merge": True, "follow": True}


def usual() -> Question:
    return question(
        lead=texts.LEAD, answer_count=3, useful_count=12, wording_count=4, tags=("baking", "sourdough")
    )


def thousands() -> Question:
    return question(
        lead=texts.LEAD, answer_count=10_000, useful_count=10_000, wording_count=10_000, tags=("baking",)
    )


def long() -> Question:
    return question(
        texts.LONG_WORDING, lead=texts.LONG_WORD, answer_count=1, wording_count=2, tags=[texts.LONG_TAG] * 5
    )


def long_word() -> Question:
    return question(texts.LONG_WORD, lead=f"{texts.LONG_WORD} {texts.LONG_WORD}", tags=(texts.LONG_TAG,))


def arabic() -> Question:
    return question(
        texts.ARABIC, lead=texts.ARABIC_LEAD, answer_count=2, wording_count=2, tags=("خبز", "sourdough")
    )


def specimens() -> Iterator[Specimen]:
    yield from _lists()
    yield from _tags()
    yield from _similar()
    yield from _wordings()
    yield from _menus()


def _lists() -> Iterator[Specimen]:
    yield from of(
        "List of questions",
        "questions/_list.html",
        [
            ("usual", {"questions": [usual(), question()]}),
            ("1", {"questions": [question(answer_count=1, useful_count=1, lead=texts.LEAD)]}),
            ("10,000", {"questions": [thousands()]}),
            ("long words", {"questions": [long(), long_word()]}),
            ("Arabic", {"questions": [arabic(), question(texts.OTHER_ARABIC)]}),
            ("empty", {"questions": []}),
        ],
    )
    yield Specimen(
        "List of questions",
        "200 lines, for 10,000 would only be slow",
        "questions/_list.html",
        lambda: {"questions": [usual() for _ in range(200)]},
        is_long=True,
    )
    yield from of(
        "Order of the questions",
        "questions/_orders.html",
        [("newest", {"order": "newest"}), ("followed, a member", {"order": "followed"}), ("none", {})],
    )
    item, other = Found(usual(), usual(), 1.0), Found(long(), question(texts.ARABIC), 1.0)
    yield from of(
        "Questions to choose one from",
        "questions/_found.html",
        [
            ("to merge", {"found": [item, other], "question": question()}),
            ("to suggest", {"found": [other], "question": question(), "suggesting": True}),
        ],
    )


def _tags() -> Iterator[Specimen]:
    named = [made_up.tag(name) for name in ("baking", "sourdough", "c++")]
    many = [made_up.tag(f"tag-{number}") for number in range(50)]
    yield from of(
        "Tags",
        "questions/_tags.html",
        [
            ("usual", {"tags": named}),
            ("50", {"tags": many}),
            ("long words", {"tags": [made_up.tag(texts.LONG_TAG), made_up.tag(texts.LONG_WORD.lower())]}),
            ("Arabic", {"tags": [made_up.tag("خبز"), made_up.tag("عجين-مخمر")]}),
            ("none", {"tags": []}),
        ],
        within="p.facts",
    )
    yield Specimen(
        "Options for a tag",
        "in a list that the browser shows while one types",
        "questions/_tag_options.html",
        {"tags": named, "prefix": "baking, "},
        within="datalist",
    )
    for made, count in zip(many, (1, 10_000, *range(48)), strict=True):
        made.question_count = count
    yield Specimen("All tags", "usual", "questions/tags.html", {"tags": many}, block="content")


def _match(primary: Question, wording: Question | None = None) -> Match:
    return Match(primary, wording or primary, 0.9, By.MEANING, 0.9)


def _similar() -> Iterator[Specimen]:
    head = usual()
    same, others = (
        _match(head, question(texts.OTHER_QUESTION, into=head)),
        [_match(question()), _match(thousands())],
    )
    arabic_head = arabic()
    turned = [_match(arabic_head, question(texts.OTHER_ARABIC, into=arabic_head))]
    yield from of(
        "One similar question",
        "questions/_match.html",
        [
            ("usual", {"match": others[1]}),
            ("by another wording", {"match": same}),
            ("long words", {"match": _match(long(), long_word())}),
            ("Arabic", {"match": turned[0]}),
        ],
    )
    yield from of(
        "Similar questions",
        "questions/_similar_list.html",
        [
            ("on a page of their own", {"similar": Similar("", [same, *others], same)}),
            ("only similar ones", {"similar": Similar("", others)}),
        ],
    )
    yield from of(
        "Similar panel",
        "questions/_similar.html",
        [
            ("the same and others", {"similar": Similar("", [same, *others], same), "in_form": True}),
            ("only similar ones", {"similar": Similar("", others), "in_form": True}),
            ("long words", {"similar": Similar("", [_match(long()), _match(long_word())]), "in_form": True}),
            ("Arabic", {"similar": Similar("", turned, turned[0]), "in_form": True}),
            ("nothing", {"similar": Similar("", []), "in_form": True}),
        ],
        within="form",
    )


def _wordings() -> Iterator[Specimen]:
    head = usual()
    for state, text, who in (
        ("usual", texts.OTHER_QUESTION, Reader.MEMBER),
        ("a moderator", texts.OTHER_QUESTION, Reader.MODERATOR),
        ("long words, a moderator", texts.LONG_WORDING, Reader.MODERATOR),
        ("a long word", texts.LONG_WORD, Reader.MEMBER),
        ("Arabic, a moderator", texts.ARABIC, Reader.MODERATOR),
    ):
        yield Specimen(
            "Alternate",
            state,
            "questions/_alternate.html",
            {"wording": question(text, into=head), "may": EVERYTHING if who == Reader.MODERATOR else {}},
            reader=who,
            within="div.also-asked ul",
        )
    elsewhere = question(texts.LONG_WORDING, into=head)
    for case, existing in (
        ("hidden", head),
        ("primary here", head),
        ("alternate here", question(texts.OTHER_QUESTION, into=head)),
        ("primary elsewhere", arabic()),
        ("alternate elsewhere", elsewhere),
    ):
        for who in (Reader.MEMBER, Reader.MODERATOR):
            may = dict.fromkeys(("may_merge", "may_promote", "may_unmerge"), who == Reader.MODERATOR)
            yield Specimen(
                "That wording exists",
                f"{case}, a {who}",
                "questions/wording_exists.html",
                {"case": case, "existing": existing, "question": question()} | may,
                reader=who,
                block="content",
            )


def _menus() -> Iterator[Specimen]:
    shut: dict[str, Any] = {"is_locked": True, "has_closed_comments": True, "state": "hidden"}
    head = usual()
    family = [question(text, into=head) for text in (texts.OTHER_QUESTION, texts.LONG_WORDING, texts.ARABIC)]
    usual_menu = {"question": head, "family": family, "answer_form": True}
    for state, who, more in (
        ("a guest", Reader.GUEST, {"may": {"suggest_a_merge": True}}),
        ("a member who follows", Reader.MEMBER, {"may": MEMBERS, "follows": True}),
        ("a member, with a wording of theirs", Reader.MEMBER, {"may": MEMBERS, "own_wordings": family[1:2]}),
        ("a moderator", Reader.MODERATOR, {"may": EVERYTHING}),
        (
            "locked, hidden, closed, a moderator",
            Reader.MODERATOR,
            {"may": EVERYTHING, "question": question(**shut)},
        ),
    ):
        yield Specimen("Menu", state, "questions/_menu.html", usual_menu | more, reader=who)
    for follows, said in ((True, "You follow this question now."), (False, "You do not follow it any more.")):
        yield Specimen(
            "What following swaps",
            "follows" if follows else "follows no more",
            "questions/_followed.html",
            {"question": head, "follows": follows, "said": said},
            reader=Reader.MEMBER,
        )


ROOM = Room("questions", "Questions", specimens)
