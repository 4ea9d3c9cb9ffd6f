"""What a specimen and a room of them are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Reader(StrEnum):
    """Who looks at a specimen: templates show a guest, a member and a moderator different things."""

    GUEST = "guest"
    MEMBER = "member"
    MODERATOR = "moderator"


Context = Mapping[str, Any]


@dataclass(frozen=True)
class Specimen:
    """A template in one state. `title` names what it is, `state` what is special about this one.

    `block` shows that block of a page instead of a whole include. `within` are the elements that the template has to
    stand in, the outermost first: "ol.timeline li.kind-merged". What `is_long` is shown only where its room is shown
    alone, or the page would be slow; its context is made only then, by a function.
    """

    title: str
    state: str
    template: str
    context: Context | Callable[[], Context] = field(default_factory=dict)
    reader: Reader = Reader.MEMBER
    block: str = ""
    within: str = ""
    is_wide: bool = False
    is_long: bool = False

    @property
    def values(self) -> Context:
        """What the template is rendered with."""
        return self.context() if callable(self.context) else self.context


@dataclass(frozen=True)
class Room:
    """Specimens that belong together. They are made anew each time, for some say how long ago something was."""

    name: str
    title: str
    specimens: Callable[[], Iterator[Specimen]]


def of(
    title: str, template: str, states: Iterable[tuple[str, Context]], **options: Any
) -> Iterator[Specimen]:
    """The specimens of one template, from pairs of a state and its context."""
    for state, context in states:
        yield Specimen(title, state, template, context, **options)
