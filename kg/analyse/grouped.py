"""The network of communities: what the page draws in place of their members."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx

__all__ = ["group_network"]


_READABLE = 60
"""Communities that are drawn at once."""


def group_network(network: nx.Graph, records: Sequence[Mapping[str, Any]]) -> nx.Graph:
    """Return the largest communities that are linked to others as nodes, linked as strongly as their members are.

    Args:
        network: of entities, with `weight` on its edges.
        records: communities as `community_records` returns them.

    Returns:
        A graph whose nodes are the numbers of the communities as text, with their `label`; what belongs to none
        of them is left out, and so are communities with links to none.
    """
    of = {id: str(record["id"]) for record in records for id in record["entities"]}
    pairs: Counter[tuple[str, str]] = Counter()
    for a, b, weight in network.edges(data="weight", default=1):
        low, high = sorted((of.get(a, ""), of.get(b, "")))
        if low and low != high:
            pairs[low, high] += weight
    linked = {end for pair in pairs for end in pair}
    largest = sorted(records, key=lambda record: (-len(record["entities"]), record["id"]))
    chosen = {str(r["id"]): r["name"] for r in [r for r in largest if str(r["id"]) in linked][:_READABLE]}
    grouped = nx.Graph()
    grouped.add_nodes_from((number, {"label": chosen[number]}) for number in sorted(chosen))
    inside = [(a, b) for a, b in sorted(pairs) if a in chosen and b in chosen]
    grouped.add_weighted_edges_from((a, b, pairs[a, b]) for a, b in inside)
    return grouped
