"""What a build thought of what it read: contradictions with their claims, and decisions."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from kg.datamodel import Claim, Contradiction, Decision
from kg.graph import KnowledgeGraph
from kg.ids import BASE, claim_id, contradiction_id, digest
from kg.rdf.mapping import implied
from kg.rdf.mapping.evidence import phrase_node, phrase_triples
from kg.rdf.mapping.parts import Part, filled_role_pairs, filled_role_triples, mention_node, parts_of
from kg.rdf.terms import DECISION_CLASS, KG, RDF
from kg.rdf.values import Pairs, block, integer, iri, is_iri, text

__all__ = ["contradiction_triples", "decision_triples"]

# ------------------------------------------------------------ contradictions


def _contradiction_iri(contradiction: Contradiction) -> str:
    return contradiction_id(contradiction.event, contradiction.field, contradiction.about)


def contradiction_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the blocks of all contradictions and their claims, by IRI."""
    for contradiction in sorted(graph.contradictions, key=_contradiction_iri):
        yield from _contradiction_triples(graph, contradiction)


def _contradiction_triples(graph: KnowledgeGraph, contradiction: Contradiction) -> Iterator[Triple]:
    """Yield the block of a contradiction, and that of each claim and of the words for who makes it."""
    address = _contradiction_iri(contradiction)
    claims = [(_claim_node(address, claim), claim) for claim in contradiction.claims]
    rank = {node: integer(rank) for rank, (node, _) in enumerate(claims)}
    pairs: Pairs = [
        (RDF.type, KG.Contradiction),
        (KG.contradictionOf, iri(contradiction.event)),
        (KG.differsIn, text(contradiction.field)),
        *((KG.claim, node) for node, _ in claims),
    ]
    about = [(KG.about, text(contradiction.about))] if contradiction.about is not None else []
    yield from block(iri(address), [*pairs, *about])
    for node, claim in sorted(claims, key=lambda pair: pair[0].value):
        parts = _claimed_otherwise(graph, claim)
        more: Pairs = [(KG.rank, rank[node]), *filled_role_pairs(node.value, parts)]
        yield from block(node, [*_claim_pairs(node, claim), *more])
        yield from filled_role_triples(node.value, parts)
        for words in sorted({source.text for source in claim.attributed_to if not source.entity}):
            yield from phrase_triples(phrase_node(node.value, words), words)


def _claimed_otherwise(graph: KnowledgeGraph, claim: Claim) -> list[Part]:
    """Return the attributions of a claim that are not the sources of its event mention."""
    said = implied.claimed(graph, claim.trigger)
    return parts_of(() if said == claim.attributed_to else claim.attributed_to)


def _claim_node(contradiction: str, claim: Claim) -> NamedNode:
    where = claim.span.range, claim.trigger.range
    return iri(claim_id(contradiction, claim.value, claim.span.document, *where))


def _claim_pairs(node: NamedNode, claim: Claim) -> Pairs:
    yield RDF.type, KG.ConflictingClaim
    yield KG.value, text(claim.value)
    yield KG.words, text(claim.span.text)
    yield KG.phrase, mention_node(claim.span)
    yield KG.denotedBy, mention_node(claim.trigger)
    yield KG.claimedIn, iri(claim.trigger.document)
    for source in claim.attributed_to:
        yield KG.attributedTo, iri(source.entity) if source.entity else phrase_node(node.value, source.text)


# ----------------------------------------------------------------- decisions


def _decision_iri(decision: Decision) -> str:
    identity = (decision.subject, decision.object, decision.rule, decision.evidence, decision.runner_up)
    return f"{BASE}decision/{decision.kind}-{digest(decision.kind, *identity, length=10)}"


def decision_triples(graph: KnowledgeGraph) -> Iterator[Triple]:
    """Yield the blocks of all decisions, by IRI."""
    for decision in sorted(graph.decisions, key=_decision_iri):
        yield from block(iri(_decision_iri(decision)), _decision_pairs(decision))


def _decision_pairs(decision: Decision) -> Pairs:
    yield RDF.type, DECISION_CLASS[decision.kind]
    yield KG.decidedOn, iri(decision.subject)
    yield KG.rule, text(decision.rule)
    yield KG.evidence, text(decision.evidence)
    if decision.kind == "apart":
        yield KG.keptApartFrom, iri(decision.object)
    else:
        yield _iri_or_name(decision.object, KG.tookIn, KG.tookInName)
    if decision.runner_up is not None:
        yield _iri_or_name(decision.runner_up, KG.runnerUp, KG.runnerUpName)


def _iri_or_name(value: str, node: NamedNode, name: NamedNode) -> tuple[NamedNode, NamedNode]:
    return (node, iri(value)) if is_iri(value) else (name, text(value))  # type: ignore[return-value]
