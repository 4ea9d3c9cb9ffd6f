"""Writing comments."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answers import markup
from answers.models import Answer, Comment
from door.admitting import ADMITTED, Admission
from door.links import without_addresses
from questions.models import Question, State, columns_of

# So many words a text must have to be told from others by them: anybody may say "thank you very much".
_WORDS_THAT_TELL = 5
# So long a comment counts as recent when the same words come again.
_RECENT = timedelta(days=30)


class CannotComment(Exception):
    """No comment can be written there; the message says why."""


@transaction.atomic
def comment(
    on: Question | Answer,
    text: str,
    *,
    by=None,
    guest_name: str = "",
    website: str = "",
    replies_to: Comment | None = None,
    at: datetime | None = None,
    admission: Admission = ADMITTED,
) -> Comment:
    """Write a comment on a question or on an answer and return it. `by` is None for a guest.

    `at` is for content from elsewhere. `replies_to` is a comment on the same text. Raises CannotComment when that
    was hidden meanwhile. Whether comments are closed is for `closed_because` to say.
    """
    if replies_to is not None:
        state = Comment.objects.select_for_update(no_key=True).get(pk=replies_to.pk).state
        if state != State.APPROVED:
            raise CannotComment(
                _("The comment that you reply to is not shown any more, so your reply would hang in the air.")
            )
    return Comment.objects.create(
        question=on if isinstance(on, Question) else None,
        answer=on if isinstance(on, Answer) else None,
        replies_to=replies_to,
        text=text,
        html=markup.comment_html(text),
        likeness=likeness(text),
        author=by,
        guest_name=guest_name,
        website=website,
        created_at=at or timezone.now(),
        **columns_of(admission),
    )


def closed_because(
    on: Question | Answer, *, primary: Question | None = None, now: datetime | None = None
) -> str:
    """Why no comments can be written there, as a sentence; "" when they can.

    `primary` is that of the page; without it, that of the question or of the answer's home has to be loaded.
    """
    home = on if isinstance(on, Question) else on.question
    primary = primary or home.primary
    if on.is_hidden or primary.is_hidden:
        return _("It is not shown just now, so nobody could read a comment on it.")
    if home.has_closed_comments or primary.has_closed_comments:
        return _("Comments are closed here.")
    days = settings.COMMENTS_CLOSE_AFTER
    if days and on.created_at < (now or timezone.now()) - timedelta(days=days):
        return ngettext(
            "Comments are closed here; they are open for {count} day.",
            "Comments are closed here; they are open for {count} days.",
            days,
        ).format(count=days)
    return ""


def likeness(text: str) -> str:
    """What texts of the same words share, in whatever case, with whatever links and punctuation; "" for short ones."""
    words = re.findall(r"[^\W_]+", without_addresses(re.sub(r"<[^<>]*>", " ", text)).casefold())
    if len(words) < _WORDS_THAT_TELL:
        return ""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def recent_copy(text: str) -> Comment | None:
    """A comment of the last days that has the same words, by anybody and whatever became of it, or None."""
    mark = likeness(text)
    recent = Comment.objects.filter(likeness=mark, created_at__gt=timezone.now() - _RECENT)
    return recent.order_by("-created_at").first() if mark else None
