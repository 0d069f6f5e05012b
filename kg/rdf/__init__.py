"""The graph as RDF: Turtle, an `rdflib.Graph`, SPARQL, SHACL; `ontology/kg.ttl` documents the terms."""

from kg.rdf.convert import to_rdf
from kg.rdf.formats import FORMATS, TABLES, chunks, format_of, write
from kg.rdf.mapping import triples
from kg.rdf.questions import NamedQuery, named_queries
from kg.rdf.results import QueryResult
from kg.rdf.sparql import load_store, query
from kg.rdf.terms import PREFIXES, shorten
from kg.rdf.turtle import to_turtle, write_turtle
from kg.rdf.validate import Finding, ValidationReport, validate

__all__ = [
    "FORMATS",
    "PREFIXES",
    "TABLES",
    "Finding",
    "NamedQuery",
    "QueryResult",
    "ValidationReport",
    "chunks",
    "format_of",
    "load_store",
    "named_queries",
    "query",
    "shorten",
    "to_rdf",
    "to_turtle",
    "triples",
    "validate",
    "write",
    "write_turtle",
]
