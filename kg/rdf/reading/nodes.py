"""Triples by subject, and the fields of a record by the properties that hold them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.rdf.terms import RDF, shorten

__all__ = ["Field", "Node", "Nodes", "back", "gather", "maybe", "one", "same", "values"]

_T = TypeVar("_T")


@dataclass(slots=True)
class Nodes:
    """All nodes of a graph by IRI, and the IRIs of each class. Values are lexical forms or IRIs, as strings."""

    fields: dict[str, dict[str, dict[str, None]]] = field(default_factory=dict)
    classes: dict[str, list[str]] = field(default_factory=dict)

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Take in a triple; the same one twice counts once, as in a set of triples."""
        found = self.fields.setdefault(subject, {}).setdefault(predicate, {})
        if value not in found:
            found[value] = None
            if predicate == _TYPE:
                self.classes.setdefault(value, []).append(subject)

    def of(self, *classes: NamedNode) -> Iterator["Node"]:
        """Yield the nodes of any of these classes, by IRI."""
        for iri in sorted({iri for kind in classes for iri in self.classes.get(kind.value, ())}):
            yield self.node(iri)

    def having(self, predicate: NamedNode) -> Iterator["Node"]:
        """Yield the nodes that have a property, by IRI."""
        for iri in sorted(iri for iri, fields in self.fields.items() if predicate.value in fields):
            yield self.node(iri)

    def node(self, iri: str) -> "Node":
        """Return a node; one of which nothing is said has no field."""
        return Node(iri, self.fields.get(iri, {}))

    def is_a(self, iri: str, kind: NamedNode) -> bool:
        """Tell whether a node is of a class."""
        return kind.value in self.fields.get(iri, {}).get(_TYPE, ())


@dataclass(frozen=True, slots=True)
class Node:
    """What is said of one IRI."""

    iri: str
    fields: Mapping[str, Mapping[str, None]]

    def all(self, predicate: NamedNode) -> list[str]:
        """Return all values of a property, sorted."""
        return sorted(self.fields.get(predicate.value, ()))

    def maybe(self, predicate: NamedNode) -> str | None:
        """Return the value of a property, or None.

        Raises:
            InputError: it has several.
        """
        found = self.fields.get(predicate.value, ())
        if len(found) > 1:
            raise self.error(f"has {len(found)} values of {shorten(predicate.value)}, at most one is allowed")
        return next(iter(found), None)

    def one(self, predicate: NamedNode) -> str:
        """Return the value of a property.

        Raises:
            InputError: it has none, or several.
        """
        found = self.maybe(predicate)
        if found is None:
            raise self.error(f"lacks {shorten(predicate.value)}")
        return found

    def read(self, predicate: NamedNode, value: str, convert: Callable[[str], _T]) -> _T:
        """Return a value converted.

        Raises:
            InputError: the value is none of those that the property may have.
        """
        try:
            return convert(value)
        except (KeyError, ValueError):
            raise self.error(
                f"has {shorten(value)!r} as {shorten(predicate.value)}, which kg never writes"
            ) from None

    def error(self, what: str) -> InputError:
        """Return an error about this node."""
        return InputError(f"{shorten(self.iri)} {what}: name RDF that kg wrote, or write it again")

    def record(self, kind: Callable[..., _T], table: Mapping[str, "Field"], /, **given: Any) -> _T:
        """Return a record of the fields that a table names, and of others that are given."""
        return kind(**{name: read(self) for name, read in table.items()}, **given)


Field = Callable[[Node], Any]
"""Reads one field of a record."""


def one(predicate: NamedNode, convert: Callable[[str], Any] = str) -> Field:
    """Return the reader of a property that is always there."""
    return lambda node: node.read(predicate, node.one(predicate), convert)


def maybe(predicate: NamedNode, convert: Callable[[str], Any] = str) -> Field:
    """Return the reader of a property that may be missing."""

    def read(node: Node) -> Any:
        value = node.maybe(predicate)
        return None if value is None else node.read(predicate, value, convert)

    return read


def values(predicate: NamedNode) -> Field:
    """Return the reader of a property with any number of values, sorted."""
    return lambda node: tuple(node.all(predicate))


def back(table: Mapping[Any, NamedNode]) -> Callable[[str], Any]:
    """Return the way from a term to the name that it was written for."""
    return {term.value: name for name, term in table.items()}.__getitem__


def same(allowed: Iterable[str]) -> Callable[[str], Any]:
    """Return the way from a name to itself, for names that are allowed."""
    return {name: name for name in allowed}.__getitem__


def gather(triples: Iterable[tuple[str, str, str]]) -> Nodes:
    """Return triples by subject."""
    nodes = Nodes()
    for triple in triples:
        nodes.add(*triple)
    return nodes


_TYPE = RDF.type.value
