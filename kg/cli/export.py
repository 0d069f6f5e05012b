"""`kg export`: the graph of a folder in the formats of other tools."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.printing import Json, Out, check_output, print_json, print_line, write_bytes

__all__ = ["export_cli"]

_RDF = ("turtle", "nt", "jsonld", "trig")
_ONE_FILE = (*_RDF, "graphml")
_TABLES = ("csv", "parquet")


def export_cli(
    out: Out,
    output: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join((*_ONE_FILE, *_TABLES)),
            help="What to write; without it, what the name after -o ends in, else turtle.",
        ),
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="FILE",
            help="File to write; for csv and parquet a folder.",
            show_default=False,
        ),
    ] = None,
    infer: Annotated[
        bool, typer.Option("--infer", help="Write what follows by the ontology too; for the RDF formats.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the graph in another format, to standard output or into a file.

    \b
    turtle, nt, jsonld   RDF: the same triples in each
    trig                 RDF with one named graph an article: what that article alone says
    graphml              nodes and edges, for Gephi, yEd, Cytoscape, networkx
    csv, parquet         a folder of tables: nodes, edges, relations, claims, documents, mentions, evidence

    \b
    kg export out -o graph.jsonld
    kg export out --format nt | sort | head
    kg export out --format csv -o tables/
    """
    name = output or _by_suffix(target) or "turtle"
    if name not in (*_ONE_FILE, *_TABLES):
        if name.removeprefix(".") in _TABLES:
            why = f"{name[1:]} is a folder of tables, not one file: --format {name[1:]} -o tables/"
            raise typer.BadParameter(why, param_hint="-o")
        allowed = ", ".join((*_ONE_FILE, *_TABLES))
        raise typer.BadParameter(f"{name!r} is not one of {allowed}", param_hint="--format")
    if target is None and (name in _TABLES or as_json):
        why = f"{name} is a folder of files" if name in _TABLES else "--json tells which files were written"
        raise typer.BadParameter(f"{why}: name where they go", param_hint="-o")
    if infer and name not in _RDF:
        raise typer.BadParameter(
            f"{name} has what the text says alone: choose one of {', '.join(_RDF)}", param_hint="--infer"
        )
    check_output(out, "graph.graphml" if name == "graphml" else "graph.ttl")
    if target is None:
        _print(out, name, infer)
        return
    files = [str(path) for path in _write(out, name, target, infer)]
    if as_json:
        print_json({"format": name, "files": files})
    else:
        for file in files:
            print_line(file)


def _by_suffix(target: Path | None) -> str | None:
    """Return the format that the name of the target ends in."""
    from kg.rdf import format_of

    if target is None or not target.suffix:
        return None
    return "graphml" if target.suffix == ".graphml" else format_of(target) or target.suffix


def _write(out: Path, name: str, target: Path, infer: bool) -> Iterable[Path]:
    from kg.rdf import write
    from kg.rdf.formats.files import replace

    if name != "graphml":
        return write(out, target, name, infer=infer)
    replace(target, [(out / "graph.graphml").read_bytes()])
    return [target]


def _print(out: Path, name: str, infer: bool) -> None:
    from kg.rdf import chunks

    if name == "graphml":
        write_bytes((out / "graph.graphml").read_bytes())
        return
    for chunk in chunks(out, name, infer=infer):
        write_bytes(chunk)
