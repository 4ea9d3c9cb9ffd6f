"""Two people edited one answer at once: what each of them made of it, and a text in which both are."""

from __future__ import annotations

from dataclasses import dataclass

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
        merged = merging_texts.merge(began.text, theirs.text, mine)
        return cls(theirs, mine, merged.text, merged.conflicts, comparing.compare(began.text, theirs.text))
