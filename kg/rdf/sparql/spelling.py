"""Names in a query that nothing in the ontology or the graph bears: a slip of the keys is an empty table otherwise.

`kg:agnet` parses, and matches nothing. Terms of our own namespaces are looked up in the store; those of other
vocabularies are named only where they come near one that kg writes (`rdfs:lable`), because a query may well ask for what
this graph happens not to have.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from pyoxigraph import NamedNode, Store

from kg.ids import ACT, BASE, ONTOLOGY
from kg.rdf.sparql.readonly import Token, template, tokens
from kg.rdf.terms import KG, PREFIXES, RDFS, Vocabulary, shorten
from kg.rdf.values import is_iri

__all__ = ["unknown_names"]

_NONE = Token("", "", 0)
_ESCAPED = re.compile(r"\\(.)")


def unknown_names(store: Store, query: str, bound: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a sentence for each name of a query, or bound to it, that nothing in a store bears.

    Args:
        store: the graph and the ontology.
        query: may hold anything that parses.
        bound: values for its variables as they were typed.
    """
    names = dict.fromkeys([*_names(query), *(name for value in bound for name in _bound(value))])
    return tuple(said for name in names if (said := _warning(store, name)))


def _names(query: str) -> Iterator[str]:
    """Yield the IRIs that a query asks for; those that it declares or makes itself are none of them."""
    found = tokens(query)
    prefixes = PREFIXES | dict(_declared(found))
    start, end = template(found)
    for before, last, token in zip((_NONE, _NONE, *found), (_NONE, *found), found, strict=False):
        declares = "PREFIX" in (before.keyword, last.keyword) or last.keyword == "BASE"
        if declares or start <= token.start < end:
            continue
        prefix, _, local = token.text.partition(":")
        if token.kind == "name" and prefix in prefixes and local:
            yield prefixes[prefix] + _ESCAPED.sub(r"\1", local)
        elif token.kind == "iri":
            yield token.text[1:-1]


def _declared(found: tuple[Token, ...]) -> Iterator[tuple[str, str]]:
    for first, second, third in zip(found, found[1:], found[2:], strict=False):
        if first.keyword == "PREFIX":
            yield second.text[:-1], third.text[1:-1]


def _bound(value: str) -> Iterator[str]:
    prefix, colon, local = value.partition(":")
    if colon and prefix in PREFIXES:
        yield PREFIXES[prefix] + local
    else:
        yield value.strip("<>")


def _warning(store: Store, name: str) -> str | None:
    ours = name.startswith(BASE)
    if not (ours or name.startswith(tuple(PREFIXES.values()))) or not is_iri(name):
        return None
    if _is_known(store, NamedNode(name)):
        return None
    near = _near(store, name)
    if not ours and (not near or shorten(name) in near):
        return None
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"{shorten(name)} is neither in the ontology nor in this graph{hint}"


def _is_known(store: Store, node: NamedNode) -> bool:
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(next(store.quads_for_pattern(*pattern), None) for pattern in patterns)


def _near(store: Store, name: str) -> list[str]:
    """Return the nearest names of the same vocabulary, shortened, best first; none for ids of single things."""
    if name.startswith(ONTOLOGY):
        among = _subjects(store, RDFS.isDefinedBy, NamedNode(ONTOLOGY.rstrip("#")))
    elif name.startswith(ACT):
        among = _subjects(store, RDFS.subPropertyOf, KG.actsOn)
    else:
        among = (term.value for one in Vocabulary.__subclasses__() for term in one.terms())
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for other in sorted({shorten(other) for other in among}):
        spelt[other.lower()].append(other)
    keys = get_close_matches(shorten(name).lower(), spelt, n=2, cutoff=0.7 if name.startswith(BASE) else 0.8)
    return [other for key in keys for other in spelt[key]]


def _subjects(store: Store, predicate: NamedNode, object_: NamedNode) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, predicate, object_, None):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value
