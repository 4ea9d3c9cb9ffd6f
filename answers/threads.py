"""Putting comments that reply to each other into threads of a readable depth. Nothing is fetched here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from answers.models import Comment

DEPTH = 3


@dataclass
class Thread:
    """A comment with the replies to it. `in_reply_to` names whom it replies to where its place does not show that."""

    comment: Comment
    depth: int = 1
    in_reply_to: Comment | None = None
    is_reply_to_hidden: bool = False
    replies: list[Thread] = field(default_factory=list)

    @property
    def count(self) -> int:
        return 1 + sum(reply.count for reply in self.replies)


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """Return the threads that these comments make; they come oldest first, and so do all replies.

    A reply that would stand deeper than DEPTH stands beside the comment that it replies to, behind what was said
    there before. One whose comment is not among these stands for itself.
    """
    top: list[Thread] = []
    placed: dict[int, Thread] = {}
    holders: dict[int, Thread] = {}  # under which thread a comment's own thread hangs
    for comment in comments:
        above = placed.get(comment.replies_to_id) if comment.replies_to_id else None
        if above is None:
            thread = Thread(comment, is_reply_to_hidden=comment.replies_to_id is not None)
            top.append(thread)
        elif above.depth < DEPTH:
            thread = Thread(comment, depth=above.depth + 1)
            above.replies.append(thread)
            holders[comment.pk] = above
        else:
            holder = holders[above.comment.pk]
            thread = Thread(comment, depth=DEPTH, in_reply_to=above.comment)
            holder.replies.append(thread)
            holders[comment.pk] = holder
        placed[comment.pk] = thread
    return top
