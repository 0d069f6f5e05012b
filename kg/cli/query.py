"""`kg query`: questions to the graph, in SPARQL or by name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.printing import FORMATS, check_output, complain, print_json, print_line, print_rows

if TYPE_CHECKING:
    from kg.rdf import QueryResult

__all__ = ["query_cli"]


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
        str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help="How to print.")
    ] = "table",
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Rows at most.")] = 10_000,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="Time at most.")] = 60.0,
    infer: Annotated[
        bool, typer.Option("--infer", help="Ask what follows by the ontology too: classes above, inverses.")
    ] = False,
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
    if output not in FORMATS:
        raise typer.BadParameter(f"{output!r} is not one of {', '.join(FORMATS)}", param_hint="--format")
    if listing:
        _print_queries(output)
        return
    if out is None or query is None:
        raise typer.BadParameter("name a folder and a query, or --list", param_hint="OUT QUERY")
    bound = _bindings(bind or [])
    check_output(out, "graph.ttl")
    result = ask(out, query, bind=bound, timeout=timeout, limit=limit, infer=infer)
    _print_result(result, output)
    if result.cut:
        complain(f"only the first {limit} rows are shown; ask for more with --limit")


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
        print_json({"queries": queries})
    else:
        print_rows(fields, rows, output)


def _print_result(result: "QueryResult", output: str) -> None:
    from kg.rdf import shorten

    if output == "json":
        if result.boolean is not None:
            print_json({"boolean": result.boolean})
        elif result.triples is not None:
            print_json({"triples": [list(triple) for triple in result.triples], "cut": result.cut})
        else:
            print_json({"variables": list(result.variables), "rows": result.records(), "cut": result.cut})
    elif result.boolean is not None:
        print_line("yes" if result.boolean else "no")
    elif result.triples is not None:
        for triple in result.triples:
            print_line(" ".join(triple) + " .")
    elif output == "csv":
        print_rows(result.variables, result.rows, output)
    else:
        short = [
            [shorten(value) if isinstance(value, str) else value for value in row] for row in result.rows
        ]
        print_rows(result.variables, short, output)
