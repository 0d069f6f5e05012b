"""The text layer of a graph from its triples: documents, spans, mentions and what fills their roles."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar, get_args

from pyoxigraph import NamedNode

from kg.datamodel import (
    ENTITY_TYPES,
    Argument,
    Document,
    EntityMention,
    EventMention,
    Granularity,
    Property,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.errors import InputError
from kg.rdf.mapping import implied
from kg.rdf.reading.nodes import Field, Node, Nodes, back, maybe, one, same
from kg.rdf.terms import KG, MENTION_KIND, NIF, OA, RDFS, ROLE, SCHEMA, SEM, STATUS
from kg.rdf.values import clean

__all__ = ["TextLayer"]

_ADDRESS = re.compile(r"(.+)#char=([0-9]+),([0-9]+)")
_ROLE = back(ROLE)

_DOCUMENT: Mapping[str, Field] = {
    "path": one(KG.path),
    "sha256": one(KG.sha256),
    "title": maybe(SCHEMA.headline),
    "url": maybe(SCHEMA.url),
    "published": maybe(SCHEMA.datePublished, date.fromisoformat),
    "language": one(SCHEMA.inLanguage),
}
_ENTITY_MENTION: Mapping[str, Field] = {
    "kind": one(KG.mentionKind, back(MENTION_KIND)),
    "country": maybe(KG.country),
}
_TIME: Mapping[str, Field] = {
    "start": maybe(SEM.hasBeginTimeStamp, date.fromisoformat),
    "end": maybe(SEM.hasEndTimeStamp, date.fromisoformat),
    "granularity": maybe(KG.granularity, same(get_args(Granularity))),
}
_EVENT_MENTION: Mapping[str, Field] = {
    "lemma": one(KG.lemma),
    "status": one(KG.status, back(STATUS)),
    "rule": one(KG.rule),
}
_STATED: Mapping[str, Field] = {"rule": one(KG.rule), "value": maybe(KG.value)}
_TYPE = maybe(KG.mentionType, same(ENTITY_TYPES))
_RANK = maybe(KG.rank, int)
_Part = TypeVar("_Part", Argument, Source)


class TextLayer:
    """What stands in the documents.

    Args:
        nodes: all triples.
        texts: texts of documents by id; those that the triples have are not needed.
        types: types of entities by the IRIs of their mentions.
    """

    def __init__(self, nodes: Nodes, texts: Mapping[str, str], types: Mapping[str, str]) -> None:
        self._nodes = nodes
        self._types = types
        self._mentions: dict[str, EntityMention] = {}
        self._spans: dict[str, Span] = {}
        contexts = {context.one(OA.hasSource): context for context in nodes.of(NIF.Context)}
        found = nodes.of(KG.Document)
        self.documents = {node.iri: self._document(node, contexts.get(node.iri), texts) for node in found}

    def _document(self, node: Node, context: Node | None, texts: Mapping[str, str]) -> Document:
        if context is None:
            raise node.error("has no nif:Context of its text")
        length = one(NIF.endIndex, int)(context)
        text = texts.get(node.iri, context.maybe(NIF.isString))
        if text is not None and len(text) != length:
            raise node.error(f"has a text of {length} characters, the one that is given has {len(text)}")
        publisher = node.maybe(SCHEMA.publisher)
        name = publisher and self._nodes.node(publisher).one(RDFS.label)
        return node.record(Document, _DOCUMENT, id=node.iri, text=text or "", publisher=name)

    # ------------------------------------------------------------- spans

    def span(self, iri: str, words: str | None = None) -> Span:
        """Return the stretch of text at an address; `words` are its own where nothing describes it."""
        if iri not in self._spans:
            self._spans[iri] = self._span(self._nodes.node(iri), words)
        return self._spans[iri]

    def _span(self, node: Node, words: str | None) -> Span:
        id, start, end = self._place(node)
        said = node.maybe(NIF.anchorOf) if words is None else words
        document = self.documents[id]
        if not document.text:
            return Span(id, start, end, node.one(NIF.anchorOf) if said is None else said)
        text = document.text[start:end]
        if said is not None and clean(text) != said:
            raise InputError(
                f"{document.path} has {text!r} at {start}-{end}, the RDF {said!r}: give the text that was read"
            )
        return Span(id, start, end, text)

    def _place(self, node: Node) -> tuple[str, int, int]:
        found = _ADDRESS.fullmatch(node.iri)
        if found is None or found[1] not in self.documents:
            raise node.error("is no #char=start,end of a kg:Document")
        return found[1], int(found[2]), int(found[3])

    def _head(self, node: Node, span: Span) -> tuple[int, int]:
        """Return where the head of a phrase stands: its last word unless something else is said."""
        found = node.maybe(KG.head)
        return implied.head(span) if found is None else self._place(self._nodes.node(found))[1:]

    # ---------------------------------------------------------- mentions

    def entity_mention(self, iri: str) -> EntityMention:
        """Return the entity mention at an address."""
        if iri not in self._mentions:
            self._mentions[iri] = self._entity_mention(self._nodes.node(iri))
        return self._mentions[iri]

    def _entity_mention(self, node: Node) -> EntityMention:
        span, antecedent = self.span(node.iri), node.maybe(KG.antecedent)
        return node.record(
            EntityMention,
            _ENTITY_MENTION,
            span=span,
            head=self._head(node, span),
            type=_TYPE(node) or self._types.get(node.iri) or node.one(KG.mentionType),
            antecedent=antecedent and self.span(antecedent),
        )

    def time(self, iri: str | None) -> TimeExpression | None:
        """Return the words for a time at an address."""
        return (
            None if iri is None else self._nodes.node(iri).record(TimeExpression, _TIME, span=self.span(iri))
        )

    def event_mention(self, iri: str, predicate: str, type: str) -> EventMention:
        """Return the event mention at an address; its event has this predicate and type."""
        node = self._nodes.node(iri)
        parts = [self._nodes.node(part) for part in node.all(KG.argument)]
        sources = [part for part in parts if part.one(KG.role) == KG.attributedTo.value]
        return node.record(
            EventMention,
            _EVENT_MENTION,
            trigger=self.span(iri),
            sentence=self.span(node.one(KG.inSentence), node.one(KG.sentence)),
            predicate=_or(node.maybe(KG.mentionPredicate), predicate),
            type=_or(node.maybe(KG.mentionClass), type),
            arguments=_ordered(self._argument(part) for part in parts if part not in sources),
            attributed_to=_ordered(self._source(part) for part in sources),
            time=self.time(node.maybe(KG.timeExpression)),
        )

    # ------------------------------------------------------------- parts

    def _argument(self, node: Node) -> tuple[int | None, Argument]:
        span, trigger = self._phrase(node), node.maybe(KG.trigger)
        role = node.read(KG.role, node.one(KG.role), _ROLE)
        event = None if trigger is None else self.span(trigger)
        return _RANK(node), Argument(
            role, span, self._head(node, span), self._mention(node, KG.mention), event
        )

    def _source(self, node: Node) -> tuple[int | None, Source]:
        return _RANK(node), Source(self._phrase(node), self._mention(node, KG.mention))

    def _phrase(self, node: Node) -> Span:
        return self.span(node.one(KG.phrase), node.one(KG.words))

    def _mention(self, node: Node, predicate: NamedNode) -> EntityMention | None:
        iri = node.maybe(predicate)
        return None if iri is None else self.entity_mention(iri)

    def stated(self, node: Node, property: Property) -> RelationMention:
        """Return one place where a relation is stated."""
        value = node.maybe(KG.valuePhrase)
        return node.record(
            RelationMention,
            _STATED,
            subject=self.entity_mention(node.one(KG.subjectMention)),
            property=property,
            span=self.span(node.one(KG.statedAt)),
            object=self._mention(node, KG.objectMention),
            value_span=value and self.span(value, node.one(KG.words)),
        )


def _or(value: str | None, default: str) -> str:
    return default if value is None else value


def _ordered(parts: Iterable[tuple[int | None, _Part]]) -> tuple[_Part, ...]:
    """Return parts by rank where they have one, else in text order."""
    return tuple(part for _, part in sorted(parts, key=lambda pair: (pair[0] or 0, pair[1].span.range)))
