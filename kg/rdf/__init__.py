"""The graph as RDF; `ontology/kg.ttl` documents the terms.

`vocabularies`, `terms` and `values` are the ground; `ontology/` what the terms mean, `mapping/` and `reading/` the way to triples and back,
`formats/` what they are written in, `sparql/` questions to them, `checks/` what must hold of them.
"""

from kg.rdf.checks.validate import Finding, ValidationReport, validate
from kg.rdf.formats.convert import to_rdf
from kg.rdf.formats.table import FORMATS, TABLES, chunks, format_of, write
from kg.rdf.formats.turtle import to_turtle, write_turtle
from kg.rdf.mapping.triples import triples
from kg.rdf.ontology.class_tree import OntologyTree, Term, ontology_tree, read_ontology
from kg.rdf.ontology.drawing import class_drawing
from kg.rdf.ontology.own import extended_ontology, ontology_of, own_ontology_of, read_own_ontology
from kg.rdf.ontology.page import ontology_page
from kg.rdf.reading import from_rdf
from kg.rdf.sparql.infer import closure, infer
from kg.rdf.sparql.query import load_store, query
from kg.rdf.sparql.questions import NamedQuery, find_query, named_queries
from kg.rdf.sparql.readonly import query_form
from kg.rdf.sparql.results import QueryResult, lexical
from kg.rdf.terms import PREFIXES, shorten

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
