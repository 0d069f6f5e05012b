"""The text layer in RDF: documents, and every stretch of text that the graph rests on.

A mention is one node, `<document#char=start,end>` (RFC 5147), whatever was found at those offsets: NIF gives it
offsets and words, a Web Annotation selector the quote with the words around it, and `kg:sentence` the sentence,
so that the evidence of anything is one step from its `kg:denotedBy`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode, Triple

from kg.datamodel import (
    Argument,
    Document,
    EntityMention,
    Event,
    EventMention,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.graph import KnowledgeGraph
from kg.ids import BASE, ENTITY, digest, mention_id, slug
from kg.rdf.mapping.parts import argument_nodes, argument_triples, head_pairs, mention_node
from kg.rdf.terms import (
    KG,
    MENTION_KIND,
    NIF,
    OA,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    STATUS,
)
from kg.rdf.values import Pairs, address, block, day, integer, iri, text
from kg.sentences import Sentences

__all__ = [
    "document_triples",
    "mention_triples",
    "phrase_node",
    "phrase_triples",
    "publisher_triples",
    "time_pairs",
]

_AROUND = 32
"""Characters of text before and after a quote, enough to find it again in an edited text."""

_Found = EntityMention | RelationMention | TimeExpression | tuple[Event, EventMention]


def phrase_node(owner: str, words: str) -> NamedNode:
    """Return the node of words that stand for nothing known; it belongs to one event or relation, its owner."""
    return iri(f"{ENTITY}phrase-{slug(words)[:40].strip('-')}-{digest(owner, words)}")


def phrase_triples(node: NamedNode, words: str) -> Iterator[Triple]:
    """Yield the block of words that stand for nothing known."""
    yield from block(node, [(RDF.type, KG.Phrase), (RDFS.label, text(words))])


def publisher_triples(documents: Iterable[Document]) -> Iterator[Triple]:
    """Yield one block for each publisher."""
    for name in sorted({document.publisher for document in documents if document.publisher}):
        label = text(name)
        pairs: Pairs = [
            (RDF.type, KG.Publisher),
            (RDF.type, SCHEMA.Organization),
            (RDFS.label, label),
            (SCHEMA.name, label),
        ]
        yield from block(_publisher_node(name), pairs)


def document_triples(document: Document, *, texts: bool = False) -> Iterator[Triple]:
    """Yield the blocks of a document and of its text as a context for offsets; with `texts`, the text itself."""
    node, context = iri(document.id), _context_node(document)
    yield from block(node, _document_pairs(document))
    pairs: list[tuple[NamedNode, NamedNode]] = [(RDF.type, NIF.Context), (RDF.type, NIF.RFC5147String)]
    offsets = [(NIF.beginIndex, integer(0)), (NIF.endIndex, integer(len(document.text)))]
    whole = [(NIF.isString, text(document.text))] if texts else []
    yield from block(context, [*pairs, (OA.hasSource, node), *offsets, *whole])


def mention_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the blocks of all mentions and their selectors, by document and offsets."""
    found = _by_document(graph)
    for document in sorted(graph.documents, key=lambda document: document.id):
        yield from _Evidence(graph, document, found.get(document.id, [])).triples()


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The mentions of one document, each with what was found there."""

    graph: KnowledgeGraph
    document: Document
    found: list[tuple[Span, _Found]]

    def triples(self) -> Iterator[Triple]:
        sentences = self._sentences()
        ordered = sorted(self.found, key=lambda pair: pair[0].range)
        for _, group in groupby(ordered, key=lambda pair: pair[0].range):
            members = list(group)
            span = members[0][0]
            pairs = [*self._place_pairs(span), (KG.sentence, text(_sentence(members, sentences)))]
            for _, found in members:
                pairs.extend(self._found_pairs(found))
            if not any(isinstance(found, tuple) for _, found in members):
                pairs.extend(_rules(members))  # of an event mention, its own rule stands alone
            yield from block(mention_node(span), pairs)
            yield from block(self._selector_node(span), self._selector_pairs(span))
            for _, found in members:
                if isinstance(found, tuple):
                    yield from argument_triples(found[1])

    def _sentences(self) -> Sentences:
        known = (found[1].sentence.range for _, found in self.found if isinstance(found, tuple))
        return Sentences(self.document.text, known)

    def _selector_node(self, span: Span) -> NamedNode:
        return iri(f"{span.document}#quote={span.start},{span.end}")

    def _place_pairs(self, span: Span) -> Pairs:
        yield RDF.type, NIF.RFC5147String
        yield RDF.type, OA.SpecificResource
        yield NIF.anchorOf, text(span.text)
        yield NIF.beginIndex, integer(span.start)
        yield NIF.endIndex, integer(span.end)
        yield NIF.referenceContext, _context_node(self.document)
        yield OA.hasSource, iri(span.document)
        yield OA.hasSelector, self._selector_node(span)

    def _selector_pairs(self, span: Span) -> Pairs:
        yield RDF.type, OA.TextQuoteSelector
        yield OA.exact, text(span.text)
        if before := self.document.text[max(span.start - _AROUND, 0) : span.start]:
            yield OA.prefix, text(before)
        if after := self.document.text[span.end : span.end + _AROUND]:
            yield OA.suffix, text(after)

    def _found_pairs(self, found: _Found) -> Pairs:
        match found:
            case EntityMention():
                yield from self._entity_pairs(found)
            case RelationMention():
                yield RDF.type, KG.RelationMention
            case TimeExpression():
                yield RDF.type, KG.TimeMention
                yield from time_pairs(found)
                if found.granularity:
                    yield KG.granularity, text(found.granularity)
            case (event, event_mention):
                yield RDF.type, KG.EventMention
                yield from self._event_pairs(event, event_mention)
                yield from self._part_pairs(event, event_mention)

    def _entity_pairs(self, mention: EntityMention) -> Pairs:
        entity = self.graph.entity_of(mention)
        yield RDF.type, KG.EntityMention if entity else KG.UnresolvedMention
        yield KG.mentionKind, MENTION_KIND[mention.kind]
        yield from head_pairs(mention)
        if entity is None or entity.type != mention.type:
            yield KG.mentionType, text(mention.type)
        if mention.antecedent:
            yield KG.antecedent, mention_node(mention.antecedent)
        if mention.country is not None:
            yield KG.country, text(mention.country)

    def _event_pairs(self, event: Event, mention: EventMention) -> Pairs:
        yield KG.lemma, text(mention.lemma)
        yield KG.status, STATUS[mention.status]
        yield KG.rule, text(mention.rule)
        yield KG.inSentence, mention_node(mention.sentence)
        if mention.predicate != event.predicate:
            yield KG.mentionPredicate, text(mention.predicate)
        if mention.type != event.type:
            yield KG.mentionClass, text(mention.type)
        if mention.time:
            yield KG.timeExpression, mention_node(mention.time.span)

    def _part_pairs(self, event: Event, mention: EventMention) -> Pairs:
        for node in argument_nodes(mention):
            yield KG.argument, iri(node)
        for source in mention.attributed_to:
            entity = self.graph.entity_of(source.mention)
            yield KG.attributedTo, iri(entity.id) if entity else phrase_node(event.id, source.span.text)


def time_pairs(time: TimeExpression) -> Pairs:
    """Yield the days that words for a time cover, where they are known."""
    if time.start:
        yield SEM.hasBeginTimeStamp, day(time.start)
    if time.end:
        yield SEM.hasEndTimeStamp, day(time.end)


def _rules(members: Iterable[tuple[Span, _Found]]) -> Pairs:
    """Yield the rules that found relations here."""
    return ((KG.rule, text(found.rule)) for _, found in members if isinstance(found, RelationMention))


def _sentence(members: Sequence[tuple[Span, _Found]], sentences: Sentences) -> str:
    """Return the sentence that an event mention states, or the one that is around what was found here."""
    stated = (found[1].sentence.text for _, found in members if isinstance(found, tuple))
    return next(stated, None) or sentences.around(*members[0][0].range)


def _document_pairs(document: Document) -> Pairs:
    for kind in (KG.Document, SCHEMA.NewsArticle, PROV.Entity):
        yield RDF.type, kind
    yield RDFS.label, text(document.title or document.path)
    yield KG.path, text(document.path)
    yield KG.sha256, text(document.sha256)
    yield SCHEMA.inLanguage, text(document.language)
    if document.title is not None:
        yield SCHEMA.headline, text(document.title)
    if document.publisher:
        yield SCHEMA.publisher, _publisher_node(document.publisher)
    if document.url:
        yield SCHEMA.url, address(document.url)
    if document.published:
        yield SCHEMA.datePublished, day(document.published)


def _by_document(graph: KnowledgeGraph) -> Mapping[str, list[tuple[Span, _Found]]]:
    """Return what was found in each document, with where it stands; refers to the graph's records, copies none."""
    found: defaultdict[str, list[tuple[Span, _Found]]] = defaultdict(list)
    for mention in _entity_mentions(graph).values():
        found[mention.span.document].append((mention.span, mention))
    for event in graph.events:
        for time in {event.time, *(mention.time for mention in event.mentions)}:
            if time:
                found[time.span.document].append((time.span, time))
        for event_mention in event.mentions:
            found[event_mention.trigger.document].append((event_mention.trigger, (event, event_mention)))
    for relation in graph.relations:
        for relation_mention in relation.mentions:
            found[relation_mention.span.document].append((relation_mention.span, relation_mention))
    return found


def _entity_mentions(graph: KnowledgeGraph) -> Mapping[Span, EntityMention]:
    """Return the mentions of entities, and those that stand for nothing known and fill a role all the same."""
    found = {mention.span: mention for entity in graph.entities for mention in entity.mentions}
    for event in graph.events:
        for told in event.mentions:
            parts: tuple[Argument | Source, ...] = (*told.arguments, *told.attributed_to)
            for part in parts:
                if part.mention:
                    found.setdefault(part.mention.span, part.mention)
    for relation in graph.relations:
        for stated in relation.mentions:
            for end in (stated.subject, stated.object):
                if end:
                    found.setdefault(end.span, end)
    return found


def _context_node(document: Document) -> NamedNode:
    return iri(mention_id(document.id, 0, len(document.text)))


def _publisher_node(name: str) -> NamedNode:
    return iri(f"{BASE}publisher/{slug(name)}-{digest(name)}")
