"""How often an act may be done: read from words such as “ask=10/hour, search=60/minute”."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowance:
    """So many times in so many seconds: all at once, or one after the other as the time for each goes by."""

    times: int
    seconds: int

    @property
    def each(self) -> float:
        """For how many seconds one time fills its part of the allowance."""
        return self.seconds / self.times

    def wider(self, factor: int) -> Allowance:
        return Allowance(self.times * factor, self.seconds)


_SECONDS = {"second": 1, "minute": 60, "hour": 60 * 60, "day": 24 * 60 * 60}

# By act, for a member, and for all guests of a block of addresses together.
DEFAULTS = {
    "ask": Allowance(30, _SECONDS["hour"]),
    "answer": Allowance(60, _SECONDS["hour"]),  # editing and proposing too
    "comment": Allowance(60, _SECONDS["hour"]),
    "vote": Allowance(240, _SECONDS["hour"]),
    "report": Allowance(30, _SECONDS["hour"]),
    "suggest": Allowance(60, _SECONDS["hour"]),  # merges, alternates, wordings
    "follow": Allowance(240, _SECONDS["hour"]),
    "sign-in": Allowance(10, 10 * 60),  # for one e-mail address from one block of addresses
    "sign-up": Allowance(20, _SECONDS["hour"]),
    "mail": Allowance(10, _SECONDS["hour"]),  # whatever sends a mail to an address that somebody typed
    "search": Allowance(120, _SECONDS["minute"]),
    "similar": Allowance(600, _SECONDS["minute"]),
    "tags": Allowance(600, _SECONDS["minute"]),
    "arrive": Allowance(600, _SECONDS["hour"]),
    "preview": Allowance(600, _SECONDS["hour"]),
}
# All members of a block of addresses together may do so many times what one of them may.
WIDER_FOR_MEMBERS = 10
# And who signs in from there, whatever the e-mail addresses.
WIDER_FOR_SIGN_IN = 10

_ENTRY = re.compile(r"([a-z-]+)=([1-9][0-9]{0,6})/(second|minute|hour|day)")


def read_allowances(text: str) -> dict[str, Allowance]:
    """Return the allowance of every act, with what the text says instead of the defaults.

    “off” instead of a number takes the limit of an act away, and all alone those of all. Raises ValueError with a
    sentence about what cannot be understood.
    """
    if text.strip() == "off":
        return {}
    allowances = dict(DEFAULTS)
    for entry in filter(None, (part.strip() for part in text.split(","))):
        act, _, rest = entry.partition("=")
        if act not in DEFAULTS:
            raise ValueError(f"“{entry}” is about no act that has a limit; those are {', '.join(DEFAULTS)}.")
        if rest == "off":
            allowances.pop(act, None)
        elif found := _ENTRY.fullmatch(entry):
            allowances[act] = Allowance(int(found[2]), _SECONDS[found[3]])
        else:
            raise ValueError(f"“{entry}” cannot be read; it takes something like {act}=10/hour or {act}=off.")
    return allowances
