"""From pyoxigraph's terms to rdflib's, for users and tools that work on an `rdflib.Graph`."""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
import rdflib

from kg.graph import KnowledgeGraph
from kg.rdf.mapping.triples import triples
from kg.rdf.terms import PREFIXES, XSD

__all__ = ["to_rdf", "to_rdflib"]

_Node = rdflib.URIRef | rdflib.BNode | rdflib.Literal


def to_rdf(
    graph: KnowledgeGraph, *, run: Mapping[str, object] | None = None, texts: bool = False
) -> rdflib.Graph:
    """Return a graph as an `rdflib.Graph`: the same triples as the Turtle, prefixes bound.

    Args:
        graph: any.
        run: what made the graph; see `kg.rdf.triples`.
        texts: put the whole text of each document in too.
    """
    return to_rdflib(triples(graph, run=run, texts=texts))


def to_rdflib(ordered: Iterable[ox.Triple]) -> rdflib.Graph:
    """Return triples as an `rdflib.Graph`; lexical forms stay as they are."""
    rdf_graph = rdflib.Graph(bind_namespaces="none")
    for prefix, base in PREFIXES.items():
        rdf_graph.bind(prefix, base)
    for triple in ordered:
        rdf_graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return rdf_graph


def _node(term: object) -> _Node:
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.Literal():
            plain = term.language is not None or term.datatype == XSD.string
            datatype = None if plain else rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case _:
            raise TypeError(f"no RDF 1.1 term: {term!r}")
