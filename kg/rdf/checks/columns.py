"""Triples in memory by property: for whoever asks many nodes for the same few properties.

Terms stay as they were written; a pyoxigraph `Store` would make an xsd:integer of each xsd:nonNegativeInteger.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.errors import OutputError
from kg.rdf.terms import RDF, RDFS

__all__ = ["Column", "Columns", "read_triples"]

Column = Mapping[Any, Sequence[Any]]
"""What a property leads to, by the node that it starts from."""


class Columns:
    """Triples, each once, by property."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._columns: defaultdict[Any, dict[Any, list[Any]]] = defaultdict(dict)
        for triple in triples:
            column = self._columns[triple.predicate]
            if (values := column.get(triple.subject)) is None:
                column[triple.subject] = [triple.object]
            else:
                values.append(triple.object)
        for column in self._columns.values():
            for node, values in column.items():
                if len(values) > 1:
                    column[node] = list(dict.fromkeys(values))
        self.backward = cache(self._backward)

    def triples(self) -> Iterator[Triple]:
        """Yield the triples again."""
        for predicate, column in self._columns.items():
            for node, values in column.items():
                yield from (Triple(node, predicate, value) for value in values)

    def forward(self, predicate: NamedNode) -> Column:
        """Return the objects by subject."""
        return self._columns.get(predicate, {})

    def _backward(self, predicate: NamedNode) -> Column:
        """Return the subjects by object."""
        found: defaultdict[Any, list[Any]] = defaultdict(list)
        for node, values in self.forward(predicate).items():
            for value in values:
                found[value].append(node)
        return dict(found)

    def below(self, top: Any) -> set[Any]:
        """Return a class and its sub-classes, however deep."""
        found, new = {top}, [top]
        lower = self.backward(RDFS.subClassOf)
        while new:
            new = [node for upper in new for node in lower.get(upper, ()) if node not in found]
            found.update(new)
        return found

    def instances(self, top: Any) -> set[Any]:
        """Return the nodes of a class and of those below it."""
        typed = self.backward(RDF.type)
        return {node for lower in self.below(top) for node in typed.get(lower, ())}


def read_triples(path: Path) -> Iterator[Triple]:
    """Yield the triples of a Turtle file; its blank nodes get names that no other file has.

    Raises:
        OutputError: the file cannot be read or is no Turtle.
    """
    try:
        with path.open("rb") as file:
            for quad in parse(file, RdfFormat.TURTLE, rename_blank_nodes=True):
                yield quad.triple
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror or error}; name a Turtle file") from None
    except (SyntaxError, ValueError) as error:
        raise OutputError(f"{path} is no Turtle: {' '.join(str(error).split())}") from None
