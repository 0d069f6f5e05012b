"""The closure: each rule on its own, a fixpoint, and the same set as owlrl, which knows all of OWL 2 RL."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import ontology_dir
from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.pipeline import build_graph
from kg.rdf import load_store, query, triples, write_turtle
from kg.rdf.formats.convert import to_rdflib
from kg.rdf.formats.table import FORMATS, chunks
from kg.rdf.sparql.infer import closure, infer
from kg.rdf.terms import PREFIXES

SEEDS = Path(__file__).resolve().parent.parent.parent / "seeds"
EX = "https://example.org/"
HEADER = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in {**PREFIXES, "": EX}.items())


def turtle(text: str) -> ox.Store:
    store = ox.Store()
    store.load((HEADER + text).encode(), ox.RdfFormat.TURTLE)
    return store


def facts(store: ox.Store) -> set[ox.Triple]:
    return {quad.triple for quad in store}


@pytest.mark.parametrize(
    ("given", "added"),
    [
        (":A rdfs:subClassOf :B . :x a :A .", ":x a :B ."),
        (
            ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :x a :A .",
            ":A rdfs:subClassOf :C . :x a :B , :C .",
        ),
        (":A rdfs:subClassOf [ a owl:Restriction ] . :x a :A .", ""),
        (":p rdfs:subPropertyOf :q . :x :p :y , 'text' .", ":x :q :y , 'text' ."),
        (
            ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r . :x :p :y .",
            ":p rdfs:subPropertyOf :r . :x :q :y ; :r :y .",
        ),
        (":p owl:inverseOf :q . :x :p :y . :z :q :x .", ":y :q :x . :x :p :z ."),
        (":p owl:inverseOf [] . :x :p :y .", ""),
        (":p a owl:SymmetricProperty . :x :p :y , 'text' .", ":y :p :x ."),
        (":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d .", ":a :p :c , :d . :b :p :d ."),
        (":p a owl:TransitiveProperty . :a :p :b . :b :p :a .", ":a :p :a . :b :p :b ."),
        (
            ":p rdfs:subPropertyOf :t . :t a owl:TransitiveProperty ; owl:inverseOf :u . :a :p :b . :b :p :c .",
            ":a :t :b , :c . :b :t :c ; :u :a . :c :u :a , :b .",
        ),
        (":A rdfs:subClassOf :A . :p rdfs:subPropertyOf :p . :x a :A ; :p :x .", ""),
        (":p rdfs:domain :A ; rdfs:range :B . :x :p :y .", ""),
    ],
)
def test_what_follows(given: str, added: str) -> None:
    store = turtle(given)
    before = facts(store)
    number = infer(store)
    assert facts(store) - before == facts(turtle(added))
    assert number == len(store) - len(before)
    assert infer(store) == 0


NODES = st.sampled_from([ox.NamedNode(EX + letter) for letter in "abcd"])
PROPERTIES = st.sampled_from([ox.NamedNode(EX + letter) for letter in "pqrs"])
CLASSES = st.sampled_from([ox.NamedNode(EX + letter) for letter in "ABCD"])


def term(name: str) -> st.SearchStrategy[ox.NamedNode]:
    prefix, _, local = name.partition(":")
    return st.just(ox.NamedNode(PREFIXES[prefix] + local))


ANY = st.one_of(
    st.builds(ox.Triple, CLASSES, term("rdfs:subClassOf"), CLASSES),
    st.builds(ox.Triple, PROPERTIES, term("rdfs:subPropertyOf"), PROPERTIES),
    st.builds(ox.Triple, PROPERTIES, term("owl:inverseOf"), PROPERTIES),
    st.builds(ox.Triple, PROPERTIES, term("rdf:type"), term("owl:SymmetricProperty")),
    st.builds(ox.Triple, PROPERTIES, term("rdf:type"), term("owl:TransitiveProperty")),
    st.builds(ox.Triple, NODES, term("rdf:type"), CLASSES),
    st.builds(ox.Triple, NODES, PROPERTIES, NODES),
)

#: What owlrl adds beyond hierarchies, inverse, symmetric and transitive properties.
BESIDE = {
    rdflib.OWL.sameAs,
    rdflib.OWL.equivalentClass,
    rdflib.OWL.equivalentProperty,
    rdflib.OWL.differentFrom,
}
ITS_OWN = {rdflib.OWL.Thing, rdflib.OWL.Nothing, rdflib.OWL.AnnotationProperty}
AXIOMS = {rdflib.RDFS.subClassOf, rdflib.RDFS.subPropertyOf, rdflib.OWL.inverseOf}
KINDS = {rdflib.OWL.SymmetricProperty, rdflib.OWL.TransitiveProperty}


def by_owlrl(rdf_graph: rdflib.Graph) -> set[tuple[rdflib.term.Node, ...]]:
    """Return what owlrl adds, but for equality, the classes of everything and of nothing, and what it knows of built-in terms."""
    before = set(rdf_graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(rdf_graph)
    known = {*rdf_graph.subjects(rdflib.RDF.type, rdflib.RDFS.Datatype), *ITS_OWN}
    return {
        (s, p, o)
        for s, p, o in set(rdf_graph) - before
        if p not in BESIDE
        and not known & {s, o}
        and not (s == o and p in (rdflib.RDFS.subClassOf, rdflib.RDFS.subPropertyOf))
    }


def ours(given: Iterable[ox.Triple]) -> set[tuple[rdflib.term.Node, ...]]:
    store = ox.Store()
    store.extend(ox.Quad(*triple, ox.DefaultGraph()) for triple in given)
    before = facts(store)
    infer(store)
    return set(to_rdflib(facts(store) - before))


@settings(max_examples=60)
@given(st.lists(ANY, max_size=12))
def test_random_axioms_and_facts_give_what_owlrl_gives(given: list[ox.Triple]) -> None:
    assert ours(given) == by_owlrl(to_rdflib(given))


def schema() -> set[ox.Triple]:
    """The axioms of the ontology that this closure is about, and no others."""
    found = to_rdflib(quad.triple for quad in ox.parse(path=str(ontology_dir() / "kg.ttl")))
    kept = rdflib.Graph()
    for s, p, o in found:
        if p in AXIOMS or (p == rdflib.RDF.type and o in KINDS):
            kept.add((s, p, o))
    text = kept.serialize(format="nt")
    return {quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)}


def test_a_graph_and_the_ontology_give_what_owlrl_gives(graph: KnowledgeGraph) -> None:
    given = {*schema(), *triples(graph)}
    assert ours(given) == by_owlrl(to_rdflib(given))


@pytest.mark.slow
def test_articles_of_the_sample_give_what_owlrl_gives() -> None:
    graph = build_graph(sorted(SEEDS.glob("*.txt"))[:2])
    given = {*schema(), *triples(graph)}
    found = ours(given)
    assert len(found) > 500
    assert found == by_owlrl(to_rdflib(given))


def test_the_closure_keeps_the_order_and_says_nothing_of_the_ontology(graph: KnowledgeGraph) -> None:
    given = list(triples(graph))
    closed = list(closure(given))
    added = set(closed) - set(given)
    assert len(closed) == len(set(closed))
    assert [triple for triple in closed if triple not in added] == given
    subjects = [subject for subject, _ in groupby(triple.subject for triple in closed)]
    assert len(subjects) == len(set(subjects))
    store = load_store(graph)
    before = facts(store)
    infer(store)
    declared = facts(load_store(b""))
    assert added == {
        triple
        for triple in facts(store) - before
        if not any(triple.subject == other.subject for other in declared)
    }
    assert list(closure(given)) == closed


IN_GENERAL = "SELECT DISTINCT ?label { ?event a kg:Assault ; rdfs:label ?label } ORDER BY ?label"


def test_a_query_can_ask_for_what_follows(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_turtle(graph, tmp_path / "graph.ttl")
    expected = query(graph, IN_GENERAL.replace(" a ", " a/rdfs:subClassOf* "))
    assert query(graph, IN_GENERAL) != expected
    assert query(graph, IN_GENERAL, infer=True) == expected
    assert query(tmp_path, IN_GENERAL, infer=True, timeout=60) == expected
    assert query(load_store(tmp_path, infer=True), IN_GENERAL) == expected
    assert len(graph.sparql(IN_GENERAL, infer=True)) == len(expected.rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_can_have_what_follows(graph: KnowledgeGraph, tmp_path: Path, format: str) -> None:
    write_turtle(graph, tmp_path / "graph.ttl")
    data = b"".join(chunks(tmp_path, format, infer=True))
    media_type = ox.RdfFormat.from_media_type(FORMATS[format].media_type)
    assert media_type is not None
    assert {quad.triple for quad in ox.parse(data, media_type)} == set(closure(triples(graph)))
    assert b"".join(chunks(graph, format, infer=True)) == data


def test_a_loaded_store_is_asked_as_it_is(graph: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="load it with load_store"):
        query(load_store(graph), IN_GENERAL, infer=True)
