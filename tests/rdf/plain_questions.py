"""Two questions answered by plain loops over sets, to hold against the queries, which are written for speed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Store

from kg.rdf.terms import KG, OA, RDF, RDFS

ACTORS = (KG.Person, KG.Organization, KG.Group)
NUMBERED = re.compile(r"[^0-9]*([0-9][0-9,.]*) (.*)")


def two_steps(store: Store) -> set[tuple[str, ...]]:
    """Return the rows of two-steps-away: who, through whom, whom, and by which two events."""
    joined = {
        event: set(_objects(store, event, KG.agent, KG.patient, KG.recipient))
        for event in _subjects(store, KG.status, KG.Asserted)
        if list(_objects(store, event, RDFS.label))
    }
    actors = {node for kind in ACTORS for node in _subjects(store, RDF.type, kind) if _has_name(store, node)}
    people = actors & set(_subjects(store, RDF.type, KG.Person))
    direct = {(one, other) for taking_part in joined.values() for one in taking_part for other in taking_part}
    return {
        tuple(_label(store, node) for node in (person, between, other, near, far))
        for near, first in joined.items()
        for person in first & people
        for between in first & actors - {person}
        for far, second in joined.items()
        if far != near and between in second
        for other in second & actors - {between, person}
        if (person, other) not in direct
    }


def figures(store: Store) -> set[tuple[str, ...]]:
    """Return the rows of figures-side-by-side: what is counted, in what class of event, how many, and the sentence."""
    amounts = defaultdict(set)
    found = set()
    products = set(_subjects(store, RDF.type, KG.Product))
    for quad in store.quads_for_pattern(None, RDF.type, None, None):
        for thing in _objects(store, quad.subject, KG.agent, KG.patient):
            read = NUMBERED.fullmatch(_label(store, thing))
            if read:
                key = read[2], KG.Product if thing in products else quad.object
                amounts[key].add(read[1])
                found.update((key, quad.object, read[1], text) for text in _sentences(store, quad.subject))
    return {
        (key[0], _label(store, kind), amount, text)
        for key, kind, amount, text in found
        if len(amounts[key]) > 1 and amount in text
    }


def _subjects(store: Store, predicate: NamedNode, value: NamedNode) -> Iterator[NamedNode]:
    return (quad.subject for quad in store.quads_for_pattern(None, predicate, value, None))


def _objects(store: Store, node: NamedNode, *predicates: NamedNode) -> Iterator[NamedNode]:
    return (quad.object for one in predicates for quad in store.quads_for_pattern(node, one, None, None))


def _label(store: Store, node: NamedNode) -> str:
    return next((label.value for label in _objects(store, node, RDFS.label)), "")


def _has_name(store: Store, node: NamedNode) -> bool:
    kinds: Iterable[NamedNode] = _objects(store, node, KG.denotedBy)
    return any(KG.Name in _objects(store, mention, KG.mentionKind) for mention in kinds)


def _sentences(store: Store, event: NamedNode) -> Iterator[str]:
    for mention in _objects(store, event, KG.denotedBy):
        if any(True for _ in _objects(store, mention, OA.hasSource)):
            yield from (sentence.value for sentence in _objects(store, mention, KG.sentence))
