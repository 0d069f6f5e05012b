"""What a query answers: a table, a yes or no, or triples, as plain Python values."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyoxigraph as ox

from kg.rdf.terms import XSD

__all__ = ["Cell", "QueryResult", "cell", "from_json", "to_json"]

Cell = str | int | float | bool | date | None
"""A value: IRIs and strings are `str`, an unbound variable is None."""

_INTEGERS = {XSD.integer, XSD.nonNegativeInteger}
_NUMBERS = {XSD.decimal, XSD.double, XSD.float}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to one query.

    Attributes:
        variables: column names of a SELECT, without "?".
        rows: of a SELECT, one cell a variable; in the query's order, or sorted where the query sets none.
        boolean: answer of an ASK; None for other queries.
        triples: of a CONSTRUCT or DESCRIBE, each term as N-Triples writes it, sorted; None for other queries.
        cut: there were more rows or triples than the limit.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    boolean: bool | None = None
    triples: tuple[tuple[str, str, str], ...] | None = None
    cut: bool = False

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as dicts by variable."""
        return [dict(zip(self.variables, row, strict=True)) for row in self.rows]


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


def to_json(result: QueryResult) -> str:
    """Return a result as JSON that `from_json` reads back to an equal one."""
    rows = [[{"date": c.isoformat()} if isinstance(c, date) else c for c in row] for row in result.rows]
    fields = {"variables": result.variables, "boolean": result.boolean, "cut": result.cut}
    return json.dumps({**fields, "rows": rows, "triples": result.triples}, ensure_ascii=True)


def from_json(data: str | bytes) -> QueryResult:
    """Return the result that `to_json` wrote."""
    fields: dict[str, Any] = json.loads(data)
    rows = tuple(
        tuple(date.fromisoformat(c["date"]) if isinstance(c, dict) else c for c in r) for r in fields["rows"]
    )
    found = fields["triples"]
    triples = None if found is None else tuple((s, p, o) for s, p, o in found)
    return QueryResult(tuple(fields["variables"]), rows, fields["boolean"], triples, fields["cut"])
