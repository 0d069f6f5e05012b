"""Every measure against networkx' own, and against values published for small networks that everybody knows."""

import os
import random
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import (
    BROKERS,
    betweenness,
    brokerage,
    closeness,
    communities,
    constraint,
    cores,
    eigenvector,
    pagerank,
    paths,
    reciprocity,
    summed,
)
from kg.errors import InputError

NODES = [f"n{i}" for i in range(8)]
EDGES = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(1, 5)), min_size=1, max_size=20
)


def named(nx_graph: nx.Graph) -> nx.Graph:
    """Nodes by sortable names: "00", "01", ..."""
    return nx.relabel_nodes(
        nx_graph, {node: f"{node:02}" if isinstance(node, int) else node for node in nx_graph}
    )


KITE, KARATE, FLORENCE = (
    named(make()) for make in (nx.krackhardt_kite_graph, nx.karate_club_graph, nx.florentine_families_graph)
)
SMALL = pytest.mark.parametrize("network", [KITE, KARATE, FLORENCE], ids=["kite", "karate", "florence"])


def test_the_kite_has_three_most_central_nodes() -> None:
    """Krackhardt (1990): Diane has most links, Fernando and Garth are closest, Heather stands between."""
    degree = nx.degree_centrality(KITE)
    close, between = closeness(KITE), betweenness(KITE, seed=0)
    assert max(degree, key=lambda node: degree[node]) == "03"
    assert sorted(close, key=lambda node: -close[node])[:2] == ["05", "06"]
    assert max(between, key=lambda node: between[node]) == "07"
    assert close["05"] == pytest.approx(0.643, abs=5e-4)
    assert between["07"] == pytest.approx(14 / 36)


def test_the_medici_stand_between_and_are_best_connected() -> None:
    """Padgett and Ansell (1993); values as in Jackson, Social and Economic Networks (2008), table 2.1 and text."""
    between, close, rank = betweenness(FLORENCE, seed=0), closeness(FLORENCE), eigenvector(FLORENCE)
    assert between["Medici"] == pytest.approx(0.522, abs=5e-4)
    assert between["Guadagni"] == pytest.approx(0.255, abs=5e-4)
    assert close["Medici"] == pytest.approx(0.56)
    assert rank["Medici"] == pytest.approx(0.430, abs=5e-4)
    assert rank["Strozzi"] == pytest.approx(0.356, abs=5e-4)


def test_the_club_has_its_two_leaders_and_its_known_split() -> None:
    """Zachary (1977); the best modularity known is .4198 in four groups (Brandes et al. 2008), unweighted."""
    ranks = pagerank(nx.DiGraph(KARATE))
    assert sorted(ranks, key=lambda node: -ranks[node])[:2] == ["33", "00"]
    assert max(cores(KARATE).values()) == 4
    plain = nx.Graph(KARATE.edges())
    for method in ("louvain", "leiden"):
        if method == "leiden":
            pytest.importorskip("graspologic_native")
        groups = communities(plain, seed=1, method=method)
        sets = [{node for node in groups if groups[node] == n} for n in set(groups.values())]
        assert nx.community.modularity(plain, sets) > 0.40
        assert groups["00"] != groups["33"]


@SMALL
def test_they_are_those_of_networkx(network: nx.Graph) -> None:
    plain = nx.Graph(network.edges())
    assert betweenness(network, seed=0) == pytest.approx(nx.betweenness_centrality(plain))
    assert closeness(network) == pytest.approx(nx.closeness_centrality(plain))
    assert eigenvector(network) == pytest.approx(
        nx.eigenvector_centrality(network, max_iter=2000, tol=1e-12, weight="weight"), abs=1e-6
    )
    assert cores(network) == nx.core_number(plain)
    assert constraint(network) == pytest.approx(nx.constraint(network, list(network), weight="weight"))


@given(EDGES)
def test_directed_ones_are_those_of_networkx(edges: list[tuple[str, str, int]]) -> None:
    many = nx.MultiDiGraph()
    many.add_weighted_edges_from(edges)
    one = summed(many)
    assert sum(weight for *_, weight in one.edges(data="weight")) == sum(w for a, b, w in edges if a != b)
    assert reciprocity(one) == (nx.overall_reciprocity(one) if one.number_of_edges() else None)
    # networkx gives those who only receive no value
    acting = [node for node in one if one.out_degree(node)]
    found = constraint(one)
    assert {node: found[node] for node in acting} == pytest.approx(
        nx.constraint(one, acting, weight="weight")
    )


@given(EDGES, st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_brokers_are_those_found_by_looking_at_all_triples(
    edges: list[tuple[str, str, int]], drawn: list[int]
) -> None:
    network = nx.DiGraph((a, b) for a, b, _ in edges)
    groups = dict(zip(NODES, drawn, strict=True))
    found = {node: dict.fromkeys(BROKERS, 0) for node in network}
    for a, b, c in permutations(network, 3):
        if network.has_edge(a, b) and network.has_edge(b, c) and not network.has_edge(a, c):
            x, y, z = groups[a], groups[b], groups[c]
            role = {
                (True, True): "coordinator",
                (False, False): "consultant" if x == z else "liaison",
                (True, False): "representative",
                (False, True): "gatekeeper",
            }[x == y, y == z]
            found[b][role] += 1
    assert brokerage(network, groups) == found


@given(EDGES, st.randoms())
def test_the_order_of_the_input_does_not_matter(
    edges: list[tuple[str, str, int]], shuffler: random.Random
) -> None:
    shuffled = list(edges)
    shuffler.shuffle(shuffled)
    one, other = nx.MultiDiGraph(), nx.MultiDiGraph()
    one.add_weighted_edges_from(edges)
    other.add_weighted_edges_from(shuffled)
    for measure in (closeness, eigenvector, cores, constraint, summed_records, reciprocity):
        assert measure(one) == measure(other)
    groups = communities(one)
    assert brokerage(summed(one), groups) == brokerage(summed(other), groups)
    ends = sorted(one)[0], sorted(one)[-1]
    assert ways(paths(one, *ends)) == ways(paths(other, *ends))


def summed_records(nx_graph: nx.MultiDiGraph) -> list[object]:
    return list(summed(nx_graph).edges(data=True))


def ways(found: list[dict[str, list[str]]]) -> list[list[str]]:
    return [way["nodes"] for way in found]


@given(EDGES)
def test_leiden_is_the_same_each_time_and_leaves_nobody_out(edges: list[tuple[str, str, int]]) -> None:
    pytest.importorskip("graspologic_native")
    network = nx.MultiDiGraph()
    network.add_weighted_edges_from(edges)
    groups = communities(network, method="leiden")
    assert set(groups) == set(network)
    assert groups == communities(network, method="leiden")
    for part in nx.weakly_connected_components(network):
        for other in set(network) - part:
            assert groups[other] not in {groups[node] for node in part}


def test_a_method_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no method 'infomap' for communities; allowed: leiden, louvain"):
        communities(KITE, method="infomap")


def test_leiden_where_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graspologic_native", None)
    with pytest.raises(InputError, match=r"pip install graspologic-native"):
        communities(KITE, method="leiden")


BACKEND = """
import networkx as nx

class Graph(nx.Graph):
    __networkx_backend__ = "loop"

class Loop:
    convert_from_nx = staticmethod(lambda graph, **_: Graph(graph))
    convert_to_nx = staticmethod(lambda result, **_: result)
    closeness_centrality = staticmethod(lambda G, *_, **__: dict.fromkeys(G, 7))
    betweenness_centrality = staticmethod(lambda G, *_, **__: dict.fromkeys(G, len(G)))

loop = Loop()
"""


@pytest.mark.slow
def test_a_backend_by_name(tmp_path: Path) -> None:
    """What a backend answers is what the measure is, and only where it is asked for."""
    (tmp_path / "loop.py").write_text(BACKEND, encoding="utf-8")
    facts = tmp_path / "loop-1.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: loop\nVersion: 1\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text("[networkx.backends]\nloop = loop:loop\n", encoding="utf-8")
    program = (
        "import networkx as nx\n"
        "from kg.analyse import betweenness, closeness\n"
        "kite = nx.krackhardt_kite_graph()\n"
        "assert set(closeness(kite, backend='loop').values()) == {7}\n"
        "assert set(betweenness(kite, seed=0, backend='loop').values()) == {10}\n"
        "assert closeness(kite) == closeness(kite, backend='networkx') == nx.closeness_centrality(kite)\n"
    )
    path = os.pathsep.join((str(tmp_path), str(Path(__file__).parents[2])))
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_backend_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no networkx backend 'cray' is installed; there are: networkx"):
        closeness(KITE, backend="cray")


def test_ways_are_the_shortest_first_with_their_edges() -> None:
    network = nx.MultiDiGraph()
    network.add_edges_from([("a", "b", "e1"), ("b", "a", "e2"), ("c", "b", "e3"), ("a", "d", "e4"), ("d", "e", "e5"), ("e", "c", "e6")])  # fmt: skip
    first, second = paths(network, "a", "c")
    assert first["nodes"] == ["a", "b", "c"]
    assert first["steps"][0] == {"source": "a", "target": "b", "forward": ["e1"], "back": ["e2"]}
    assert first["steps"][1] == {"source": "b", "target": "c", "forward": [], "back": ["e3"]}
    assert second["nodes"] == ["a", "d", "e", "c"]
    assert paths(network, "a", "a") == []
    network.add_node("x")
    assert paths(network, "a", "x") == []
    with pytest.raises(KeyError, match="nobody"):
        paths(network, "a", "nobody")
