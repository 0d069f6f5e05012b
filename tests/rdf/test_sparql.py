"""Asking: sources, results, bound names, limits, errors."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import OutputError, QueryError
from kg.graph import KnowledgeGraph
from kg.rdf import QueryResult, load_store, named_queries, query, write_turtle
from kg.rdf.sparql.results import cell, from_json, to_json
from kg.rdf.terms import KG, XSD


@pytest.fixture(scope="module")
def store(graph: KnowledgeGraph) -> Store:
    return load_store(graph)


@pytest.fixture(scope="module")
def folder(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_turtle(graph, folder / "graph.ttl")
    return folder


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def test_a_graph_its_file_its_folder_and_its_store_answer_alike(
    graph: KnowledgeGraph, folder: Path, store: Store
) -> None:
    answers = {query(source, COUNT) for source in (graph, folder, folder / "graph.ttl", str(folder), store)}
    assert len(answers) == 1


def test_the_ontology_is_there_for_class_paths(store: Store) -> None:
    text = "SELECT ?label { ?e a/rdfs:subClassOf* kg:Assault ; rdfs:label ?label } ORDER BY ?label"
    labels = [row[0] for row in query(store, text).rows]
    assert labels == [
        "civilians are killed",
        "jets of Arland strike Veldt",
        "no jets strike Veldt",
        "strikes on Veldt",
    ]


def test_select_gives_python_values(store: Store) -> None:
    text = (
        "SELECT ?e ?label ?day ?begin ?lat ?none { ?e rdfs:label ?label ; kg:denotedBy/nif:beginIndex ?begin . "
        "OPTIONAL { ?e sem:hasBeginTimeStamp ?day } OPTIONAL { ?e wgs84:lat ?lat } OPTIONAL { ?e kg:nothing ?none } }"
    )
    result = query(store, text)
    assert result.variables == ("e", "label", "day", "begin", "lat", "none")
    types = [{type(row[i]) for row in result.rows} for i in range(6)]
    assert types == [{str}, {str}, {date, type(None)}, {int}, {float, type(None)}, {type(None)}]
    assert result.records()[0]["none"] is None


def test_ask_and_construct(store: Store) -> None:
    assert query(store, "ASK { ?e kg:status kg:Negated }") == QueryResult(boolean=True)
    assert query(store, "ASK { ?e kg:status kg:Possible }").boolean is False
    result = query(
        store, 'CONSTRUCT { ?e kg:status kg:Planned } WHERE { ?e kg:status ?any ; kg:predicate "visit" }'
    )
    assert result.triples is not None
    ((subject, predicate, object),) = result.triples
    assert subject.startswith("<https://w3id.org/kg/event/visit-")
    assert (predicate, object) == (str(KG.status), str(KG.Planned))


@pytest.mark.parametrize(
    ("text", "triples"),
    [
        ("CONSTRUCT WHERE { ?s kg:none ?o }", ()),
        ("DESCRIBE kg:none", ()),
        ("SELECT * { ?s kg:none ?o }", None),
    ],
)
def test_no_triples_are_told_from_no_rows(
    store: Store, text: str, triples: tuple[tuple[str, str, str], ...] | None
) -> None:
    result = query(store, text)
    assert (result.triples, result.rows) == (triples, ())
    assert from_json(to_json(result)) == result


def test_rows_without_an_order_are_sorted_and_with_one_kept(store: Store) -> None:
    text = "SELECT DISTINCT ?l { ?p a kg:Person ; rdfs:label ?l }"
    assert [r[0] for r in query(store, text).rows] == ["Ivo Lang", "Karl Osk", "Marta Ruiz"]
    assert [r[0] for r in query(store, text + " ORDER BY DESC(?l)").rows] == [
        "Marta Ruiz",
        "Karl Osk",
        "Ivo Lang",
    ]


def test_a_limit_cuts_and_says_so(store: Store) -> None:
    text = "SELECT ?l { ?p a kg:Person ; rdfs:label ?l } ORDER BY ?l"
    two = ((Literal("Ivo Lang"),), (Literal("Karl Osk"),))
    assert query(store, text, limit=2) == QueryResult(("l",), two, cut=True)
    assert query(store, text, limit=3).cut is False
    assert len(query(store, "CONSTRUCT WHERE { ?s rdfs:label ?o }", limit=5).triples or ()) == 5
    assert query(store, "CONSTRUCT WHERE { ?s rdfs:label ?o }", limit=5).cut is True


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (Literal("5", datatype=XSD.integer), 5), (Literal("4.5", datatype=XSD.decimal), 4.5),
        (Literal("1e3", datatype=XSD.double), 1000.0), (Literal("true", datatype=XSD.boolean), True),
        (Literal("0", datatype=XSD.boolean), False), (Literal("2015-11-17", datatype=XSD.date), date(2015, 11, 17)),
        (Literal("2015-11-17Z", datatype=XSD.date), "2015-11-17Z"), (Literal("x", datatype=XSD.integer), "x"),
        (Literal("chat", language="fr"), "chat"), (KG.agent, KG.agent.value), (None, None),
    ],
)  # fmt: skip
def test_cells(literal: object, value: object) -> None:
    assert cell(literal) == value
    assert type(cell(literal)) is type(value)


_IRIS = st.sampled_from(["https://x.org/a", "urn:x:1"]).map(NamedNode)
_LITERALS = (
    st.builds(Literal, st.text())
    | st.builds(lambda text, tag: Literal(text, language=tag), st.text(), st.sampled_from(["en", "de-at"]))
    | st.builds(lambda text, type: Literal(text, datatype=type), st.text(), _IRIS)
    | st.one_of(st.integers(-(2**63), 2**63 - 1), st.booleans(), st.floats()).map(Literal)
)
_TERMS = _IRIS | _LITERALS | st.builds(BlankNode) | st.builds(Triple, _IRIS, _IRIS, _LITERALS)


@given(st.lists(st.tuples(st.none() | _TERMS, st.none() | _TERMS)), st.booleans(), st.lists(st.text()))
def test_results_survive_json(rows: list[tuple[Any, ...]], cut: bool, warnings: list[str]) -> None:
    for result in (
        QueryResult(("x", "y"), tuple(rows), cut=cut, warnings=tuple(warnings)),
        QueryResult(boolean=cut, warnings=tuple(warnings)),
        QueryResult(triples=(("<a>", "<b>", '"c"'),), cut=cut),
    ):
        assert from_json(to_json(result)) == result


@given(st.lists(st.tuples(st.none() | _TERMS, st.none() | _TERMS)))
def test_another_reader_of_sparql_json_gets_the_same_terms(rows: list[tuple[Any, ...]]) -> None:
    data = json.dumps(QueryResult(("x", "y"), tuple(rows)).sparql_json())
    answer = parse_query_results(data, format=QueryResultsFormat.JSON)
    assert isinstance(answer, QuerySolutions)
    assert [variable.value for variable in answer.variables] == ["x", "y"]
    assert [tuple(solution) for solution in answer] == rows


def test_sparql_json_keeps_types_and_languages(store: Store) -> None:
    text = """SELECT ?label ?age ?day ?none {
      ?p kg:age ?age ; ^kg:agent ?e . ?e rdfs:label ?label ; kg:predicate "order" ; sem:hasBeginTimeStamp ?day
      OPTIONAL { ?p kg:bornIn ?none } }"""
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert query(store, text).sparql_json() == {
        "head": {"vars": ["label", "age", "day", "none"]},
        "results": {"bindings": [{
            "label": {"type": "literal", "value": "Marta Ruiz orders strikes on Veldt", "xml:lang": "en"},
            "age": {"type": "literal", "value": "41", "datatype": xsd + "integer"},
            "day": {"type": "literal", "value": "2015-11-17", "datatype": xsd + "date"},
        }]},
    }  # fmt: skip
    assert query(store, "ASK { }").sparql_json() == {"head": {}, "boolean": True}
    with pytest.raises(ValueError, match="no SPARQL JSON"):
        query(store, "DESCRIBE kg:agent").sparql_json()


def test_triples_as_turtle_are_the_same_triples_in_the_same_bytes(
    store: Store, graph: KnowledgeGraph
) -> None:
    text = "CONSTRUCT WHERE { ?e kg:agent ?a ; rdfs:label ?l ; sem:hasBeginTimeStamp ?day }"
    result = query(store, text)
    turtle = result.turtle()
    read = {(str(q.subject), str(q.predicate), str(q.object)) for q in parse(turtle, RdfFormat.TURTLE)}
    assert read == set(result.triples or ())
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == len(read) > 0
    assert [line.split()[1] for line in turtle.splitlines() if line.startswith("@prefix")] == [
        "en:", "ev:", "kg:", "rdfs:", "sem:", "xsd:",
    ]  # fmt: skip
    assert query(load_store(graph), text).turtle() == turtle
    with pytest.raises(ValueError, match="no Turtle"):
        query(store, "ASK {}").turtle()


# ------------------------------------------------------------- misspelt names


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("SELECT * { ?e kg:agnet ?a }", ["kg:agnet is neither in the ontology nor in this graph; did you mean kg:agent or"]),
        ("SELECT * { ?e a kg:Striek }", ["kg:Striek is neither in the ontology nor in this graph; did you mean kg:AirStrike"]),
        ("SELECT * { ?e a kg:agent . ?e kg:Place ?p }", []),
        ("SELECT * { ?e kg:Agent ?a }", ["kg:Agent is neither in the ontology nor in this graph; did you mean kg:agent"]),
        ("SELECT * { ?e <https://w3id.org/kg/ontology#agnet> ?a }", ["kg:agnet is neither"]),
        ("SELECT * { ?a act:ordre ?b }", ["act:ordre is neither in the ontology nor in this graph; did you mean act:order?"]),
        ("SELECT * { ?a act:order ?b }", []),
        ("SELECT * { ?e rdfs:lable ?l }", ["rdfs:lable is neither in the ontology nor in this graph; did you mean rdfs:label?"]),
        ("SELECT * { ?e owl:sameAs ?l ; <http://x.org/a> ?b }", []),
        ("SELECT (xsd:float(1) AS ?x) { }", []),
        ("SELECT * { en:nobody ?p ?o }", ["en:nobody is neither in the ontology nor in this graph"]),
        ("PREFIX k: <https://w3id.org/kg/ontology#> SELECT * { ?e k:agnet ?a }", ["kg:agnet is"]),
        ("PREFIX kg: <http://x.org/> SELECT * { ?e kg:agnet ?a }", []),
        ("BASE <https://w3id.org/kg/ontology#> SELECT * { ?e kg:agent ?a }", []),
        ("CONSTRUCT { ?a kg:mine ?b } WHERE { ?e kg:agent ?a ; kg:pateint ?b }", ["kg:pateint is"]),
        ("DESCRIBE kg:Persn", ["kg:Persn is neither in the ontology nor in this graph; did you mean kg:Person"]),
        ('SELECT * { ?e rdfs:label "kg:agnet" } # kg:agnet', []),
        ("SELECT * { ?e (kg:agnet|^kg:pateint)* ?x FILTER NOT EXISTS { ?e a kg:Evnt } }",
         ["kg:agnet is", "kg:pateint is", "kg:Evnt is"]),
    ],
)  # fmt: skip
def test_a_name_that_nothing_bears_is_told(store: Store, text: str, warnings: list[str]) -> None:
    found = query(store, text).warnings
    assert len(found) == len(warnings)
    assert all(one.startswith(start) for one, start in zip(found, warnings, strict=True))


def test_bound_names_are_looked_up_too_and_warnings_come_through_the_process(folder: Path) -> None:
    result = query(folder, "timeline", bind={"status": "kg:Plannd"}, timeout=60)
    assert result.warnings == (
        "kg:Plannd is neither in the ontology nor in this graph; did you mean kg:Planned or kg:Plan?",
    )


def test_no_query_of_ours_misspells_a_name(store: Store) -> None:
    assert not [
        query(store, named.name).warnings for named in named_queries() if query(store, named.name).warnings
    ]


# ---------------------------------------------------------------- bound names


@pytest.mark.parametrize(
    ("bind", "rows"),
    [
        ({"person": "Marta Ruiz"}, 1),
        ({"person": "ruiz"}, 1),
        ({"person": "MARTA  RUÍZ"}, 1),
        ({"person": "Ivo Lang"}, 0),
        ({"target": "Veldt"}, 1),
        ({"target": "veldt", "person": "Ruiz"}, 1),
        ({"target": "Arland"}, 0),
        ({"day": "2015-11-17"}, 1),
        ({"day": "2015-11-18"}, 0),
        ({"who": "Marta Ruiz"}, 1),
    ],
)
def test_bound_names_dates_and_strings(store: Store, bind: dict[str, str], rows: int) -> None:
    assert len(query(store, "who-ordered-what", bind=bind).rows) == rows


@pytest.mark.parametrize(
    ("text", "bind", "rows"),
    [
        ("SELECT ?e { ?e a kg:Visit ; kg:status ?s }", {"s": "kg:Planned"}, 1),
        ("SELECT ?e { ?e a kg:AirStrike ; kg:status ?s }", {"s": "negated"}, 1),
        ("SELECT ?e { ?e a ?class }", {"class": "air strike"}, 3),
        ("SELECT ?e { ?e a/rdfs:subClassOf* ?class . ?e kg:predicate ?any }", {"class": "ASSAULT"}, 4),
        ("SELECT ?e { ?e skos:exactMatch ?x }", {"x": "https://sws.geonames.org/1/"}, 1),
        ("SELECT ?e { ?e skos:exactMatch ?x }", {"x": "<https://sws.geonames.org/9/>"}, 0),
        ("SELECT ?p { ?p kg:age ?age }", {"age": "41"}, 1),
        ("SELECT ?p { ?p wgs84:lat ?lat }", {"lat": "48.5"}, 1),
        ("SELECT ?e { ?e kg:predicate ?p }", {"p": "order"}, 1),
        ("SELECT ?e { ?e rdfs:label ?l }", {"l": "Marta Ruiz orders strikes on Veldt"}, 1),
        ("SELECT ?e { { SELECT ?e ?w { ?e kg:agent ?w } } }", {"w": "Ruiz"}, 2),
        ("SELECT ?e { ?e kg:predicate ?p OPTIONAL { ?e kg:place ?where } }", {"where": "Port Sela"}, 1),
    ],
)
def test_bound_values_of_other_kinds(store: Store, text: str, bind: dict[str, str], rows: int) -> None:
    assert len(query(store, text, bind=bind).rows) == rows


def test_an_unknown_name_gives_the_nearest(store: Store) -> None:
    with pytest.raises(
        QueryError, match=r"nothing in the graph is named 'Marta Ruis' \(for \?person\).*'Marta Ruiz'"
    ):
        query(store, "who-ordered-what", bind={"person": "Marta Ruis"})


def test_an_unknown_variable_is_refused_before_the_file_is_read() -> None:
    with pytest.raises(QueryError, match=r"no variable \?peron to bind: did you mean \?person\?"):
        query("nowhere.ttl", "who-ordered-what", bind={"peron": "x"})


ATTACKS = [
    '"', "'", '" } } DROP ALL #', "x> . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } <", '"@en)) } #', "\\", "\\u0022", "?who",
    "kg:Planned } { ?s ?p ?o", "<https://x.org/a b>", "<https://x.org/a>)) } #>", "a\nb", "\x00", "\ud800", "2015-11-17) || (1=1",
]  # fmt: skip


@pytest.mark.parametrize("value", ATTACKS)
def test_nothing_gets_out_of_a_bound_value(store: Store, value: str) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is named"):
        query(store, "who-ordered-what", bind={"person": value})


@settings(max_examples=50, deadline=None)
@given(st.text(st.characters(exclude_categories=())) | st.sampled_from(ATTACKS))
def test_a_name_that_exists_is_found_whatever_it_holds(value: str) -> None:
    from kg.datamodel import Entity

    ids = [f"https://w3id.org/kg/entity/{n}" for n in "ab"]
    graph = KnowledgeGraph(entities=(Entity(ids[0], "Person", value), Entity(ids[1], "Person", "~" + value)))
    found = query(graph, "SELECT ?e ?l { ?e a kg:Person ; rdfs:label ?l }", bind={"l": value})
    assert [row[0] for row in found.rows] == ids[:1]


# --------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x { ?x a }", r"does not parse: line 1, column \d+"),
        ("SELECT ?x { ?x ?p ?y } LIMIT many", r"column \d+, before 'many': expected"),
        ("SELECT ?x {\n ?x a kg:Person", r"does not parse: line 2, column \d+, at the end of the line"),
        ("SELECT ?x { ?x zz:a 1 }", r"prefix 'zz:' is not known \(in 'zz:a'\): write PREFIX zz: <...>"),
        ("SELECT ?x { ?x :a 1 }", r"prefix ':' is not known"),
        ("SELECT (1 AS ?x) (2 AS ?x) { }", "the query"),
        ("who-orderd-what", "no query is named 'who-orderd-what': did you mean who-ordered-what"),
        ("aliasess", "did you mean aliases"),
    ],
)
def test_errors_are_one_line_and_say_where(store: Store, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as error:
        query(store, text)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 700


def test_files_that_are_not_there_or_no_turtle(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot read .*graph\.ttl: No such file"):
        query(tmp_path, COUNT)
    (tmp_path / "graph.ttl").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(OutputError, match="is no Turtle"):
        query(tmp_path, COUNT)


# ----------------------------------------------------------------- time limit

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_with_a_limit_answers_as_one_without(
    folder: Path, graph: KnowledgeGraph, store: Store
) -> None:
    expected = query(store, "aliases", bind={"entity": "Arland"})
    assert query(folder, "aliases", bind={"entity": "Arland"}, timeout=60) == expected
    assert query(graph, "aliases", bind={"entity": "Arland"}, timeout=60) == expected
    assert query(graph, "SELECT ?l { ?p a kg:Person ; rdfs:label ?l }", limit=1, timeout=60).cut


def test_a_slow_query_is_stopped(folder: Path) -> None:
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"took longer than 1 s and was stopped"):
        query(folder, ENDLESS, timeout=1)
    assert time.monotonic() - start < 60  # it would run for hours


def test_errors_come_through_the_process(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is named 'Nobody'"):
        query(folder, "aliases", bind={"entity": "Nobody"}, timeout=60)
    with pytest.raises(OutputError, match="cannot read"):
        query(tmp_path, COUNT, timeout=60)
    with pytest.raises(QueryError, match="loaded store cannot have a time limit"):
        query(load_store(folder), COUNT, timeout=60)


# -------------------------------------------------------------- named queries


def test_there_are_enough_queries_and_each_is_described() -> None:
    queries = named_queries()
    assert len(queries) >= 10
    for named in queries:
        assert named.title
        assert named.description, named.name
        assert named.parameters, named.name
        assert all(what for _, what in named.parameters)
