"""Measures: first what must hold of every graph, then values known from small ones."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import PLOVER_QUADS, analyse, betweenness, communities, pagerank
from kg.datamodel import Span
from kg.graph import KnowledgeGraph

NODES = [f"n{i}" for i in range(8)]
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(1, 5)), max_size=20)


def network(edges: list[tuple[str, str, int]]) -> nx.MultiDiGraph:
    nx_graph = nx.MultiDiGraph()
    nx_graph.add_weighted_edges_from(edges)
    return nx_graph


def test_plain_data_only(small_graph: KnowledgeGraph) -> None:
    analysis = analyse(small_graph)
    assert json.loads(json.dumps(analysis)) == analysis


def test_nothing_gives_nothing() -> None:
    analysis = analyse(KnowledgeGraph())
    assert analysis["counts"]["events"] == 0
    assert analysis["communities"] == analysis["dyads"] == analysis["unmapped"] == []


def test_counts_add_up(small_graph: KnowledgeGraph) -> None:
    analysis = analyse(small_graph)
    counts = analysis["counts"]
    assert sum(counts["entity_types"].values()) == counts["entities"] == 4
    assert sum(counts["statuses"].values()) == sum(counts["event_types"].values()) == counts["events"] == 2
    assert counts["outlets"] == {"Wire “A”": 1}
    time = analysis["timeline"]
    assert sum(time["days"].values()) + time["periods"] + time["undated"] == counts["events"]
    assert time["days"] == {"2015-11-16": 1}
    assert sum(len(pair["events"]) for pair in analysis["dyads"]) == len(analysis["actions"]) == 1


def test_quad_classes_cover_the_sixteen_categories() -> None:
    assert len(PLOVER_QUADS) == 16
    assert set(PLOVER_QUADS.values()) == {
        f"{kind} {tone}" for kind in ("verbal", "material") for tone in ("cooperation", "conflict")
    }


def test_who_is_quoted(small_graph: KnowledgeGraph) -> None:
    (source,) = analyse(small_graph)["sources"]
    assert (source["label"], source["events"]) == ("Élan", 2)


@pytest.mark.parametrize("before", [0, 200])
def test_work_list_shows_the_words_around_the_predicate(small_graph: KnowledgeGraph, before: int) -> None:
    event = small_graph.events[0]
    text = "word " * before + "The crew skedaddled" + " afterwards" * 40 + "."
    start = text.index("skedaddled")
    mention = replace(
        event.mentions[0],
        sentence=Span(event.mentions[0].sentence.document, 1000, 1000 + len(text), text),
        trigger=Span(event.mentions[0].sentence.document, 1000 + start, 1010 + start, "skedaddled"),
        predicate="skedaddle",
        type="Event",
    )
    known = replace(event, type="Event", predicate="skedaddle", mentions=(mention,))
    others = tuple(other for other in small_graph.events if other.id != event.id)
    graph = replace(small_graph, events=(known, *others))
    (item,) = analyse(graph)["unmapped"]
    shown = item["example"]
    assert (item["predicate"], item["events"], item["mentions"]) == ("skedaddle", 1, 1)
    assert "The crew skedaddled afterwards" in shown
    assert shown.startswith("…") is bool(before)
    assert shown.endswith("…")
    assert shown.strip("…") in text
    assert len(shown) < 160


@given(EDGES)
def test_ranks_are_shares_of_one(edges: list[tuple[str, str, int]]) -> None:
    ranks = pagerank(network(edges))
    assert all(rank > 0 for rank in ranks.values())
    assert not edges or sum(ranks.values()) == pytest.approx(1)


@given(EDGES, st.randoms())
def test_ranks_do_not_depend_on_order(edges: list[tuple[str, str, int]], random: object) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pagerank(network(edges)) == pagerank(network(shuffled))


def test_ranks_are_those_of_networkx() -> None:
    reference: Callable[..., dict[str, float]] = nx.algorithms.link_analysis.pagerank_alg._pagerank_python
    edges = [("a", "b", 2), ("b", "c", 1), ("c", "a", 3), ("d", "a", 1), ("a", "e", 4)]
    plain = nx.DiGraph()
    plain.add_weighted_edges_from(edges)
    assert pagerank(network(edges)) == pytest.approx(reference(plain, tol=1e-12), abs=1e-9)


def test_the_broker_of_a_star_stands_between_all() -> None:
    assert betweenness(nx.MultiDiGraph([("hub", leaf) for leaf in "abcd"]), seed=0)["hub"] == 1


@given(EDGES)
def test_every_node_has_one_community_and_the_largest_comes_first(edges: list[tuple[str, str, int]]) -> None:
    nx_graph = network(edges)
    groups = communities(nx_graph)
    assert set(groups) == set(nx_graph)
    sizes = [list(groups.values()).count(n) for n in range(len(set(groups.values())))]
    assert sizes == sorted(sizes, reverse=True)


@given(EDGES, st.randoms())
def test_communities_do_not_depend_on_order(edges: list[tuple[str, str, int]], random: object) -> None:
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert communities(network(edges)) == communities(network(shuffled))


def test_two_cliques_are_two_communities() -> None:
    cliques = [("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z"), ("c", "x")]
    groups = communities(nx.Graph(cliques))
    assert groups["a"] == groups["b"] == groups["c"] != groups["x"] == groups["y"] == groups["z"]


@pytest.mark.slow
def test_string_hashing_leaves_no_trace(tmp_path: Path) -> None:
    program = (
        "import json, networkx as nx\n"
        "from kg.analyse import communities, layout, pagerank\n"
        "g = nx.MultiDiGraph([(f'n{i * 7 % 40}', f'n{i * i % 40}') for i in range(90)])\n"
        "print(json.dumps([communities(g), layout(g), pagerank(g)]))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1
