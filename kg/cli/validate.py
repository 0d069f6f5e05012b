"""`kg validate`: the graph against its SHACL shapes, or against shapes of one's own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.printing import DONE, FAILED, Json, check_output, complain, print_json, print_line, visible

if TYPE_CHECKING:
    from kg.rdf import Finding, ValidationReport

__all__ = ["validate_cli"]

_SHOWN = 50
_MILD = ("Warning", "Info")
_WIDE = 60


def validate_cli(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="Folder that kg build wrote, or a Turtle file.", show_default=False
        ),
    ],
    shapes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Turtle with SHACL shapes of your own, in place of ontology/shapes.ttl."
        ),
    ] = None,
    thorough: Annotated[
        bool,
        typer.Option("--thorough", help="Have pySHACL look at every node: the same findings, in minutes."),
    ] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="Findings to list at most.")] = _SHOWN,
    as_json: Json = False,
) -> None:
    """Check the graph against SHACL shapes, together with the ontology.

    Findings are grouped by what is wrong: each with the node, its name and the wrong value. The exit code is 1 where a
    shape is violated; warnings and infos of shapes of your own do not count as that.

    \b
    kg validate out
    kg validate out/graph.ttl --shapes house-rules.ttl --json
    """
    from kg.rdf import validate

    report = validate(
        check_output(out, "graph.ttl") if out.is_dir() else out, shapes=shapes, thorough=thorough
    )
    if as_json:
        print_json(_record(report))
    else:
        _print(report.findings, limit)
    complain(_summary(report))
    raise typer.Exit(FAILED if any(found.severity not in _MILD for found in report.findings) else DONE)


def _record(report: "ValidationReport") -> dict[str, Any]:
    findings = [
        {name: value for name, value in asdict(finding).items() if value is not None}
        for finding in report.findings
    ]
    checked = {"nodes": report.nodes, "shapes": report.shapes}
    return {"conforms": report.conforms, "checked": checked, "findings": findings}


def _print(findings: Sequence["Finding"], limit: int) -> None:
    from kg.rdf import shorten

    left = limit
    for (severity, message, path), group in groupby(findings, lambda f: (f.severity, f.message, f.path)):
        found = list(group)
        where = f" ({shorten(path)})" if path else ""
        print_line(f"{len(found)} × {severity.lower()}: {visible(message)}{where}")
        shown = found[: max(left, 0)]
        left -= len(shown)
        nodes = [shorten(f.focus) or "(blank node)" for f in shown]
        wide = min(max(map(len, nodes), default=0), _WIDE)
        for node, f in zip(nodes, shown, strict=True):
            value = None if f.value is None else f"value: {shorten(f.value)}"
            cells = filter(None, (f.label, value))
            print_line("  ".join([f"    {visible(node):{wide}}", *map(visible, cells)]).rstrip())
    if len(findings) > limit:
        print_line(f"... and {len(findings) - limit} more; --json has them all, --limit N shows more")
    if not findings:
        print_line("conforms: no shape is broken")


def _summary(report: "ValidationReport") -> str:
    counts = Counter(finding.severity.lower() for finding in report.findings) or {"violation": 0}
    found = ", ".join(
        f"{number} {severity}{'' if number == 1 else 's'}" for severity, number in counts.items()
    )
    return f"{report.nodes} nodes checked against {report.shapes} shapes: {found}"
