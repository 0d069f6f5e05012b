"""`kg build`: articles in, the folder of the graph out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.printing import DONE, SOME_REJECTED, Json, complain, print_json, print_line, progress_bars
from kg.config import Settings

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.read import Rejection

__all__ = ["build_cli", "print_summary", "report_rejections", "summary_of"]

_SHOWN_REJECTIONS = 20


def build_cli(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help='Files (.txt, .md, .jsonl), folders, patterns, or "-" for standard input.',
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="Folder to write into.")] = Path(
        "out"
    ),
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Metadata of the articles, instead of manifest.toml beside them."),
    ] = None,
    must: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Names to merge or keep apart, instead of must.toml beside them."),
    ] = None,
    ontology: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Your own lexicon.toml, mapping.toml or ontology.ttl, over those of kg."
        ),
    ] = None,
    language_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy English pipeline to use instead of kg's own.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of layout and communities.")] = 0,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Read articles and write the graph of what they say.

    Writes graph.html (the page), graph.ttl (RDF), report.html and report.md, graph.graphml, JSONL tables, manifest.json
    and store.sqlite, from which the same command takes what it has read before: after a kill it goes on where it was.
    A manifest.toml beside the articles tells title, publisher, url and date; dates such as "on Monday" need the date.
    A must.toml beside them tells which names are one and which are two, whatever the rules say.
    --ontology DIR brings words, event classes and terms of your own; OUT/ontology.ttl then has all of both.
    An input that cannot be read is named on standard error, the rest is built, and the exit code is 3.

    \b
    kg build seeds/ -o out
    kg build a.txt b.txt 'more/**/*.md' -o out
    kg build articles/ -o out --ontology mine/
    cat articles.jsonl | kg build - -o out
    """
    from kg.pipeline import build_graph

    settings = Settings(language_model=language_model, seed=seed)
    with progress_bars(visible=not quiet) as progress:
        graph = build_graph(
            inputs,
            out=out,
            settings=settings,
            manifest=manifest,
            must=must,
            ontology=ontology,
            progress=progress,
            notice=complain,
        )
    report_rejections(graph.run.rejections if graph.run else (), out)
    summary = summary_of(graph, out)
    if as_json:
        print_json(summary)
    elif not quiet:
        print_summary(summary)
    raise typer.Exit(SOME_REJECTED if summary["rejected"] else DONE)


def summary_of(graph: "KnowledgeGraph", out: Path) -> dict[str, Any]:
    """Return counts, where the files are, and what was rejected."""
    rejections = graph.run.rejections if graph.run else ()
    return {
        "documents": len(graph.documents),
        "entities": len(graph.entities),
        "events": len(graph.events),
        "relations": len(graph.relations),
        "page": str(out / "graph.html"),
        "turtle": str(out / "graph.ttl"),
        "report": str(out / "report.md"),
        "rejected": [{"path": item.path, "reason": item.reason} for item in rejections],
    }


def print_summary(summary: Mapping[str, Any]) -> None:
    """Write what `summary_of` returned for people."""
    found = ", ".join(f"{summary[name]} {name}" for name in ("entities", "events", "relations"))
    print_line(f"{summary['documents']} documents done, {len(summary['rejected'])} rejected: {found}")
    for name in ("page", "report", "turtle"):
        print_line(f"{name:7} {summary[name]}")


def report_rejections(rejections: Sequence["Rejection"], out: Path) -> None:
    """Name the inputs that did not become documents, the first of many."""
    for item in rejections[:_SHOWN_REJECTIONS]:
        complain(f"rejected {item.location or item.path}: {item.reason}")
    if more := len(rejections) - _SHOWN_REJECTIONS:
        if more > 0:
            complain(f"rejected {more} more; all are listed in {out / 'manifest.json'}")
