"""`kg show` and `kg info`: the page of a build, and how it was made."""

import platform
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.printing import Json, Out, check_output, complain, print_json, print_line, visible
from kg.config import LICENCES, __version__

__all__ = ["info_cli", "show_cli"]


def show_cli(
    out: Out,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open it, or only print its path.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Open the page of a build in the browser, and print its path.

    \b
    kg show out
    """
    page = check_output(out, "graph.html")
    if as_json:
        print_json({"page": str(page)})
    else:
        print_line(str(page))
    if browser and not webbrowser.open(page.resolve().as_uri()):
        complain("no browser could be started: open the file by hand")


def info_cli(
    out: Annotated[Path | None, typer.Argument(metavar="OUT", help="Folder that kg build wrote.")] = None,
    as_json: Json = False,
) -> None:
    """Tell versions, language model, data and licences; with OUT, how that folder was made.

    \b
    kg info
    kg info out --json
    """
    from kg.output import read_manifest

    facts = _installed() if out is None else read_manifest(out)
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        _print_fact(name, value)


def _installed() -> dict[str, Any]:
    from kg.config import library_versions, ontology_dir
    from kg.language import model_version

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
        print_line(f"{name}:")
        for key, part in value.items():
            print_line(f"  {key}: {_in_one_line(part)}")
    elif isinstance(value, list):
        print_line(f"{name}:")
        for part in value:
            print_line(f"  {_in_one_line(part)}")
    else:
        print_line(f"{name}: {_in_one_line(value)}")


def _in_one_line(value: object) -> str:
    if isinstance(value, dict):
        value = "  ".join(str(part) for part in value.values() if part is not None)
    return visible(str(value))
