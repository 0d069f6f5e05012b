"""The graph as RDF: Turtle, an `rdflib.Graph`, SPARQL, SHACL; `ontology/kg.ttl` documents the terms."""

from kg.rdf.class_tree import OntologyTree, Term, ontology_tree, read_ontology
from kg.rdf.convert import to_rdf
from kg.rdf.drawing import class_drawing
from kg.rdf.formats import FORMATS, TABLES, chunks, format_of, write
from kg.rdf.infer import closure, infer
from kg.rdf.mapping import triples
from kg.rdf.ontology_page import ontology_page
from kg.rdf.own import extended_ontology, ontology_of, own_ontology_of, read_own_ontology
from kg.rdf.questions import NamedQuery, find_query, named_queries
from kg.rdf.reading import from_rdf
from kg.rdf.readonly import query_form
from kg.rdf.results import QueryResult, lexical
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
    "OntologyTree",
    "QueryResult",
    "Term",
    "ValidationReport",
    "chunks",
    "class_drawing",
    "closure",
    "extended_ontology",
    "find_query",
    "format_of",
    "from_rdf",
    "infer",
    "lexical",
    "load_store",
    "named_queries",
    "ontology_of",
    "ontology_page",
    "ontology_tree",
    "own_ontology_of",
    "query",
    "query_form",
    "read_ontology",
    "read_own_ontology",
    "shorten",
    "to_rdf",
    "to_turtle",
    "triples",
    "validate",
    "write",
    "write_turtle",
]
