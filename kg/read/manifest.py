"""Reads `manifest.toml`: what is known about the articles beside it.

    [[document]]
    path = "01_first-night.txt"       # below the manifest's folder
    title = "Raids across France"
    publisher = "Sample Wire A"
    url = "https://example.org/1"
    published = 2015-11-16
    language = "en"

A misspelt key would lose a date without a word, so whatever is not understood is an error.
"""

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    field_validator,
)

from kg.errors import InputError
from kg.read.fields import parse_date
from kg.read.records import File, Metadata, Rejection, printable_path

__all__ = ["MANIFEST", "NOT_AMONG_THE_INPUTS", "Catalogue", "Manifest", "load_manifest"]

MANIFEST = "manifest.toml"
NOT_AMONG_THE_INPUTS = "listed in the manifest, but not among the inputs"

_Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\x00-\x1f\x7f]*$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    path: _Line
    title: _Line | None = None
    publisher: _Line | None = None
    url: _Line | None = None
    published: Annotated[date | None, BeforeValidator(parse_date)] = None
    language: Annotated[_Line | None, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = (
        None
    )

    @field_validator("path")
    @classmethod
    def _inside(cls, path: str) -> str:
        pure = PurePosixPath(path)
        if pure.is_absolute() or ".." in pure.parts:
            raise ValueError("must lie below the manifest's folder")
        return str(pure)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    document: list[_Entry] = []


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one `manifest.toml` states.

    Attributes:
        location: the file, for messages.
        entries: metadata by path below the manifest's folder.
    """

    location: str
    entries: Mapping[str, Metadata]


def load_manifest(location: str | os.PathLike[str]) -> Manifest:
    """Read and check a manifest.

    Raises:
        InputError: it cannot be read, is no TOML, or holds an unknown key, a bad value or a path twice.
    """
    name = os.fspath(location)
    try:
        with open(name, "rb") as stream:
            data = tomllib.load(stream)
    except OSError as error:
        raise InputError(f"manifest {name} cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"manifest {name} is no valid TOML: {error}") from error
    try:
        found = _File.model_validate(data)
    except ValidationError as error:
        raise InputError(f"manifest {name}: {_first(error)}") from error
    entries: dict[str, Metadata] = {}
    for entry in found.document:
        if entry.path in entries:
            raise InputError(f"manifest {name}: path {entry.path!r} stands there twice; keep one entry")
        entries[entry.path] = Metadata(
            entry.title, entry.publisher, entry.url, entry.published, entry.language
        )
    return Manifest(name, entries)


class Catalogue:
    """Answers what is known about a file.

    Attributes:
        given: the manifest for all inputs; None when those beside the files count.
    """

    def __init__(self, given: str | os.PathLike[str] | None = None) -> None:
        """Load `given`, a manifest whose paths are those of the documents.

        Raises:
            InputError: the manifest cannot be used.
        """
        self.given = None if given is None else load_manifest(given)
        self._used: set[str] = set()
        self._beside: dict[str, Manifest | None] = {}

    def beside(self, folder: str) -> Manifest | None:
        """Return the manifest that stands in `folder`; None where there is none, or one was given for all."""
        if self.given is not None:
            return None
        if folder not in self._beside:
            location = os.path.join(folder, MANIFEST)
            self._beside[folder] = load_manifest(location) if os.path.isfile(location) else None
        return self._beside[folder]

    def entry(self, file: File) -> Metadata | None:
        """Return what the nearest manifest that lists the file says, looking up to the folder of the input."""
        if self.given is not None:
            self._used.add(file.path)
            return self.given.entries.get(file.path)
        folder = os.path.dirname(file.path)
        while True:
            manifest = self.beside(os.path.join(file.root, folder))
            below = file.path.removeprefix(folder).lstrip("/")
            if manifest is not None and below in manifest.entries:
                return manifest.entries[below]
            if not folder:
                return None
            folder = os.path.dirname(folder)

    def missing(self, root: str, folder: str) -> Iterator[Rejection]:
        """Yield what the manifest in `folder` below `root` lists and the folder does not hold."""
        manifest = self.beside(os.path.join(root, folder))
        for path in sorted(manifest.entries if manifest else ()):
            location = os.path.join(root, folder, path)
            if not os.path.lexists(location):
                shown = printable_path(os.path.join(folder, path))
                yield Rejection(shown, f"listed in {MANIFEST}, but there is no such file", location)

    def unused(self) -> Iterator[Rejection]:
        """Yield what the given manifest lists and no input brought; to be asked at the end."""
        if self.given is not None:
            for path in sorted(set(self.given.entries) - self._used):
                yield Rejection(path, NOT_AMONG_THE_INPUTS, self.given.location)


def _first(error: ValidationError) -> str:
    """Return the first problem in words: which entry, which key, what is allowed."""
    problem = error.errors(include_url=False, include_context=False)[0]
    place = problem["loc"]
    entry = f"document {int(place[1]) + 1}: " if len(place) > 1 else ""
    if problem["type"] == "extra_forbidden":
        allowed = ", ".join(_Entry.model_fields) if entry else "[[document]]"
        return f"{entry}unknown key {str(place[-1])!r}; allowed: {allowed}"
    if problem["type"] == "missing":
        return f"{entry}no {place[-1]!r}; every [[document]] needs one"
    return f"{entry}{place[-1]}: {problem['msg'].removeprefix('Value error, ')}"
