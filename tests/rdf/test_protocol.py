"""Answers in the formats of the protocol: what is written is what the engine itself would write."""

import csv
import io
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.rdf import load_store, query
from kg.rdf.formats.convert import to_rdflib
from kg.rdf.sparql.protocol import GRAPH_TYPES, described, media_types, written
from kg.rdf.sparql.results import QueryResult

FORMATS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TABLE_TYPES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
ALL = (
    'SELECT ?a ?b ?c WHERE { VALUES (?a ?b ?c) { ("x\\ty\\"<&\\n" 1 <http://x/y>) (UNDEF "é"@en-GB 1.5) (UNDEF UNDEF UNDEF)'
    ' ("2015-11-17"^^xsd:date true "") } }'
)


@pytest.fixture(scope="module")
def store(graph: KnowledgeGraph) -> ox.Store:
    return load_store(graph)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("SELECT * { ?s ?p ?o }", TABLE_TYPES),
        ("PREFIX ask: <http://construct/> ask {}", TABLE_TYPES),
        ("# select\nCONSTRUCT WHERE { ?s ?p ?o }", GRAPH_TYPES),
        ("BASE <http://x/> describe <a>", GRAPH_TYPES),
        ("who-met-whom", TABLE_TYPES),
    ],
)
def test_the_form_of_a_query_says_its_formats(text: str, types: tuple[str, ...]) -> None:
    assert media_types(text) == types


@pytest.mark.parametrize("text", ["", "CLEAR ALL", "SELECT * { SERVICE <http://x> {} }", "no-such-query"])
def test_a_query_that_is_not_allowed_has_none(text: str) -> None:
    with pytest.raises(QueryError):
        media_types(text)


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_table_reads_back_to_its_terms(store: ox.Store, media_type: str) -> None:
    result = query(store, ALL)
    read = ox.parse_query_results(written(result, media_type), FORMATS[media_type])
    assert isinstance(read, ox.QuerySolutions)
    assert [variable.value for variable in read.variables] == list(result.variables)
    assert tuple(tuple(solution) for solution in read) == result.terms


def test_a_table_as_csv(store: ox.Store) -> None:
    rows = list(csv.reader(io.StringIO(written(query(store, ALL), "text/csv").decode(), newline="")))
    assert rows[0] == ["a", "b", "c"]
    assert sorted(rows[1:]) == [
        ["", "", ""],
        ["", "é", "1.5"],
        ["2015-11-17", "true", ""],
        ['x\ty"<&\n', "1", "http://x/y"],
    ]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_text_is_legal_xml(text: str) -> None:
    result = QueryResult(("x",), ((ox.Literal(text),),))
    root = ET.fromstring(written(result, "application/sparql-results+xml"))
    (literal,) = root.iter("{http://www.w3.org/2005/sparql-results#}literal")
    legal = "".join("\ufffd" if c in "\ufffe\uffff" or (c < " " and c not in "\t\n\r") else c for c in text)
    assert (literal.text or "") == legal


@pytest.mark.parametrize("media_type", TABLE_TYPES)
@pytest.mark.parametrize("holds", [True, False])
def test_yes_and_no(store: ox.Store, media_type: str, holds: bool) -> None:
    result = query(store, "ASK { ?e kg:status kg:Negated }" if holds else "ASK { ?e kg:status kg:Possible }")
    assert str(holds).lower() in written(result, media_type).decode()


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_triples_read_back(store: ox.Store, media_type: str) -> None:
    result = query(store, "CONSTRUCT { ?p rdfs:label ?l } WHERE { ?p a kg:Person ; rdfs:label ?l }")
    format = ox.RdfFormat.from_media_type(media_type)
    assert format is not None
    read = {quad.triple for quad in ox.parse(written(result, media_type), format)}
    assert {(str(t.subject), str(t.predicate), str(t.object)) for t in read} == set(result.triples or ())
    assert read


@pytest.mark.parametrize("media_type", GRAPH_TYPES)
def test_the_description_of_the_service(media_type: str) -> None:
    endpoint = "http://127.0.0.1:1/sparql"
    format = ox.RdfFormat.from_media_type(media_type)
    assert format is not None
    rdf_graph = to_rdflib(quad.triple for quad in ox.parse(described(endpoint, 42, media_type), format))
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = rdf_graph.subjects(rdflib.RDF.type, sd.Service)
    assert rdf_graph.value(service, sd.endpoint) == rdflib.URIRef(endpoint)
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in rdf_graph
    assert [node.toPython() for node in rdf_graph.objects(None, rdflib.VOID.triples)] == [42]
