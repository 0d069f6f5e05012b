"""PageRank, betweenness and communities: plain dicts by node, the same on every machine and for every build order."""

from collections import Counter

import networkx as nx
import numpy as np

__all__ = ["betweenness", "communities", "pagerank"]

_EXACT_BETWEENNESS = 800


def pagerank(nx_graph: nx.MultiDiGraph, *, damping: float = 0.85, rounds: int = 200) -> dict[str, float]:
    """Return the PageRank of every node by power iteration over `weight` (Page et al. 1999).

    Written out because networkx' own needs SciPy. Parallel edges add up; a node without outgoing edges gives to
    all alike. Stops when the ranks change by less than 1e-12 in sum.

    >>> [round(rank, 3) for rank in pagerank(nx.MultiDiGraph([("a", "b")])).values()]
    [0.351, 0.649]
    """
    nodes = sorted(nx_graph)
    if not nodes:
        return {}
    number = {node: i for i, node in enumerate(nodes)}
    edges = sorted((number[a], number[b], w) for a, b, w in nx_graph.edges(data="weight", default=1))
    source, target = (np.array([edge[i] for edge in edges], dtype=np.int64) for i in (0, 1))
    weight = np.array([edge[2] for edge in edges], dtype=np.float64)
    total = np.bincount(source, weight, len(nodes))
    share = weight / total[source]
    rank = np.full(len(nodes), 1 / len(nodes))
    for _ in range(rounds):
        kept = np.bincount(target, rank[source] * share, len(nodes))
        new = damping * (kept + rank[total == 0].sum() / len(nodes)) + (1 - damping) / len(nodes)
        change = np.abs(new - rank).sum()
        rank = new
        if change < 1e-12:
            break
    return dict(zip(nodes, rank.tolist(), strict=True))


def betweenness(actors: nx.MultiDiGraph, *, seed: int) -> dict[str, float]:
    """Brandes (2001) on the undirected network; from 800 nodes on estimated from 100 sources."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(actors))
    simple.add_edges_from(sorted((a, b) for a, b in actors.edges()))
    sample = 100 if len(simple) > _EXACT_BETWEENNESS else None
    result: dict[str, float] = nx.betweenness_centrality(simple, k=sample, seed=seed)
    return result


def communities(nx_graph: nx.Graph, *, seed: int = 0) -> dict[str, int]:
    """Return the community of every node by Louvain (Blondel et al. 2008); 0 is the largest.

    Edges count by `weight`, in either direction. Nodes without edges are communities of their own.

    >>> communities(nx.Graph([("a", "b"), ("c", "d")]))
    {'a': 0, 'b': 0, 'c': 1, 'd': 1}
    """
    nodes = sorted(nx_graph)
    number = {node: i for i, node in enumerate(nodes)}
    pairs: Counter[tuple[int, int]] = Counter()
    for a, b, weight in nx_graph.edges(data="weight", default=1):
        low, high = sorted((number[a], number[b]))
        pairs[low, high] += weight or 1
    plain = nx.Graph()
    plain.add_nodes_from(range(len(nodes)))
    plain.add_weighted_edges_from((a, b, pairs[a, b]) for a, b in sorted(pairs))
    found = nx.community.louvain_communities(plain, seed=seed) if nodes else []
    ranked = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    return {nodes[i]: n for i, n in sorted((i, n) for n, group in enumerate(ranked) for i in group)}
