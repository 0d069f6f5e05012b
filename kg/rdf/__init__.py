"""The graph as RDF: Turtle, an `rdflib.Graph`, SPARQL, SHACL; `ontology/kg.ttl` documents the terms."""

from kg.rdf.convert import to_rdf
from kg.rdf.mapping import triples
from kg.rdf.questions import NamedQuery, named_queries
from kg.rdf.reading import from_rdf
from kg.rdf.results import QueryResult
from kg.rdf.sparql import load_store, query
from kg.rdf.terms import PREFIXES, shorten
from kg.rdf.turtle import to_turtle, write_turtle
from kg.rdf.validate import Finding, ValidationReport, validate

__all__ = [
    "PREFIXES",
    "Finding",
    "NamedQuery",
    "QueryResult",
    "ValidationReport",
    "from_rdf",
    "load_store",
    "named_queries",
    "query",
    "shorten",
    "to_rdf",
    "to_turtle",
    "triples",
    "validate",
    "write_turtle",
]
