"""JSON-LD 1.1 (W3C 2020) with a compact context, one subject a line, written in a stream.

What a property points to is read from the ontology: nodes, days and numbers then need no type beside each value. A
value of another type than the context says is written out in full, so the context can never make it wrong.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.config import ontology_dir
from kg.errors import KgError
from kg.rdf.formats.turtle import blocks
from kg.rdf.terms import GEO, NIF, OWL, PREFIXES, RDF, RDFS, SCHEMA, SEM, TIME, VOID, WGS84, XSD

__all__ = ["jsonld_chunks"]

_OTHERS = {
    XSD.date: (SEM.hasBeginTimeStamp, SEM.hasEndTimeStamp, TIME.inXSDDate, SCHEMA.datePublished),
    XSD.nonNegativeInteger: (NIF.beginIndex, NIF.endIndex, VOID.entities),
    XSD.decimal: (WGS84.lat, WGS84.long),
    XSD.anyURI: (SCHEMA.url,),
    GEO.wktLiteral: (GEO.asWKT,),
}
"""What the values of others' properties are, of which the ontology says no more than that they are literals."""

_BATCH = 512
"""Subjects in memory at a time."""


def jsonld_chunks(ordered: Iterable[Triple]) -> Iterator[bytes]:
    """Yield a JSON-LD document piece by piece: the context, then a line a subject.

    Args:
        ordered: all triples of a subject together.

    Raises:
        KgError: an IRI cannot be told from a prefixed name.
    """
    context = {
        **dict(sorted(PREFIXES.items())),
        **{name: {"@type": type_} for name, type_ in _types().items()},
    }
    yield f'{{"@context": {_json(context)},\n"@graph": ['.encode()
    lines: list[str] = []
    separator = "\n"
    for block in blocks(ordered):
        lines.append(separator + _json(_object(block)))
        separator = ",\n"
        if len(lines) >= _BATCH:
            yield "".join(lines).encode()
            lines = []
    yield "".join([*lines, "\n]}\n"]).encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _object(block: list[Triple]) -> dict[str, Any]:
    """Return the triples of a subject as a JSON object; what a property has more than once is an array."""
    made: dict[str, Any] = {"@id": _name(block[0].subject)}
    for triple in block:
        key, value = _pair(triple)
        if key not in made:
            made[key] = value
        elif isinstance(made[key], list):
            made[key].append(value)
        else:
            made[key] = [made[key], value]
    return made


def _pair(triple: Triple) -> tuple[str, object]:
    if triple.predicate == RDF.type:
        return "@type", _name(triple.object)
    key = _short(triple.predicate.value)
    return key, _value(triple.object, _types().get(key))


def _value(term: object, type_: str | None) -> object:
    """Return an object of a property whose values have the type `type_` in the context, if they have one."""
    if not isinstance(term, Literal):
        return _name(term) if type_ == "@id" else {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value if type_ is None else {"@value": term.value}
    datatype = _short(term.datatype.value)
    return term.value if type_ == datatype else {"@value": term.value, "@type": datatype}


def _name(node: object) -> str:
    return _short(node.value) if isinstance(node, NamedNode) else str(node)


def _short(iri: str) -> str:
    """Return a prefixed name that expands to the IRI again, else the IRI.

    Raises:
        KgError: the IRI begins like a prefixed name, as in "geo:1,2".
    """
    prefix, base = _prefix_of(iri)
    if prefix and not iri.startswith("//", len(base)):  # what follows "//" is an address for JSON-LD
        return f"{prefix}:{iri[len(base) :]}"
    if iri.partition(":")[0] in PREFIXES:
        raise KgError(f"{iri!r} cannot be written as JSON-LD, where it means a name: write Turtle")
    return iri


def _prefix_of(iri: str) -> tuple[str | None, str]:
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            return prefix, base
    return None, ""


@cache
def _types() -> dict[str, str]:
    """Return what the values of each property of the ontology are: "@id" or a datatype, by prefixed name."""
    found = {_short(term.value): _short(type_.value) for type_, terms in _OTHERS.items() for term in terms}
    for quad in parse(path=ontology_dir() / "kg.ttl", format=RdfFormat.TURTLE):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
            continue
        prefix, _ = _prefix_of(quad.subject.value)
        if prefix is None:
            continue
        if quad.predicate == RDF.type and quad.object == OWL.ObjectProperty:
            found[_short(quad.subject.value)] = "@id"
        elif quad.predicate == RDFS.range and quad.object.value.startswith(XSD._base):
            if quad.object != XSD.string:
                found[_short(quad.subject.value)] = _short(quad.object.value)
    return dict(sorted(found.items()))
