"""A user's own ontology over that of kg: a folder with any of three files.

    lexicon.toml    words and event classes, over those of `ontology/lexicon.toml` (`kg.extract.lexicon`)
    mapping.toml    terms of the user's own that are written beside those of kg
    ontology.ttl    more about both, in Turtle: labels, super-classes, terms of the user's

In mapping.toml, [classes], [roles] and [properties] give for a term of kg one or more terms of the user's, as IRIs or
with a prefix of [prefixes]. A term without an entry takes that of the nearest term above it. Nothing of kg is left out,
so that shapes, queries and page hold: an event of the class is one of the user's class too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple

from kg.config import OwnOntology, ontology_dir
from kg.datamodel import PROPERTIES, ROLES
from kg.errors import InputError, LexiconError
from kg.extract.lexicon import extended_lexicon, own_tables
from kg.extract.toml_tables import TomlTables
from kg.graph import KnowledgeGraph
from kg.ids import ONTOLOGY
from kg.rdf.ontology.class_tree import Term, ontology_tree, read_ontology
from kg.rdf.ontology.event_classes import with_event_classes
from kg.rdf.terms import KG, OWL, PREFIXES, RDF, RDFS
from kg.rdf.values import Pairs, block, is_iri

__all__ = [
    "OwnTerms",
    "extended_ontology",
    "ontology_beside",
    "ontology_of",
    "own_ontology_of",
    "own_terms",
    "read_own_ontology",
    "with_own_terms",
]

_FILES = OwnOntology("x", "x", "x").files().keys()
_SECTIONS = ("prefixes", "classes", "roles", "properties")
_KINDS = (
    OWL.Class,
    *(NamedNode(f"{OWL._base}{kind}Property") for kind in ("Object", "Datatype", "Annotation")),
)


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """The user's terms by the IRI of ours; those that a term takes from above are filled in."""

    classes: Mapping[str, tuple[NamedNode, ...]]
    properties: Mapping[str, tuple[NamedNode, ...]]


def read_own_ontology(folder: Path | str) -> OwnOntology:
    """Read a user's own ontology and check it against that of kg.

    Args:
        folder: holds any of lexicon.toml, mapping.toml and ontology.ttl.

    Raises:
        InputError: it is no folder, has none of the files or another of their kind, or one cannot be read.
        LexiconError: an entry names what neither ontology has; names file and line.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder: name one that holds any of {', '.join(_FILES)}")
    found = sorted(path for path in folder.iterdir() if path.suffix in (".toml", ".ttl"))
    for path in found:
        if path.name not in _FILES:
            raise InputError(f"{path} is no file of an ontology; allowed: {', '.join(_FILES)}")
    texts = {path.name: _text(path) for path in found}
    own = OwnOntology(*(texts.get(name, "") for name in _FILES))
    if not own.files():
        raise InputError(f"{folder} holds no ontology: put any of {', '.join(_FILES)} there")
    _check_lexicon(own, folder)
    extended_ontology(own, folder)
    return own


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}; it must be text in UTF-8") from error


def _check_lexicon(own: OwnOntology, folder: Path) -> None:
    """Refuse classes that have no IRI of their own; `kg.extract.lexicon` refuses all else."""
    path = folder / "lexicon.toml"
    extended_lexicon(own.lexicon, path)
    taken = {node.value.removeprefix(ONTOLOGY) for node in KG.terms()} - {"Event"}
    tables = own_tables(own.lexicon, path) if own.lexicon else None
    for name in tables.table("classes") if tables else ():
        if not (name.isascii() and name.isalnum()):
            tables.fail("classes", name, "is no name of a class; use ASCII letters and digits")  # type: ignore[union-attr]
        if name in taken:
            tables.fail("classes", name, "is a term of the ontology already, and no event class: rename it")  # type: ignore[union-attr]


# -------------------------------------------------------------- the ontology


@cache
def extended_ontology(own: OwnOntology, folder: Path = Path()) -> bytes:
    """Return the Turtle of kg's ontology with a user's own: event classes, mapped terms, and their file as it is.

    Args:
        own: what the user's files hold.
        folder: where they lie, for errors.

    Raises:
        LexiconError: an entry names what neither ontology has, or ontology.ttl is no Turtle; names file and line.
    """
    core = (ontology_dir() / "kg.ttl").read_text(encoding="utf-8")
    parts = [with_event_classes(core, extended_lexicon(own.lexicon, folder / "lexicon.toml"))]
    if own.turtle:
        parts.append(f"{_RULE}the user's own ontology.ttl\n\n{own.turtle.strip()}\n")
    known = _declared("\n".join(parts), folder / "ontology.ttl")
    if own.turtle:
        _check_turtle(own, known, folder / "ontology.ttl")
    tables = _mapping(own, folder)
    axioms = list(_axioms(tables, known, own)) if tables else []
    if axioms:
        parts.append(f"{_RULE}terms that mapping.toml puts above those of kg\n\n" + "\n".join(axioms) + "\n")
    return "\n".join(parts).encode()


_RULE = "# " + 70 * "-" + " "


def _declared(turtle: str, path: Path) -> dict[str, NamedNode]:
    """Return the kind of each class and property that is declared."""
    store = Store()
    try:
        store.load(turtle.encode(), RdfFormat.TURTLE)
    except (SyntaxError, ValueError) as error:
        before = turtle.find(_RULE + "the user's own")
        line = getattr(error, "lineno", None) or 0
        line -= turtle[:before].count("\n") + 2
        raise LexiconError(
            f"{path}:{max(line, 1)}: is no Turtle: {' '.join(str(error).split())}; correct the file"
        ) from None
    return {
        quad.subject.value: kind
        for kind in _KINDS
        for quad in store.quads_for_pattern(None, RDF.type, kind)
        if isinstance(quad.subject, NamedNode)
    }


def _check_turtle(own: OwnOntology, known: Mapping[str, NamedNode], path: Path) -> None:
    """Refuse terms of kg that there are not: a misspelt one would be a new one without a word."""
    store = Store()
    store.load(own.turtle.encode(), RdfFormat.TURTLE)
    used = {
        node.value
        for quad in store
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, NamedNode)
    }
    allowed = known.keys() | {node.value for node in KG.terms()}
    for iri in sorted(used - allowed):
        name = iri.removeprefix(ONTOLOGY)
        if name != iri:
            lines = own.turtle.splitlines()
            line = next((number for number, text in enumerate(lines, 1) if name in text), 1)
            raise LexiconError(
                f"{path}:{line}: the ontology has no term kg:{name}; see kg ontology, "
                "or declare it: event classes in lexicon.toml, others here"
            )


# --------------------------------------------------------------- the mapping


def _mapping(own: OwnOntology, folder: Path) -> TomlTables | None:
    return TomlTables.parse(folder / "mapping.toml", own.mapping, _SECTIONS) if own.mapping else None


def _entries(
    tables: TomlTables, known: Mapping[str, NamedNode]
) -> Iterator[tuple[str, str, NamedNode, list[str]]]:
    """Yield section, key, our term and the user's terms of each entry."""
    classes = [
        iri.removeprefix(ONTOLOGY)
        for iri, kind in known.items()
        if kind == OWL.Class and iri.startswith(ONTOLOGY)
    ]
    allowed: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("classes", "class", sorted(classes)),
        ("roles", "role", ROLES),
        ("properties", "property", PROPERTIES),
    )
    for section, what, names in allowed:
        for key, value in tables.data.get(section, {}).items():
            tables.known(section, key, what, key, names)
            given = value if isinstance(value, list) else [value]
            yield (
                section,
                key,
                NamedNode(ONTOLOGY + key),
                [_iri(tables, section, key, item) for item in given],
            )


def _iri(tables: TomlTables, section: str, key: str, value: object) -> str:
    """Return an IRI that is written in full or with a prefix."""
    prefixes = {**PREFIXES, **tables.data.get("prefixes", {})}
    prefix, colon, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    full = f"{prefixes[prefix]}{name}" if colon and prefix in prefixes else value
    if not isinstance(full, str) or not is_iri(full):
        tables.fail(
            section, key, f"{value!r} is no term; write an http(s) IRI, or a name with a prefix of [prefixes]"
        )
    return full


def _axioms(tables: TomlTables, known: Mapping[str, NamedNode], own: OwnOntology) -> Iterator[str]:
    """Yield what the mapping says, as Turtle; declares the user's terms that nothing else declares."""
    spaces = {_space(iri) for iri in _declared(own.turtle, Path()) if not iri.startswith(ONTOLOGY)} | {
        ONTOLOGY
    }
    lines = set()
    for section, key, ours, theirs in _entries(tables, known):
        kind = known[ours.value]
        step = RDFS.subClassOf if section == "classes" else RDFS.subPropertyOf
        for iri in theirs:
            if known.get(iri, kind) != kind or (iri not in known and _space(iri) in spaces):
                what = kind.value.rpartition("#")[2]
                tables.fail(section, key, f"{iri} is not declared as owl:{what}; declare it in ontology.ttl")
            lines |= {f"{ours} {step} <{iri}> ."} | (set() if iri in known else {f"<{iri}> a {kind} ."})
    return iter(sorted(lines))


def _space(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


@cache
def own_terms(own: OwnOntology) -> OwnTerms:
    """Return the user's terms that go beside ours in data."""
    turtle = extended_ontology(own)
    tables, tree = _mapping(own, Path()), ontology_tree(turtle)
    if tables is None:
        return OwnTerms({}, {})
    given = {
        ours.value: tuple(map(NamedNode, theirs))
        for _, _, ours, theirs in _entries(tables, _declared(turtle.decode(), Path()))
    }
    return OwnTerms(dict(_filled(tree.classes, given, ())), dict(_filled(tree.properties, given, ())))


def _filled(
    terms: Iterable[Term], given: Mapping[str, tuple[NamedNode, ...]], above: tuple[NamedNode, ...]
) -> Iterator[tuple[str, tuple[NamedNode, ...]]]:
    for term in terms:
        own = given.get(term.iri, above)
        if own and term.iri.startswith(ONTOLOGY):
            yield term.iri, own
        yield from _filled(term.below, given, own)


# --------------------------------------------------------------------- data


def with_own_terms(ordered: Iterable[Triple], graph: KnowledgeGraph) -> Iterator[Triple]:
    """Yield triples with the user's terms beside ours, where the graph was built with an ontology of the user's.

    Args:
        ordered: all triples of a subject together.
        graph: tells of the ontology.
    """
    own = graph.run.settings.ontology if graph.run else None
    if own is None or not own.mapping:
        yield from ordered
        return
    terms = own_terms(own)
    for subject, group in groupby(ordered, key=lambda triple: triple.subject):
        pairs: list[tuple[NamedNode, NamedNode | Literal]] = [(t.predicate, t.object) for t in group]  # type: ignore[misc]
        yield from block(subject, [*pairs, *_more(pairs, terms)])


def _more(pairs: Pairs, terms: OwnTerms) -> Pairs:
    for predicate, value in pairs:
        if predicate == RDF.type and isinstance(value, NamedNode):
            yield from ((predicate, other) for other in terms.classes.get(value.value, ()))
        else:
            yield from ((other, value) for other in terms.properties.get(predicate.value, ()))


def ontology_beside(path: Path) -> Path:
    """Return the ontology that a graph.ttl was written with: the one beside it, or kg's own."""
    beside = path.with_name("ontology.ttl")
    return beside if path.name == "graph.ttl" and beside.is_file() else ontology_dir() / "kg.ttl"


def own_ontology_of(graph: KnowledgeGraph) -> bytes:
    """Return the Turtle of the ontology that a graph was built with where a user's own is in it; b"" for kg's alone."""
    own = graph.run.settings.ontology if graph.run else None
    return extended_ontology(own) if own else b""


def ontology_of(graph: KnowledgeGraph) -> bytes:
    """Return the Turtle of the ontology that a graph was built with."""
    return own_ontology_of(graph) or read_ontology()
