"""The ontology documents itself, agrees with the code both ways, and with the lexicon."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.config import ontology_dir
from kg.errors import LexiconError, OutputError
from kg.extract.frames import EventClass, Lexicon
from kg.extract.lexicon import PLOVER, load_lexicon
from kg.graph import KnowledgeGraph
from kg.ids import ONTOLOGY
from kg.pipeline import build
from kg.rdf import named_queries, terms, triples
from kg.rdf.ontology.event_classes import MARKER, update, with_event_classes
from kg.rdf.sparql.readonly import tokens
from kg.rdf.terms import KG, OWL, PREFIXES, RDF, RDFS, SKOS

FILE = ontology_dir() / "kg.ttl"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=FILE, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def declared(store: ox.Store) -> set[str]:
    subjects = {q.subject.value for q in store if isinstance(q.subject, ox.NamedNode)}
    return {iri for iri in subjects if iri.startswith(ONTOLOGY)}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_declared_terms_are_those_of_the_code_and_the_lexicon(declared: set[str], lexicon: Lexicon) -> None:
    used = {term.value for term in KG.terms()} | {ONTOLOGY + name for name in lexicon.classes}
    assert declared == used


def test_every_term_in_data_is_declared(
    declared: set[str], graph: KnowledgeGraph, run: dict[str, object]
) -> None:
    found = {node.value for t in triples(graph, run=run) for node in t if isinstance(node, ox.NamedNode)}
    assert {iri for iri in found if iri.startswith(ONTOLOGY)} <= declared


def test_every_declared_term_of_the_core_occurs_in_data(
    graph: KnowledgeGraph, run: dict[str, object]
) -> None:
    """All but those that are for types, or stand above what is written."""
    found = {node.value for t in triples(graph, run=run) for node in t if isinstance(node, ox.NamedNode)}
    missing = {term.value.removeprefix(ONTOLOGY) for term in KG.terms()} - {
        i.removeprefix(ONTOLOGY) for i in found
    }
    above = {"Entity", "Mention", "BuildDecision", "Status", "MentionKind", "participant", "relation"}
    types = {"Facility", "Product", "NamedEvent", "Work", "OtherEntity"}
    values = {"Pronoun", "Requested", "Possible", "Hypothetical"}
    rare = {"instrument", "source", "citizenOf", "locatedIn", "partOf", "basedIn", "familyOf", "bornIn"}
    inverses = {
        "actedOnBy", "baseOf", "birthplaceOf", "denotes", "hasCitizen", "hasMember", "hasOfficial", "hasPart", "heldBy",
        "locationOf", "participatesIn",
    }  # fmt: skip
    assert missing == above | types | values | rare | inverses


#: Vocabularies whose terms OWL and RDF tools know by themselves.
BUILT_IN = tuple(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd"))


@pytest.fixture(scope="module")
def known(store: ox.Store) -> set[str]:
    """Everything that the file declares, of ours and of others."""
    return {
        quad.subject.value
        for quad in store.quads_for_pattern(None, RDF.type, None)
        if isinstance(quad.subject, ox.NamedNode)
    }


def test_every_term_of_a_query_is_declared(known: set[str]) -> None:
    names = {t.text.rstrip(".") for query in named_queries() for t in tokens(query.text) if t.kind == "name"}
    expanded = {f"{PREFIXES[name.partition(':')[0]]}{name.partition(':')[2]}" for name in names}
    used = {iri for iri in expanded if not iri.startswith(BUILT_IN) and iri not in PREFIXES.values()}
    assert len(used) > 25
    assert used <= known


def test_every_term_of_a_shape_is_declared(known: set[str]) -> None:
    path = ontology_dir() / "shapes.ttl"
    nodes = {node for quad in ox.parse(path=path) for node in (quad.subject, quad.predicate, quad.object)}
    own = ("http://www.w3.org/ns/shacl#", "https://w3id.org/kg/shapes")
    iris = {node.value for node in nodes if isinstance(node, ox.NamedNode)}
    used = {iri for iri in iris if not iri.startswith((*BUILT_IN, *own))}
    assert len(used) > 60
    assert used <= known


def test_every_term_of_the_code_is_declared(known: set[str]) -> None:
    vocabularies = [
        v for v in vars(terms).values() if isinstance(v, type) and issubclass(v, terms.Vocabulary)
    ]
    used = {node.value for vocabulary in vocabularies for node in vocabulary.terms()}
    assert len(used) > 150
    assert {iri for iri in used if not iri.startswith(BUILT_IN)} <= known


@pytest.mark.slow
def test_every_term_in_the_graph_of_the_sample_corpus_is_declared(known: set[str]) -> None:
    graph = build(ontology_dir().parent / "seeds")
    found = list(triples(graph, run=graph.run.facts()))  # type: ignore[union-attr]
    used = {t.predicate.value for t in found} | {t.object.value for t in found if t.predicate == RDF.type}
    used |= {
        o.value for t in found if isinstance(o := t.object, ox.NamedNode) and o.value.startswith(ONTOLOGY)
    }
    act = {t.subject.value for t in found if t.predicate == RDF.type and t.object == OWL.ObjectProperty}
    assert len(used & known) > 120
    assert {iri for iri in used - act if not iri.startswith(BUILT_IN)} <= known


def test_terms_of_others_in_data_are_declared_too(
    store: ox.Store, graph: KnowledgeGraph, run: dict[str, object]
) -> None:
    known = {q.subject.value for q in store if isinstance(q.subject, ox.NamedNode)}
    found = list(triples(graph, run=run))
    used = {t.predicate.value for t in found} | {t.object.value for t in found if t.predicate == RDF.type}
    built_in = tuple(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "act"))
    assert {iri for iri in used if not iri.startswith(built_in)} <= known


@pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment])
def test_every_term_has_one_text_in_english(
    store: ox.Store, declared: set[str], predicate: ox.NamedNode
) -> None:
    for iri in sorted(declared):
        texts = [q.object for q in store.quads_for_pattern(ox.NamedNode(iri), predicate, None)]
        assert len(texts) == 1, iri
        assert isinstance(texts[0], ox.Literal)
        assert texts[0].language == "en"
        assert texts[0].value.strip(), iri


def test_every_term_says_where_it_is_defined_and_what_it_is(store: ox.Store, declared: set[str]) -> None:
    kinds = {"Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual"}
    for iri in sorted(declared):
        node = ox.NamedNode(iri)
        assert list(store.quads_for_pattern(node, RDFS.isDefinedBy, ox.NamedNode(ONTOLOGY.rstrip("#")))), iri
        types = {q.object.value.rpartition("#")[2] for q in store.quads_for_pattern(node, RDF.type, None)}
        assert types & kinds, iri


def test_every_term_has_examples(store: ox.Store, declared: set[str]) -> None:
    assert {iri for iri in declared if not list(_objects(store, iri, SKOS.example))} == set()


def test_the_example_of_a_property_is_a_triple_of_it(store: ox.Store, declared: set[str]) -> None:
    header = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items())
    seen = 0
    for iri in declared:
        if not any(kind.value.endswith("Property") for kind in _objects(store, iri, RDF.type)):
            continue
        for example in _objects(store, iri, SKOS.example):
            (quad,) = ox.parse(header + example.value, ox.RdfFormat.TURTLE)
            assert quad.predicate.value == iri
            seen += 1
    assert seen > 60


def _objects(store: ox.Store, iri: str, predicate: ox.NamedNode) -> Iterator[Any]:
    return (q.object for q in store.quads_for_pattern(ox.NamedNode(iri), predicate, None))


def test_every_event_class_leads_to_a_sem_event(store: ox.Store, lexicon: Lexicon) -> None:
    found = store.query("SELECT ?c { ?c rdfs:subClassOf+ sem:Event }", prefixes=PREFIXES)
    below = {row["c"].value.removeprefix(ONTOLOGY) for row in found}  # type: ignore[union-attr]
    assert below == set(lexicon.classes)
    assert len(below) >= 60


def test_the_sixteen_categories_carry_their_codes(store: ox.Store, lexicon: Lexicon) -> None:
    codes = {q.object.value: q.subject for q in store.quads_for_pattern(None, SKOS.notation, None)}
    assert set(codes) == set(PLOVER)
    assert len(codes) == 16
    for name, known in lexicon.classes.items():
        above = {codes[code].value for code in codes} & {
            ONTOLOGY + ancestor for ancestor in (name, *lexicon.class_ancestors(name))
        }
        assert above == ({codes[known.plover].value} if known.plover else set()), name


def test_every_role_is_a_participant_and_every_relation_a_relation(store: ox.Store) -> None:
    for above, count in ((KG.participant, 9), (KG.relation, 9)):
        assert len(list(store.quads_for_pattern(None, RDFS.subPropertyOf, above))) == count


def test_the_file_is_what_the_lexicon_gives(lexicon: Lexicon) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert with_event_classes(text, lexicon) == text, "run: python -m kg.rdf.ontology"


def test_update_rewrites_a_stale_file_and_keeps_the_core(tmp_path: Path, lexicon: Lexicon) -> None:
    copy = tmp_path / "kg.ttl"
    text = FILE.read_text(encoding="utf-8")
    copy.write_text(text.partition(MARKER)[0] + MARKER + "\nstale", encoding="utf-8")
    update(copy, lexicon)
    assert copy.read_text(encoding="utf-8") == text
    with pytest.raises(OutputError, match="cannot rewrite"):
        update(tmp_path / "none" / "kg.ttl", lexicon)


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (
            EventClass("Person", "Event", None, "person", "x"),
            "'Person' of the lexicon is a term of the ontology already",
        ),
        (EventClass("Blast", "Event", "ASSAULT", "blast", "x"), "does not lie below Assault"),
    ],
)
def test_a_class_that_contradicts_is_refused(lexicon: Lexicon, known: EventClass, message: str) -> None:
    broken = replace(lexicon, classes={**lexicon.classes, known.name: known})
    with pytest.raises(LexiconError, match=message):
        with_event_classes("", broken)


def test_texts_of_the_lexicon_are_escaped(lexicon: Lexicon) -> None:
    nasty = EventClass("Nasty", "Event", None, 'a "label" \\', 'line\nbreak """')
    text = with_event_classes(
        FILE.read_text(encoding="utf-8"), replace(lexicon, classes={**lexicon.classes, "Nasty": nasty})
    )
    found = {
        str(q.object)
        for q in ox.parse(text, ox.RdfFormat.TURTLE)
        if q.subject == ox.NamedNode(ONTOLOGY + "Nasty")
    }
    assert {
        str(ox.Literal(nasty.label, language="en")),
        str(ox.Literal(nasty.definition, language="en")),
    } < found


def test_shapes_and_ontology_are_valid_turtle(store: ox.Store) -> None:
    assert len(list(ox.parse(path=ontology_dir() / "shapes.ttl", format=ox.RdfFormat.TURTLE))) > 200
    classes = list(store.quads_for_pattern(None, RDF.type, OWL.Class))
    assert len(classes) > 200
