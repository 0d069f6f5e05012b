"""The command line: thin commands over plain functions, and the only part that prints or exits.

One module a group of commands; `kg.cli.printing` holds what they all print with. Exit codes: 0 done, 1 failed,
2 used wrongly, 3 done but some inputs were rejected, 130 interrupted, 143 terminated.
"""

import signal
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from kg.cli.analyse import analyse_cli
from kg.cli.build import build_cli
from kg.cli.contradictions import contradictions_cli
from kg.cli.explain import explain_cli
from kg.cli.export import export_cli
from kg.cli.merges import merges_cli
from kg.cli.ontology import ontology_cli
from kg.cli.printing import DONE, FAILED, INTERRUPTED, TERMINATED, complain, print_line
from kg.cli.query import query_cli
from kg.cli.serve import serve_cli
from kg.cli.show import info_cli, show_cli
from kg.cli.store import add_cli, rebuild_cli, remove_cli, status_cli
from kg.cli.validate import validate_cli
from kg.cli.verify import verify_cli
from kg.config import __version__
from kg.errors import KgError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
        complain(str(error))
    except Exception as error:
        if debug:
            raise
        complain(f"internal error, {type(error).__name__}: {error}; run again with --debug to see where")
    sys.exit(FAILED)


def _version(wanted: bool) -> None:
    if wanted:
        print_line(f"kg {__version__}")
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
    kg add out today.txt          add an article; kg remove takes one out
    kg query out --list           the questions that kg can answer by name
    kg query out 'SELECT ...'     SPARQL of your own
    kg export out -o graph.nt     the graph for other tools: N-Triples, JSON-LD, TriG, GraphML, CSV, Parquet
    kg analyse out                who is central, who is with or against whom
    kg serve out                  ask in the browser, or with SPARQL over HTTP
    kg contradictions out         where sources contradict each other
    kg explain Raqqa              why the graph has something: sentences, sources, merges
    kg verify out                 read the texts again, and check every span
    kg validate out               check the graph against its SHACL shapes
    """


def _terminate(signum: int, frame: object) -> None:
    """Leave through the usual clean-up instead of dying at once."""
    raise SystemExit(TERMINATED)


#: The commands, in the order in which the help lists them.
for _name, _command in (
    ("build", build_cli),
    ("add", add_cli),
    ("remove", remove_cli),
    ("rebuild", rebuild_cli),
    ("status", status_cli),
    ("query", query_cli),
    ("export", export_cli),
    ("analyse", analyse_cli),
    ("contradictions", contradictions_cli),
    ("merges", merges_cli),
    ("explain", explain_cli),
    ("verify", verify_cli),
    ("validate", validate_cli),
    ("show", show_cli),
    ("serve", serve_cli),
    ("info", info_cli),
    ("ontology", ontology_cli),
):
    app.command(_name)(_command)
