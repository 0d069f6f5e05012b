"""The network of communities that the page draws in place of their members."""

import networkx as nx

from kg.analyse.grouped import group_network

RECORDS = [
    {"id": 0, "name": "a, b", "entities": ["a", "b"]},
    {"id": 1, "name": "c, d, e", "entities": ["c", "d", "e"]},
    {"id": 2, "name": "f, g", "entities": ["f", "g"]},
]


def test_links_between_communities_add_up() -> None:
    network = nx.Graph()
    network.add_weighted_edges_from(
        [("a", "b", 9), ("a", "c", 2), ("d", "b", 3), ("c", "e", 1), ("f", "g", 1)]
    )
    grouped = group_network(network, RECORDS)
    assert dict(grouped.nodes(data="label")) == {"0": "a, b", "1": "c, d, e"}
    assert list(grouped.edges(data="weight")) == [("0", "1", 5)]


def test_who_is_in_no_community_links_none() -> None:
    network = nx.Graph([("a", "lone"), ("lone", "c")])
    assert not group_network(network, RECORDS)


def test_only_the_largest_are_drawn_at_once() -> None:
    records = [
        {"id": i, "name": str(i), "entities": [f"{i}-{n}" for n in range(2 + i % 2)]} for i in range(100)
    ]
    network = nx.Graph([(f"{i}-0", f"{(i + 2) % 100}-1") for i in range(100)])
    grouped = group_network(network, records)
    assert len(grouped) == 60
    assert sum(int(node) % 2 for node in grouped) == 50
