"""Reading families back from the table, and the plain graph that they are checked against."""

from __future__ import annotations

import networkx

from questions.models import Question


def families() -> set[frozenset[int]]:
    """The families as the shortcut column has them, as sets of ids."""
    by_root: dict[int, set[int]] = {}
    for pk, primary in Question.objects.values_list("pk", "primary_id"):
        by_root.setdefault(primary, set()).add(pk)
    return {frozenset(family) for family in by_root.values()}


def components(nodes: list[int], edges: set[frozenset[int]]) -> set[frozenset[int]]:
    """The same according to networkx."""
    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(tuple(edge) for edge in edges)
    return {frozenset(component) for component in networkx.connected_components(graph)}


def root(question: Question) -> int:
    return Question.objects.values_list("primary_id", flat=True).get(pk=question.pk)


def edge(question: Question) -> int | None:
    return Question.objects.values_list("merged_into_id", flat=True).get(pk=question.pk)
