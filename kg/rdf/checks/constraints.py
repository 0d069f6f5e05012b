"""What SHACL constraints ask, as tests of a node: the core of SHACL (W3C 2017, section 4) and SELECT constraints.

Read as pySHACL reads them; what it reads in a way of its own (sh:pattern on a number, an order among strings or days)
is left to it by `UnsureError`, a constraint that is not here by `NoTestError`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt
from typing import Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Variable

from kg.rdf.checks.columns import Column, Columns
from kg.rdf.terms import RDF, RDFS, XSD

__all__ = ["SH", "TARGETS", "NoTestError", "Passes", "Tests", "UnsureError", "local"]

Passes = Callable[[Any], bool]
"""Whether a node conforms to a shape."""
Test = Callable[[Any, Sequence[Any]], bool]
"""Whether a node's values meet a constraint; a node is its own value where the shape has no path."""

SH = "http://www.w3.org/ns/shacl#"
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
#: What a shape may say besides constraints.
_SAYS = {"message", "severity", "name", "description", "order", "group", "path", *TARGETS}
_SAYS |= {RDF.type.value, RDFS.label.value, RDFS.comment.value}
_NODE_KINDS: dict[str, tuple[type, ...]] = {
    "IRI": (NamedNode,),
    "BlankNode": (BlankNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}


#: What a query may say that a store answers in its own way: it knows one type of integer, and no shape.
_NOT_HERE = re.compile(r"\b(PATH|shapesGraph|currentShape|DATATYPE|SAMETERM)\b", re.IGNORECASE)


class NoTestError(Exception):
    """A shape holds what has no test here."""


class UnsureError(Exception):
    """A value is for pySHACL to judge."""


def local(term: NamedNode) -> str:
    """Return the name of a term of SHACL, the IRI of any other."""
    return term.value.removeprefix(SH)


@dataclass(frozen=True, slots=True)
class Tests:
    """Makes tests of shapes."""

    shapes: Mapping[Any, list[tuple[str, Any]]]
    data: Columns
    store: Callable[[], Store]
    begun: set[Any] = field(default_factory=set)

    def of(self, shape: Any) -> Passes:
        """Return whether a node conforms to a shape.

        Raises:
            NoTestError: the shape holds, somewhere below, what has no test.
        """
        if shape in self.begun:
            raise NoTestError("a shape that leads to itself")
        self.begun.add(shape)
        said = self.shapes.get(shape, [])
        try:
            tests = [_CONSTRAINTS[name](self, argument) for name, argument in said if name not in _SAYS]
            columns = [self._path(argument) for name, argument in said if name == "path"]
        except (AttributeError, KeyError, ValueError, re.error) as error:
            # pySHACL knows it, or says what is wrong
            raise NoTestError(f"{error!r}") from None
        self.begun.remove(shape)
        return _on_path(tests, columns[0]) if columns else _on_node(tests)

    def _path(self, path: Any) -> Column:
        """Return where a path leads: a property, one backwards, or any of several."""
        if isinstance(path, NamedNode):
            return self.data.forward(path)
        match self.shapes.get(path, []):
            case [("inversePath", NamedNode() as predicate)]:
                return self.data.backward(predicate)
            case [("alternativePath", several)]:
                merged: defaultdict[Any, dict[Any, None]] = defaultdict(dict)
                for one in self.listed(several):
                    for node, values in self._path(one).items():
                        merged[node].update(dict.fromkeys(values))
                return {node: tuple(values) for node, values in merged.items()}
        raise NoTestError("a path of another kind")

    def listed(self, node: Any) -> Iterator[Any]:
        """Yield the members of an RDF list."""
        while node != RDF.nil:
            pairs = dict(self.shapes[node])
            yield pairs[RDF.first.value]
            node = pairs[RDF.rest.value]


def _on_node(tests: Sequence[Test]) -> Passes:
    return lambda node: all(test(node, (node,)) for test in tests)


def _on_path(tests: Sequence[Test], column: Column) -> Passes:
    def passes(node: Any) -> bool:
        values = column.get(node, ())
        for test in tests:  # noqa: SIM110  (a generator takes twice the time, for each node and property)
            if not test(node, values):
                return False
        return True

    return passes


# --------------------------------------------------------------- constraints


def _each(holds: Passes) -> Test:
    def test(node: Any, values: Sequence[Any]) -> bool:
        for value in values:  # noqa: SIM110
            if not holds(value):
                return False
        return True

    return test


def _count(relation: Callable[[int, int], bool]) -> Callable[[Tests, Any], Test]:
    def make(_: Tests, number: Any) -> Test:
        bound = int(number.value)
        return lambda _, values: relation(len(values), bound)

    return make


def _length(relation: Callable[[int, int], bool]) -> Callable[[Tests, Any], Test]:
    def make(_: Tests, number: Any) -> Test:
        bound = int(number.value)
        return _each(lambda value: relation(len(_text(value)), bound))

    return make


def _pattern(_: Tests, pattern: Any) -> Test:
    found = re.compile(pattern.value).match
    return _each(lambda value: found(_text(value)) is not None)


def _class(tests: Tests, top: Any) -> Test:
    classes, types = tests.data.below(top), tests.data.forward(RDF.type)
    return _each(lambda value: not classes.isdisjoint(types.get(value, ())))


def _node_kind(_: Tests, kind: Any) -> Test:
    allowed = _NODE_KINDS[local(kind)]
    return _each(lambda value: isinstance(value, allowed))


def _in(tests: Tests, listed: Any) -> Test:
    allowed = set(tests.listed(listed))
    return lambda _, values: allowed.issuperset(values)


def _datatype(_: Tests, datatype: Any) -> Test:
    if datatype in (RDFS.Literal, RDFS.Datatype):
        raise NoTestError("a class of literals")
    return _each(
        lambda value: (
            isinstance(value, Literal)
            and value.datatype == datatype
            and (datatype == XSD.string or not _literal(value).ill_typed)
        )
    )


def _bound(relation: Callable[[Any, Any], bool]) -> Callable[[Tests, Any], Test]:
    return lambda _, bound: _each(lambda value: relation(_number(value), _number(bound)))


def _equals(tests: Tests, predicate: Any) -> Test:
    others = tests.data.forward(predicate)
    return lambda node, values: set(values) == set(others.get(node, ()))


def _logic(enough: Callable[[int, int], bool]) -> Callable[[Tests, Any], Test]:
    """Return the constraint that enough of a list of shapes hold, told how many hold and how many there are."""

    def make(tests: Tests, listed: Any) -> Test:
        shapes = [tests.of(shape) for shape in tests.listed(listed)]
        return _each(lambda value: enough(sum(passes(value) for passes in shapes), len(shapes)))

    return make


def _not(tests: Tests, shape: Any) -> Test:
    passes = tests.of(shape)
    return _each(lambda value: not passes(value))


def _sparql(tests: Tests, constraint: Any) -> Test:
    said = dict(tests.shapes[constraint])
    query = said["select"].value
    if said.keys() - {RDF.type.value, "select", "message", "prefixes"} or _NOT_HERE.search(query):
        raise NoTestError("SPARQL of another kind")
    declared = (dict(tests.shapes[one]) for name, one in tests.shapes[said["prefixes"]] if name == "declare")
    prefixes = {one["prefix"].value: one["namespace"].value for one in declared}
    ask, this = tests.store().query, Variable("this")
    return _each(lambda value: not any(ask(query, prefixes=prefixes, substitutions={this: value})))  # type: ignore[arg-type]


_CONSTRAINTS: dict[str, Callable[[Tests, Any], Test]] = {
    "minCount": _count(ge),
    "maxCount": _count(le),
    "minLength": _length(ge),
    "maxLength": _length(le),
    "pattern": _pattern,
    "class": _class,
    "nodeKind": _node_kind,
    "datatype": _datatype,
    "in": _in,
    "hasValue": lambda _, value: lambda _, values: value in values,
    "minInclusive": _bound(ge),
    "minExclusive": _bound(gt),
    "maxInclusive": _bound(le),
    "maxExclusive": _bound(lt),
    "equals": _equals,
    "property": lambda tests, shape: _each(tests.of(shape)),
    "node": lambda tests, shape: _each(tests.of(shape)),
    "not": _not,
    "and": _logic(eq),
    "or": _logic(lambda hold, _: hold > 0),
    "xone": _logic(lambda hold, _: hold == 1),
    "sparql": _sparql,
}


# -------------------------------------------------------------------- values


@lru_cache(maxsize=1 << 16)
def _literal(literal: Any) -> rdflib.Literal:
    return rdflib.Literal(literal.value, datatype=rdflib.URIRef(literal.datatype.value), normalize=False)


def _text(value: Any) -> str:
    """Return the characters of a string, or of a type without a value; pySHACL respells numbers and days."""
    if isinstance(value, Literal):
        plain = value.language or value.datatype == XSD.string
        if plain or _literal(value).value is None:
            return value.value
    raise UnsureError(value)


def _number(value: Any) -> int | Decimal:
    """Return a number, whose order is the same for all who compare."""
    if isinstance(value, Literal) and type(found := _literal(value).value) in (int, Decimal):
        return found  # type: ignore[no-any-return]
    raise UnsureError(value)
