"""Turtle from a file and whole files in one step: what all formats read and write with."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import RdfFormat, Triple, parse

from kg.errors import OutputError

__all__ = ["in_one_step", "open_turtle", "read_turtle", "replace", "turtle_file"]


def read_turtle(path: Path) -> Iterator[Triple]:
    """Yield the triples of a Turtle file in its order, one at a time.

    Args:
        path: the file, or the output folder that holds `graph.ttl`.

    Raises:
        OutputError: the file cannot be read or is no Turtle.
    """
    with open_turtle(turtle_file(path)) as file:
        for quad in parse(file, RdfFormat.TURTLE):
            yield quad.triple


def turtle_file(path: Path) -> Path:
    """Return the `graph.ttl` of an output folder, and any other path as it is."""
    return path / "graph.ttl" if path.is_dir() else path


@contextmanager
def open_turtle(path: Path) -> Iterator[BinaryIO]:
    """Open a Turtle file; what goes wrong while it is read becomes one line.

    Raises:
        OutputError: the file cannot be read or is no Turtle.
    """
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise OutputError(
            f"cannot read {path}: {error.strerror or error}; name a graph.ttl or the folder that kg build wrote"
        ) from None
    except (SyntaxError, ValueError) as error:
        raise OutputError(
            f"{path} is no Turtle: {' '.join(str(error).split())[:200]}; build it again"
        ) from None


def replace(path: Path, chunks: Iterable[bytes]) -> None:
    """Give a file new content in one step; whatever fails, it keeps the old one.

    Raises:
        OutputError: the file cannot be written.
    """

    def write(unfinished: Path) -> None:
        with unfinished.open("wb") as file:
            file.writelines(chunks)

    in_one_step([path], lambda paths: write(paths[0]))


def in_one_step(paths: list[Path], write: Callable[[list[Path]], None]) -> None:
    """Have `write` fill files beside `paths`, then give them their names; whatever fails, the old ones stay.

    Raises:
        OutputError: a file cannot be written.
    """
    unfinished = [path.with_name(path.name + ".part") for path in paths]
    with _writable(paths[0]):
        try:
            write(unfinished)
            for part, path in zip(unfinished, paths, strict=True):
                part.replace(path)
        finally:
            for part in unfinished:
                part.unlink(missing_ok=True)


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}; choose a folder you may write to"
        ) from None
