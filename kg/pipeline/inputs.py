"""Inputs as they are named -> what was given."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.config import MUST
from kg.errors import InputError, OutputError
from kg.output import Progress, check_folder
from kg.read import Reading, Rejection, readings
from kg.read.folder import named, root
from kg.read.manifest import NOT_AMONG_THE_INPUTS, load_manifest
from kg.resolve import parse_must
from kg.store import Given

__all__ = ["Inputs", "as_list", "check_apart", "check_given", "read_inputs"]

Inputs = str | Path | Iterable[str | Path]


def read_inputs(
    names: Sequence[str | Path], manifest: str | Path | None, must: str | Path | None, tell: Progress
) -> Given:
    """Return what the inputs bring."""
    pairs = _read_must(names, must)
    done: list[Reading] = []
    rejected: list[Rejection] = []
    for number, item in enumerate(readings(names, manifest=manifest), 1):
        if isinstance(item, Reading):
            done.append(item)
        elif item.reason != NOT_AMONG_THE_INPUTS:  # Given.rejected tells them, of the whole set
            rejected.append(item)
        tell("read", number, None)
    return Given() | Given(
        tuple(reading.document for reading in done),
        tuple((reading.document.id, reading.encoding) for reading in done),
        tuple(rejected),
        () if manifest is None else tuple(load_manifest(manifest).entries),
        pairs,
    )


def _read_must(names: Sequence[str | Path], must: str | Path | None) -> tuple[tuple[str, str], ...]:
    """Return location and text of the files of pairs: the one given, or those that stand beside the inputs."""
    beside = (folder / MUST for name in names if (folder := root(os.fspath(name))) is not None)
    files = [path for path in beside if path.is_file()] if must is None else [Path(must)]
    found: dict[str, str] = {}
    for path in files:
        try:
            found[os.path.abspath(path)] = text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read: {error}; it must be TOML in UTF-8") from error
        parse_must(text, path.name)  # what is wrong with it is told before the texts are read
    return tuple(found.items())


def check_given(given: Given, names: Sequence[str | Path]) -> None:
    """Raise InputError where there is nothing to build."""
    if given.documents:
        return
    shown = ", ".join(str(name) for name in names[:3]) + (", ..." if len(names) > 3 else "")
    if not (rejections := given.rejected()):
        raise InputError(
            f"no document found in {shown or 'no input'}: name .txt, .md or .jsonl files or folders"
        )
    first = rejections[0]
    more = f" (and {len(rejections) - 1} more)" if len(rejections) > 1 else ""
    raise InputError(f"nothing could be read: {first.location or first.path}: {first.reason}{more}")


def check_apart(out: Path, names: Sequence[str | Path]) -> None:
    """Raise OutputError where a build would write over a file, or into a folder that it reads or reads from.

    Reading passes over a folder that kg wrote, so the articles in it would never be found again.
    """
    check_folder(out)
    if not out.is_dir():
        return
    found = (path for name in names for path in named(str(name)))
    for folder in dict.fromkeys(path if path.is_dir() else path.parent for path in found):
        if out.samefile(folder):
            raise OutputError(
                f"output {out} is also the folder of the input, whose files would not be read next time: "
                "name another with -o"
            )


def as_list(inputs: Inputs) -> list[str | Path]:
    """Return the inputs one by one."""
    return [inputs] if isinstance(inputs, str | Path) else list(inputs)
