"""`kg ontology`: the classes and properties that a graph is written in, as text, as a page, and as a drawing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.printing import Json, print_json, print_line, visible
from kg.errors import OutputError

if TYPE_CHECKING:
    from kg.rdf import OntologyTree, Term

__all__ = ["ontology_cli"]

_NAMES = 34  # columns for names


def ontology_cli(
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page of all terms (needs pyLODE).")
    ] = None,
    drawing: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a drawing of the class tree, as SVG.")
    ] = None,
    turtle: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the ontology itself, as Turtle.")
    ] = None,
    ontology: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="With your own lexicon.toml, mapping.toml or ontology.ttl."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Print the classes and properties of the ontology as trees, or write a page or a drawing of them.

    \b
    kg ontology
    kg ontology --drawing classes.svg --html ontology.html
    kg ontology --ontology mine/ --turtle all.ttl
    """
    from kg.rdf import class_drawing, ontology_page, ontology_tree

    text = _read(ontology)
    tree = ontology_tree(text)
    files = {}
    if turtle is not None:
        files["turtle"] = _write(turtle, text.decode())
    if html is not None:
        files["page"] = _write(html, ontology_page(text))
    if drawing is not None:
        files["drawing"] = _write(drawing, class_drawing(tree))
    if as_json:
        print_json({**_facts(tree), "files": files})
    elif files:
        for name, path in files.items():
            print_line(f"{name:8} {path}")
    else:
        _print_tree(tree)


def _read(folder: Path | None) -> bytes:
    from kg.rdf import extended_ontology, read_ontology, read_own_ontology

    return read_ontology() if folder is None else extended_ontology(read_own_ontology(folder))


def _write(path: Path, text: str) -> str:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; choose a folder you may write to"
        ) from None
    return str(path)


def _facts(tree: "OntologyTree") -> dict[str, Any]:
    return {
        "title": tree.title,
        "version": tree.version,
        "classes": [_record(term) for term in tree.classes],
        "properties": [_record(term) for term in tree.properties],
    }


def _record(term: "Term") -> dict[str, Any]:
    return {
        "iri": term.iri,
        "name": term.name,
        "label": term.label,
        "comment": term.comment,
        "notation": term.notation,
        "elsewhere": list(term.elsewhere),
        "below": [_record(other) for other in term.below],
    }


def _print_tree(tree: "OntologyTree") -> None:
    print_line(f"{visible(tree.title)}, version {visible(tree.version)}")
    for heading, roots in (("classes", tree.classes), ("properties", tree.properties)):
        print_line(f"\n{sum(root.count() for root in roots)} {heading}")
        _print_terms(roots)


def _print_terms(roots: "Sequence[Term]") -> None:
    for root in roots:
        for depth, term in root.walk(1):
            name = "  " * depth + visible(term.name)
            code = f" [{visible(term.notation)}]" if term.notation else ""
            print_line(f"{name:{_NAMES}} {visible(term.comment)}{code}")
