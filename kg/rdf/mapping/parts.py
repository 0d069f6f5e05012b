"""The nodes that say who fills a role where: arguments of event mentions, stated relations, filled roles.

What stands under `kg:phrase`, `kg:head`, `kg:inSentence` and `kg:valuePhrase` is the address of a stretch of text
(RFC 5147), which says by itself where it is; only mentions are described further.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from kg.datamodel import (
    Argument,
    Attribution,
    EntityMention,
    EventMention,
    Participant,
    Relation,
    RelationMention,
    Source,
    Span,
)
from kg.ids import digest, mention_id, relation_id
from kg.rdf.mapping.implied import head, in_text_order
from kg.rdf.terms import KG, RDF, RDFS, ROLE
from kg.rdf.values import Pairs, block, integer, iri, text

__all__ = [
    "Part",
    "argument_nodes",
    "argument_triples",
    "filled_role_pairs",
    "filled_role_triples",
    "head_pairs",
    "mention_node",
    "parts_of",
    "statement_node",
    "statement_triples",
]


def mention_node(span: Span) -> NamedNode:
    """Return the node of a stretch of text."""
    return iri(mention_id(span.document, span.start, span.end))


# ----------------------------------------------------------------- arguments

_Fills = Argument | Source


def argument_nodes(mention: EventMention) -> dict[str, tuple[_Fills, int | None]]:
    """Return arguments and sources of an event mention by their IRIs, with their rank where offsets do not give it."""
    found: dict[str, tuple[_Fills, int | None]] = {}
    groups: tuple[Sequence[_Fills], Sequence[_Fills]] = (mention.arguments, mention.attributed_to)
    for group in groups:
        ordered = in_text_order(part.span for part in group)
        for rank, part in enumerate(group):
            found.setdefault(_argument_iri(mention, part), (part, None if ordered else rank))
    return found


def _argument_iri(mention: EventMention, part: _Fills) -> str:
    name = part.role if isinstance(part, Argument) else "attributedTo"
    places = [part.span.range, part.mention.span.range if part.mention else None]
    if isinstance(part, Argument):
        places += [part.head, part.event.range if part.event else None]
    start, end = mention.trigger.range
    return f"{mention.trigger.document}#argument={start},{end},{name}-{digest(name, *map(str, places))}"


def argument_triples(mention: EventMention) -> Iterator[Triple]:
    """Yield the blocks of the arguments and sources of an event mention."""
    for node, (part, rank) in sorted(argument_nodes(mention).items(), key=lambda item: item[0]):
        yield from block(iri(node), _argument_pairs(part, rank))


def _argument_pairs(part: _Fills, rank: int | None) -> Pairs:
    yield RDF.type, KG.Argument
    yield KG.role, ROLE[part.role] if isinstance(part, Argument) else KG.attributedTo
    yield KG.phrase, mention_node(part.span)
    yield KG.words, text(part.span.text)
    if part.mention:
        yield KG.mention, mention_node(part.mention.span)
    if rank is not None:
        yield KG.rank, integer(rank)
    if isinstance(part, Argument):
        yield from head_pairs(part)
        if part.event:
            yield KG.trigger, mention_node(part.event)


def head_pairs(phrase: Argument | EntityMention) -> Pairs:
    """Yield where the head of a phrase stands, unless it is its last word."""
    if phrase.head != head(phrase.span):
        yield KG.head, iri(mention_id(phrase.span.document, *phrase.head))


# ---------------------------------------------------------------- statements


def statement_node(relation: Relation, mention: RelationMention) -> NamedNode:
    """Return the node of one place where a relation is stated."""
    owner = relation_id(relation.property, relation.subject, relation.object, relation.value)
    ends = (mention.subject.span, mention.object and mention.object.span, mention.value_span)
    places = (str(end and end.range) for end in (mention.span, *ends))
    return iri(f"{owner}-{digest(mention.span.document, *places, mention.rule, mention.value)}")


def statement_triples(relation: Relation) -> Iterator[Triple]:
    """Yield the blocks of the places where a relation is stated."""
    nodes = {statement_node(relation, mention).value: mention for mention in relation.mentions}
    for node in sorted(nodes):
        yield from block(iri(node), _statement_pairs(nodes[node]))


def _statement_pairs(mention: RelationMention) -> Pairs:
    yield RDF.type, KG.StatedRelation
    yield KG.statedAt, mention_node(mention.span)
    yield KG.rule, text(mention.rule)
    yield KG.subjectMention, mention_node(mention.subject.span)
    if mention.object:
        yield KG.objectMention, mention_node(mention.object.span)
    if mention.value is not None:
        yield KG.value, text(mention.value)
    if mention.value_span:
        yield KG.valuePhrase, mention_node(mention.value_span)
        yield KG.words, text(mention.value_span.text)


# -------------------------------------------------------------- filled roles


@dataclass(frozen=True, slots=True)
class Part:
    """A role of an event or claim, its words, the node that fills it; of sources, which follow each other, the rank."""

    role: NamedNode
    words: str
    filler: str | None
    rank: int | None = None


def parts_of(records: Sequence[Participant | Attribution]) -> list[Part]:
    """Return participants or attributions as parts."""
    return [_part(record, rank) for rank, record in enumerate(records)]


def _part(record: Participant | Attribution, rank: int) -> Part:
    if isinstance(record, Participant):
        return Part(ROLE[record.role], record.text, record.entity or record.event)
    return Part(KG.attributedTo, record.text, record.entity, rank)


def _filled_role_nodes(owner: str, parts: Sequence[Part]) -> list[tuple[str, Part]]:
    """Return the parts of an event or claim by their IRIs, sorted."""
    return sorted(((_filled_role_iri(owner, part), part) for part in parts), key=lambda pair: pair[0])


def _filled_role_iri(owner: str, part: Part) -> str:
    return f"{owner}-as-{digest(part.role.value, part.words, part.filler, str(part.rank))}"


def filled_role_pairs(owner: str, parts: Sequence[Part]) -> Pairs:
    """Yield what leads from an event or claim to its parts."""
    for node, _ in _filled_role_nodes(owner, parts):
        yield KG.filledRole, iri(node)


def filled_role_triples(owner: str, parts: Sequence[Part]) -> Iterator[Triple]:
    """Yield the blocks of the parts of an event or claim."""
    for node, part in _filled_role_nodes(owner, parts):
        pairs: Pairs = [
            (RDF.type, KG.FilledRole),
            (RDFS.label, text(part.words)),
            (KG.role, part.role),
        ]
        rank = [] if part.rank is None else [(KG.rank, integer(part.rank))]
        filler = [(KG.filledBy, iri(part.filler))] if part.filler else []
        yield from block(iri(node), [*pairs, *rank, *filler])
