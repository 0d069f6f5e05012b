"""Layout: every node has its place, places are apart, and the same graph looks the same."""

import math
import time

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse import layout
from kg.analyse.placement import _part_labels

PAIRS = st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=30)


def named(pairs: list[tuple[int, int]]) -> nx.Graph:
    return nx.Graph([(f"n{a:02}", f"n{b:02}") for a, b in pairs])


@settings(deadline=None, max_examples=30)
@given(PAIRS)
def test_every_node_has_a_place_of_its_own(pairs: list[tuple[int, int]]) -> None:
    nx_graph = named(pairs)
    places = layout(nx_graph)
    assert set(places) == set(nx_graph)
    assert all(math.isfinite(c) and round(c, 2) == c for place in places.values() for c in place)
    assert len(set(places.values())) == len(places)


@settings(deadline=None, max_examples=20)
@given(PAIRS, st.randoms())
def test_order_does_not_matter(pairs: list[tuple[int, int]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert layout(named(pairs)) == layout(named(shuffled))


def test_nothing_and_one() -> None:
    assert layout(nx.Graph()) == {}
    alone = nx.Graph()
    alone.add_node("a")
    assert layout(alone) == {"a": (0.0, 0.0)}


def test_another_seed_is_another_picture() -> None:
    nx_graph = nx.karate_club_graph()
    nx_graph = nx.relabel_nodes(nx_graph, {n: f"n{n:02}" for n in nx_graph})
    assert layout(nx_graph, seed=1) != layout(nx_graph, seed=2)


def test_neighbours_lie_closer_than_others() -> None:
    nx_graph = nx.relabel_nodes(nx.karate_club_graph(), lambda n: f"n{n:02}")
    places = layout(nx_graph)
    pairs = [(a, b) for a in nx_graph for b in nx_graph if a < b]
    linked = [math.dist(places[a], places[b]) for a, b in pairs if nx_graph.has_edge(a, b)]
    others = [math.dist(places[a], places[b]) for a, b in pairs if not nx_graph.has_edge(a, b)]
    assert sum(linked) / len(linked) < 0.8 * sum(others) / len(others)


def test_separate_parts_do_not_overlap() -> None:
    places = layout(named([(0, 1), (1, 2), (0, 2), (5, 6), (6, 7), (5, 7)]))
    boxes = []
    for part in (("n00", "n01", "n02"), ("n05", "n06", "n07")):
        xs, ys = zip(*(places[node] for node in part), strict=True)
        boxes.append((min(xs), max(xs), min(ys), max(ys)))
    first, second = boxes
    assert first[1] < second[0] or second[1] < first[0] or first[3] < second[2] or second[3] < first[2]


def test_labels_are_moved_apart() -> None:
    import numpy as np

    points = _part_labels(np.zeros((5, 2)) + np.arange(5)[:, None], ["a long label"] * 5)
    for i in range(5):
        for j in range(i):
            dx, dy = np.abs(points[i] - points[j])
            assert dx > 95 or dy > 35


@pytest.mark.slow
@pytest.mark.parametrize(("nodes", "edges"), [(5000, 10000)])
def test_large_graphs_take_seconds(nodes: int, edges: int) -> None:
    nx_graph = nx.gnm_random_graph(nodes, edges, seed=1)
    nx_graph = nx.relabel_nodes(nx_graph, {n: f"n{n}" for n in nx_graph})
    start = time.process_time()
    places = layout(nx_graph)
    assert time.process_time() - start < 20  # networkx' own spring layout takes minutes
    assert len(places) == nodes


def test_a_community_too_large_for_springs_still_gets_places() -> None:
    nx_graph = nx.Graph([("hub", f"n{i:03}") for i in range(900)])
    places = layout(nx_graph)
    assert len(set(places.values())) == 901
