"""Cleaning all stored comments anew, after the list of tags or the cleaner changed."""

from __future__ import annotations

from collections.abc import Iterator

from answers.commenting import likeness
from answers.markup import comment_html
from answers.models import Comment

_AT_ONCE = 500


def clean_all() -> Iterator[tuple[int, int]]:
    """Give every comment the HTML that its text has now, some hundred at a time.

    Yields, after each of these, how many comments were looked at and how many had other HTML before, so far.
    """
    looked_at = changed = last = 0
    while comments := list(Comment.objects.filter(pk__gt=last).order_by("pk")[:_AT_ONCE]):
        different = []
        for comment in comments:
            before = comment.html, comment.likeness
            comment.html, comment.likeness = comment_html(comment.text), likeness(comment.text)
            if (comment.html, comment.likeness) != before:
                different.append(comment)
                changed += comment.html != before[0]
        Comment.objects.bulk_update(different, ["html", "likeness"])
        looked_at, last = looked_at + len(comments), comments[-1].pk
        yield looked_at, changed
