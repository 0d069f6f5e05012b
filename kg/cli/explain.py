"""`kg explain`: why the graph has an entity, event or relation."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.printing import Json, print_json, print_line, visible

if TYPE_CHECKING:
    from kg.explain import Explanation, Passage
    from kg.tables import Row

__all__ = ["explain_cli"]

_COLOURS = {
    "trigger": "yellow",
    "agent": "green",
    "subject": "green",
    "mention": "green",
    "patient": "red",
    "object": "red",
    "recipient": "magenta",
    "attribution": "cyan",
    "time": "blue",
}


def explain_cli(
    id: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An id, in full or its last part, or a name that only one has.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="OUT", help="Folder that kg build wrote.")
    ] = Path("out"),
    as_json: Json = False,
) -> None:
    """Tell why the graph has an entity, event or relation.

    Prints what it is, each sentence with its parts marked by role, the document, publisher and date, who says so, the rule
    that found it, and the merges and links behind it.

    \b
    kg explain Raqqa
    kg explain order-1c9f02d1c94be05f -o out
    """
    from kg.explain import explain

    found = explain(out, id)
    if as_json:
        print_json(asdict(found))
        return
    print_line(visible(f"{found.label} ({found.kind} {found.id})"))
    for name, value in found.facts.items():
        for text in _fact(value):
            print_line(f"{name.replace('_', ' '):12}  {visible(text)}")
    for passage in found.passages:
        _print_passage(passage)
    _print_decisions(found)


def _fact(value: Any) -> Iterator[str]:
    """Yield the lines of a fact; none of one that is not known."""
    if isinstance(value, list):
        for item in value:
            yield from _fact(item)
    elif isinstance(value, Mapping):
        yield _in_words(value)
    elif value is not None:
        yield str(value)


def _in_words(value: "Mapping[str, Any]") -> str:
    """Return a participant, time or thing with an id in one line."""
    if "granularity" in value:
        days = " to ".join(dict.fromkeys(filter(None, (value["start"], value["end"]))))
        return f"{value['text']!r} {days or 'not resolved'}"
    if "claims" in value:
        claims = (f"{claim['value']} ({claim['publisher'] or 'no publisher'})" for claim in value["claims"])
        return " ".join(filter(None, [value["field"], value["about"], "-", "; ".join(claims)]))
    roles = value.get("roles") or ([value["role"]] if "role" in value else [])
    words = [*roles, value.get("label") or value.get("text") or "", value.get("status") or ""]
    id = value.get("id") or value.get("entity")
    return " ".join(filter(None, [*words, f"({id.rsplit('/', 1)[-1]})" if id else ""]))


def _print_passage(passage: "Passage") -> None:
    about = [passage.publisher, passage.published, f"{passage.path} {passage.start}-{passage.end}"]
    print_line("")
    print_line(visible(", ".join(filter(None, about))))
    print_line(f"  {_marked(passage)}")
    facts = {"status": passage.status, "said by": ", ".join(passage.said_by), "rule": passage.rule}
    names = {f"{part.role} {part.text!r}": part.entity for part in passage.parts if part.entity}
    for name, value in {**facts, **names}.items():
        if value:
            print_line(f"  {visible(name)}: {visible(value)}")


def _marked(passage: "Passage") -> str:
    """Return the sentence with its parts in brackets, in colours where somebody looks."""
    from kg.explain import segments

    colours = sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    colours = colours and os.environ.get("TERM") != "dumb"
    shown = ((_one_line(text), role) for text, role in segments(passage))
    if not colours:
        return "".join(text for text, _ in shown).strip()
    return "".join(
        typer.style(text, fg=_COLOURS.get(role, "bright_blue")) if role else text for text, role in shown
    ).strip()


def _one_line(text: str) -> str:
    """Do what `visible` does, and keep a space at either end."""
    return "".join(visible(word) or " " for word in re.split(r"(\s+)", text) if word)


def _print_decisions(found: "Explanation") -> None:
    if not found.decisions:
        return
    print_line("\nmerges and links:")
    for row in found.decisions:
        print_line(f"  {visible(_decision(row))}")


def _decision(row: "Row") -> str:
    words = f'"{row["text"]}" ' if row["text"] else ""
    object_ = row["object"].rsplit("/", 1)[-1] if row["text"] else row["object"]
    taken_in = f"{words}{'' if row['text'] == row['object'] else object_}".strip()
    runner_up = f"; runner-up: {row['runner_up']}" if row["runner_up"] else ""
    return f"{row['kind']} {row['label']} <- {taken_in}: {row['rule']}: {row['evidence']}{runner_up}"
