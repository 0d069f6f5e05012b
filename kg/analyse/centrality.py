"""Centralities and communities: plain dicts by node, the same on every machine and for every build order."""

from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import networkx as nx
import numpy as np

from kg.errors import InputError

__all__ = ["METHODS", "betweenness", "closeness", "communities", "eigenvector", "pagerank"]

METHODS = ("leiden", "louvain")
"""How communities can be found: Leiden needs `graspologic-native` (`pip install graspologic-native`)."""

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


def betweenness(actors: nx.Graph, *, seed: int, backend: str | None = None) -> dict[str, float]:
    """Brandes (2001) on the undirected network; from 800 nodes on estimated from 100 sources.

    Args:
        actors: any networkx graph; directions, weights and parallel edges do not matter.
        seed: picks the sources of an estimate.
        backend: a networkx backend by name ("parallel", "cugraph", ...), where one is installed.

    Raises:
        InputError: there is no such backend.
    """
    simple = _plain(actors)
    sample = 100 if len(simple) > _EXACT_BETWEENNESS else None
    return _run(nx.betweenness_centrality, simple, backend, k=sample, seed=seed)


def closeness(actors: nx.Graph, *, backend: str | None = None) -> dict[str, float]:
    """Closeness on the undirected network, scaled to the part that a node reaches (Wasserman and Faust 1994, 5.2).

    Takes time with nodes times edges. `backend` and errors as in `betweenness`.

    >>> closeness(nx.path_graph(["a", "b", "c"]))["b"]
    1.0
    """
    return _run(nx.closeness_centrality, _plain(actors), backend)


def eigenvector(actors: nx.Graph, *, rounds: int = 2000) -> dict[str, float]:
    """Eigenvector centrality by `weight` on the undirected network (Bonacich 1987), of length 1.

    Power iteration on the adjacency matrix plus the identity, which converges on bipartite networks too. In a network of
    several parts the densest takes nearly all.
    """
    nodes = sorted(actors)
    if not nodes:
        return {}
    pairs = _pair_weights(actors)
    ends = np.array([pair for pair in sorted(pairs) if pair[0] != pair[1]], dtype=np.int64).reshape(-1, 2)
    weight = np.array([pairs[a, b] for a, b in ends.tolist()], dtype=np.float64)
    rank = np.full(len(nodes), len(nodes) ** -0.5)
    for _ in range(rounds):
        new = rank + np.bincount(ends[:, 0], weight * rank[ends[:, 1]], len(nodes))
        new += np.bincount(ends[:, 1], weight * rank[ends[:, 0]], len(nodes))
        new = new / np.sqrt((new**2).sum())
        change = np.abs(new - rank).sum()
        rank = new
        if change < 1e-10:
            break
    return dict(zip(nodes, rank.tolist(), strict=True))


def _plain(nx_graph: nx.Graph) -> nx.Graph:
    """Return who is linked to whom, sorted, without directions, weights and loops."""
    simple = nx.Graph()
    simple.add_nodes_from(sorted(nx_graph))
    simple.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in nx_graph.edges() if a != b))
    return simple


def _run(
    measure: Callable[..., Any], simple: nx.Graph, backend: str | None, **options: Any
) -> dict[str, float]:
    """Call a measure of networkx, in a backend where one is named."""
    if backend is None or backend == "networkx":
        own: dict[str, float] = measure(simple, **options)
        return own
    known = sorted(nx.utils.backends.backends)
    if backend not in known:
        allowed = ", ".join(["networkx", *known])
        raise InputError(f"no networkx backend {backend!r} is installed; there are: {allowed}")
    try:
        found = measure(simple, backend=backend, **options)
    except (ImportError, NotImplementedError) as error:
        raise InputError(
            f"networkx backend {backend!r} fails: {error}; leave it out, or update it"
        ) from error
    return {node: float(found[node]) for node in simple}


def _pair_weights(nx_graph: nx.Graph) -> Counter[tuple[int, int]]:
    """Return the weight between each two nodes, by their numbers in sorted order; directions do not matter."""
    number = {node: i for i, node in enumerate(sorted(nx_graph))}
    pairs: Counter[tuple[int, int]] = Counter()
    for a, b, weight in nx_graph.edges(data="weight", default=1):
        low, high = sorted((number[a], number[b]))
        pairs[low, high] += weight or 1
    return pairs


def communities(nx_graph: nx.Graph, *, seed: int = 0, method: str | None = None) -> dict[str, int]:
    """Return the community of every node, by modularity; 0 is the largest.

    Edges count by `weight`, in either direction. Nodes without edges are communities of their own.

    Args:
        nx_graph: any networkx graph.
        seed: for either method.
        method: "leiden" (Traag et al. 2019) or "louvain" (Blondel et al. 2008); Leiden where not given and
            `graspologic-native` is installed, as well-connected communities need it.

    Raises:
        InputError: the method is not known, or not installed.

    >>> communities(nx.Graph([("a", "b"), ("c", "d")]))
    {'a': 0, 'b': 0, 'c': 1, 'd': 1}
    """
    nodes = sorted(nx_graph)
    if method not in (None, *METHODS):
        raise InputError(f"no method {method!r} for communities; allowed: {', '.join(METHODS)}")
    chosen = method or ("leiden" if find_spec("graspologic_native") else "louvain")
    found = (_leiden if chosen == "leiden" else _louvain)(len(nodes), _pair_weights(nx_graph), seed)
    ranked = sorted(map(sorted, found), key=lambda group: (-len(group), group))
    return {nodes[i]: n for i, n in sorted((i, n) for n, group in enumerate(ranked) for i in group)}


def _louvain(size: int, pairs: Counter[tuple[int, int]], seed: int) -> list[set[int]]:
    plain = nx.Graph()
    plain.add_nodes_from(range(size))
    plain.add_weighted_edges_from((a, b, pairs[a, b]) for a, b in sorted(pairs))
    return list(nx.community.louvain_communities(plain, seed=seed)) if size else []


def _leiden(size: int, pairs: Counter[tuple[int, int]], seed: int) -> list[set[int]]:
    try:
        import graspologic_native
    except ImportError:
        raise InputError("Leiden needs graspologic-native: pip install graspologic-native") from None
    edges = [(str(a), str(b), float(pairs[a, b])) for a, b in sorted(pairs) if a != b]
    groups: dict[int, set[int]] = {}
    linked: dict[str, int] = {}
    if edges:
        _, linked = graspologic_native.leiden(edges, seed=seed, trials=3)
    for node in range(size):
        # whoever has no edge is in no edge list
        groups.setdefault(linked.get(str(node), -1 - node), set()).add(node)
    return list(groups.values())
