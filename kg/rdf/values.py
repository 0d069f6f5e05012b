"""Python values to RDF terms that every reader accepts: valid xsd, no illegal character, no raw name in an IRI."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import KgError
from kg.rdf.terms import GEO, RDF, RDFS, XSD

__all__ = [
    "Pairs",
    "address",
    "block",
    "clean",
    "day",
    "decimal",
    "integer",
    "iri",
    "is_iri",
    "moment",
    "number",
    "point",
    "text",
]

Pairs = Iterable[tuple[NamedNode, NamedNode | Literal]]
"""Predicates and objects of one subject."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IRI = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?(?:[/?#]\S*)?")
_NOT_IN_IRI = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f\x7f-\x9f\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")
_FIRST = {RDF.type.value: 0, RDFS.label.value: 1}


def clean(value: str) -> str:
    r"""Replace what XML 1.0 forbids (control characters, lone surrogates) by U+FFFD, one for one: offsets hold.

    >>> clean("a\x00b")
    'a\ufffdb'
    """
    return _ILLEGAL.sub("\ufffd", value)


def text(value: str, language: str | None = None) -> Literal:
    """Return a string, with a language tag if one is given."""
    return Literal(clean(value), language=language) if language else Literal(clean(value))


def address(value: str) -> Literal:
    """Return a web address as said; a literal, so that a malformed one does no harm."""
    return Literal(clean(value), datatype=XSD.anyURI)


def integer(value: int) -> Literal:
    """Return an offset or count."""
    return Literal(str(value), datatype=XSD.nonNegativeInteger)


def number(value: str) -> Literal:
    """Return a non-negative integer if `value` is one in ASCII digits, a string otherwise.

    >>> number("26").datatype.value[-18:], number("in his twenties").datatype.value[-6:]
    ('nonNegativeInteger', 'string')
    """
    if value.isascii() and value.isdigit() and len(value) <= 18:
        return integer(int(value))
    return text(value)


def day(value: date) -> Literal:
    """Return a calendar day."""
    return Literal(value.isoformat(), datatype=XSD.date)


def moment(value: datetime) -> Literal:
    """Return a point in time, with its time zone where it has one."""
    return Literal(value.isoformat().replace("+00:00", "Z"), datatype=XSD.dateTime)


def decimal(value: float) -> Literal:
    """Return a finite number without exponent, in its shortest spelling."""
    digits = format(Decimal(repr(float(value) + 0.0)), "f")
    return Literal(digits, datatype=XSD.decimal)


def point(latitude: float, longitude: float) -> Literal:
    """Return a WKT point: longitude first, as CRS84 has it."""
    return Literal(f"POINT({decimal(longitude).value} {decimal(latitude).value})", datatype=GEO.wktLiteral)


def is_iri(value: str) -> bool:
    """Tell whether `value` is an absolute http(s) IRI that every RDF writer and reader takes as it is."""
    if not _IRI.fullmatch(value) or _NOT_IN_IRI.search(value):
        return False
    try:
        NamedNode(value)
    except ValueError:
        return False
    return True


def iri(value: str) -> NamedNode:
    """Return a node for an id.

    Raises:
        KgError: the id is no absolute http(s) IRI; ids are minted by `kg.ids`, never put together from names.
    """
    try:
        return NamedNode(value)
    except ValueError:
        raise KgError(f"{value!r} is no IRI: ids must come from kg.ids or a gazetteer") from None


def block(subject: NamedNode, pairs: Pairs) -> Iterator[Triple]:
    """Yield the triples of one subject in canonical order: type, label, then by predicate and object; each once."""
    keyed = {(_FIRST.get(p.value, 2), p.value, str(o)): (p, o) for p, o in pairs}
    for key in sorted(keyed):
        yield Triple(subject, *keyed[key])
