"""From what a person types for a variable to the terms of the graph that it can mean.

"Hollande" means every node with that label or alias, in any spelling that folds to the same key, and the string
itself; "2015-11-17" the day; "kg:Strike" or an address the node of that name. Nothing that was typed is ever put into a
query as it is: the terms are made by pyoxigraph, which writes them with all escapes.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.ids import fold
from kg.rdf.terms import PREFIXES, RDFS, SKOS, XSD
from kg.rdf.values import clean, is_iri

__all__ = ["terms_of"]

_NAMED_BY = (RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.notation)
_PREFIXED = re.compile(r"([a-z][a-z0-9]*):([A-Za-z0-9_][A-Za-z0-9_.-]*)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")


def terms_of(store: Store, variable: str, value: str) -> list[str]:
    """Return the terms that a typed value can mean, as N-Triples writes them, sorted.

    Raises:
        QueryError: nothing in the graph has that name; names the nearest ones.
    """
    found: set[NamedNode | Literal] = {*_nodes(value), *_literals(value)}
    if not found:
        found.update(_named(store, value))
        string = Literal(clean(value))
        if not found and not any(store.quads_for_pattern(None, None, string, None)):
            raise QueryError(_unknown(store, variable, value))
        found.update((string, Literal(clean(value), language="en")))
    return sorted(str(term) for term in found)


def _nodes(value: str) -> Iterator[NamedNode]:
    """Yield the node that the value spells out: an IRI, in angle brackets or bare, or a prefixed name."""
    bare = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    prefixed = _PREFIXED.fullmatch(value)
    if is_iri(bare):
        yield NamedNode(bare)
    elif prefixed and prefixed[1] in PREFIXES:
        yield NamedNode(PREFIXES[prefixed[1]] + prefixed[2])


def _literals(value: str) -> Iterator[Literal]:
    """Yield the day or number that the value spells out, and the string beside it."""
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        day = None
    if day:
        yield Literal(day.isoformat(), datatype=XSD.date)
    elif _NUMBER.fullmatch(value):
        yield Literal(value, datatype=XSD.decimal if "." in value else XSD.integer)
    else:
        return
    yield Literal(value)


def _named(store: Store, value: str) -> Iterator[NamedNode]:
    key = fold(value)
    for name, node in _names(store):
        if fold(name) == key:
            yield node


def _names(store: Store) -> Iterator[tuple[str, NamedNode]]:
    for predicate in _NAMED_BY:
        for quad in store.quads_for_pattern(None, predicate, None, None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.object.value, quad.subject


def _unknown(store: Store, variable: str, value: str) -> str:
    near = _nearest(value, {name for name, _ in _names(store) if len(name) <= 80})
    hint = f"the nearest names are {', '.join(repr(name) for name in near)}" if near else "no name comes near"
    return f"nothing in the graph is named {value!r} (for ?{variable}): {hint}"


def _nearest(value: str, names: Iterable[str]) -> list[str]:
    folded: dict[str, str] = {}
    for name in sorted(names):
        folded.setdefault(fold(name), name)
    return [folded[key] for key in get_close_matches(fold(value), folded, n=3)]
