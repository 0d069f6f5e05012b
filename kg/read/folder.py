"""Finds the files that an input names: a file, a folder with all below it, or a pattern.

Folders are walked one directory at a time, in the order of names, without following links to folders, so that a
large tree costs little memory and a loop of links ends.
"""

import errno
import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePath

from kg.config import APPLICATION, MUST, STORE
from kg.read.manifest import MANIFEST, Catalogue
from kg.read.records import File, Rejection, printable_path

__all__ = ["READABLE", "expand", "is_own_store", "named", "root"]

#: What a folder's files must end in to be read; a file that is named by itself may be called anything.
READABLE = (".txt", ".md", ".markdown", ".jsonl", ".ndjson")

_ABOUT = ("readme", "license", "licence", "notice")
_BESIDE = (MANIFEST, MUST)
_OWN_OUTPUT = ("manifest.json", "graph.ttl")


def expand(name: str, catalogue: Catalogue) -> Iterator[File | Rejection]:
    """Yield the files that the input `name` stands for, and what of it cannot be read.

    Passed over are hidden files and folders, links to folders, devices and pipes, `manifest.toml`, `must.toml`, a
    folder that `kg build` wrote or began to write, and files called README, LICENSE or NOTICE that no manifest lists (one that is named by itself
    is read where no manifest stands beside it).
    """
    if os.path.isdir(name):
        yield from _walk(name, catalogue)
    elif os.path.lexists(name):
        yield from _single(os.path.dirname(name), os.path.basename(name), catalogue)
    elif glob.has_magic(name):
        yield from _matches(name, catalogue)
    else:
        yield Rejection(printable_path(PurePath(name).name or name), "no such file or folder", name)


def named(name: str) -> Iterator[Path]:
    """Yield the files and folders that the input `name` itself names, without looking into folders; none for "-".

    What a pattern matches of a folder that `kg build` wrote is left out, as in reading.
    """
    if name != "-" and os.path.lexists(name):
        yield Path(name)
    elif glob.has_magic(name):
        for _, match in _glob(name):
            if not _is_own_output(match if match.is_dir() else match.parent):
                yield match


def root(name: str) -> Path | None:
    """Return the folder below which the paths of the documents of an input are; None for "-" and what is not there."""
    if name == "-":
        return None
    if os.path.isdir(name):
        return Path(name)
    if os.path.lexists(name):
        return Path(name).parent
    return Path(_split(name)[0]) if glob.has_magic(name) else None


def _matches(pattern: str, catalogue: Catalogue) -> Iterator[File | Rejection]:
    found = False
    for root, match in _glob(pattern):
        found = True
        if not match.is_dir():
            if not _is_own_output(match.parent):
                yield from _single(root, os.path.relpath(match, root or "."), catalogue)
        elif "**" not in PurePath(pattern).parts:
            yield from _walk(str(match), catalogue)
    if not found:
        yield Rejection(printable_path(PurePath(pattern).name), "no file matches this pattern", pattern)


def _glob(pattern: str) -> Iterator[tuple[str, Path]]:
    """Yield the folder before a pattern's first wildcard, and each match below it.

    "**" does not follow links, and "*" matches no hidden names, as in a shell; a "**" at the end names all below.
    """
    root, parts = _split(pattern)
    if parts[-1] == "**":
        parts += ("*",)  # by itself it matches folders only, before Python 3.13
    hidden = any(part.startswith(".") for part in parts)
    for match in sorted(Path(root).glob(os.path.join(*parts))):
        path = os.path.relpath(match, root or ".")
        if hidden or not any(part.startswith(".") for part in PurePath(path).parts):
            yield root, match


def _split(pattern: str) -> tuple[str, tuple[str, ...]]:
    """Return the folder before a pattern's first wildcard, and the parts from there on."""
    parts = PurePath(pattern).parts
    cut = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    return os.path.join(*parts[:cut]) if cut else "", parts[cut:]


def _single(root: str, path: str, catalogue: Catalogue) -> Iterator[File | Rejection]:
    """Yield the file at `path` below `root`, named on its own."""
    file = _file(root, path)
    alone = catalogue.beside(os.path.dirname(file.location)) is None
    if os.path.basename(file.path) in _BESIDE or (not alone and _is_about(file, catalogue)):
        return
    try:
        mode = os.stat(file.location).st_mode
    except OSError as error:
        yield Rejection(printable_path(file.path), _why(error), file.location)
        return
    if stat.S_ISREG(mode):
        yield file
    else:
        reason = 'not a regular file; use "-" to read standard input'
        yield Rejection(printable_path(file.path), reason, file.location)


def _walk(root: str, catalogue: Catalogue) -> Iterator[File | Rejection]:
    folders = [""]
    while folders:
        folder = folders.pop()
        location = os.path.join(root, folder)
        try:
            with os.scandir(location) as entries:
                names = sorted((entry.name, _kind(entry)) for entry in entries)
        except OSError as error:
            shown = folder or os.path.basename(os.path.normpath(root))
            yield Rejection(printable_path(shown), _why(error), location)
            continue
        if _is_own_output(Path(location)):
            continue
        yield from catalogue.missing(root, folder)
        for name, kind in names:
            if kind in ("file", "broken"):
                yield from _member(_file(root, os.path.join(folder, name)), kind, catalogue)
        folders.extend(os.path.join(folder, name) for name, kind in reversed(names) if kind == "folder")


def _kind(entry: os.DirEntry[str]) -> str:
    """Return file, folder, broken (a link to nothing) or other (hidden, links to folders, pipes, devices)."""
    if entry.name.startswith(".") or entry.name == "__pycache__":
        return "other"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    try:
        mode = entry.stat().st_mode
    except OSError as error:
        return "broken" if error.errno in (errno.ENOENT, errno.ELOOP) else "file"
    return "file" if stat.S_ISREG(mode) else "other"


def _member(file: File, kind: str, catalogue: Catalogue) -> Iterator[File | Rejection]:
    name = os.path.basename(file.path)
    if name in _BESIDE or _is_about(file, catalogue):
        return
    if kind == "broken":
        yield Rejection(printable_path(file.path), "a link to nothing", file.location)
    elif name.lower().endswith(READABLE):
        yield file
    else:
        reason = f"not a format that kg reads; allowed: {', '.join(READABLE)}"
        yield Rejection(printable_path(file.path), reason, file.location)


def _file(root: str, path: str) -> File:
    return File(root, path.replace(os.sep, "/"), os.path.join(root, path))


def _is_about(file: File, catalogue: Catalogue) -> bool:
    """Tell whether a file is about the corpus, by its name, and no manifest calls it a document."""
    name = os.path.basename(file.path).lower()
    return name.startswith(_ABOUT) and catalogue.entry(file) is None


def _is_own_output(folder: Path) -> bool:
    return all((folder / name).is_file() for name in _OWN_OUTPUT) or is_own_store(folder / STORE)


def is_own_store(path: Path) -> bool:
    """Tell whether a file is the store of a build, be it one that was killed when it had just made it."""
    try:
        with path.open("rb") as stream:
            head = stream.read(72)
    except OSError:
        return False
    return not head or head[68:72] == APPLICATION.to_bytes(4, "big")


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
