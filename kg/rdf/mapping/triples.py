"""The knowledge graph as RDF triples, one small function for each kind of record.

Events are n-ary nodes under the Simple Event Model (van Hage et al. 2011), their participants and the relations
between entities point to nodes only, and everything leads by `kg:denotedBy` to the mentions of `kg.rdf.mapping.evidence`
(the GAF pattern, Fokkens et al. 2013). Every node is an IRI. The direct edge `act:<predicate>` is there for
asserted events alone. `ontology/kg.ttl` documents each term.

The whole graph is in the triples, and `kg.rdf.reading` makes it of them again; what follows from other triples
(`kg.rdf.mapping.implied`) is not written. Texts of documents are there if asked for.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from re import compile as regex

from pyoxigraph import NamedNode, Triple

from kg.datamodel import Entity, Event, Relation
from kg.graph import KnowledgeGraph
from kg.ids import ACT, BASE, digest, fold, relation_id, slug
from kg.rdf.mapping import implied
from kg.rdf.mapping.evidence import (
    document_triples,
    mention_triples,
    phrase_node,
    phrase_triples,
    publisher_triples,
    time_pairs,
)
from kg.rdf.mapping.header import run_triples
from kg.rdf.mapping.judgements import contradiction_triples, decision_triples
from kg.rdf.mapping.parts import (
    Part,
    filled_role_pairs,
    filled_role_triples,
    mention_node,
    parts_of,
    statement_node,
    statement_triples,
)
from kg.rdf.ontology.own import with_own_terms
from kg.rdf.terms import (
    ENTITY_CLASS,
    GEO,
    KG,
    OWL,
    PROPERTY,
    RDF,
    RDFS,
    ROLE,
    SEM,
    SKOS,
    STATUS,
    TIME,
    WGS84,
    event_class,
)
from kg.rdf.values import Pairs, block, clean, day, decimal, iri, number, point, text

__all__ = ["triples"]

_PLAIN_PREDICATE = regex(r"[a-z0-9]+( [a-z0-9]+)*")
_ACTED_ON = ("patient", "recipient", "topic")

_Edges = Mapping[str, list[tuple[NamedNode, NamedNode]]]


def triples(
    graph: KnowledgeGraph, *, run: Mapping[str, object] | None = None, texts: bool = False
) -> Iterator[Triple]:
    """Yield the triples of a graph, all of one subject together, in an order that depends on the graph alone.

    Args:
        graph: its tuples may be in any order.
        run: what made the graph ("version", "language model", any option); becomes a `prov:Activity`. Say nothing
            here that changes from run to run, such as a date, unless it is meant to be in the bytes.
        texts: put the whole text of each document in too (`nif:isString`); sentences and quotes always are.

    Raises:
        KgError: an id of the graph is no IRI, or an event's type is no name.
    """
    yield from with_own_terms(_triples(graph, run, texts), graph)


def _triples(graph: KnowledgeGraph, run: Mapping[str, object] | None, texts: bool) -> Iterator[Triple]:
    edges = _edges_by_subject(graph)
    documents = sorted(graph.documents, key=lambda document: document.id)
    if run is not None:
        yield from run_triples(graph, run)
    yield from publisher_triples(documents)
    for document in documents:
        yield from document_triples(document, texts=texts)
    for entity in sorted(graph.entities, key=lambda entity: entity.id):
        yield from _entity_triples(entity, edges)
    yield from _act_triples(graph)
    for event in sorted(graph.events, key=lambda event: event.id):
        parts = _said_otherwise(graph, event)
        pairs = [*_event_pairs(event), *filled_role_pairs(event.id, parts)]
        yield from block(iri(event.id), [*pairs, *edges.get(event.id, ())])
        yield from filled_role_triples(event.id, parts)
        for words in sorted(_phrases(graph, event)):
            yield from phrase_triples(phrase_node(event.id, words), words)
    for relation in sorted(graph.relations, key=_relation_iri):
        yield from _relation_triples(relation)
    yield from _position_triples(graph)
    yield from _calendar_triples(graph)
    yield from mention_triples(graph)
    yield from contradiction_triples(graph)
    yield from decision_triples(graph)


# ------------------------------------------------------------------ entities


def _entity_triples(entity: Entity, edges: _Edges) -> Iterator[Triple]:
    node = iri(entity.id)
    yield from block(node, [*_entity_pairs(entity), *edges.get(entity.id, ())])
    if where := _position(entity):
        yield from block(_geometry_node(entity), [(RDF.type, GEO.Geometry), (GEO.asWKT, point(*where))])


def _entity_pairs(entity: Entity) -> Pairs:
    yield RDF.type, ENTITY_CLASS[entity.type]
    yield RDFS.label, text(entity.label)
    yield SKOS.prefLabel, text(entity.label)
    for alias in entity.aliases:
        if clean(alias) != clean(entity.label):
            yield SKOS.altLabel, text(alias)
    for other in entity.same_as:
        yield SKOS.exactMatch, iri(other)
    for mention in entity.mentions:
        yield KG.denotedBy, mention_node(mention.span)
    if where := _position(entity):
        yield WGS84.lat, decimal(where[0])
        yield WGS84.long, decimal(where[1])
        yield GEO.hasGeometry, _geometry_node(entity)


def _position(entity: Entity) -> tuple[float, float] | None:
    """Return latitude and longitude; None where one is missing or not on Earth (NaN fails each comparison)."""
    latitude, longitude = entity.latitude, entity.longitude
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return latitude, longitude


def _geometry_node(entity: Entity) -> NamedNode:
    return iri(f"{entity.id}-point")


def _edges_by_subject(graph: KnowledgeGraph) -> _Edges:
    """Return the edges that a person reads at a glance: `act:` of asserted events, and relations."""
    edges: defaultdict[str, list[tuple[NamedNode, NamedNode]]] = defaultdict(list)
    for event in graph.events:
        for agent, object in _direct_edges(event):
            edges[agent].append((_act_node(event.predicate), iri(object)))
    for relation in graph.relations:
        for pair in _relation_edges(relation):
            edges[relation.subject].append(pair)  # type: ignore[arg-type]
    return edges


# -------------------------------------------------------------------- events


def _event_pairs(event: Event) -> Pairs:
    yield RDF.type, event_class(event.type)
    yield RDFS.label, text(event.label, "en")
    yield KG.predicate, text(event.predicate)
    if event.plover is not None:
        yield KG.plover, text(event.plover)
    yield KG.status, STATUS[event.status]
    for participant in event.participants:
        known = participant.entity or participant.event
        yield ROLE[participant.role], iri(known) if known else phrase_node(event.id, participant.text)
    for source in event.attributed_to:
        yield KG.attributedTo, iri(source.entity) if source.entity else phrase_node(event.id, source.text)
    for whole in event.part_of:
        yield KG.partOf, iri(whole)
    if event.time:
        yield KG.timeExpression, mention_node(event.time.span)
        yield from time_pairs(event.time)
        if event.time.start and event.time.end:
            yield SEM.hasTime, _interval_node(event.time.start, event.time.end)
    for mention in event.mentions:
        yield KG.denotedBy, mention_node(mention.trigger)


def _said_otherwise(graph: KnowledgeGraph, event: Event) -> list[Part]:
    """Return the participants and attributions of an event that do not follow from what its mentions say."""
    listed = implied.ordered(event.participants)
    filled = implied.participants(graph, event.mentions, map(implied.bare, listed)) == listed
    said = implied.attributions(graph, event.mentions) == event.attributed_to
    return [*parts_of(() if filled else listed), *parts_of(() if said else event.attributed_to)]


def _phrases(graph: KnowledgeGraph, event: Event) -> set[str]:
    """Return the words of an event that stand for nothing known: of participants, and of sources anywhere."""
    participants = {p.text for p in event.participants if not (p.entity or p.event)}
    sources = {source.text for source in event.attributed_to if not source.entity}
    each = (source for mention in event.mentions for source in mention.attributed_to)
    return participants | sources | {s.span.text for s in each if not graph.entity_of(s.mention)}


def _direct_edges(event: Event) -> Iterator[tuple[str, str]]:
    if event.status != "asserted":
        return
    agents = [p.entity for p in event.participants if p.role == "agent" and p.entity]
    for participant in event.participants:
        object = participant.entity or participant.event
        if participant.role in _ACTED_ON and object:
            yield from ((agent, object) for agent in agents)


def _act_node(predicate: str) -> NamedNode:
    """Return the property of a predicate: "call for" is act:call-for; another spelling gets a hash, none clash."""
    if _PLAIN_PREDICATE.fullmatch(predicate):
        return iri(ACT + predicate.replace(" ", "-"))
    return iri(f"{ACT}{slug(predicate)}-{digest(predicate)}")


def _act_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    from kg.resolve.inflect import third_person  # here, because a query needs nothing else of kg.resolve

    used = {event.predicate for event in graph.events if any(_direct_edges(event))}
    for predicate in sorted(used, key=lambda predicate: _act_node(predicate).value):
        pairs: Pairs = [
            (RDF.type, OWL.ObjectProperty),
            (RDFS.label, text(third_person(predicate), "en")),
            (RDFS.subPropertyOf, KG.actsOn),
            (KG.ofPredicate, text(predicate)),
        ]
        yield from block(_act_node(predicate), pairs)


# ---------------------------------------------------------------------- time


def _interval_node(start: date, end: date) -> NamedNode:
    return iri(f"{BASE}time/{start.isoformat()}_{end.isoformat()}")


def _instant_node(day: date) -> NamedNode:
    return iri(f"{BASE}time/{day.isoformat()}")


def _calendar_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the intervals that events lie in and the days that bound them, each once."""
    times = (event.time for event in graph.events if event.time)
    spans = {(time.start, time.end) for time in times if time.start and time.end}
    for start, end in sorted(spans):
        pairs = [(RDF.type, TIME.ProperInterval), (RDF.type, SEM.Time)]
        bounds = [(TIME.hasBeginning, _instant_node(start)), (TIME.hasEnd, _instant_node(end))]
        yield from block(_interval_node(start, end), [*pairs, *bounds])
    for bound in sorted({bound for span in spans for bound in span}):
        yield from block(_instant_node(bound), [(RDF.type, TIME.Instant), (TIME.inXSDDate, day(bound))])


# ----------------------------------------------------------------- relations


def _relation_iri(relation: Relation) -> str:
    return relation_id(relation.property, relation.subject, relation.object, relation.value)


def _relation_edges(relation: Relation) -> Pairs:
    """Yield the direct edge of a relation; its object is a literal for an age alone."""
    if relation.object:
        yield PROPERTY[relation.property], iri(relation.object)
    elif relation.value is not None:
        if relation.property == "age":
            yield KG.age, number(relation.value)
        else:
            yield PROPERTY[relation.property], _value_node(relation)


def _value_node(relation: Relation) -> NamedNode:
    """Return the node for words at the end of a relation; a position is one for all who hold it."""
    words = relation.value or ""
    return (
        _position_node(words)
        if relation.property == "holdsPosition"
        else phrase_node(_relation_iri(relation), words)
    )


def _relation_triples(relation: Relation) -> Iterator[Triple]:
    yield from block(iri(_relation_iri(relation)), _relation_pairs(relation))
    if relation.value is not None and relation.property not in ("age", "holdsPosition"):
        yield from phrase_triples(_value_node(relation), relation.value)
    yield from statement_triples(relation)


def _relation_pairs(relation: Relation) -> Pairs:
    yield RDF.type, KG.Relation
    yield KG.subject, iri(relation.subject)
    yield KG.property, PROPERTY[relation.property]
    for _, object in _relation_edges(relation):
        yield (KG.object if isinstance(object, NamedNode) else KG.value), object
    if relation.value is not None and _written_otherwise(relation.property, relation.value):
        yield KG.words, text(relation.value)
    for mention in relation.mentions:
        yield KG.denotedBy, mention_node(mention.span)
        yield KG.statedRelation, statement_node(relation, mention)


def _written_otherwise(property: str, value: str) -> bool:
    """Tell whether the node or number for a value may be spelt in another way: "President", "041"."""
    return property == "holdsPosition" or (property == "age" and number(value).value != value)


def _position_node(title: str) -> NamedNode:
    return iri(f"{BASE}position/{slug(title)}-{digest(fold(title))}")


def _position_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the nodes of positions; one of several words ("former French president") is narrower than its office."""
    titles: defaultdict[str, set[str]] = defaultdict(set)
    offices: dict[str, NamedNode] = {}
    for relation in graph.relations:
        if relation.property == "holdsPosition" and relation.value is not None:
            node = _position_node(relation.value)
            titles[node.value].add(relation.value)
            office = _office(relation.value)
            if office is not None and (broader := _position_node(office)) != node:
                offices[node.value] = broader
                titles[broader.value].add(office)
    for address in sorted(titles):
        label, *others = sorted(titles[address], key=lambda title: (title != title.lower(), title))
        above = [(SKOS.broader, offices[address])] if address in offices else []
        pairs: Pairs = [(RDF.type, KG.Position), (RDFS.label, text(label)), (SKOS.prefLabel, text(label))]
        yield from block(iri(address), [*pairs, *((SKOS.altLabel, text(other)) for other in others), *above])


def _office(title: str) -> str | None:
    from kg.extract.names import load_names  # here, because a query needs nothing of kg.extract

    return load_names().office(title)
