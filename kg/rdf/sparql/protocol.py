"""Answers in the formats of the SPARQL 1.1 protocol: which a query can have, and writing them.

SPARQL 1.1 Query Results JSON, CSV and TSV (W3C 2013) and XML (second edition) for tables; RDF 1.1 formats for triples.
"""

import json

from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results, serialize

from kg.rdf.sparql.questions import named_query
from kg.rdf.sparql.readonly import check_read_only, query_form
from kg.rdf.sparql.results import QueryResult
from kg.rdf.terms import PREFIXES

__all__ = ["GRAPH_TYPES", "described", "media_types", "written"]

_TABLES = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
#: What CONSTRUCT, DESCRIBE and the description of the service can be answered in.
GRAPH_TYPES = tuple(_GRAPHS)

_TABLE_TYPES = tuple(_TABLES)
_TYPES = {"SELECT": _TABLE_TYPES, "ASK": _TABLE_TYPES, "CONSTRUCT": GRAPH_TYPES, "DESCRIBE": GRAPH_TYPES}

#: XML 1.0 has no way to write these; a carriage return must be written as a reference to be read back.
_IN_XML = {code: "\ufffd" for code in (*range(32), 0xFFFE, 0xFFFF) if code not in (9, 10)} | {13: "&#13;"}


def media_types(text_or_name: str) -> tuple[str, ...]:
    """Return the formats that a query can be answered in, by its form; the first is the one to prefer.

    Raises:
        QueryError: the query is not known or not allowed.
    """
    named = named_query(text_or_name)
    text = named.text if named else text_or_name
    check_read_only(text)
    return _TYPES[query_form(text)]


def written(result: QueryResult, media_type: str) -> bytes:
    """Return a result in one of the `media_types` of its query."""
    if result.triples is not None:
        return _graph(result, media_type)
    table = _TABLES[media_type]
    as_json = json.dumps(result.sparql_json(), ensure_ascii=False).encode()
    if table == QueryResultsFormat.JSON:
        return as_json
    body = parse_query_results(as_json, QueryResultsFormat.JSON).serialize(format=table) or b""
    if table == QueryResultsFormat.XML:
        return body.decode().translate(_IN_XML).encode()
    return body


def _graph(result: QueryResult, media_type: str) -> bytes:
    if media_type == "text/turtle":
        return result.turtle().encode()
    lines = "".join(f"{' '.join(triple)} .\n" for triple in result.triples or ())
    found = (quad.triple for quad in parse(lines, RdfFormat.N_TRIPLES))
    return serialize(found, format=_GRAPHS[media_type], prefixes=PREFIXES) or b""


def described(endpoint: str, triples: int, media_type: str) -> bytes:
    """Return the SPARQL 1.1 Service Description (W3C 2013) of an endpoint that reads one graph.

    Args:
        endpoint: its address.
        triples: in the graph.
        media_type: one of `GRAPH_TYPES`.
    """
    text = _DESCRIPTION.format(
        results=" , ".join(f"<{_FORMATS}{name}>" for name in _FORMAT_NAMES), triples=int(triples)
    )
    found = [quad.triple for quad in parse(text, RdfFormat.TURTLE, base_iri=endpoint)]
    return serialize(found, format=_GRAPHS[media_type], prefixes={"sd": _SD, "void": PREFIXES["void"]}) or b""


_SD, _FORMATS = "http://www.w3.org/ns/sparql-service-description#", "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD",
)  # fmt: skip
_DESCRIPTION = f"""\
PREFIX sd: <{_SD}>
PREFIX void: <{PREFIXES["void"]}>
<#service> a sd:Service ;
    sd:endpoint <> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {{results}} ;
    sd:defaultDataset <#dataset> .
<#dataset> a sd:Dataset ; sd:defaultGraph <#graph> .
<#graph> a sd:Graph , void:Dataset ; void:triples {{triples}} .
"""
