"""What a query answers: a table of RDF terms, a yes or no, or triples; as Python values, SPARQL JSON or Turtle.

SPARQL JSON is the "SPARQL 1.1 Query Results JSON Format" (W3C Recommendation, 2013) and loses nothing: datatypes,
languages and unbound variables come back as they were.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pyoxigraph as ox

from kg.rdf.terms import PREFIXES, XSD

__all__ = ["Cell", "QueryResult", "Term", "cell", "from_json", "lexical", "to_json"]

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
"""A value as RDF has it."""
Cell = str | int | float | bool | date | None
"""A value as Python has it: IRIs and strings are `str`, an unbound variable is None."""

_INTEGERS = {XSD.integer, XSD.nonNegativeInteger}
_NUMBERS = {XSD.decimal, XSD.double, XSD.float}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to one query.

    Attributes:
        variables: column names of a SELECT, without "?".
        terms: rows of a SELECT, one RDF term a variable; in the query's order, or sorted where the query sets none.
        boolean: answer of an ASK; None for other queries.
        triples: of a CONSTRUCT or DESCRIBE, each term as N-Triples writes it, sorted; None for other queries.
        cut: there were more rows or triples than the limit.
        warnings: what is probably a slip in the query, a sentence each.
    """

    variables: tuple[str, ...] = ()
    terms: tuple[tuple[Term | None, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[tuple[str, str, str], ...] | None = None
    cut: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows as Python values, one cell a variable."""
        return tuple(tuple(cell(term) for term in row) for row in self.terms)

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as dicts by variable."""
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]

    def sparql_json(self) -> dict[str, Any]:
        """Return the table, or the yes or no, in the SPARQL 1.1 Query Results JSON Format.

        Raises:
            ValueError: the answer is triples, for which the format has no place.
        """
        if self.triples is not None:
            raise ValueError("triples are no SPARQL JSON; use turtle()")
        if self.boolean is not None:
            return {"head": {}, "boolean": self.boolean}
        bindings = [
            {name: _binding(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.terms
        ]
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}

    def turtle(self) -> str:
        """Return the triples as Turtle, under the prefixes that occur in it.

        Raises:
            ValueError: the answer is no triples.
        """
        if self.triples is None:
            raise ValueError("a table is no Turtle; ask with CONSTRUCT or DESCRIBE")
        data = "".join(f"{' '.join(triple)} .\n" for triple in self.triples)
        used = {prefix: base for prefix, base in sorted(PREFIXES.items()) if f"<{base}" in data}
        found = (quad.triple for quad in ox.parse(data, ox.RdfFormat.N_TRIPLES))
        buffer = BytesIO()
        ox.serialize(found, buffer, ox.RdfFormat.TURTLE, prefixes=used)
        header = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in used.items()) + "\n"
        # pyoxigraph writes its own header in the order of a hash table.
        return header + buffer.getvalue().decode().split("\n", len(used))[-1]


# ------------------------------------------------------------- Python values


def cell(term: object) -> Cell:
    """Return the Python value of an RDF term; a literal that is no value of its type comes as its text."""
    match term:
        case None:
            return None
        case ox.Literal():
            return _literal(term)
        case ox.NamedNode():
            return term.value
        case _:
            return str(term)


def lexical(term: Term | None) -> str:
    """Return a term as the SPARQL 1.1 CSV format writes it: its text, without type or language."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else "" if term is None else str(term)


def _literal(literal: ox.Literal) -> Cell:
    value, datatype = literal.value, literal.datatype
    try:
        if datatype in _INTEGERS:
            return int(value)
        if datatype in _NUMBERS:
            return float(value)
        if datatype == XSD.date:
            return date.fromisoformat(value)
    except ValueError:
        return value
    return value in ("true", "1") if datatype == XSD.boolean else value


# ---------------------------------------------------------------------- JSON


def to_json(result: QueryResult) -> str:
    """Return a result as JSON that `from_json` reads back to an equal one."""
    answer = {"triples": result.triples} if result.triples is not None else result.sparql_json()
    return json.dumps({"answer": answer, "cut": result.cut, "warnings": result.warnings}, ensure_ascii=True)


def from_json(data: str | bytes) -> QueryResult:
    """Return the result that `to_json` wrote."""
    fields: dict[str, Any] = json.loads(data)
    answer, cut, warnings = fields["answer"], fields["cut"], tuple(fields["warnings"])
    if "triples" in answer:
        triples = tuple((s, p, o) for s, p, o in answer["triples"])
        return QueryResult(triples=triples, cut=cut, warnings=warnings)
    if "boolean" in answer:
        return QueryResult(boolean=answer["boolean"], cut=cut, warnings=warnings)
    names = tuple(answer["head"]["vars"])
    return QueryResult(names, tuple(_rows(names, answer["results"]["bindings"])), cut=cut, warnings=warnings)


def _rows(names: tuple[str, ...], bindings: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Term | None, ...]]:
    for binding in bindings:
        yield tuple(_term(binding[name]) if name in binding else None for name in names)


def _binding(term: Term) -> dict[str, Any]:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal(language=str()):
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        case ox.Literal():
            datatype = {} if term.datatype == XSD.string else {"datatype": term.datatype.value}
            return {"type": "literal", "value": term.value, **datatype}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}


def _term(binding: Mapping[str, Any]) -> Term:
    kind, value = binding["type"], binding["value"]
    if kind == "uri":
        return ox.NamedNode(value)
    if kind == "bnode":
        return ox.BlankNode(value)
    if kind == "triple":
        subject, predicate, object_ = (_term(value[part]) for part in ("subject", "predicate", "object"))
        return ox.Triple(subject, predicate, object_)  # type: ignore[arg-type]
    if "xml:lang" in binding:
        return ox.Literal(value, language=binding["xml:lang"])
    return (
        ox.Literal(value, datatype=ox.NamedNode(binding["datatype"]))
        if "datatype" in binding
        else ox.Literal(value)
    )
