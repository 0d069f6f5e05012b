"""The two networks that the page draws: who acts on whom, and events with those who take part in them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from kg.graph import KnowledgeGraph

__all__ = ["STYLES", "actor_network", "event_network"]

STYLES: Mapping[str, str] = {
    "asserted": "solid",
    "planned": "dashed",
    "ordered": "dashed",
    "requested": "dashed",
    "possible": "dashed",
    "hypothetical": "dashed",
    "negated": "dotted",
}
"""How the line of an event is drawn, by status."""


def actor_network(
    graph: KnowledgeGraph, analysis: Mapping[str, Any], number: Mapping[str, int]
) -> dict[str, Any]:
    """Return who acts on whom: an edge for each ordered pair and line style, holding its events."""
    positions, first = analysis["layout"]["actors"], len(graph.entities)
    bundles: dict[tuple[int, int, str], list[dict[str, Any]]] = defaultdict(list)
    for action in analysis["actions"]:
        key = (number[action["source"]], number[action["target"]], STYLES[action["status"]])
        bundles[key].append(
            {
                "event": number[action["event"]] - first,
                "predicate": action["predicate"],
                "status": action["status"],
                "weight": action["weight"],
            }
        )
    edges: list[dict[str, Any]] = []
    for (source, target, style), actions in sorted(bundles.items()):
        edges.append({"from": source, "to": target, "style": style, "actions": actions})
    edges += _relation_edges(graph, positions, number)
    return _network("actors", edges, analysis, number)


def _network(
    name: str, edges: list[dict[str, Any]], analysis: Mapping[str, Any], number: Mapping[str, int]
) -> dict[str, Any]:
    """Put numbered edges and positions together; `core` is where the opening view of a large network draws."""

    def placed(positions: Mapping[str, list[float]]) -> list[dict[str, Any]]:
        return [{"id": number[id], "x": round(x), "y": round(y)} for id, (x, y) in positions.items()]

    return {
        "nodes": placed(analysis["layout"][name]),
        "edges": [{"id": i, **edge} for i, edge in enumerate(edges)],
        "core": placed(analysis["core"][name]),
    }


def _relation_edges(
    graph: KnowledgeGraph, positions: Mapping[str, Any], number: Mapping[str, int]
) -> list[dict[str, Any]]:
    return [
        {"from": number[relation.subject], "to": number[relation.object], "relation": i}
        for i, relation in enumerate(graph.relations)
        if relation.object is not None
        and relation.object != relation.subject
        and relation.subject in positions
        and relation.object in positions
    ]


def event_network(
    graph: KnowledgeGraph, analysis: Mapping[str, Any], number: Mapping[str, int]
) -> dict[str, Any]:
    """Return events as nodes with an edge for each role; what acts points to the event, the event to the rest."""
    positions, first = analysis["layout"]["events"], len(graph.entities)
    edges: list[dict[str, Any]] = []
    for event in graph.events:
        here = number[event.id]
        ends: set[tuple[str, str | None]] = {(p.role, p.entity or p.event) for p in event.participants}
        ends |= {("attribution", source.entity) for source in event.attributed_to}
        for role, node in sorted((role, number[id]) for role, id in ends if id is not None):
            inward = role in ("agent", "attribution")
            source, target = (node, here) if inward else (here, node)
            if node != here:
                edges.append({"from": source, "to": target, "role": role, "event": here - first})
    edges += _relation_edges(graph, positions, number)
    return _network("events", edges, analysis, number)
