"""The graph as RDF: Turtle, an `rdflib.Graph`, SPARQL, SHACL; `ontology/kg.ttl` documents the terms."""

from kg.rdf.convert import to_rdf
from kg.rdf.infer import closure, infer
from kg.rdf.mapping import triples
from kg.rdf.questions import NamedQuery, find_query, named_queries
from kg.rdf.reading import from_rdf
from kg.rdf.readonly import query_form
from kg.rdf.results import QueryResult, lexical
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
    "closure",
    "find_query",
    "from_rdf",
    "infer",
    "lexical",
    "load_store",
    "named_queries",
    "query",
    "query_form",
    "shorten",
    "to_rdf",
    "to_turtle",
    "triples",
    "validate",
    "write_turtle",
]
