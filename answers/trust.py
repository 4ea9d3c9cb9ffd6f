"""Whether a member has shown often enough to write well that their edits need no second look."""

from __future__ import annotations

from django.conf import settings

from answers.models import Answer, EditProposal, UsefulMark


def is_trusted(user) -> bool:
    """Whether enough of what this member wrote was welcome: settings.TRUSTED_FROM times or more.

    An answer that another member found useful counts once, and so does an edit that was proposed and accepted. Asked
    for once a request: the answer is kept at the user object.
    """
    if not hasattr(user, "_is_trusted"):
        user._is_trusted = settings.TRUSTED_FROM == 0 or welcome(user) >= settings.TRUSTED_FROM
    return user._is_trusted


def welcome(user) -> int:
    """How many answers of this member others found useful, and how many proposed edits were accepted; two queries."""
    # Guests do not count: anybody is one who signs out.
    marked = UsefulMark.objects.filter(user__isnull=False).exclude(user=user).values("answer")
    useful = Answer.objects.visible().filter(author=user, pk__in=marked).count()
    accepted = EditProposal.objects.filter(author=user, state=EditProposal.State.ACCEPTED).count()
    return useful + accepted
