"""The event classes of `ontology/kg.ttl`, written from the lexicon's so that the two cannot drift apart.

    python -m kg.rdf.ontology

rewrites the part of `ontology/kg.ttl` below its marker; the part above is written by hand. A class that is named like
a PLOVER category (`Assault`: ASSAULT) is that category and carries its code as `skos:notation`.
"""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal

from kg.config import ontology_dir
from kg.errors import LexiconError, OutputError
from kg.extract.frames import ROOT_CLASS, EventClass, Lexicon
from kg.extract.lexicon import load_lexicon
from kg.ids import ONTOLOGY
from kg.rdf.terms import KG, event_class

__all__ = ["MARKER", "update", "with_event_classes"]

MARKER = """\
# ---------------------------------------------------------------------------------- event classes
# Written by `python -m kg.rdf.ontology` from the [classes] of lexicon.toml: change them there, not here.
"""
"""The line pair below which `ontology/kg.ttl` belongs to this module."""

_EXAMPLES = 3
"""Verbs and nouns shown with a class, of each so many."""


def update(path: Path | None = None, lexicon: Lexicon | None = None) -> None:
    """Rewrite the event classes of an ontology file.

    Args:
        path: `ontology/kg.ttl` by default.
        lexicon: `ontology/lexicon.toml` by default.

    Raises:
        LexiconError: a class of the lexicon contradicts the ontology.
        OutputError: the file cannot be read or written.
    """
    path = path or ontology_dir() / "kg.ttl"
    try:
        text = path.read_text(encoding="utf-8")
        path.write_text(with_event_classes(text, lexicon or load_lexicon()), encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot rewrite {path}: {error.strerror or error}") from None


def with_event_classes(text: str, lexicon: Lexicon) -> str:
    """Return an ontology with its event classes made anew: the root first, then by name."""
    core = text.partition(MARKER)[0].rstrip("\n")
    classes = sorted(lexicon.classes.values(), key=lambda known: (known.name != ROOT_CLASS, known.name))
    return "\n\n".join(
        [core, MARKER + "\n" + "\n\n".join(_entry(known, lexicon) for known in classes) + "\n"]
    )


def _entry(known: EventClass, lexicon: Lexicon) -> str:
    """Return the Turtle of one class."""
    _check(known, lexicon)
    lines = [
        f"kg:{known.name} a owl:Class",
        *_facts(known, lexicon),
        "rdfs:isDefinedBy <https://w3id.org/kg/ontology> .",
    ]
    return " ;\n    ".join(lines)


def _facts(known: EventClass, lexicon: Lexicon) -> Iterator[str]:
    yield f"rdfs:label {Literal(known.label, language='en')}"
    yield f"rdfs:comment {Literal(known.definition, language='en')}"
    if known.parent:
        yield f"rdfs:subClassOf kg:{known.parent}"
    else:
        yield "rdfs:subClassOf sem:Event"
        yield "skos:closeMatch schema:Event"
    if known.plover and known.name == known.plover.capitalize():
        yield f"skos:notation {Literal(known.plover)}"
    if examples := _examples(known.name, lexicon):
        yield "skos:example " + " , ".join(str(Literal(words, language="en")) for words in examples)


def _examples(name: str, lexicon: Lexicon) -> list[str]:
    """Return a few verbs and nouns that tell of the class; where it has none, of the classes below it."""
    tables = (("to ", lexicon.verbs), ("", lexicon.nouns))
    for fits in (lambda other: other == name, lambda other: lexicon.is_a(other, name)):
        keys = [
            [before + key for key, frame in table.items() if fits(frame.event_class)]
            for before, table in tables
        ]
        if any(keys):
            return [
                words for some in keys for words in sorted(some, key=lambda w: (w.count(" "), w))[:_EXAMPLES]
            ]
    return []


def _check(known: EventClass, lexicon: Lexicon) -> None:
    """Refuse a class whose name the core part uses, or whose category is not above it."""
    event_class(known.name)
    if known.name != ROOT_CLASS and f"{ONTOLOGY}{known.name}" in {term.value for term in KG.terms()}:
        raise LexiconError(
            f"class {known.name!r} of the lexicon is a term of the ontology already: rename it"
        )
    category = known.plover.capitalize() if known.plover else None
    if category and not lexicon.is_a(known.name, category):
        raise LexiconError(
            f"class {known.name!r} has the category {known.plover} but does not lie below {category}: change one"
        )
