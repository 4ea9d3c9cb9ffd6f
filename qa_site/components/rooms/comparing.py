"""Texts beside each other: histories, comparisons, and passages that stand in several answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from answers.comparing import compare
from answers.views.copies import CopiesNotice, ShownCopy
from qa_site.components import texts
from qa_site.components.made_up import answer, person, question, revision
from qa_site.components.specimens import Reader, Room, Specimen, of

_OLD = f"""{texts.LEAD}

Use warm water.

{chr(10).join(f"Line {number} says the same." for number in range(9))}

Bake it at 250 degrees.
"""
_NEW = f"""Bake it at 250 degrees.

{texts.LEAD} That is all.

Use cold water.

{chr(10).join(f"Line {number} says the same." for number in range(9))}
"""


# The same each time, and slow to find out.
_compared = cache(compare)


def specimens() -> Iterator[Specimen]:
    yield from _comparisons()
    yield from _facts()
    yield from _copies()


def _comparisons() -> Iterator[Specimen]:
    for state, comparison in (
        ("removed, added, moved, the rest put away", _compared(_OLD, _NEW)),
        ("only line ends", _compared("One line.\nAnother.", "One line.\n\nAnother.")),
        ("1 word", _compared(texts.LEAD, texts.LEAD.replace("rise", "rest"))),
        ("10,000 words", _compared("one two " * 5_000, "one two " * 4_990 + "three four " * 10)),
        ("long words", _compared(f"{texts.LONG_WORD} a", f"{texts.LONG_WORD[::-1]} {texts.LONG_WORDING}")),
        ("Arabic", _compared(texts.ARABIC, texts.OTHER_ARABIC)),
    ):
        for view in ("side", "inline"):
            values = {"comparison": comparison, "view": view}
            yield Specimen(
                "Comparison", f"{state} ({view})", "answers/_comparison.html", values, is_wide=view == "side"
            )
    same = {"comparison": _compared(texts.LEAD, texts.LEAD), "view": "side"}
    yield Specimen("Comparison", "the same", "answers/_comparison.html", same)


def _facts() -> Iterator[Specimen]:
    of_texts = answer()
    long = revision(of_texts, 10_000, summary=texts.LONG_WORD, author=person(texts.LONG_NAME))
    arabic = revision(of_texts, 2, summary=texts.ARABIC_REASON, author=person(texts.ARABIC_NAME))
    usual, first = revision(of_texts, 3, summary="Said how warm"), revision(of_texts, 1, author=None)
    for state, shown, newest in (
        ("as it is now", usual, 3),
        ("by nobody in particular, may be restored", first, 3),
        ("10,000, long words", long, 10_001),
        ("Arabic", arabic, 3),
    ):
        values = {"revision": shown, "answer": of_texts, "newest": newest, "may_edit": True}
        yield Specimen("Facts of a text", state, "answers/_text_facts.html", values)


def _copies() -> Iterator[Specimen]:
    def copy(*passages: str, more: int = 0, to: str = texts.QUESTION, by: str = "Otto") -> ShownCopy:
        source = answer(question(to), author=person(by))
        return ShownCopy(source, word_count=24, passages=list(passages), more_passages=more)

    long = copy(texts.LONG_WORD, texts.LEAD * 12, more=10_000, to=texts.LONG_WORDING, by=texts.LONG_NAME)
    arabic = copy(texts.ARABIC_LEAD, to=texts.ARABIC, by=texts.ARABIC_NAME)
    several = [copy(texts.LEAD, "Bake it.", more=1), copy(texts.LEAD)]
    yield from of(
        "Notice of copies",
        "answers/_copies.html",
        [
            ("one passage", {"notice": _notice([copy(texts.LEAD)])}),
            ("several, and more answers", {"notice": _notice(several, more=10_000)}),
            ("quoted", {"notice": _notice([], quoted=True)}),
            ("long words", {"notice": _notice([long], more=1)}),
            ("Arabic", {"notice": _notice([arabic])}),
        ],
        within="form",
    )
    for state, text, to in (
        ("usual", texts.LEAD, texts.QUESTION),
        ("long words", f"{texts.LONG_WORD} {texts.LEAD}", texts.LONG_WORDING),
        ("Arabic", texts.ARABIC_LEAD, texts.ARABIC),
    ):
        middle = len(text) // 2
        parts = [(text[:middle], False), (text[middle:], True)]
        yield Specimen(
            "Side of a copied passage",
            state,
            "answers/_copied_side.html",
            {"label": "Newer", "answer": answer(question(to)), "parts": parts},
            reader=Reader.MODERATOR,
            within="div.copied div.pair",
            is_wide=True,
        )


def _notice(copies: list[ShownCopy], *, more: int = 0, quoted: bool = False) -> CopiesNotice:
    return CopiesNotice(copies, more_copies=more, seen="", has_quoted=quoted, status=409)


ROOM = Room("texts", "Texts beside each other", specimens)
