"""`kg add`, `kg remove`, `kg rebuild` and `kg status`: a graph that grows and shrinks document by document."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.build import print_summary, report_rejections, summary_of
from kg.cli.printing import (
    DONE,
    SOME_REJECTED,
    Json,
    Out,
    complain,
    print_json,
    print_line,
    progress_bars,
    visible,
)

if TYPE_CHECKING:
    from kg.pipeline import Change

__all__ = ["add_cli", "rebuild_cli", "remove_cli", "status_cli"]

_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def add_cli(
    out: Out,
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOC...",
            help='Files (.txt, .md, .jsonl), folders, patterns, or "-" for standard input.',
            show_default=False,
        ),
    ],
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
        typer.Option(metavar="DIR", help="Make sure that the build used this ontology."),
    ] = None,
    as_json: Json = False,
    quiet: _Quiet = False,
) -> None:
    """Add articles to a build; the files become those of one build of all.

    Only what is new is read, with the settings of the build. A document's path is the one below the folder named:
    in 'articles/**/c.txt' that is articles/, so that it is the same as in a build of articles/.

    \b
    kg add out articles/today.txt
    kg add out 'articles/**/c.txt'
    """
    from kg.pipeline import add_documents

    with progress_bars(visible=not quiet) as progress:
        change = add_documents(
            out,
            documents,
            manifest=manifest,
            must=must,
            ontology=ontology,
            progress=progress,
            notice=complain,
        )
    report_rejections(change.rejected, out)
    _tell(change, out, as_json=as_json, quiet=quiet)
    undated = [document.path for document in change.added if document.published is None]
    if undated and not (quiet or as_json):
        more = f" and {len(undated) - 1} more" if len(undated) > 1 else ""
        complain(
            f'no day of publication is known of {undated[0]}{more}: name it in manifest.toml beside it or --manifest, else "on Monday" has no date'
        )
    raise typer.Exit(SOME_REJECTED if change.rejected else DONE)


def remove_cli(
    out: Out,
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOC...",
            help="Ids or paths as in documents.jsonl, or rejected paths as in manifest.json.",
            show_default=False,
        ),
    ],
    as_json: Json = False,
    quiet: _Quiet = False,
) -> None:
    """Take articles out of a build; the files become those of a build that never had them.

    A path stands for all documents of that path, and that of a .jsonl file for all its records.

    \b
    kg remove out today.txt
    kg remove out news.jsonl#17
    """
    from kg.pipeline import remove_documents

    with progress_bars(visible=not quiet) as progress:
        change = remove_documents(out, documents, progress=progress, notice=complain)
    _tell(change, out, as_json=as_json, quiet=quiet)


def rebuild_cli(
    out: Out,
    ontology: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Use your own ontology from now on, as in kg build."),
    ] = None,
    as_json: Json = False,
    quiet: _Quiet = False,
) -> None:
    """Make all files of a build anew from its store, which holds the texts.

    For a build of another version of kg, whose texts are then read again, for files that were changed or lost, and for
    an ontology of your own that has changed.

    \b
    kg rebuild out
    kg rebuild out --ontology mine/
    """
    from kg.pipeline import Change, rebuild

    with progress_bars(visible=not quiet) as progress:
        graph = rebuild(out, ontology=ontology, progress=progress, notice=complain)
    _tell(Change(graph), out, as_json=as_json, quiet=quiet)


def status_cli(out: Out, as_json: Json = False) -> None:
    """Tell what the store of a build holds, and whether it fits this kg and the files beside it.

    \b
    kg status out
    kg status out --json
    """
    from kg.pipeline import status

    facts = status(out)
    if as_json:
        print_json(facts)
        return
    _print_status(facts, out)


def _tell(change: "Change", out: Path, *, as_json: bool, quiet: bool) -> None:
    summary = summary_of(change.graph, out)
    if as_json:
        added, removed = ([document.path for document in part] for part in (change.added, change.removed))
        print_json({"added": added, "removed": removed, **summary})
    elif not quiet:
        if change.added or change.removed:
            print_line(f"{len(change.added)} documents added, {len(change.removed)} removed")
        print_summary(summary)


def _print_status(facts: Mapping[str, Any], out: Path) -> None:
    print_line(
        f"{facts['documents']} documents, {facts['rejected']} rejected, {facts['characters']} characters"
    )
    sizes = ", ".join(f"{name} {_size(size)}" for name, size in facts["bytes"].items())
    print_line(f"sizes   {sizes}")
    print_line(f"read by {visible(facts['version'])}")
    if not facts["fits"]:
        print_line(f"this is {visible(facts['this'])}: kg rebuild {out} reads the texts again")
    if not facts["files_fit"]:
        print_line(f"files   not those of these documents: kg rebuild {out} makes them anew")
    if facts["unfinished"] > 0:
        print_line(f"stopped {facts['unfinished']} documents read by a run that did not end: run it again")
    for id in facts["damaged"]:
        print_line(f"damaged {visible(id)}: kg rebuild {out} reads it again")
    if own := facts["settings"]["ontology"]:
        print_line(f"terms   of an ontology of your own, sha256 {own[:16]}")
    for place in facts["must"]:
        print_line(f"pairs   {visible(place)}")


def _size(count: int) -> str:
    """Return a number of bytes for people: "184 kB"."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count //= 1000
    return f"{count} GB"
