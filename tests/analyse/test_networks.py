"""The two networks: what becomes a node, what an edge, and who acts on whom."""

from dataclasses import replace

import networkx as nx
import pytest

from kg.analyse import actor_graph, to_networkx
from kg.analyse.networks import core
from kg.datamodel import Entity, Event, Participant
from kg.graph import KnowledgeGraph


def entity(name: str) -> Entity:
    return Entity(name, "Person", name.title())


def event(
    id: str, predicate: str, *roles: tuple[str, str], inner: str | None = None, status: str = "asserted"
) -> Event:
    participants = [Participant(role, who, who) for role, who in roles]  # type: ignore[arg-type]
    if inner:
        participants.append(Participant("topic", inner, event=inner))
    label = f"{predicate} {id}"
    return Event(
        id, predicate.title(), "ASSAULT", predicate, label, tuple(participants), status, (), None, ()  # type: ignore[arg-type]
    )  # fmt: skip


def graph(*events: Event) -> KnowledgeGraph:
    names = sorted({p.entity for e in events for p in e.participants if p.entity})
    return KnowledgeGraph((), tuple(map(entity, names)), tuple(sorted(events, key=lambda e: e.id)))


def edges(nx_graph: nx.MultiDiGraph) -> set[tuple[str, str, str]]:
    return {(a, b, data["predicate"]) for a, b, data in nx_graph.edges(data=True)}


def test_everything_is_a_node_and_every_role_an_edge(small_graph: KnowledgeGraph) -> None:
    nx_graph = to_networkx(small_graph)
    assert set(nx_graph) == {e.id for e in small_graph.entities} | {e.id for e in small_graph.events}
    by_label = {data["label"]: node for node, data in nx_graph.nodes(data=True)}
    order, strike = by_label["Jean Dupont orders strikes on Kalma"], by_label["strikes on Kalma"]
    found = {(nx_graph.nodes[a]["label"], nx_graph.nodes[b]["label"], key) for a, b, key in nx_graph.edges}
    assert found == {
        ("Jean Dupont orders strikes on Kalma", "Jean Dupont", "agent"),
        ("Jean Dupont orders strikes on Kalma", "strikes on Kalma", "topic"),
        ("Jean Dupont orders strikes on Kalma", "Élan", "attributedTo"),
        ("strikes on Kalma", "Kalma", "patient"),
        ("strikes on Kalma", "Élan", "attributedTo"),
        ("Kalma", "Nordia", "locatedIn"),
    }
    assert nx_graph.nodes[strike]["status"] == "ordered"
    assert nx_graph.nodes[order]["start"] == "2015-11-16"
    assert nx_graph.nodes[by_label["Jean Dupont"]]["age"] == ("51",)


def test_a_participant_that_is_in_no_graph_is_an_error() -> None:
    lost = KnowledgeGraph(events=(event("e", "hit", ("agent", "nobody")),))
    with pytest.raises(KeyError, match="nobody"):
        to_networkx(lost)


def test_agents_act_on_patients_and_recipients() -> None:
    found = actor_graph(
        graph(event("e", "give", ("agent", "a"), ("patient", "b"), ("recipient", "c"), ("place", "d")))
    )
    assert edges(found) == {("a", "b", "give"), ("a", "c", "give")}
    assert set(found["a"]["b"]) == {"e"}


@pytest.mark.parametrize(
    ("roles", "target"),
    [
        ((("destination", "x"), ("place", "y")), "x"),
        ((("topic", "x"), ("place", "y")), "x"),
        ((("place", "x"), ("instrument", "y")), "x"),
    ],
)
def test_without_a_patient_the_next_best_role_counts(roles: tuple[tuple[str, str], ...], target: str) -> None:
    assert edges(actor_graph(graph(event("e", "flee", ("agent", "a"), *roles)))) == {("a", target, "flee")}


def test_nobody_acts_on_themselves_and_no_agent_means_no_edge() -> None:
    alone = event("e", "wash", ("agent", "a"), ("patient", "a"))
    unknown = event("f", "hit", ("patient", "a"))
    assert edges(actor_graph(graph(alone, unknown))) == set()


def test_coordinated_agents_each_act() -> None:
    assert edges(actor_graph(graph(event("e", "hit", ("agent", "a"), ("agent", "b"), ("patient", "c"))))) == {
        ("a", "c", "hit"),
        ("b", "c", "hit"),
    }


def test_an_order_reaches_through_to_what_is_ordered(small_graph: KnowledgeGraph) -> None:
    found = actor_graph(small_graph)
    ((a, b, data),) = found.edges(data=True)
    assert (found.nodes[a]["label"], found.nodes[b]["label"]) == ("Jean Dupont", "Kalma")
    assert (data["predicate"], data["status"], data["role"]) == ("order strike", "ordered", "topic")
    assert data["via"] is not None


@pytest.mark.parametrize(
    ("inner", "reaches"),
    [
        (event("i", "hit", ("patient", "b"), status="planned"), True),
        (event("i", "hit", ("patient", "b"), status="asserted"), False),
        (event("i", "hit", ("agent", "c"), ("patient", "b"), status="planned"), False),
    ],
)
def test_only_what_an_agent_brings_about_is_reached(inner: Event, reaches: bool) -> None:
    outer = event("o", "order", ("agent", "a"), inner="i")
    assert (("a", "b", "order hit") in edges(actor_graph(graph(outer, inner)))) is reaches


def test_a_denied_order_stays_denied() -> None:
    inner = event("i", "hit", ("patient", "b"), status="ordered")
    outer = replace(event("o", "order", ("agent", "a"), inner="i"), status="negated")
    ((_, _, data),) = actor_graph(graph(outer, inner)).edges(data=True)
    assert data["status"] == "negated"


def test_a_small_network_needs_no_core() -> None:
    assert len(core(nx.path_graph([str(i) for i in range(50)]))) == 0


def test_the_core_is_the_best_connected_part() -> None:
    network = nx.Graph()
    for i in range(400):
        network.add_edge("hub", f"n{i}", weight=i + 1)
    found = core(network)
    assert "hub" in found
    assert "n399" in found
    assert "n0" not in found
    assert len(found) == 90
    assert min(dict(found.degree()).values()) >= 1


def test_the_core_of_events_holds_their_participants() -> None:
    network = nx.Graph()
    for i in range(150):
        network.add_node(f"e{i}", kind="event", mentions=i)
        network.add_edge(f"e{i}", f"who{i}")
        network.add_edge(f"e{i}", f"whom{i}")
    found = core(network)
    events = [node for node in found if node.startswith("e")]
    assert "e149" in events
    assert "e0" not in events
    assert all(found.degree(node) == 2 for node in events)
