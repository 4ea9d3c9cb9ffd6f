"""Two people edited one answer at once: what each of them made of it, and a text in which both are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from answers import comparing, merging_texts
from answers.models import Answer, Revision


@dataclass(frozen=True)
class Conflict:
    """`theirs` was saved meanwhile, `mine` was not; `merged` has both, with `disputed` places still to be chosen.

    `meanwhile` compares theirs with what I began from; it is None when that is not known, and then `merged` is mine.
    """

    theirs: Revision
    mine: str
    merged: str
    disputed: int
    meanwhile: comparing.Comparison | None

    @classmethod
    def between(cls, answer: Answer, *, base: int | None, theirs: Revision, mine: str) -> Conflict:
        """`base` is the number of the revision of `answer` that was edited to make `mine`."""
        began = answer.revisions.filter(number=base).first() if base is not None else None
        if began is None:
            return cls(theirs, mine, mine, 0, None)
        merged = merging_texts.merge(began.text, theirs.text, mine, marks=_marks())
        return cls(theirs, mine, merged.text, merged.conflicts, comparing.compare(began.text, theirs.text))


def has_marks(text: str) -> bool:
    """Whether a line still stands in the text that was put in for a person to choose, in whatever language."""
    return merging_texts.has_marks(text, *_marks_in_all_languages())


def _marks() -> merging_texts.Marks:
    # The signs are those that programmers know from conflicts; the words say it to everybody else.
    theirs, mine, end = _("the text saved meanwhile"), _("your text"), _("until here")
    return merging_texts.Marks(f"<<<<<<< {theirs}", f"======= {mine}", f">>>>>>> {end}")


@cache
def _marks_in_all_languages() -> tuple[merging_texts.Marks, ...]:
    # One may have changed the language since, in another window.
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(_marks())
    return tuple(found)
