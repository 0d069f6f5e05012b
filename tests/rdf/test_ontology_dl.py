"""The ontology keeps to OWL 2 DL (W3C, Structural Specification, sections 3 and 11), and says nothing that our data contradict.

Each test is one restriction. rdflib reads the file, so that these tests see it as other tools do.
"""

from collections.abc import Iterator
from itertools import combinations

import pytest
import rdflib
from owlrl import DeductiveClosure, OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef
from rdflib.collection import Collection

from kg.config import ontology_dir
from kg.graph import KnowledgeGraph
from kg.ids import ONTOLOGY
from kg.rdf import to_rdf

KG = rdflib.Namespace(ONTOLOGY)
KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = tuple(str(space) for space in (OWL, RDF, RDFS, XSD))

#: Built-in annotation properties, and those that only an ontology has.
ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso, OWL.versionInfo}
OF_ONTOLOGIES = {OWL.versionIRI, OWL.priorVersion, OWL.imports}

#: What a data property may range over here: all in the datatype map of OWL 2 (section 4), which has no xsd:date.
DATATYPES = {
    XSD.string,
    XSD.nonNegativeInteger,
    XSD.integer,
    XSD.decimal,
    XSD.dateTime,
    XSD.anyURI,
    RDF.langString,
}


@pytest.fixture(scope="module")
def owl() -> Graph:
    return Graph().parse(ontology_dir() / "kg.ttl")


def named(owl: Graph, kind: URIRef) -> set[URIRef]:
    return {node for node in owl.subjects(RDF.type, kind) if isinstance(node, URIRef)}


def lists(owl: Graph, *properties: URIRef) -> Iterator[list[URIRef]]:
    for property in properties:
        for head in owl.objects(None, property):
            yield list(Collection(owl, head))


def classes_in_use(owl: Graph) -> set[URIRef]:
    """Return what stands where only a class may stand."""
    properties = named(owl, OWL.ObjectProperty) | named(owl, OWL.DatatypeProperty)
    found = {node for pair in owl.subject_objects(RDFS.subClassOf) for node in pair}
    found |= {node for pair in owl.subject_objects(OWL.equivalentClass) for node in pair}
    found |= {owl_class for property in properties for owl_class in owl.objects(property, RDFS.domain)}
    found |= {owl_class for p in named(owl, OWL.ObjectProperty) for owl_class in owl.objects(p, RDFS.range)}
    found |= {member for members in lists(owl, OWL.members) for member in members}
    for node in named_or_not(owl, OWL.Class):
        for union in owl.objects(node, OWL.unionOf):
            found |= set(Collection(owl, union))
    individuals = named(owl, OWL.NamedIndividual)
    found |= {kind for one in individuals for kind in owl.objects(one, RDF.type)} - {OWL.NamedIndividual}
    return {node for node in found if isinstance(node, URIRef)}


def named_or_not(owl: Graph, kind: URIRef) -> set[rdflib.term.Node]:
    return set(owl.subjects(RDF.type, kind))


def test_there_is_one_versioned_ontology_and_it_says_what_came_before(owl: Graph) -> None:
    (ontology,) = owl.subjects(RDF.type, OWL.Ontology)
    assert ontology == URIRef(ONTOLOGY.rstrip("#"))
    version = owl.value(ontology, OWL.versionInfo, any=False)
    assert owl.value(ontology, OWL.versionIRI, any=False) == URIRef(f"{ontology}/{version}")
    assert owl.value(ontology, OWL.priorVersion, any=False) not in (None, URIRef(f"{ontology}/{version}"))
    skos, dcterms = rdflib.SKOS, rdflib.DCTERMS
    assert any(str(note).startswith(f"{version}: ") for note in owl.objects(ontology, skos.historyNote))
    for term in ("title", "description", "creator", "created", "modified", "license"):
        assert owl.value(ontology, dcterms[term], any=False), term
    vann = rdflib.Namespace("http://purl.org/vocab/vann/")
    assert str(owl.value(ontology, vann.preferredNamespaceUri)) == ONTOLOGY


def test_the_alignment_to_each_vocabulary_has_its_reason(owl: Graph) -> None:
    notes = [str(note) for note in owl.objects(URIRef(ONTOLOGY.rstrip("#")), rdflib.SKOS.scopeNote)]
    for name in ("SEM", "PROV-O", "NIF", "Web Annotation", "SKOS", "schema.org", "OWL-Time", "GeoSPARQL"):
        assert [note for note in notes if note.startswith(name) and "because" in note], name


def test_nothing_is_two_kinds_of_property_or_a_property_and_a_class(owl: Graph) -> None:
    kinds = {str(kind): named(owl, kind) for kind in (*KINDS, OWL.Class, RDFS.Datatype)}
    for (one, first), (other, second) in combinations(kinds.items(), 2):
        assert first & second == set(), f"{one} and {other}"


def test_no_class_or_property_is_an_individual(owl: Graph) -> None:
    individuals = named(owl, OWL.NamedIndividual)
    assert len(individuals) == 10
    for kind in (*KINDS, OWL.Class):
        assert named(owl, kind) & individuals == set()
    facts = named(owl, OWL.ObjectProperty) | named(owl, OWL.DatatypeProperty)
    about = {s for s, p, _ in owl if p in facts}
    named_by = {o for _, p, o in owl if p in facts}
    assert about | named_by <= individuals


def test_every_property_in_use_is_declared_once(owl: Graph) -> None:
    declared = {node for kind in KINDS for node in named(owl, kind)}
    used = {p for p in owl.predicates() if not str(p).startswith(BUILT_IN)}
    used |= {node for pair in owl.subject_objects(RDFS.subPropertyOf) for node in pair}
    used |= {node for pair in owl.subject_objects(OWL.inverseOf) for node in pair}
    assert used <= declared
    assert {p for p in owl.predicates() if str(p).startswith(BUILT_IN)} <= ANNOTATIONS | OF_ONTOLOGIES | {
        RDF.type, RDF.first, RDF.rest, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range,
        OWL.unionOf, OWL.oneOf, OWL.members, OWL.distinctMembers, OWL.inverseOf, OWL.equivalentClass,
    }  # fmt: skip


def test_every_class_in_use_is_declared(owl: Graph) -> None:
    assert classes_in_use(owl) <= named(owl, OWL.Class)


def test_hierarchies_stay_within_one_kind_and_have_no_cycle(owl: Graph) -> None:
    for kind in KINDS:
        members = named(owl, kind)
        for below, above in owl.subject_objects(RDFS.subPropertyOf):
            assert (below in members) == (above in members), below
    for step in (RDFS.subClassOf, RDFS.subPropertyOf):
        for node in set(owl.subjects(step)):
            assert node not in {
                up for start in owl.objects(node, step) for up in owl.transitive_objects(start, step)
            }


def test_what_only_object_properties_can_be_is_said_of_them_alone(owl: Graph) -> None:
    objects = named(owl, OWL.ObjectProperty)
    for kind in (OWL.TransitiveProperty, OWL.SymmetricProperty, OWL.InverseFunctionalProperty):
        assert named(owl, kind) <= objects
    assert {node for pair in owl.subject_objects(OWL.inverseOf) for node in pair} <= objects
    assert named(owl, OWL.FunctionalProperty) <= objects | named(owl, OWL.DatatypeProperty)


def test_properties_above_a_transitive_one_are_not_functional(owl: Graph) -> None:
    """Only simple properties may be (section 11.2)."""
    transitive = named(owl, OWL.TransitiveProperty)
    assert transitive == {KG.locatedIn, KG.partOf}
    inverses = {other for node in transitive for other in owl.subjects(OWL.inverseOf, node)}
    composite = {
        up for node in transitive | inverses for up in owl.transitive_objects(node, RDFS.subPropertyOf)
    }
    assert composite & named(owl, OWL.FunctionalProperty) == set()


def test_symmetric_inverse_and_transitive_properties_fit_their_ends(owl: Graph) -> None:
    assert named(owl, OWL.SymmetricProperty) == {KG.familyOf}
    assert ends(owl, KG.familyOf, RDFS.domain) == ends(owl, KG.familyOf, RDFS.range)
    pairs = list(owl.subject_objects(OWL.inverseOf))
    assert len(pairs) == 11
    for one, other in pairs:
        assert ends(owl, one, RDFS.domain) == ends(owl, other, RDFS.range) != set(), one
        assert ends(owl, one, RDFS.range) == ends(owl, other, RDFS.domain) != set(), one


def test_every_relation_between_entities_has_an_inverse_or_is_its_own(owl: Graph) -> None:
    relations = set(owl.subjects(RDFS.subPropertyOf, KG.relation))
    inverted = set(owl.objects(None, OWL.inverseOf)) | named(owl, OWL.SymmetricProperty)
    assert relations <= inverted


def ends(owl: Graph, property: URIRef, end: URIRef) -> set[URIRef]:
    """Return the classes of a domain or range, those of a union one by one."""
    found: set[URIRef] = set()
    for node in owl.objects(property, end):
        union = owl.value(node, OWL.unionOf)
        found |= set(Collection(owl, union)) if union is not None else {node}
    return found


def test_every_property_of_ours_says_what_it_is_about(owl: Graph) -> None:
    """With a domain and a range of its own or of the property above it; the others are open on purpose."""
    without: dict[URIRef, set[str]] = {RDFS.domain: set(), RDFS.range: set()}
    for property in named(owl, OWL.ObjectProperty) | named(owl, OWL.DatatypeProperty):
        if not str(property).startswith(ONTOLOGY):
            continue
        line = list(owl.transitive_objects(property, RDFS.subPropertyOf))
        for end, names in without.items():
            if not any(ends(owl, step, end) for step in line):
                names.add(str(property).removeprefix(ONTOLOGY))
    ids_elsewhere = {"tookIn", "runnerUp"}
    assert without == {RDFS.domain: set(), RDFS.range: {"property", "role", *ids_elsewhere}}


def test_data_ranges_are_of_the_datatype_map(owl: Graph) -> None:
    for property in named(owl, OWL.DatatypeProperty):
        assert ends(owl, property, RDFS.range) <= DATATYPES, property
    literals = {o for _, _, o in owl if isinstance(o, rdflib.Literal)}
    assert {literal.datatype or XSD.string for literal in literals} <= DATATYPES


def test_blank_nodes_are_expressions_in_one_place(owl: Graph) -> None:
    """A tree each: no expression is shared, none is left hanging, but the two kinds of axioms that have no subject."""
    axioms = {OWL.AllDisjointClasses, OWL.AllDifferent}
    for node in {s for s in owl.subjects() if isinstance(s, BNode)}:
        uses = len(list(owl.subject_predicates(node)))
        assert uses == (0 if axioms & set(owl.objects(node, RDF.type)) else 1)


def test_statuses_and_kinds_of_mentions_are_closed_and_all_different(owl: Graph) -> None:
    closed = [set(members) for members in lists(owl, OWL.oneOf)]
    different = [set(members) for members in lists(owl, OWL.distinctMembers)]
    assert sorted(map(len, closed)) == [3, 7]
    assert all(members in different for members in closed)


def test_each_type_of_entity_excludes_the_others(owl: Graph) -> None:
    disjoint = [set(members) for members in lists(owl, OWL.members)]
    types = set(owl.subjects(RDFS.subClassOf, KG.Entity))
    assert types in disjoint
    assert any({KG.Entity, KG.Event, KG.Mention, KG.Phrase} <= members for members in disjoint)


ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def closed_over(data: Graph) -> set[str]:
    """Return what OWL 2 RL finds to be contradictory."""
    DeductiveClosure(OWLRL_Semantics).expand(data)
    return {str(message) for message in data.objects(None, ERROR)}


@pytest.mark.slow
def test_data_do_not_contradict_the_ontology(
    owl: Graph, graph: KnowledgeGraph, run: dict[str, object]
) -> None:
    data = to_rdf(graph, run=run)
    assert closed_over(owl + data) == set()


@pytest.mark.slow
def test_a_contradiction_would_be_found(owl: Graph) -> None:
    node = URIRef("https://w3id.org/kg/entity/x")
    wrong = Graph().parse(data=f"<{node}> a <{KG.Person}> , <{KG.Place}> .", format="turtle")
    assert any("disjoint" in message.lower() for message in closed_over(owl + wrong))
