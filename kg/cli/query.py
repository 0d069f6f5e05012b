"""`kg query`: questions to the graph, in SPARQL or by name."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.printing import FORMATS, check_output, complain, print_json, print_line, print_rows, write
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.rdf import NamedQuery, QueryResult

__all__ = ["query_cli"]

_FORMATS = (*FORMATS, "sparql-json", "turtle")
_TRIPLES = ("CONSTRUCT", "DESCRIBE")


def query_cli(
    out: Annotated[Path | None, typer.Argument(metavar="OUT", help="Folder that kg build wrote.")] = None,
    query: Annotated[
        str | None, typer.Argument(metavar="QUERY", help="SPARQL, or the name of a query.")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", metavar="FILE", help="Read the query from a file; - is stdin."),
    ] = None,
    bind: Annotated[
        list[str] | None,
        typer.Option("--bind", "-b", metavar="NAME=VALUE", help="Fix a variable: a name, an IRI or a day."),
    ] = None,
    output: Annotated[
        str, typer.Option("--format", metavar="|".join(_FORMATS), help="How to print.")
    ] = "table",
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Rows at most.")] = 10_000,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="Time at most.")] = 60.0,
    infer: Annotated[
        bool, typer.Option("--infer", help="Ask what follows by the ontology too: classes above, inverses.")
    ] = False,
    listing: Annotated[bool, typer.Option("--list", "-l", help="List the queries that have names.")] = False,
    show: Annotated[
        str | None, typer.Option("--show", metavar="NAME", help="Print the text of a query that has a name.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Ask the graph: SPARQL, or a query by its name. Reads only; prefixes are known.

    \b
    kg query --list
    kg query --show who-did-what
    kg query out who-did-what --bind actor=Hollande
    kg query out 'SELECT ?label WHERE { ?event a kg:AirStrike ; rdfs:label ?label }' --format csv
    kg query out -f question.rq --format sparql-json
    """
    from kg.rdf import query as ask

    output = "json" if as_json else output
    if output not in _FORMATS:
        raise typer.BadParameter(f"{output!r} is not one of {', '.join(_FORMATS)}", param_hint="--format")
    if listing:
        _print_queries(output)
        return
    if show is not None:
        _print_query(show, output)
        return
    if out is None or (query is None) == (file is None):
        raise typer.BadParameter(
            "name a folder and one query: SPARQL, a name of --list, or -f FILE", param_hint="OUT QUERY"
        )
    text = query if query is not None else _read(file)
    _check_format(text, output)
    bound = _bindings(bind or [])
    check_output(out, "graph.ttl")
    result = ask(out, text, bind=bound, timeout=timeout, limit=limit, infer=infer)
    _print_result(result, output)
    for warning in result.warnings:
        complain(warning)
    if result.cut:
        complain(f"only the first {limit} rows are shown; ask for more with --limit")


def _read(file: Path | None) -> str:
    """Return the text of a query file, or of standard input for "-"."""
    try:
        if file is None or str(file) == "-":
            return sys.stdin.read()
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            f"cannot read {file}: {error.strerror or error}; name a file with one query"
        ) from None
    except UnicodeDecodeError:
        raise InputError(f"{file} is no UTF-8 text; save the query as UTF-8") from None


def _check_format(text: str, output: str) -> None:
    """Refuse a format that the query's answer cannot have, before anything is read."""
    from kg.rdf import query_form

    form = query_form(text)
    if form in _TRIPLES and output in ("csv", "sparql-json"):
        raise typer.BadParameter(
            f"{form} gives triples, which {output} has no place for: use turtle or json, or ask with SELECT",
            param_hint="--format",
        )
    if form not in _TRIPLES and output == "turtle":
        raise typer.BadParameter(
            "turtle is for triples: ask with CONSTRUCT or DESCRIBE, or use table, csv, json or sparql-json",
            param_hint="--format",
        )


def _bindings(words: Sequence[str]) -> dict[str, str]:
    """Return name and value of each NAME=VALUE."""
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.lstrip("?"):
            raise typer.BadParameter(f"{word!r} is not NAME=VALUE", param_hint="--bind")
        found[name.lstrip("?")] = value
    return found


# ------------------------------------------------------------- named queries


def _print_queries(output: str) -> None:
    from kg.rdf import named_queries

    if output in ("json", "sparql-json"):
        print_json({"queries": [_record(named) for named in named_queries()]})
        return
    rows = [
        (named.name, named.title, ", ".join(name for name, _ in named.parameters))
        for named in named_queries()
    ]
    print_rows(("name", "title", "bind"), rows, "csv" if output == "csv" else "table")
    if output == "table":
        complain("kg query --show NAME tells what a query asks and what each word of bind stands for")
        complain("kg query OUT NAME --bind WORD=VALUE asks it")


def _print_query(name: str, output: str) -> None:
    from kg.rdf import find_query

    named = find_query(name)
    if output in ("json", "sparql-json"):
        print_json(_record(named))
    else:
        write(named.text)


def _record(named: "NamedQuery") -> dict[str, object]:
    return {
        "name": named.name,
        "title": named.title,
        "description": named.description,
        "bind": dict(named.parameters),
        "query": named.text,
    }


# ------------------------------------------------------------------- answers


def _print_result(result: "QueryResult", output: str) -> None:
    if output == "json":
        print_json(_plain(result))
    elif output == "sparql-json":
        print_line(json.dumps(result.sparql_json(), ensure_ascii=False, indent=2))
    elif output == "turtle":
        write(result.turtle())
    elif result.triples is not None:
        for triple in result.triples:
            print_line(" ".join(triple) + " .")
    elif result.boolean is not None:
        answers = {"table": ("no", "yes"), "csv": ("boolean\r\nfalse\r", "boolean\r\ntrue\r")}
        print_line(answers[output][result.boolean])
    else:
        _print_rows(result, output)


def _plain(result: "QueryResult") -> dict[str, object]:
    warnings = {"warnings": list(result.warnings)} if result.warnings else {}
    if result.boolean is not None:
        return {"boolean": result.boolean, **warnings}
    if result.triples is not None:
        return {"triples": [list(triple) for triple in result.triples], "cut": result.cut, **warnings}
    table = {"variables": list(result.variables), "rows": result.records()}
    return {**table, "cut": result.cut, **warnings}


def _print_rows(result: "QueryResult", output: str) -> None:
    from kg.rdf import lexical, shorten

    rows = [[lexical(term) for term in row] for row in result.terms]
    if output == "table":
        rows = [[shorten(value) for value in row] for row in rows]
    print_rows(result.variables, rows, output)
