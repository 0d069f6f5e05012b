"""`kg merges`: what became one, why, and how to undo it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.printing import FORMATS, Json, Out, complain, print_json, print_line, print_rows, visible
from kg.config import MUST
from kg.ids import BASE

if TYPE_CHECKING:
    from kg.tables import Row

__all__ = ["merges_cli"]

_FIELDS = ("kind", "subject", "label", "object", "text", "rule", "evidence", "runner_up")


def merges_cli(
    out: Out,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="Only decisions on what has this name or id, or that took it in."
        ),
    ] = None,
    as_undo: Annotated[
        bool, typer.Option("--undo", help=f"Print the entries of {MUST} that undo these merges instead.")
    ] = False,
    output: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMATS), help="How to print.")
    ] = "table",
    as_json: Json = False,
) -> None:
    """List what became one entity or event and what was linked, by which rule and on which evidence.

    To undo a merge, put its entry into must.toml beside the articles and build again.

    \b
    kg merges out
    kg merges out Raqqa --json
    kg merges out strike-7a02d1c94be05f36 --undo >> seeds/must.toml
    """
    from kg.merges import merges, undo

    output = "json" if as_json else output
    if output not in FORMATS:
        raise typer.BadParameter(f"{output!r} is not one of {', '.join(FORMATS)}", param_hint="--format")
    rows = list(merges(out, name))
    if as_undo:
        for row in rows:
            if entry := undo(row):
                print_line(f"# {visible(row['evidence'])}\n{entry}")
    elif output == "json":
        print_json({"decisions": [{**row, "undo": undo(row)} for row in rows]})
    elif output == "csv":
        print_rows(_FIELDS, [[row[field] for field in _FIELDS] for row in rows], output)
    else:
        _print_table(rows)
        complain(f"--undo prints the entries of {MUST} that undo these merges")


def _print_table(rows: "Sequence[Row]") -> None:
    fields = ("what", "took in", "rule", "evidence", "runner up")
    print_rows(fields, [_shown(row) for row in rows], "table")


def _shown(row: "Row") -> tuple[object, ...]:
    """Return a row for people: names with the last part of their ids, and words with where they stand."""
    subject = f"{row['label'] or ''} ({row['subject'].removeprefix(BASE)})".strip()
    object_ = row["object"].removeprefix(BASE)
    taken_in = object_ if row["text"] is None else f'"{row["text"]}" ({object_})'
    return subject, taken_in, row["rule"], row["evidence"], row["runner_up"]
