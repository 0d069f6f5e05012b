"""Networks cut to a question: what stays, what changes with time, and what `kg analyse` is told."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import (
    NETWORKS,
    QUADS,
    actor_graph,
    analyse,
    changes,
    comention_graph,
    examine,
    narrowed,
    pairs_over_time,
    place_graph,
    quads_over_time,
)
from kg.analyse.overtime import period_of, suitable_period
from kg.errors import InputError
from kg.graph import KnowledgeGraph


def labels(nx_graph: nx.MultiGraph) -> set[tuple[str, str]]:
    return {(nx_graph.nodes[a]["label"], nx_graph.nodes[b]["label"]) for a, b in nx_graph.edges()}


def acting(*edges: tuple[str, str, str, str | None, str]) -> nx.MultiDiGraph:
    """Edges of source, target, key, quad class and day."""
    nx_graph = nx.MultiDiGraph()
    for source, target, key, quad, day in edges:
        facts = {"quad": quad, "weight": 1, "published": day, "start": None, "end": None}
        nx_graph.add_edge(source, target, key, **facts)
    return nx_graph


def test_who_is_named_with_whom(small_graph: KnowledgeGraph) -> None:
    found = comention_graph(small_graph)
    together = {frozenset(pair) for pair in labels(found)}
    first = {"Jean Dupont", "Kalma", "Élan"}
    assert together == {
        frozenset(p) for p in [("Jean Dupont", "Kalma"), ("Jean Dupont", "Élan"), ("Kalma", "Élan")]
    }
    assert {facts["published"] for *_, facts in found.edges(data=True)} == {"2015-11-17"}
    assert {found.nodes[node]["label"] for node in found} == first


def test_who_has_to_do_with_which_place(small_graph: KnowledgeGraph) -> None:
    strike = next(event for event in small_graph.events if event.predicate == "strike")
    dupont = next(entity for entity in small_graph.entities if entity.label == "Jean Dupont")
    assert labels(place_graph(small_graph)) == set()
    agent = replace(strike.participants[0], role="agent", text="Dupont", entity=dupont.id)
    bombed = replace(strike, participants=(agent, *strike.participants))
    events = tuple(bombed if event.id == strike.id else event for event in small_graph.events)
    found = place_graph(replace(small_graph, events=events))
    assert labels(found) == {("Jean Dupont", "Kalma")}
    ((*_, facts),) = found.edges(data=True)
    assert (facts["role"], facts["status"], facts["quad"]) == ("patient", "ordered", "material conflict")


def test_an_edge_knows_its_days_and_quad_class(small_graph: KnowledgeGraph) -> None:
    ((*_, facts),) = actor_graph(small_graph).edges(data=True)
    assert (facts["start"], facts["end"], facts["published"]) == ("2015-11-16", "2015-11-16", "2015-11-17")
    assert facts["quad"] == "material conflict"


@pytest.mark.parametrize(
    ("cut", "stays"),
    [
        ({}, True),
        ({"classes": ["AirStrike"]}, True),
        ({"classes": ["ASSAULT"]}, True),
        ({"classes": ["Meeting"]}, False),
        ({"quads": ["material conflict"]}, True),
        ({"quads": ["verbal conflict"]}, False),
        ({"statuses": ["ordered"]}, True),
        ({"statuses": ["asserted"]}, False),
        ({"since": date(2015, 11, 17)}, True),
        ({"since": date(2015, 11, 18)}, False),
        ({"until": date(2015, 11, 17)}, True),
        ({"until": date(2015, 11, 16)}, False),
        ({"until": date(2015, 11, 16), "clock": "event"}, True),
        ({"since": date(2015, 11, 17), "clock": "event"}, False),
    ],
)
def test_a_network_is_cut_to_a_question(
    small_graph: KnowledgeGraph, cut: dict[str, object], stays: bool
) -> None:
    assert narrowed(actor_graph(small_graph), **cut).number_of_edges() == stays  # type: ignore[arg-type]


def test_slices_by_day_are_the_whole(news: KnowledgeGraph) -> None:
    whole = actor_graph(news)
    days = {facts["published"] for *_, facts in whole.edges(data=True)}
    slices = [narrowed(whole, since=day, until=day) for day in map(date.fromisoformat, sorted(days))]
    assert sum(part.number_of_edges() for part in slices) == whole.number_of_edges()


def test_changes_between_two_networks() -> None:
    before = acting(("a", "b", "e1", "verbal cooperation", ""), ("a", "c", "e2", None, ""))
    after = acting(("a", "b", "e3", "material conflict", ""), ("a", "d", "e4", None, ""))
    found = changes(before, after)
    assert (found["new_nodes"], found["gone_nodes"]) == (["d"], ["c"])
    assert (found["new_pairs"], found["gone_pairs"]) == ([["a", "d"]], [["a", "c"]])
    assert found["turned"] == [{"source": "a", "target": "b", "before": "cooperation", "after": "conflict"}]
    assert set(found["ranks"]) == {"a", "b"}


def test_nothing_changes_between_a_network_and_itself(news: KnowledgeGraph) -> None:
    found = changes(actor_graph(news), actor_graph(news))
    assert not any(found[name] for name in ("new_nodes", "gone_nodes", "new_pairs", "gone_pairs", "turned"))
    assert set(found["ranks"].values()) == {0.0}


def test_pairs_by_quad_class_over_time() -> None:
    network = acting(
        ("a", "b", "e1", "verbal conflict", "2020-01-01"),
        ("a", "b", "e2", "material conflict", "2020-01-02"),
        ("a", "b", "e3", None, "2020-01-02"),
        ("b", "a", "e4", "verbal conflict", "2020-01-02"),
        ("b", "c", "e4", "verbal conflict", "2020-01-02"),
    )
    first, *rest = pairs_over_time(network)
    assert (first["source"], first["target"], first["events"]) == ("a", "b", ["e1", "e2", "e3"])
    assert first["by_quad"] == {"material conflict": 1, "other": 1, "verbal conflict": 1}
    assert first["over_time"]["2020-01-02"] == {"material conflict": 1, "other": 1}
    assert len(rest) == 2
    counts = quads_over_time(network)["counts"]
    assert counts["2020-01-02"] == dict.fromkeys(QUADS, 0) | {"verbal conflict": 1, "material conflict": 1}


@given(st.lists(st.dates(), min_size=1))
def test_a_period_holds_each_day_once(days: list[date]) -> None:
    names = [day.isoformat() for day in days]
    period = suitable_period(names)
    assert Counter(period_of(name, period) for name in names).total() == len(days)
    assert len({period_of(name, period) for name in names}) <= max(
        80, (max(days) - min(days)).days // 365 + 2
    )


@pytest.mark.parametrize("network", NETWORKS)
def test_plain_data_for_every_node(news: KnowledgeGraph, network: str) -> None:
    found = examine(news, network=network, since=date(2015, 11, 15), until=date(2015, 11, 18))
    assert json.loads(json.dumps(found)) == found
    assert found["size"]["nodes"] == len(found["entities"]) > 10
    assert all(record["pagerank"] > 0 for record in found["entities"].values())
    assert {id for group in found["communities"] for id in group["entities"]} <= set(found["entities"])
    assert found["changes"]["until"] == "2015-11-14"
    assert (found["size"]["reciprocity"] is None) == (network != "actors")


def test_the_order_of_records_does_not_matter(news: KnowledgeGraph) -> None:
    turned = replace(news, events=tuple(reversed(news.events)), entities=tuple(reversed(news.entities)))
    for network in NETWORKS:
        one, other = examine(news, network=network), examine(turned, network=network)
        assert json.dumps(one) == json.dumps(other)


def test_ways_between_two_names(news: KnowledgeGraph) -> None:
    found = examine(news, between=("russia", "RAQQA"))["paths"]
    shortest = [[news.entity(id).label for id in way["nodes"]] for way in found]
    assert shortest[0] == ["Russia", "Raqqa"]
    event = news.event(found[0]["steps"][0]["forward"][0])
    assert "Russia" in event.label


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"network": "x"}, "there is no network 'x'; allowed: actors, places, mentions"),
        ({"clock": "x"}, "there is no clock 'x'; allowed: published, event"),
        ({"quads": ["x"]}, "there is no quad class 'x'; allowed: verbal cooperation"),
        ({"statuses": ["x"]}, "there is no status 'x'; allowed: asserted"),
        ({"between": ("Russia", "x")}, "nobody in this network is called 'x'"),
        ({"backend": "x"}, "no networkx backend 'x' is installed"),
    ],
)
def test_what_is_not_there(news: KnowledgeGraph, wrong: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        examine(news, **wrong)  # type: ignore[arg-type]


def test_an_empty_network_has_no_measures() -> None:
    found = examine(KnowledgeGraph(), since=date(2020, 1, 1))
    assert (found["entities"], found["pairs"], found["communities"]) == ({}, [], [])
    assert found["size"] == {
        "nodes": 0,
        "edges": 0,
        "pairs": 0,
        "density": 0,
        "parts": 0,
        "reciprocity": None,
    }


def test_the_analysis_has_quads_and_reciprocity(small_graph: KnowledgeGraph) -> None:
    found = analyse(small_graph)
    assert found["quads"]["counts"] == {"2015-11-17": dict.fromkeys(QUADS, 0) | {"material conflict": 1}}
    assert found["reciprocity"] == 0
