"""The command line: thin commands over plain functions, and the only module that prints or exits.

Data go to standard output, progress and complaints to standard error. Exit codes: 0 done, 1 failed, 2 used wrongly,
3 done but some inputs were rejected, 130 interrupted, 143 terminated.
"""

import csv
import json
import os
import platform
import signal
import sys
import unicodedata
import webbrowser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kg.config import LICENCES, Settings, __version__
from kg.errors import KgError, OutputError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.output import Progress
    from kg.rdf import QueryResult

__all__ = ["app", "main"]

DONE, FAILED, SOME_REJECTED, INTERRUPTED, TERMINATED = 0, 1, 3, 130, 143
_SHOWN_REJECTIONS = 20
_FORMATS = ("table", "csv", "json")

app = typer.Typer(
    name="kg",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
_Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder that kg build wrote.", show_default=False)]


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; every failure is one line on standard error.

    Args:
        args: the words after `kg`; None for those of the process.
    """
    words = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in words
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app(args=[word for word in words if word != "--debug"], prog_name="kg")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except KgError as error:
        if debug:
            raise
        _complain(str(error))
    except Exception as error:
        if debug:
            raise
        _complain(f"internal error, {type(error).__name__}: {error}; run again with --debug to see where")
    sys.exit(FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        _print(f"kg {__version__}")
        raise typer.Exit(DONE)


@app.callback()
def _kg(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
) -> None:
    """From news text to a graph of who did what to whom, where and when, and who says so.

    \b
    kg build articles/ -o out     read articles, write page, Turtle, report and tables
    kg show out                   open the page
    kg query out --list           the questions that kg can answer by name
    kg query out 'SELECT ...'     SPARQL of your own
    """


# ------------------------------------------------------------------- build


@app.command("build")
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
    language_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="A spaCy English pipeline to use instead of kg's own.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of layout and communities.")] = 0,
    as_json: _Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Read articles and write the graph of what they say.

    Writes graph.html (the page), graph.ttl (RDF), report.md, graph.graphml, four JSONL tables and manifest.json.
    A manifest.toml beside the articles tells title, publisher, url and date; dates such as "on Monday" need the date.
    An input that cannot be read is named on standard error, the rest is built, and the exit code is 3.

    \b
    kg build seeds/ -o out
    kg build a.txt b.txt 'more/**/*.md' -o out
    cat articles.jsonl | kg build - -o out
    """
    from kg.pipeline import build_graph

    settings = Settings(language_model=language_model, seed=seed)
    with _progress(visible=not quiet) as progress:
        graph = build_graph(inputs, out=out, settings=settings, manifest=manifest, progress=progress)
    _report_rejections(graph, out)
    summary = _summary(graph, out)
    if as_json:
        _print_json(summary)
    elif not quiet:
        _print_summary(summary)
    raise typer.Exit(SOME_REJECTED if summary["rejected"] else DONE)


def _summary(graph: "KnowledgeGraph", out: Path) -> dict[str, Any]:
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


def _print_summary(summary: Mapping[str, Any]) -> None:
    found = ", ".join(f"{summary[name]} {name}" for name in ("entities", "events", "relations"))
    _print(f"{summary['documents']} documents done, {len(summary['rejected'])} rejected: {found}")
    for name in ("page", "report", "turtle"):
        _print(f"{name:7} {summary[name]}")


def _report_rejections(graph: "KnowledgeGraph", out: Path) -> None:
    rejections = graph.run.rejections if graph.run else ()
    for item in rejections[:_SHOWN_REJECTIONS]:
        _complain(f"rejected {item.location or item.path}: {item.reason}")
    if more := len(rejections) - _SHOWN_REJECTIONS:
        if more > 0:
            _complain(f"rejected {more} more; all are listed in {out / 'manifest.json'}")


@contextmanager
def _progress(*, visible: bool) -> "Iterator[Progress | None]":
    """Show a bar a stage on standard error, where that is a terminal."""
    if not visible or sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield tell


# ------------------------------------------------------------------- query


@app.command("query")
def query_cli(
    out: Annotated[Path | None, typer.Argument(metavar="OUT", help="Folder that kg build wrote.")] = None,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="SPARQL, or the name of a query.")
    ] = None,
    bind: Annotated[
        list[str] | None,
        typer.Option("--bind", "-b", metavar="NAME=VALUE", help="Fix a variable: a name, an IRI or a day."),
    ] = None,
    output: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(_FORMATS), help="How to print.")
    ] = "table",
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Rows at most.")] = 10_000,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="Time at most.")] = 60.0,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the queries that have names.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Ask the graph: SPARQL, or a query by its name. Reads only; prefixes are known.

    \b
    kg query --list
    kg query out who-did-what --bind actor=Hollande
    kg query out 'SELECT ?label WHERE { ?event a kg:AirStrike ; rdfs:label ?label }' --format csv
    """
    from kg.rdf import query as ask

    output = "json" if as_json else output
    if output not in _FORMATS:
        raise typer.BadParameter(f"{output!r} is not one of {', '.join(_FORMATS)}", param_hint="--format")
    if listing:
        _print_queries(output)
        return
    if out is None or query is None:
        raise typer.BadParameter("name a folder and a query, or --list", param_hint="OUT QUERY")
    bound = _bindings(bind or [])
    _check_output(out, "graph.ttl")
    result = ask(out, query, bind=bound, timeout=timeout, limit=limit)
    _print_result(result, output)
    if result.cut:
        _complain(f"only the first {limit} rows are shown; ask for more with --limit")


def _bindings(words: Sequence[str]) -> dict[str, str]:
    """Return name and value of each NAME=VALUE."""
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.lstrip("?"):
            raise typer.BadParameter(f"{word!r} is not NAME=VALUE", param_hint="--bind")
        found[name.lstrip("?")] = value
    return found


def _print_queries(output: str) -> None:
    from kg.rdf import named_queries

    fields = ("name", "title", "bind")
    rows = [
        (item.name, item.title, ", ".join(name for name, _ in item.parameters)) for item in named_queries()
    ]
    if output == "json":
        queries = [
            {"name": item.name, "title": item.title, "bind": dict(item.parameters), "query": item.text}
            for item in named_queries()
        ]
        _print_json({"queries": queries})
    else:
        _print_rows(fields, rows, output)


def _print_result(result: "QueryResult", output: str) -> None:
    from kg.rdf import shorten

    if output == "json":
        if result.boolean is not None:
            _print_json({"boolean": result.boolean})
        elif result.triples is not None:
            _print_json({"triples": [list(triple) for triple in result.triples], "cut": result.cut})
        else:
            _print_json({"variables": list(result.variables), "rows": result.records(), "cut": result.cut})
    elif result.boolean is not None:
        _print("yes" if result.boolean else "no")
    elif result.triples is not None:
        for triple in result.triples:
            _print(" ".join(triple) + " .")
    elif output == "csv":
        _print_rows(result.variables, result.rows, output)
    else:
        short = [
            [shorten(value) if isinstance(value, str) else value for value in row] for row in result.rows
        ]
        _print_rows(result.variables, short, output)


def _print_rows(fields: Sequence[str], rows: Sequence[Sequence[object]], output: str) -> None:
    texts = [["" if value is None else str(value) for value in row] for row in rows]
    if output == "csv":
        if sys.stdout is not None:
            csv.writer(_Stdout()).writerows([fields, *texts])
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for field in fields:
        table.add_column(Text(field), overflow="fold")
    for row in texts:
        table.add_row(*(Text(_visible(value)) for value in row))
    wide = None if sys.stdout is not None and sys.stdout.isatty() else 200
    console = Console(width=wide)
    with console.capture() as capture:
        console.print(table)
    _print(capture.get().rstrip("\n"))
    _print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


# ----------------------------------------------------------- show and info


@app.command("show")
def show_cli(
    out: _Out,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it, or only print its path.")
    ] = True,
    as_json: _Json = False,
) -> None:
    """Open the page of a build in the browser, and print its path.

    \b
    kg show out
    """
    page = _check_output(out, "graph.html")
    if as_json:
        _print_json({"page": str(page)})
    else:
        _print(str(page))
    if browser and not webbrowser.open(page.resolve().as_uri()):
        _complain("no browser could be started: open the file by hand")


@app.command("info")
def info_cli(
    out: Annotated[Path | None, typer.Argument(metavar="OUT", help="Folder that kg build wrote.")] = None,
    as_json: _Json = False,
) -> None:
    """Tell versions, language model, data and licences; with OUT, how that folder was made.

    \b
    kg info
    kg info out --json
    """
    from kg.output import read_manifest

    facts = _installed() if out is None else read_manifest(out)
    if as_json:
        _print_json(facts)
        return
    for name, value in facts.items():
        _print_fact(name, value)


def _installed() -> dict[str, Any]:
    from kg.config import ontology_dir
    from kg.language import model_version
    from kg.output import library_versions

    return {
        "kg": __version__,
        "python": platform.python_version(),
        "model": model_version(),
        "ontology": str(ontology_dir()),
        "libraries": library_versions(),
        "licences": dict(LICENCES),
    }


def _print_fact(name: str, value: object) -> None:
    if isinstance(value, dict):
        _print(f"{name}:")
        for key, part in value.items():
            _print(f"  {key}: {_in_one_line(part)}")
    elif isinstance(value, list):
        _print(f"{name}:")
        for part in value:
            _print(f"  {_in_one_line(part)}")
    else:
        _print(f"{name}: {_in_one_line(value)}")


def _in_one_line(value: object) -> str:
    if isinstance(value, dict):
        value = "  ".join(str(part) for part in value.values() if part is not None)
    return _visible(str(value))


# ------------------------------------------------------------------ output


def _check_output(out: Path, name: str) -> Path:
    """Return the file `name` of a build's folder."""
    path = out / name
    if not path.is_file():
        raise OutputError(f"{out} holds no {name}: run kg build INPUT -o {out}")
    return path


class _Stdout:
    """A writer for `csv` that ends quietly when nobody reads any more."""

    def write(self, text: str) -> int:
        _write(text)
        return len(text)


def _print(text: str) -> None:
    _write(text + "\n")


def _print_json(data: object) -> None:
    _print(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def _write(text: str) -> None:
    """Write to standard output; where the reader has gone away (`| head`), end as if all was read."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None


def _complain(text: str) -> None:
    """Write one line to standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"kg: {_visible(text)}\n")
        sys.stderr.flush()


def _visible(text: str) -> str:
    """Return `text` in one line that cannot steer a terminal: white space as spaces, controls as U+FFFD."""
    line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in line)


def _terminate(signum: int, frame: object) -> None:
    """Leave through the usual clean-up instead of dying at once."""
    raise SystemExit(TERMINATED)


if __name__ == "__main__":
    main()
