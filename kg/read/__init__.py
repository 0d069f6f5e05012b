"""Files, folders, patterns and standard input -> documents, and what was turned away and why.

A reader a file: `text` (.txt, .md), `jsonl`; `folder` finds the files, `manifest` says what is known about them,
`sniff` and `decode` look at the bytes. Every input ends as exactly one of: document, rejection, passed over by rule
(`folder.expand`). Reading holds one article at a time, and of those before it the ids only; a build keeps them all.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import cast

from kg.datamodel import Document
from kg.errors import InputError
from kg.read.folder import expand
from kg.read.jsonl import read_jsonl
from kg.read.manifest import Catalogue
from kg.read.records import File, Metadata, Reading, Rejection, printable_path
from kg.read.text import read_text

__all__ = ["Reading", "Rejection", "read", "readings"]

_JSONL = (".jsonl", ".ndjson")
_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')
_STDIN = File("", "stdin", "stdin")


def read(
    inputs: str | Path | Iterable[str | Path], *, manifest: str | Path | None = None
) -> Iterator[Document | Rejection]:
    """Yield the documents that `inputs` name, each once, and a `Rejection` for each input that cannot be read.

    Args:
        inputs: files, folders, patterns such as "news/**/*.txt", or "-" for standard input.
        manifest: a manifest whose paths are those of the documents; without it, the `manifest.toml` that stands
            beside a file, or in a folder above it up to the folder named, says what is known about it.

    Raises:
        InputError: a manifest that cannot be used.
    """
    for item in readings(inputs, manifest=manifest):
        yield item.document if isinstance(item, Reading) else item


def readings(
    inputs: str | Path | Iterable[str | Path],
    *,
    manifest: str | Path | None = None,
    stdin: BufferedReader | None = None,
) -> Iterator[Reading | Rejection]:
    """Do what `read` does, and tell with each document how its bytes were decoded."""
    names = [inputs] if isinstance(inputs, str | Path) else inputs
    catalogue = Catalogue(manifest)
    seen: set[str | Rejection] = set()
    for name in names:
        for item in _input(os.fspath(name), catalogue, stdin):
            key = item.document.id if isinstance(item, Reading) else item
            if key not in seen:
                seen.add(key)
                yield item
    yield from catalogue.unused()


def _input(name: str, catalogue: Catalogue, stdin: BufferedReader | None) -> Iterator[Reading | Rejection]:
    if name == "-":
        yield from _stdin(stdin, catalogue)
        return
    for item in expand(name, catalogue):
        if isinstance(item, Rejection):
            yield item
        else:
            yield from _file(item, catalogue.entry(item) or Metadata())


def _file(file: File, metadata: Metadata) -> Iterator[Reading | Rejection]:
    try:
        with open(file.location, "rb") as stream:
            yield from _stream(stream, file, metadata, jsonl=file.path.lower().endswith(_JSONL))
    except OSError as error:
        yield Rejection(printable_path(file.path), (error.strerror or str(error)).lower(), file.location)


def _stdin(stdin: BufferedReader | None, catalogue: Catalogue) -> Iterator[Reading | Rejection]:
    """Read one article, or JSONL where standard input opens with an object."""
    if stdin is None and sys.stdin is None:
        raise InputError('standard input is closed, so "-" cannot be read: name a file or folder')
    stream = stdin or cast(BufferedReader, sys.stdin.buffer)
    metadata = (catalogue.entry(_STDIN) if catalogue.given else None) or Metadata()
    yield from _stream(stream, _STDIN, metadata, jsonl=bool(_JSON_OBJECT.match(stream.peek(1024))))


def _stream(
    stream: BufferedReader, file: File, metadata: Metadata, *, jsonl: bool
) -> Iterator[Reading | Rejection]:
    path = printable_path(file.path)
    if jsonl:
        yield from read_jsonl(stream, path, file.location, metadata)
    else:
        yield read_text(stream, path, file.location, metadata)
