"""What comes of a text at the door, as the verbs that write it take it."""

from __future__ import annotations

from dataclasses import dataclass

from door.models import Guest


@dataclass(frozen=True)
class Admission:
    """How a text was let in: shown at once or held, why, how likely it is spam (0 to 1), and where it came from."""

    is_held: bool = False
    reasons: tuple[str, ...] = ()
    spam_score: float | None = None
    guest: Guest | None = None
    address_block: str = ""


# For what is written by imports and the site itself.
ADMITTED = Admission()
