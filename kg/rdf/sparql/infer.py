"""What follows from a graph by the axioms that it and the ontology declare, added by SPARQL until nothing is new.

The part of OWL 2 RL (W3C 2012, section 4.3, tables 5 to 9) that a question needs: classes and properties above those
that are used, inverse, symmetric and transitive properties. No property is named here: `ontology/kg.ttl` says of
which this holds. Not covered: domains and ranges, equality, restrictions, and whatever would need a blank node.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import DefaultGraph, Quad, QueryTriples, RdfFormat, Store, Triple

from kg.config import ontology_dir
from kg.rdf.terms import PREFIXES

__all__ = ["RULES", "closure", "infer"]

#: By the name that OWL 2 RL gives it, what each rule adds, and when.
RULES = {
    "scm-sco": ("?a rdfs:subClassOf ?c", "?a rdfs:subClassOf/rdfs:subClassOf ?c . FILTER(isIRI(?c) && ?a != ?c)"),
    "scm-spo": ("?p rdfs:subPropertyOf ?r", "?p rdfs:subPropertyOf/rdfs:subPropertyOf ?r . FILTER(?p != ?r)"),
    "prp-spo1": ("?x ?q ?y", "?p rdfs:subPropertyOf ?q . ?x ?p ?y . FILTER(isIRI(?q))"),
    "prp-inv": ("?y ?q ?x", "?p owl:inverseOf|^owl:inverseOf ?q . ?x ?p ?y . FILTER(isIRI(?q) && !isLiteral(?y))"),
    "prp-symp": ("?y ?p ?x", "?p a owl:SymmetricProperty . ?x ?p ?y . FILTER(!isLiteral(?y))"),
    "prp-trp": ("?x ?p ?z", "?p a owl:TransitiveProperty . ?x ?p ?y . ?y ?p ?z"),
    "cax-sco": ("?x a ?c", "?b rdfs:subClassOf ?c . ?x a ?b . FILTER(isIRI(?c))"),
}  # fmt: skip


def infer(store: Store) -> int:
    """Add to a store what follows from its triples, and return how many triples that were.

    Args:
        store: with the axioms in it, as `kg.rdf.load_store` makes it.
    """
    return sum(1 for _ in _added(store))


def closure(ordered: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples of a graph and what follows from them and the ontology, all of one subject together.

    The whole graph is in memory. What the ontology says of its own terms is left out.

    Args:
        ordered: all triples of a subject together; their order is kept, what follows comes behind, sorted.
    """
    store = Store()
    store.bulk_load(path=str(ontology_dir() / "kg.ttl"), format=RdfFormat.TURTLE)
    infer(store)
    given = list(ordered)
    store.bulk_extend(map(_quad, given))
    follows = defaultdict(list)
    for triple in _added(store):
        follows[triple.subject].append(triple)
    for subject, block in groupby(given, key=lambda triple: triple.subject):
        yield from block
        yield from sorted(follows.pop(subject, ()), key=str)
    for subject in sorted(follows, key=str):
        yield from sorted(follows[subject], key=str)


def _added(store: Store) -> Iterator[Triple]:
    """Apply the rules in turn until a round adds nothing; yield each triple that was added."""
    new = True
    while new:
        new = False
        for head, body in RULES.values():
            for triple in _apply(store, head, body):
                new = True
                yield triple


def _apply(store: Store, head: str, body: str) -> set[Triple]:
    answer = store.query(
        f"CONSTRUCT {{ {head} }} WHERE {{ {body} FILTER NOT EXISTS {{ {head} }} }}", prefixes=PREFIXES
    )
    assert isinstance(answer, QueryTriples)  # noqa: S101  (CONSTRUCT gives triples; for the type checker)
    found = set(answer)
    store.extend(map(_quad, found))
    return found


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
