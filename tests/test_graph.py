"""The hub: look-ups, display, and the way to its views."""

from dataclasses import replace

import pytest

from kg.config import Settings
from kg.graph import KnowledgeGraph, Run


def test_look_ups(small_graph: KnowledgeGraph) -> None:
    for entity in small_graph.entities:
        assert small_graph.entity(entity.id) is entity
        assert all(small_graph.entity_of(mention) is entity for mention in entity.mentions)
    for event in small_graph.events:
        assert small_graph.event(event.id) is event
        assert all(small_graph.event_of(mention.trigger) is event for mention in event.mentions)
    assert small_graph.entity_of(None) is None
    assert small_graph.event_of(None) is None
    (topic,) = [
        argument.event
        for event in small_graph.events
        for mention in event.mentions
        for argument in mention.arguments
        if argument.event
    ]
    (ordered,) = [event for event in small_graph.events if event.type == "AirStrike"]
    assert small_graph.event_of(topic) is ordered
    with pytest.raises(KeyError):
        small_graph.document("none")


def test_short_repr(small_graph: KnowledgeGraph) -> None:
    assert repr(small_graph) == "<KnowledgeGraph: 1 documents, 4 entities, 2 events, 2 relations>"


def test_the_run_is_no_part_of_its_identity(small_graph: KnowledgeGraph) -> None:
    assert replace(small_graph, run=Run("0", "model-1", Settings())) == small_graph


def test_html_is_static_and_escaped(small_graph: KnowledgeGraph) -> None:
    bad = '<script>alert("x")</script>'
    entities = tuple(replace(entity, label=bad) for entity in small_graph.entities)
    html = replace(small_graph, entities=entities)._repr_html_()
    assert "alert" in html
    assert "<script" not in html
    assert "<table" in html
    assert KnowledgeGraph()._repr_html_()


def test_views(small_graph: KnowledgeGraph) -> None:
    rdf_graph = small_graph.to_rdf()
    assert len(rdf_graph) > 0
    nx_graph = small_graph.to_networkx()
    assert {entity.id for entity in small_graph.entities} <= set(nx_graph)
    assert nx_graph.is_directed()
    assert nx_graph.is_multigraph()
    assert len(small_graph.frame("events")) == 2
    assert "<iframe" in small_graph.show()._repr_html_()


def test_sparql_gives_a_frame(small_graph: KnowledgeGraph) -> None:
    found = small_graph.sparql("SELECT ?label WHERE { ?event a kg:Order ; rdfs:label ?label }")
    assert found["label"].tolist() == ["Jean Dupont orders strikes on Kalma"]
    assert small_graph.sparql("ASK { ?event a kg:Order }") is True


def test_sparql_gives_triples_as_a_frame(small_graph: KnowledgeGraph) -> None:
    for predicate, count in (("order", 1), ("none", 0)):
        found = small_graph.sparql(f'CONSTRUCT {{ ?e a kg:Order }} WHERE {{ ?e kg:predicate "{predicate}" }}')
        assert list(found.columns) == ["subject", "predicate", "object"]
        assert len(found) == count
