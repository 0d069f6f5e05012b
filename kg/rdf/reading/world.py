"""The world layer of a graph from its triples: entities, events, relations, decisions, contradictions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import get_args

from pyoxigraph import NamedNode

from kg.datamodel import (
    Attribution,
    Claim,
    Contradiction,
    Decision,
    Entity,
    Event,
    Participant,
    Relation,
    RelationMention,
    Role,
)
from kg.datamodel import (
    Field as Differing,
)
from kg.extract.lexicon import load_lexicon
from kg.graph import KnowledgeGraph
from kg.ids import EVENT, ONTOLOGY
from kg.rdf.mapping import implied
from kg.rdf.reading.nodes import Field, Node, Nodes, back, maybe, one, same, values
from kg.rdf.reading.text import TextLayer
from kg.rdf.terms import DECISION_CLASS, ENTITY_CLASS, KG, PROPERTY, RDF, RDFS, ROLE, SKOS, STATUS, WGS84

__all__ = ["read_world"]

_TYPE, _ROLE = back(ENTITY_CLASS), back(ROLE)
_ENTITIES = tuple(ENTITY_CLASS.values())

_ENTITY: Mapping[str, Field] = {
    "label": one(SKOS.prefLabel),
    "aliases": values(SKOS.altLabel),
    "same_as": values(SKOS.exactMatch),
    "latitude": maybe(WGS84.lat, float),
    "longitude": maybe(WGS84.long, float),
}
_EVENT: Mapping[str, Field] = {
    "predicate": one(KG.predicate),
    "label": one(RDFS.label),
    "plover": maybe(KG.plover),
    "status": one(KG.status, back(STATUS)),
    "part_of": values(KG.partOf),
}
_RELATION: Mapping[str, Field] = {"subject": one(KG.subject), "property": one(KG.property, back(PROPERTY))}
_DECISION: Mapping[str, Field] = {
    "subject": one(KG.decidedOn),
    "rule": one(KG.rule),
    "evidence": one(KG.evidence),
}
_CONTRADICTION: Mapping[str, Field] = {
    "event": one(KG.contradictionOf),
    "field": one(KG.differsIn, same(get_args(Differing))),
    "about": maybe(KG.about),
}
_RANK = one(KG.rank, int)


def read_world(nodes: Nodes, texts: Mapping[str, str]) -> KnowledgeGraph:
    """Return the graph that triples tell of; `texts` of documents by id.

    Raises:
        InputError: a node lacks what kg always writes, or has what it never writes.
    """
    types = {
        mention: _entity_type(node) for node in nodes.of(*_ENTITIES) for mention in node.all(KG.denotedBy)
    }
    text = TextLayer(nodes, texts, types)
    entities = tuple(_entity(node, text) for node in nodes.of(*_ENTITIES))
    events = [_event(node, text) for node in nodes.having(KG.predicate)]
    hub = KnowledgeGraph(tuple(text.documents.values()), entities, tuple(events))
    return _World(nodes, text, hub).graph()


# ------------------------------------------------------------------ entities


def _entity(node: Node, text: TextLayer) -> Entity:
    mentions = sorted((text.entity_mention(iri) for iri in node.all(KG.denotedBy)), key=lambda m: m.span)
    return node.record(Entity, _ENTITY, id=node.iri, type=_entity_type(node), mentions=tuple(mentions))


def _entity_type(node: Node) -> str:
    found = [kind for kind in node.all(RDF.type) if NamedNode(kind) in _ENTITIES]
    if len(found) > 1:
        raise node.error("is of several types of entities")
    return str(node.read(RDF.type, found[0], _TYPE))


def _event(node: Node, text: TextLayer) -> Event:
    """Return an event without participants and attributions, which need all events."""
    predicate, type = node.one(KG.predicate), _event_type(node)
    mentions = (text.event_mention(iri, predicate, type) for iri in node.all(KG.denotedBy))
    return node.record(
        Event,
        _EVENT,
        id=node.iri,
        type=type,
        participants=(),
        attributed_to=(),
        time=text.time(node.maybe(KG.timeExpression)),
        mentions=tuple(implied.in_order(mentions)),
    )


def _event_type(node: Node) -> str:
    """Return the class of an event; the most special one, where a reasoner has added those above it."""
    names = [kind.removeprefix(ONTOLOGY) for kind in node.all(RDF.type) if kind.startswith(ONTOLOGY)]
    if not names:
        raise node.error("has no class of kg")
    return (
        names[0]
        if len(names) == 1
        else max(names, key=lambda name: len(load_lexicon().class_ancestors(name)))
    )


# --------------------------------------------------- what needs all of these


@dataclass(frozen=True, slots=True)
class _World:
    """Reads what refers to entities and events, or follows from several of them."""

    nodes: Nodes
    text: TextLayer
    hub: KnowledgeGraph

    def graph(self) -> KnowledgeGraph:
        """Return the whole graph, its tuples in the order of a build."""
        relations = sorted(map(self._relation, self.nodes.of(KG.Relation)), key=_relation_key)
        decisions = sorted(map(_decision, self.nodes.of(*DECISION_CLASS.values())), key=_decision_key)
        contradictions = sorted(
            map(self._contradiction, self.nodes.of(KG.Contradiction)), key=_contradiction_key
        )
        return KnowledgeGraph(
            self.hub.documents,
            self.hub.entities,
            tuple(map(self._event, self.hub.events)),
            tuple(relations),
            tuple(decisions),
            contradictions=tuple(contradictions),
        )

    # ---------------------------------------------------------------- events

    def _event(self, event: Event) -> Event:
        node = self.nodes.node(event.id)
        said = implied.attributions(self.hub, event.mentions)
        return replace(
            event, participants=self._participants(node, event), attributed_to=self._attributions(node, said)
        )

    def _participants(self, node: Node, event: Event) -> tuple[Participant, ...]:
        parts = [part for part in self._filled(node) if part.one(KG.role) != KG.attributedTo.value]
        if parts:
            return implied.ordered(self._participant(part) for part in parts)
        found = (self._bare(role, iri) for role, term in ROLE.items() for iri in node.all(term))
        return implied.participants(self.hub, event.mentions, found)

    def _participant(self, part: Node) -> Participant:
        filler = part.maybe(KG.filledBy)
        role, words = part.read(KG.role, part.one(KG.role), _ROLE), part.one(RDFS.label)
        return replace(self._known(role, filler), text=words) if filler else Participant(role, words)

    def _bare(self, role: Role, iri: str) -> Participant:
        if self.nodes.is_a(iri, KG.Phrase):
            return Participant(role, self.nodes.node(iri).one(RDFS.label))
        return self._known(role, iri)

    @staticmethod
    def _known(role: Role, iri: str) -> Participant:
        return (
            Participant(role, "", event=iri) if iri.startswith(EVENT) else Participant(role, "", entity=iri)
        )

    def _filled(self, node: Node) -> list[Node]:
        return [self.nodes.node(iri) for iri in node.all(KG.filledRole)]

    def _attributions(self, node: Node, following: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
        """Return who says so: nobody, as written down, or as it follows from what mentions say."""
        if not node.all(KG.attributedTo):
            return ()
        parts = [part for part in self._filled(node) if part.one(KG.role) == KG.attributedTo.value]
        said = (
            Attribution(part.one(RDFS.label), part.maybe(KG.filledBy)) for part in sorted(parts, key=_RANK)
        )
        return tuple(said) or following

    # ------------------------------------------------ relations, contradictions

    def _relation(self, node: Node) -> Relation:
        end, value = node.maybe(KG.object), node.maybe(KG.words)
        value = node.maybe(KG.value) if value is None else value
        if end is not None and value is None and self.nodes.is_a(end, KG.Phrase):
            value = self.nodes.node(end).one(RDFS.label)
        relation = node.record(
            Relation,
            _RELATION,
            object=None if value is not None else node.one(KG.object),
            value=value,
            mentions=(),
        )
        stated = (self.nodes.node(iri) for iri in node.all(KG.statedRelation))
        mentions = sorted((self.text.stated(each, relation.property) for each in stated), key=_mention_key)
        return replace(relation, mentions=tuple(mentions))

    def _contradiction(self, node: Node) -> Contradiction:
        claims = sorted((self.nodes.node(iri) for iri in node.all(KG.claim)), key=_RANK)
        return node.record(Contradiction, _CONTRADICTION, claims=tuple(map(self._claim, claims)))

    def _claim(self, node: Node) -> Claim:
        document = self.text.documents.get(node.one(KG.claimedIn))
        if document is None:
            raise node.error("is claimed in what is no kg:Document")
        trigger = self.text.span(node.one(KG.denotedBy))
        return Claim(
            node.one(KG.value),
            self.text.span(node.one(KG.phrase), node.one(KG.words)),
            trigger,
            self._attributions(node, implied.claimed(self.hub, trigger)),
            document.publisher,
            document.published,
        )


# ----------------------------------------------------------------- decisions


def _decision(node: Node) -> Decision:
    taken = _first(node, KG.tookIn, KG.tookInName, KG.keptApartFrom)
    if taken is None:
        raise node.error("lacks kg:tookIn")
    kind = next(kind for kind, term in DECISION_CLASS.items() if term.value in node.all(RDF.type))
    return node.record(
        Decision, _DECISION, kind=kind, object=taken, runner_up=_first(node, KG.runnerUp, KG.runnerUpName)
    )


def _first(node: Node, *predicates: NamedNode) -> str | None:
    return next((value for value in map(node.maybe, predicates) if value is not None), None)


# -------------------------------------------------------- the order of a build


def _relation_key(relation: Relation) -> tuple[str, str, str, str]:
    return relation.subject, relation.property, relation.object or "", relation.value or ""


def _mention_key(mention: RelationMention) -> tuple[object, ...]:
    end = mention.object.span if mention.object else mention.value_span
    return mention.span, mention.rule, mention.subject.span, str(mention.value), end.range if end else ()


def _decision_key(decision: Decision) -> tuple[str, ...]:
    told = decision.subject, decision.object, decision.rule, decision.evidence
    return *told, decision.kind, decision.runner_up or ""


def _contradiction_key(contradiction: Contradiction) -> tuple[str, str, str]:
    return contradiction.event, contradiction.field, contradiction.about or ""
