"""Making a former text of an answer its text again; what it has in between stays in its history."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from answers import answering
from answers.models import Answer, Revision
from questions.moderation import NothingToChange


class NoSuchText(Exception):
    """The answer never had a text of this number."""


def former_text(answer: Answer, number: int) -> Revision:
    """Return the text of this number within the answer, with its author. Raises NoSuchText."""
    found = answer.revisions.select_related("author").filter(number=number).first()
    if found is None:
        raise NoSuchText(_("This answer has no text {number}.").format(number=number))
    return found


@transaction.atomic
def restore_text(answer: Answer, number: int, *, by, base: int | None = None) -> Revision:
    """Give the answer its text of this number again and return the new revision, which is by who restores it.

    `base` is the number of the text that it was compared with. Raises NoSuchText, NothingToChange where the
    answer reads so already, and answering.TextChanged where it has another text than `base` by now.
    """
    former = former_text(answer, number)
    revision = answering.edit(answer, former.text, by=by, base=base, restores=former)
    if revision is None:
        raise NothingToChange(_("The answer reads like text {number} already.").format(number=number))
    return revision
