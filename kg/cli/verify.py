"""`kg verify`: the texts read again, and what no longer holds."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.printing import DONE, FAILED, Json, Out, print_json, print_line, visible

if TYPE_CHECKING:
    from kg.rdf.checks.verify import Verification

__all__ = ["verify_cli"]

_SHOWN = 50


def verify_cli(
    out: Out,
    corpus: Annotated[
        list[str] | None,
        typer.Option(
            metavar="INPUT",
            help="What was built from: a folder, file or pattern; may be given several times. "
            "Without it, the texts in the folder's store are read again.",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="Failures to list at most.")] = _SHOWN,
    as_json: Json = False,
) -> None:
    """Read the texts again, and check each span of the graph against them.

    Compares the hash of each document and the words at the offsets of each mention, in the tables and in the Turtle, the
    two with each other, and each file with the checksum in manifest.json. The exit code is 1 where anything fails.

    \b
    kg verify out --corpus seeds/
    kg verify out --json
    """
    from kg.rdf.checks.verify import verify

    found = verify(out, corpus=tuple(corpus or ()))
    if as_json:
        print_json(_record(found))
    else:
        _print(found, limit)
    raise typer.Exit(DONE if found else FAILED)


def _record(found: "Verification") -> dict[str, Any]:
    failures = [
        {name: value for name, value in asdict(failure).items() if value is not None}
        for failure in found.failures
    ]
    return {"ok": bool(found), "texts": found.texts, "checked": dict(found.counts), "failures": failures}


def _print(found: "Verification", limit: int) -> None:
    for failure in found.failures[:limit]:
        print_line(visible(str(failure)))
    if (more := len(found.failures) - limit) > 0:
        print_line(f"... and {more} more; --json has them all, --limit N shows more")
    print_line(f"checked, with the texts of the {found.texts}:")
    for name, number in found.counts.items():
        print_line(f"{number:9}  {name}")
    print_line(f"{len(found.failures):9}  failure{'' if len(found.failures) == 1 else 's'}")
