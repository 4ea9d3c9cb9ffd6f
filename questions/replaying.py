"""How the trees of families were after each act of the log, told from the acts alone. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Event(NamedTuple):
    """An act that changed edges: its kind as the log names it, and the numbers of the two wordings it names."""

    kind: str
    question: int
    other: int


class Branch(NamedTuple):
    """A wording of a tree drawn downwards: which, and how many edges below the primary."""

    number: int
    depth: int


Tree = list[Branch]

KINDS = ("merged", "added", "unmerged", "promoted")


class Forest:
    """Wordings and the edges between them, as they become one act after another."""

    def __init__(self, parents: dict[int, int] | None = None) -> None:
        self._parents = dict(parents or {})

    def apply(self, event: Event) -> None:
        """Do what the act did. What does not fit what is known here is passed over."""
        match event.kind:
            case "merged" | "added":
                if self.root(event.other) != event.question:
                    self._parents[event.question] = event.other
            case "unmerged":
                for child, parent in ((event.question, event.other), (event.other, event.question)):
                    if self._parents.get(child) == parent:
                        del self._parents[child]
            case "promoted":
                self._turn_round(event.question)

    def root(self, number: int) -> int:
        while number in self._parents:
            number = self._parents[number]
        return number

    def tree(self, number: int) -> Tree:
        """The tree that a wording belongs to, its primary first, each branch before the next; older ones first."""
        children: dict[int, list[int]] = {}
        for child, parent in self._parents.items():
            children.setdefault(parent, []).append(child)
        tree, waiting = [], [Branch(self.root(number), 0)]
        while waiting:
            branch = waiting.pop()
            tree.append(branch)
            below = sorted(children.get(branch.number, []), reverse=True)
            waiting += [Branch(child, branch.depth + 1) for child in below]
        return tree

    def _turn_round(self, number: int) -> None:
        """Let the edges on the way up from a wording lead down from it."""
        way = [number]
        while way[-1] in self._parents:
            way.append(self._parents.pop(way[-1]))
        for lower, upper in pairwise(way):
            self._parents[upper] = lower


def replay(events: Iterable[Event]) -> Iterator[list[Tree]]:
    """Yield for each act, the oldest first, the trees that its two wordings stood in afterwards: one, or two."""
    forest = Forest()
    for event in events:
        forest.apply(event)
        numbers = [event.other, event.question]
        trees = {forest.root(number): forest.tree(number) for number in numbers}
        yield list(trees.values())
