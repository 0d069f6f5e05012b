"""How two are linked: the shortest ways between them, each step with the events that make it."""

from itertools import islice, pairwise
from typing import Any

import networkx as nx

from kg.analyse.projections import summed

__all__ = ["paths"]


def paths(nx_graph: nx.MultiGraph, source: str, target: str, *, most: int = 3) -> list[dict[str, Any]]:
    """Return the shortest ways from one node to another without loops, in either direction of each edge (Yen 1971).

    Args:
        nx_graph: what `actor_graph`, `place_graph` or `comention_graph` returned.
        source: a node.
        target: another node.
        most: how many ways at most.

    Returns:
        Records of `nodes` and `steps`, each step with the keys of its edges `forward` (from the first to the second
        node) and `back`; none where there is no way.

    Raises:
        KeyError: one of the two is no node.
    """
    for end in (source, target):
        if end not in nx_graph:
            raise KeyError(end)
    simple = nx.Graph()
    simple.add_nodes_from(sorted(nx_graph))
    simple.add_edges_from(sorted(tuple(sorted(pair)) for pair in summed(nx_graph).edges()))
    if source == target or not nx.has_path(simple, source, target):
        return []
    shortest = nx.shortest_simple_paths(simple, source, target)
    return [{"nodes": way, "steps": _steps(nx_graph, way)} for way in islice(shortest, most)]


def _steps(nx_graph: nx.MultiGraph, way: list[str]) -> list[dict[str, Any]]:
    steps = []
    for a, b in pairwise(way):
        directed = nx_graph.is_directed()
        back = sorted(nx_graph[b][a]) if directed and nx_graph.has_edge(b, a) else []
        forward = sorted(nx_graph[a][b]) if nx_graph.has_edge(a, b) else []
        steps.append({"source": a, "target": b, "forward": forward, "back": back})
    return steps
