"""What the door calls to put a text before moderators: a report by the site itself."""

from __future__ import annotations

from collections.abc import Sequence

from answers import reporting
from answers.models import Answer, Comment, Report
from questions.models import Question

_MAX_WORDS = 1_000


def flag(thing: Question | Answer | Comment, reasons: Sequence[str]) -> None:
    """Report a text for the words in it, or for whatever else the site noticed."""
    reporting.report(thing, Report.Reason.WATCHED, "\n".join(reasons)[:_MAX_WORDS])
