"""The terms of an ontology as trees: classes under classes, properties under properties.

Read from Turtle with nothing inferred. Shown are the terms that the file labels; those of other vocabularies are only
named where a term of the file lies below them. A term of kg is shown under terms of kg alone, so that a user's own
terms above it leave the trees of kg as they are.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.config import ontology_dir
from kg.errors import OutputError
from kg.ids import ONTOLOGY
from kg.rdf.terms import OWL, RDF, RDFS, SKOS, shorten

__all__ = ["OntologyTree", "Term", "ontology_tree", "read_ontology"]

_PROPERTIES = tuple(NamedNode(OWL._base + kind + "Property") for kind in ("Object", "Datatype", "Annotation"))


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property and what lies below it.

    Attributes:
        name: prefixed ("kg:AirStrike"), or the IRI where no prefix is known.
        notation: code in another scheme (PLOVER's category); None where it has none.
        elsewhere: what else it lies below: terms of other vocabularies, and parents other than the one it is shown under.
        below: sorted by name.
    """

    iri: str
    name: str
    label: str
    comment: str
    notation: str | None
    elsewhere: tuple[str, ...]
    below: tuple["Term", ...]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, "Term"]]:
        """Yield the term and all below it, each with its depth."""
        yield depth, self
        for term in self.below:
            yield from term.walk(depth + 1)

    def count(self) -> int:
        """Return the number of terms, this one counted."""
        return sum(1 for _ in self.walk())


@dataclass(frozen=True, slots=True)
class OntologyTree:
    """The trees of an ontology, sorted by the names of their roots.

    Attributes:
        version: `owl:versionInfo`; "" where it has none.
    """

    title: str
    version: str
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]


def read_ontology(path: Path | None = None) -> bytes:
    """Return the Turtle of an ontology, kg's own by default.

    Raises:
        OutputError: the file cannot be read.
    """
    path = path or ontology_dir() / "kg.ttl"
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(
            f"cannot read {path}: {error.strerror or error}; name a Turtle file, or reinstall kg"
        ) from None


def ontology_tree(turtle: bytes) -> OntologyTree:
    """Return the trees of an ontology.

    Raises:
        OutputError: it is no Turtle.
    """
    store = Store()
    try:
        quads = parse(turtle, RdfFormat.TURTLE)
        store.extend(quads)
    except (SyntaxError, ValueError) as error:
        raise OutputError(
            f"the ontology is no Turtle: {' '.join(str(error).split())}; correct the file"
        ) from None
    header = next(store.quads_for_pattern(None, RDF.type, NamedNode(OWL._base + "Ontology")), None)
    about = header.subject if header else None
    title = _text(store, about, NamedNode("http://purl.org/dc/terms/title"))
    version = _text(store, about, NamedNode(OWL._base + "versionInfo"))
    return OntologyTree(
        title,
        version,
        _trees(store, (OWL.Class,), RDFS.subClassOf, quads.prefixes),
        _trees(store, _PROPERTIES, RDFS.subPropertyOf, quads.prefixes),
    )


def _trees(
    store: Store, kinds: tuple[NamedNode, ...], step: NamedNode, prefixes: Mapping[str, str]
) -> tuple[Term, ...]:
    """Return the roots of the labelled terms of some kinds."""
    terms = {
        quad.subject.value
        for kind in kinds
        for quad in store.quads_for_pattern(None, RDF.type, kind)
        if isinstance(quad.subject, NamedNode) and _text(store, quad.subject, RDFS.label)
    }
    above = {iri: _above(store, iri, step) for iri in terms}
    parent = {
        iri: next((o for o in above[iri] if o in terms and _may_be_under(iri, o)), None) for iri in terms
    }
    below: defaultdict[str | None, list[str]] = defaultdict(list)
    for iri in sorted(terms):
        below[None if _is_own_ancestor(iri, parent) else parent[iri]].append(iri)

    def grow(iri: str) -> Term:
        node = NamedNode(iri)
        return Term(
            iri,
            _name(iri, prefixes),
            _text(store, node, RDFS.label),
            _text(store, node, RDFS.comment),
            _text(store, node, SKOS.notation) or None,
            tuple(_name(other, prefixes) for other in above[iri] if other != parent[iri]),
            tuple(sorted(map(grow, below[iri]), key=attrgetter("name"))),
        )

    return tuple(sorted(map(grow, below[None]), key=attrgetter("name")))


def _may_be_under(iri: str, other: str) -> bool:
    return other.startswith(ONTOLOGY) or not iri.startswith(ONTOLOGY)


def _name(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return the IRI with a prefix: one that we know, or one of the file."""
    name = shorten(iri)
    for prefix, base in sorted(prefixes.items()):
        if name == iri and base and iri.startswith(base):
            return f"{prefix}:{iri[len(base) :]}"
    return name


def _is_own_ancestor(iri: str, parent: Mapping[str, str | None]) -> bool:
    """Tell whether a term lies on a ring, which OWL allows: each on it is shown as a root."""
    seen, step = {iri}, parent[iri]
    while step is not None and step not in seen:
        seen.add(step)
        step = parent[step]
    return step == iri


def _above(store: Store, iri: str, step: NamedNode) -> tuple[str, ...]:
    found = (quad.object for quad in store.quads_for_pattern(NamedNode(iri), step, None))
    return tuple(sorted(node.value for node in found if isinstance(node, NamedNode) and node.value != iri))


def _text(store: Store, node: object, predicate: NamedNode) -> str:
    """Return a text about a node, the English one first; "" where there is none."""
    if not isinstance(node, NamedNode):
        return ""
    found = [quad.object for quad in store.quads_for_pattern(node, predicate, None)]
    texts = sorted(
        (text.language not in (None, "en"), text.value) for text in found if isinstance(text, Literal)
    )
    return texts[0][1] if texts else ""
