"""What all commands print with: rows, JSON, one-line complaints, progress bars; nothing else writes to the terminal.

Data go to standard output, progress and complaints to standard error.
"""

import csv
import json
import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import OutputError

if TYPE_CHECKING:
    from kg.output import Progress

__all__ = [
    "DONE",
    "FAILED",
    "FORMATS",
    "INTERRUPTED",
    "SOME_REJECTED",
    "TERMINATED",
    "Json",
    "Out",
    "check_output",
    "complain",
    "print_json",
    "print_line",
    "print_rows",
    "progress_bars",
    "visible",
    "write",
    "write_bytes",
]

DONE, FAILED, SOME_REJECTED, INTERRUPTED, TERMINATED = 0, 1, 3, 130, 143

#: How rows can be printed.
FORMATS = ("table", "csv", "json")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="Folder that kg build wrote.", show_default=False)]


def check_output(out: Path, name: str) -> Path:
    """Return the file `name` of a build's folder."""
    path = out / name
    if not path.is_file():
        raise OutputError(f"{out} holds no {name}: run kg build INPUT -o {out}")
    return path


class _Stdout:
    """A writer for `csv` that ends quietly when nobody reads any more."""

    def write(self, text: str) -> int:
        write(text)
        return len(text)


def print_line(text: str) -> None:
    """Write `text` and a line break to standard output."""
    write(text + "\n")


def print_json(data: object) -> None:
    """Write `data` as indented JSON to standard output."""
    print_line(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def write(text: str) -> None:
    """Write to standard output; where the reader has gone away (`| head`), end as if all was read."""
    if sys.stdout is None:
        return
    with _until_nobody_reads():
        sys.stdout.write(text)
        sys.stdout.flush()


def write_bytes(data: bytes) -> None:
    """Write to standard output what must arrive as it is, whatever the terminal's encoding."""
    if sys.stdout is None:
        return
    with _until_nobody_reads():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


@contextmanager
def _until_nobody_reads() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # The interpreter flushes once more at its end: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None


def complain(text: str) -> None:
    """Write one line to standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"kg: {visible(text)}\n")
        sys.stderr.flush()


def visible(text: str) -> str:
    """Return `text` in one line that cannot steer a terminal: white space as spaces, controls as U+FFFD."""
    line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in line)


def print_rows(fields: Sequence[str], rows: Sequence[Sequence[object]], output: str) -> None:
    """Write rows under their fields, as a table for people or (`output` "csv") as CSV."""
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
        table.add_row(*(Text(visible(value)) for value in row))
    wide = None if sys.stdout is not None and sys.stdout.isatty() else 200
    console = Console(width=wide)
    with console.capture() as capture:
        console.print(table)
    print_line(capture.get().rstrip("\n"))
    print_line(f"{len(rows)} row{'' if len(rows) == 1 else 's'}")


@contextmanager
def progress_bars(*, visible: bool) -> "Iterator[Progress | None]":
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
