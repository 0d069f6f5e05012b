"""Who holds a network together: cores, reciprocity, brokers. Plain dicts by node."""

from collections import Counter
from collections.abc import Hashable, Mapping

import networkx as nx

__all__ = ["BROKERS", "brokerage", "constraint", "cores", "reciprocity"]

BROKERS = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")
"""The five roles of a broker (Gould and Fernandez 1989), by the groups of who is brought together."""


def cores(nx_graph: nx.Graph) -> dict[str, int]:
    """Return the largest k for which each node is in a k-core: all there have k neighbours in it (Seidman 1983).

    Directions, loops and parallel edges do not matter.

    >>> cores(nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    {'a': 2, 'b': 2, 'c': 2, 'd': 1}
    """
    simple = nx.Graph()
    simple.add_nodes_from(sorted(nx_graph))
    simple.add_edges_from((a, b) for a, b in nx_graph.edges() if a != b)
    return dict(sorted(nx.core_number(simple).items()))


def reciprocity(nx_graph: nx.DiGraph) -> float | None:
    """Return the share of ordered pairs that also act the other way round; None where nobody acts.

    >>> reciprocity(nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c")]))
    0.6666666666666666
    """
    pairs = {(a, b) for a, b in nx_graph.edges() if a != b}
    return sum((b, a) in pairs for a, b in pairs) / len(pairs) if pairs else None


def constraint(nx_graph: nx.Graph) -> dict[str, float]:
    """Return Burt's constraint of every node that has neighbours: low for those who span structural holes.

    Burt (1992), by `weight` in both directions. Written out, for networkx' own needs SciPy to be quick.
    """
    ties: dict[str, Counter[str]] = {node: Counter() for node in sorted(nx_graph)}
    for a, b, weight in nx_graph.edges(data="weight", default=1):
        if a != b:
            ties[a][b] += weight
            ties[b][a] += weight
    shares = {
        node: {other: weight / sum(found.values()) for other, weight in sorted(found.items())}
        for node, found in ties.items()
    }
    result = {}
    for node, own in shares.items():
        invested = dict(own)
        for via, share in own.items():
            for other, further in shares[via].items():
                if other in own:
                    invested[other] += share * further
        if own:
            result[node] = sum(value**2 for value in invested.values())
    return result


def brokerage(nx_graph: nx.DiGraph, groups: Mapping[str, Hashable]) -> dict[str, dict[str, int]]:
    """Count how often each node is a broker: it links one to another who have no link of their own (a -> b -> c).

    Gould and Fernandez (1989): by the groups of the three, b is coordinator (all of one group), consultant (a and c of
    one, b of another), gatekeeper (b and c of one), representative (a and b of one) or liaison (three groups).

    Args:
        nx_graph: directed; parallel edges count once.
        groups: the group of every node, such as its community.

    >>> brokerage(nx.DiGraph([("a", "b"), ("b", "c")]), {"a": 0, "b": 1, "c": 1})["b"]
    {'coordinator': 0, 'consultant': 0, 'gatekeeper': 1, 'representative': 0, 'liaison': 0}
    """
    found = {}
    for broker in sorted(nx_graph):
        counts = dict.fromkeys(BROKERS, 0)
        for first in set(nx_graph.predecessors(broker)) - {broker}:
            for last in set(nx_graph.successors(broker)) - {broker, first}:
                if not nx_graph.has_edge(first, last):
                    counts[_role(groups[first], groups[broker], groups[last])] += 1
        found[broker] = counts
    return found


def _role(first: Hashable, broker: Hashable, last: Hashable) -> str:
    if first == last:
        return "coordinator" if first == broker else "consultant"
    if broker == last:
        return "gatekeeper"
    return "representative" if first == broker else "liaison"
