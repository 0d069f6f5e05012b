"""The vocabularies of others that our RDF uses, one class each; a term that does not exist fails at once.

`SKOS.altLable` raises AttributeError at run time and is an error for mypy, as in rdflib's `DefinedNamespace`. Only the
terms that kg itself uses are listed. `kg.rdf.terms` has our own, and gives these to everybody.
"""
# ruff: noqa: N815  (terms are spelt as their vocabularies spell them)

from difflib import get_close_matches
from typing import ClassVar

from pyoxigraph import NamedNode

__all__ = [
    "DCAT",
    "DCTERMS",
    "GEO",
    "NIF",
    "OA",
    "OWL",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SEM",
    "SKOS",
    "TIME",
    "VOID",
    "WGS84",
    "XSD",
    "Vocabulary",
]


class _Closed(type):
    """Metaclass that names the nearest terms when one is misspelt."""

    def __getattr__(cls, name: str) -> NamedNode:
        near = get_close_matches(name, [n for n in vars(cls) if not n.startswith("_")], n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise AttributeError(f"no term {name!r} in vocabulary {cls.__name__}{hint}")


class Vocabulary(metaclass=_Closed):
    """Base of the vocabularies: turns each annotated name of a subclass into a node under its `base`."""

    _base: ClassVar[str] = ""

    def __init_subclass__(cls, base: str) -> None:
        cls._base = base
        for name in cls.__annotations__:
            setattr(cls, name, NamedNode(base + name.rstrip("_")))  # void:class is a word of Python: class_

    @classmethod
    def terms(cls) -> tuple[NamedNode, ...]:
        """Return all terms, sorted by IRI."""
        found = (value for value in vars(cls).values() if isinstance(value, NamedNode))
        return tuple(sorted(found, key=lambda node: node.value))


class RDF(Vocabulary, base="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF 1.1."""

    first: ClassVar[NamedNode]
    nil: ClassVar[NamedNode]
    rest: ClassVar[NamedNode]
    type: ClassVar[NamedNode]


class RDFS(Vocabulary, base="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema 1.1."""

    Class: ClassVar[NamedNode]
    Datatype: ClassVar[NamedNode]
    Literal: ClassVar[NamedNode]
    comment: ClassVar[NamedNode]
    isDefinedBy: ClassVar[NamedNode]
    label: ClassVar[NamedNode]
    range: ClassVar[NamedNode]
    subClassOf: ClassVar[NamedNode]
    subPropertyOf: ClassVar[NamedNode]


class OWL(Vocabulary, base="http://www.w3.org/2002/07/owl#"):
    """OWL 2."""

    Class: ClassVar[NamedNode]
    ObjectProperty: ClassVar[NamedNode]


class XSD(Vocabulary, base="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes."""

    anyURI: ClassVar[NamedNode]
    boolean: ClassVar[NamedNode]
    date: ClassVar[NamedNode]
    dateTime: ClassVar[NamedNode]
    decimal: ClassVar[NamedNode]
    double: ClassVar[NamedNode]
    float: ClassVar[NamedNode]
    integer: ClassVar[NamedNode]
    nonNegativeInteger: ClassVar[NamedNode]
    string: ClassVar[NamedNode]


class SKOS(Vocabulary, base="http://www.w3.org/2004/02/skos/core#"):
    """SKOS: names of entities and links to the same thing elsewhere."""

    altLabel: ClassVar[NamedNode]
    broader: ClassVar[NamedNode]
    example: ClassVar[NamedNode]
    exactMatch: ClassVar[NamedNode]
    notation: ClassVar[NamedNode]
    prefLabel: ClassVar[NamedNode]


class PROV(Vocabulary, base="http://www.w3.org/ns/prov#"):
    """PROV-O: documents, the run, and what it made of them."""

    Activity: ClassVar[NamedNode]
    Entity: ClassVar[NamedNode]
    SoftwareAgent: ClassVar[NamedNode]
    endedAtTime: ClassVar[NamedNode]
    used: ClassVar[NamedNode]
    wasAssociatedWith: ClassVar[NamedNode]
    wasDerivedFrom: ClassVar[NamedNode]
    wasGeneratedBy: ClassVar[NamedNode]


class NIF(Vocabulary, base="http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"):
    """NIF 2.0 Core: where words stand."""

    Context: ClassVar[NamedNode]
    RFC5147String: ClassVar[NamedNode]
    anchorOf: ClassVar[NamedNode]
    beginIndex: ClassVar[NamedNode]
    endIndex: ClassVar[NamedNode]
    isString: ClassVar[NamedNode]
    referenceContext: ClassVar[NamedNode]


class OA(Vocabulary, base="http://www.w3.org/ns/oa#"):
    """Web Annotation: a quote with the words around it, which survives edits of the text."""

    SpecificResource: ClassVar[NamedNode]
    TextQuoteSelector: ClassVar[NamedNode]
    exact: ClassVar[NamedNode]
    hasSelector: ClassVar[NamedNode]
    hasSource: ClassVar[NamedNode]
    prefix: ClassVar[NamedNode]
    suffix: ClassVar[NamedNode]


class SCHEMA(Vocabulary, base="https://schema.org/"):
    """schema.org: articles and who published them."""

    NewsArticle: ClassVar[NamedNode]
    Organization: ClassVar[NamedNode]
    PropertyValue: ClassVar[NamedNode]
    datePublished: ClassVar[NamedNode]
    headline: ClassVar[NamedNode]
    inLanguage: ClassVar[NamedNode]
    name: ClassVar[NamedNode]
    publisher: ClassVar[NamedNode]
    softwareVersion: ClassVar[NamedNode]
    url: ClassVar[NamedNode]
    value: ClassVar[NamedNode]


class SEM(Vocabulary, base="http://semanticweb.cs.vu.nl/2009/11/sem/"):
    """The Simple Event Model (van Hage et al. 2011)."""

    Event: ClassVar[NamedNode]
    Time: ClassVar[NamedNode]
    hasBeginTimeStamp: ClassVar[NamedNode]
    hasEndTimeStamp: ClassVar[NamedNode]
    hasTime: ClassVar[NamedNode]


class TIME(Vocabulary, base="http://www.w3.org/2006/time#"):
    """OWL-Time."""

    Instant: ClassVar[NamedNode]
    ProperInterval: ClassVar[NamedNode]
    hasBeginning: ClassVar[NamedNode]
    hasEnd: ClassVar[NamedNode]
    inXSDDate: ClassVar[NamedNode]


class GEO(Vocabulary, base="http://www.opengis.net/ont/geosparql#"):
    """OGC GeoSPARQL."""

    Feature: ClassVar[NamedNode]
    Geometry: ClassVar[NamedNode]
    asWKT: ClassVar[NamedNode]
    hasGeometry: ClassVar[NamedNode]
    wktLiteral: ClassVar[NamedNode]


class WGS84(Vocabulary, base="http://www.w3.org/2003/01/geo/wgs84_pos#"):
    """WGS84 latitude and longitude."""

    lat: ClassVar[NamedNode]
    long: ClassVar[NamedNode]


class VOID(Vocabulary, base="http://rdfs.org/ns/void#"):
    """VoID: the graph as a data set, and how much there is of what."""

    Dataset: ClassVar[NamedNode]
    class_: ClassVar[NamedNode]
    classPartition: ClassVar[NamedNode]
    entities: ClassVar[NamedNode]
    vocabulary: ClassVar[NamedNode]


class DCAT(Vocabulary, base="http://www.w3.org/ns/dcat#"):
    """DCAT 3: the graph as a data set in a catalogue."""

    Dataset: ClassVar[NamedNode]
    endDate: ClassVar[NamedNode]
    startDate: ClassVar[NamedNode]


class DCTERMS(Vocabulary, base="http://purl.org/dc/terms/"):
    """Dublin Core terms: title, rights and licences."""

    PeriodOfTime: ClassVar[NamedNode]
    description: ClassVar[NamedNode]
    hasPart: ClassVar[NamedNode]
    language: ClassVar[NamedNode]
    license: ClassVar[NamedNode]
    rights: ClassVar[NamedNode]
    source: ClassVar[NamedNode]
    temporal: ClassVar[NamedNode]
    title: ClassVar[NamedNode]
