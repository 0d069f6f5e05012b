"""What each record becomes; the expected triples are written as a reader of the Turtle would."""

from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.datamodel import Document, Entity, Event
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.rdf import PREFIXES, triples
from kg.rdf.mapping.triples import _act_node
from kg.rdf.terms import KG, NIF, RDFS, SKOS, STATUS


@pytest.fixture(scope="module")
def store(graph: KnowledgeGraph) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(graph))
    return store


@pytest.fixture(scope="module")
def holds(store: ox.Store) -> Callable[[str], bool]:
    return lambda pattern: bool(store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES))


@pytest.mark.parametrize(
    "pattern",
    [
        # documents
        '?d a schema:NewsArticle, kg:Document, prov:Entity ; schema:headline "Ruiz orders strikes" ; '
        'schema:publisher [ a kg:Publisher ; rdfs:label "Northern Post" ] ; schema:datePublished "2015-11-17"^^xsd:date ;'
        'schema:url "https://news.example/1?a=b&c=d"^^xsd:anyURI ; kg:path "a/north.txt" ; schema:inLanguage "en"',
        # an untitled document is labelled by its path
        '?d a kg:Document ; rdfs:label "b/south.txt" . FILTER NOT EXISTS { ?d schema:headline ?any }',
        # entities
        '?e a kg:Place ; rdfs:label "Arland" ; skos:prefLabel "Arland" ; skos:altLabel "Republic of Arland" ; '
        "skos:exactMatch <https://sws.geonames.org/1/> ; wgs84:lat 48.5 ; wgs84:long -2.25 ; "
        'geo:hasGeometry [ a geo:Geometry ; geo:asWKT "POINT(-2.25 48.5)"^^geo:wktLiteral ]',
        # mentions: offsets, words, quote, sentence
        '?m a kg:EventMention, nif:RFC5147String, oa:SpecificResource ; nif:anchorOf "ordered" ; nif:beginIndex 37 ; '
        'nif:endIndex 44 ; oa:hasSource ?d ; nif:referenceContext [ a nif:Context ; oa:hasSource ?d ] ; kg:lemma "order" ;'
        'oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "ordered" ; oa:suffix " strikes on Veldt on Tuesday.\\n\\nD" ;'
        'oa:prefix " Ruiz, 41, president of Arland, " ] ; kg:status kg:Asserted ; kg:rule "verb" ; '
        'kg:sentence "Marta Ruiz, 41, president of Arland, ordered strikes on Veldt on Tuesday."',
        # its sentence, and what fills its roles
        '?m kg:lemma "order" ; kg:inSentence ?s ; kg:argument [ a kg:Argument ; kg:role kg:agent ; kg:words "Marta Ruiz" ; '
        'kg:mention [ nif:anchorOf "Marta Ruiz" ] ], [ kg:role kg:topic ; kg:words "strikes on Veldt" ; kg:head ?h ; '
        'kg:trigger [ a kg:EventMention ; nif:anchorOf "strikes" ; kg:lemma "strike" ] ] '
        'FILTER (STRENDS(STR(?s), "#char=0,73") && STRENDS(STR(?h), "#char=45,52"))',
        # who is reported as saying it, by the phrase
        '?m nif:anchorOf "killed" ; kg:argument [ kg:role kg:attributedTo ; kg:words "Lang" ; kg:mention [ nif:anchorOf "Lang" ] ]',
        # also where nothing known says it
        '?m nif:anchorOf "sold" ; kg:argument [ kg:words "A witness" ; kg:mention ?w ] . ?w a kg:UnresolvedMention ; '
        'kg:mentionKind kg:Nominal ; kg:mentionType "Person" . FILTER NOT EXISTS { ?any kg:denotedBy ?w }',
        # what the words of a mention say, where it differs from what is resolved
        '?m nif:anchorOf "two jets" ; kg:mentionType "Product" . ?g a kg:Group ; kg:denotedBy ?m',
        '?m nif:anchorOf "hit" ; kg:mentionClass "Attack" ; kg:mentionPredicate "hit" . ?e a kg:AirStrike ; kg:denotedBy ?m',
        '?m nif:anchorOf "Jets of Arland" ; kg:country "AL" ; kg:head ?h FILTER STRENDS(STR(?h), "#char=0,4")',
        # words for a participant that no argument gives
        '?e a kg:Visit ; kg:filledRole [ a kg:FilledRole ; kg:role kg:agent ; rdfs:label "Ruiz" ; kg:filledBy ?p ] . '
        '?p rdfs:label "Marta Ruiz"',
        '?e a kg:Meeting ; kg:plover "CONSULT"',
        '?m a kg:EntityMention ; nif:anchorOf "Lang" ; kg:mentionKind kg:Name ; kg:antecedent [ nif:anchorOf "Ivo Lang" ]',
        # the n-ary event and its parts
        '?e a kg:Order ; rdfs:label "Marta Ruiz orders strikes on Veldt"@en ; kg:predicate "order" ; kg:status kg:Asserted ;'
        'kg:agent [ rdfs:label "Marta Ruiz" ] ; kg:topic [ a kg:AirStrike ; kg:status kg:Ordered ] ; '
        'kg:time [ a kg:Phrase ; rdfs:label "Tuesday" ] ; sem:hasBeginTimeStamp "2015-11-17"^^xsd:date ; '
        'kg:timeExpression [ a kg:TimeMention ; nif:anchorOf "Tuesday" ; kg:granularity "day" ] ; '
        'sem:hasTime [ a time:ProperInterval ; time:hasBeginning [ time:inXSDDate "2015-11-17"^^xsd:date ] ]',
        # the direct edge
        "?a act:order ?e . ?e a kg:AirStrike . act:order rdfs:subPropertyOf kg:actsOn ; a owl:ObjectProperty ; "
        'rdfs:label "orders"@en ; kg:ofPredicate "order"',
        # attribution of one mention, not of the event
        '?e kg:denotedBy ?m . ?m nif:anchorOf "hit" ; kg:attributedTo [ rdfs:label "Ivo Lang" ] . '
        "FILTER NOT EXISTS { ?e kg:attributedTo ?any }",
        # a source that is words alone, of event and mention the same node
        '?e kg:attributedTo ?w ; kg:denotedBy/kg:attributedTo ?w . ?w a kg:Phrase ; rdfs:label "A witness"',
        # relations
        '?p kg:holdsPosition ?o ; kg:age 41 . ?o a kg:Position ; skos:prefLabel "president" . '
        "?r a kg:Relation ; kg:subject ?p ; kg:property kg:holdsPosition ; kg:object ?o ; kg:denotedBy [ a kg:RelationMention ]",
        "?r kg:property kg:age ; kg:value 41",
        # where each end of it stands
        '?r kg:property kg:holdsPosition ; kg:words "president" ; kg:denotedBy ?m ; kg:statedRelation [ a kg:StatedRelation ; '
        'kg:statedAt ?m ; kg:rule "apposition" ; kg:subjectMention [ nif:anchorOf "Marta Ruiz" ] ; kg:value "president" ; '
        'kg:words "president" ; kg:valuePhrase ?v ]',
        "?r kg:property kg:positionOf ; kg:statedRelation/kg:objectMention [ nif:anchorOf 'Arland' ]",
        '?p kg:memberOf ?o . ?o a kg:Phrase ; rdfs:label "rebel" . ?r kg:object ?o ; kg:property kg:memberOf',
        # decisions
        "?d a kg:LinkDecision ; kg:decidedOn [ rdfs:label 'Veldt' ] ; kg:tookIn <https://sws.geonames.org/2/> ; "
        'kg:runnerUp <https://sws.geonames.org/3/> ; kg:rule "gazetteer" ; kg:evidence "one city of that name"',
        '?d a kg:MergeDecision ; kg:tookInName "a rebel" ; kg:runnerUpName "Ivo Lang"',
    ],
)
def test_the_graph_holds(holds: Callable[[str], bool], pattern: str) -> None:
    assert holds(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p ?o . FILTER (isBlank(?s) || isBlank(?o))",
        "act:visit ?p ?o",  # planned only
        "act:kill ?p ?o",  # denied only
        "?a act:sell ?words",  # no edge to words alone
        "?s nif:isString ?text",
        "?s prov:used ?d",
        "?e a kg:Order ; kg:filledRole [ kg:role kg:attributedTo ]",  # it follows from what the mentions say
    ],
)
def test_the_graph_does_not_hold(holds: Callable[[str], bool], pattern: str) -> None:
    assert not holds(pattern)


def test_direct_edges_are_those_of_asserted_events(store: ox.Store) -> None:
    found = store.query(
        "SELECT ?a ?p ?o { ?s ?act ?x . ?act rdfs:subPropertyOf kg:actsOn ; rdfs:label ?p . "
        "?s rdfs:label ?a . ?x rdfs:label ?o }",
        prefixes=PREFIXES,
    )
    assert sorted(tuple(term.value for term in row) for row in found) == [  # type: ignore[union-attr]
        ("Arland", "invokes", "Article 5"),
        ("Ivo Lang", "meets", "Karl Osk"),
        ("Ivo Lang", "tells", "jets of Arland strike Veldt"),
        ("Ivo Lang", "tells", "parliament"),
        ("Marta Ruiz", "orders", "strikes on Veldt"),
        ("jets of Arland", "strikes", "Veldt"),
    ]


def test_no_direct_edge_for_any_other_status(graph: KnowledgeGraph) -> None:
    for status in STATUS:
        events = tuple(replace(event, status=status) for event in graph.events)
        found = {t.subject for t in triples(replace(graph, events=events)) if t.object == KG.actsOn}
        assert bool(found) is (status == "asserted")


def test_every_object_node_is_described_or_outside(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    """But for addresses of stretches of text, which say by themselves where they are."""
    found = list(triples(graph, run=run))
    described = {t.subject for t in found}
    addresses = (KG.phrase, KG.head, KG.inSentence, KG.valuePhrase)
    described |= {t.object for t in found if t.predicate in addresses and "#char=" in t.object.value}
    ours = {
        t.object for t in found if isinstance(t.object, ox.NamedNode) and "w3id.org/kg/" in t.object.value
    }
    missing = {node.value for node in ours - described if "/ontology" not in node.value}
    assert not missing


def test_mention_words_are_slices_of_the_text(graph: KnowledgeGraph) -> None:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples(graph, texts=True))
    rows = store.query(
        "SELECT ?m ?ok { ?m nif:anchorOf ?words ; nif:beginIndex ?b ; nif:endIndex ?e ; nif:referenceContext ?c . "
        "?c nif:isString ?text BIND (SUBSTR(?text, ?b + 1, ?e - ?b) = ?words AS ?ok) }",
        prefixes=PREFIXES,
    )
    checked = [row["ok"].value for row in rows]  # type: ignore[union-attr]
    assert checked == ["true"] * len(checked)
    assert len(checked) == len({t.subject for t in triples(graph) if t.predicate == NIF.anchorOf})


def test_the_run_is_there_when_given_and_equal_for_equal_settings(
    graph: KnowledgeGraph, run: dict[str, object]
) -> None:
    extra = set(triples(graph, run=run)) - set(triples(graph))
    assert extra == set(triples(graph, run=dict(reversed(run.items())))) - set(triples(graph))
    assert {t.object.value for t in extra if t.predicate.value.endswith("/value")} == {
        "0.1.0",
        "en_test",
        "0",
    }
    changed = set(triples(graph, run=run | {"seed": 1}))
    assert changed - extra - set(triples(graph))


def test_an_empty_graph_has_no_triples() -> None:
    assert list(triples(KnowledgeGraph())) == []


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(None, 3.0), (float("nan"), 3.0), (91.0, 3.0), (3.0, float("inf"))]
)
def test_a_position_off_the_earth_is_left_out(latitude: float | None, longitude: float) -> None:
    place = Entity("https://w3id.org/kg/entity/x", "Place", "X", latitude=latitude, longitude=longitude)
    assert {t.predicate.value.rpartition("/")[2] for t in triples(KnowledgeGraph(entities=(place,)))} == {
        "22-rdf-syntax-ns#type", "rdf-schema#label", "core#prefLabel",
    }  # fmt: skip


def test_an_id_that_is_no_iri_is_refused() -> None:
    with pytest.raises(KgError, match="'Hollande' is no IRI"):
        list(triples(KnowledgeGraph(entities=(Entity("Hollande", "Person", "Hollande"),))))


def test_an_event_type_that_is_no_name_is_refused() -> None:
    event = Event("https://w3id.org/kg/event/x", "Air Strike", None, "x", "x", (), "asserted", (), None, ())
    with pytest.raises(KgError, match="'Air Strike' is no name"):
        list(triples(KnowledgeGraph(events=(event,))))


def test_positions_that_differ_in_case_are_one(graph: KnowledgeGraph) -> None:
    president = next(r for r in graph.relations if r.value == "president")
    capital = replace(president, subject=graph.entities[0].id, value="President")
    found = list(triples(replace(graph, relations=(*graph.relations, capital))))
    nodes = {t.subject for t in found if t.object == KG.Position}
    labels = {t.object.value for t in found if t.subject in nodes and t.predicate == RDFS.label}
    assert labels == {"president", "Defence minister"}


def test_a_longer_title_is_narrower_than_its_office(graph: KnowledgeGraph) -> None:
    president = next(r for r in graph.relations if r.value == "president")
    former = replace(president, subject=graph.entities[0].id, value="former president of Arland")
    found = list(triples(replace(graph, relations=(*graph.relations, former))))
    label = {t.subject: t.object.value for t in found if t.predicate == RDFS.label}
    assert [(label[t.subject], label[t.object]) for t in found if t.predicate == SKOS.broader] == [
        ("former president of Arland", "president")
    ]


def test_direct_edges_of_different_predicates_never_share_a_property() -> None:
    predicates = ["call for", "call-for", "Call for", "call  for", "callfor", "é", "e", "普", "京", "", " "]
    assert len({_act_node(predicate).value for predicate in predicates}) == len(predicates)
    assert _act_node("call for").value.endswith("/act/call-for")


def test_publisher_names_that_fold_alike_stay_apart() -> None:
    documents = tuple(
        Document(f"https://w3id.org/kg/document/{n}", "", "p", "0" * 64, publisher=name)
        for n, name in enumerate(("The Post", "THE POST"))
    )
    found = list(triples(KnowledgeGraph(documents=documents)))
    assert len({t.subject for t in found if t.object == KG.Publisher}) == 2


def test_a_contradiction_keeps_every_claim_with_its_source(graph: KnowledgeGraph) -> None:
    found = set(triples(graph))
    (number,) = {t.subject for t in found if t.predicate == KG.differsIn and t.object.value == "number"}
    claims = {t.object for t in found if t.subject == number and t.predicate == KG.claim}
    said = {(t.object.value) for t in found if t.subject in claims and t.predicate == KG.value}
    assert said == {"2", "4+"}
    for claim in claims:
        (mention,) = {t.object for t in found if t.subject == claim and t.predicate == KG.denotedBy}
        assert any(t.subject == mention and t.predicate == KG.sentence for t in found)
        (document,) = {t.object for t in found if t.subject == claim and t.predicate == KG.claimedIn}
        assert document.value in {d.id for d in graph.documents}
        (source,) = {t.object for t in found if t.subject == claim and t.predicate == KG.attributedTo}
        assert any(t.subject == source and t.predicate == RDFS.label for t in found)


def test_an_event_points_to_what_it_is_part_of(graph: KnowledgeGraph) -> None:
    part, whole = graph.events[0], graph.events[1]
    events = (replace(part, part_of=(whole.id,)), *graph.events[1:])
    found = set(triples(replace(graph, events=events)))
    assert ox.Triple(ox.NamedNode(part.id), KG.partOf, ox.NamedNode(whole.id)) in found
