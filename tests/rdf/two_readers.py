"""Triples as two readers read them, as sets of N-Triples terms."""

import warnings
from collections.abc import Iterable

import pyoxigraph as ox
import rdflib

Terms = tuple[str, str, str]

_OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
}
_RDFLIB = {"turtle": "turtle", "nt": "nt", "jsonld": "json-ld", "trig": "trig"}


def terms(found: Iterable[ox.Triple]) -> set[Terms]:
    """Return triples as the text of their terms."""
    return {(str(t.subject), str(t.predicate), str(t.object)) for t in found}


def by_oxigraph(data: bytes, format: str) -> set[Terms]:
    return terms(quad.triple for quad in ox.parse(data, _OXIGRAPH[format]))


def by_rdflib(data: bytes, format: str) -> set[Terms]:
    return {terms for terms, _ in placed_by_rdflib(data, format)}


def placed_by_oxigraph(data: bytes, format: str) -> set[tuple[Terms, str]]:
    """Return triples with the name of their graph, "" for the default graph."""
    return {
        (
            (str(q.subject), str(q.predicate), str(q.object)),
            q.graph_name.value if isinstance(q.graph_name, ox.NamedNode) else "",
        )
        for q in ox.parse(data, _OXIGRAPH[format])
    }


def placed_by_rdflib(data: bytes, format: str) -> set[tuple[Terms, str]]:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # rdflib's own parsers use what rdflib has deprecated
        dataset.parse(data=data, format=_RDFLIB[format])
        default = dataset.default_graph.identifier
        return {
            ((_term(s), _term(p), _term(o)), "" if g is None or g == default else str(g))
            for s, p, o, g in dataset.quads()
        }


def _term(node: rdflib.term.Node) -> str:
    """Return a node of rdflib as pyoxigraph writes it; lexical forms as they were read."""
    if isinstance(node, rdflib.URIRef):
        return str(ox.NamedNode(str(node)))
    assert isinstance(node, rdflib.Literal), node
    datatype = None if node.language or not node.datatype else ox.NamedNode(str(node.datatype))
    return str(ox.Literal(str(node), language=node.language, datatype=datatype))
