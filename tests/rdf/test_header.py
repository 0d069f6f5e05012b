"""What the graph says of itself: run, program, data set, licences."""

from collections import Counter
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest

from kg.config import LICENCES, Settings
from kg.graph import KnowledgeGraph, Run
from kg.rdf import PREFIXES, triples


def ask(graph: KnowledgeGraph, run: dict[str, object] | None, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query as the values of their terms, sorted."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(graph, run=run))
    return sorted(
        tuple(term.value for term in row if term is not None)  # type: ignore[union-attr]
        for row in store.query(query, prefixes=PREFIXES)  # type: ignore[union-attr]
    )


def test_the_data_set_has_title_days_and_rights(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    found = ask(
        graph,
        run,
        """SELECT ?title ?start ?end ?entities ?language {
        ?d a dcat:Dataset, void:Dataset ; dcterms:title ?title ; dcterms:description ?text ; dcterms:rights ?rights ;
           dcterms:temporal [ dcat:startDate ?start ; dcat:endDate ?end ] ;
           void:entities ?entities ; dcterms:language ?language ; prov:wasGeneratedBy [ a kg:Run ] }""",
    )
    number = str(len(graph.entities) + len(graph.events))
    assert found == [
        ("News graph of 3 articles, 2015-11-17 to 2015-11-18", "2015-11-17", "2015-11-18", number, "en")
    ]


def test_classes_are_counted(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    found = ask(graph, run, "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }")
    counted = {name.rpartition("#")[2]: int(number) for name, number in found}
    types = Counter(event.type for event in graph.events) + Counter(e.type for e in graph.entities)
    records = {"Document": len(graph.documents), "Relation": len(graph.relations)}
    assert counted == {**types, **records, "Contradiction": len(graph.contradictions)}


@pytest.mark.parametrize("name", ["Person", "AirStrike", "Document", "Relation"])
def test_a_count_is_what_a_query_counts(graph: KnowledgeGraph, run: dict[str, object], name: str) -> None:
    (count,) = ask(
        graph, run, f"SELECT ?n {{ ?d void:classPartition [ void:class kg:{name} ; void:entities ?n ] }}"
    )
    assert ask(graph, run, f"SELECT (COUNT(?x) AS ?n) {{ ?x a kg:{name} }}") == [count]


def test_what_the_program_carries_has_its_licence(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    rows = ask(
        graph,
        run,
        "SELECT ?title ?rights { ?p dcterms:hasPart [ dcterms:title ?title ; dcterms:rights ?rights ] }",
    )
    assert rows == sorted(item for item in LICENCES if item[0] != "kg")
    source = ask(
        graph,
        run,
        "SELECT ?from ?licence { ?d a dcat:Dataset ; dcterms:source [ dcterms:source ?from ; dcterms:license ?licence ] }",
    )
    assert source == [("https://www.geonames.org/", "https://creativecommons.org/licenses/by/4.0/")]


def test_settings_of_the_run_and_libraries_one_by_one(graph: KnowledgeGraph) -> None:
    run = Run("9.9", "kg_en-1-abc", Settings(seed=3)).facts()
    found = dict(
        ask(
            graph,
            dict(run),
            "SELECT ?name ?value { ?r kg:setting [ schema:name ?name ; schema:value ?value ] }",
        )
    )
    assert found["version"] == "9.9"
    assert found["language model"] == "kg_en-1-abc"
    assert found["seed"] == "3"
    assert found["library pyoxigraph"] == ox.__version__


def test_no_clock_unless_asked(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    query = "SELECT ?t { ?r a kg:Run ; prov:endedAtTime ?t }"
    assert ask(graph, run, query) == []
    asked = run | {"ended": datetime(2024, 2, 29, 12, 30, tzinfo=UTC)}
    assert ask(graph, asked, query) == [("2024-02-29T12:30:00Z",)]


def test_no_run_no_header_and_no_days_no_span(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    assert ask(graph, None, "SELECT ?d { ?d a dcat:Dataset }") == []
    assert ask(KnowledgeGraph(), run, "SELECT ?title ?n { ?d dcterms:title ?title ; void:entities ?n }") == [
        ("News graph of 0 articles", "0")
    ]
    assert ask(KnowledgeGraph(), run, "SELECT ?s { ?d dcterms:temporal ?s }") == []
