"""Who may do what at the desk beside deciding about single texts; read it together with those of the two apps."""

from __future__ import annotations

from questions.permissions import is_one_of

WHO_MAY: dict[str, tuple[str, ...]] = {
    "hide a wave": ("moderation.hide_wave",),
    "block": ("moderation.block_writers",),
    "watch words": ("moderation.watch_words",),
    "decide appeals": ("answers.settle_report",),
    "appeal": ("members",),
}


def may(user, act: str) -> bool:
    """Whether this person (possibly nobody, an anonymous user) may do the act."""
    return is_one_of(user, WHO_MAY[act])
