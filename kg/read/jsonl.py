"""Reads `.jsonl`: one document a line, under the field names of `kg.read.fields`; a bad line costs only itself."""

import codecs
import hashlib
import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.read.decode import decode
from kg.read.fields import FIELDS, metadata_of, string_field
from kg.read.records import Metadata, Reading, Rejection, new_document
from kg.read.sniff import binary_reason, markup_reason

__all__ = ["MAX_LINE", "read_jsonl"]

#: Longer lines are skipped without being held in memory.
MAX_LINE = 64 * 1024 * 1024


def read_jsonl(
    stream: BinaryIO, path: str, location: str, metadata: Metadata
) -> Iterator[Reading | Rejection]:
    """Yield a document or a rejection for each line that is not blank; `metadata` goes before the line's own.

    A document's path is the file's with "#" and the record's id, or a hash of the line where it has none,
    so that the order of the lines does not matter.

    Raises:
        OSError: the stream cannot be read; the caller knows the file's name.
    """
    for number, line in _lines(stream):
        place = f"{path}:{number}"
        if line is None:
            yield Rejection(place, f"line is longer than {MAX_LINE // 2**20} MiB", f"{location}:{number}")
            continue
        if number == 1 and (reason := _foreign(line)):
            yield Rejection(path, reason, location)
            return
        if not line.strip():
            continue
        try:
            yield _reading(line, path, metadata)
        except ValueError as error:
            yield Rejection(place, str(error), f"{location}:{number}")


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield number and bytes of each line, without its end; None for one that is too long."""
    number = 0
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
            yield number, None
        else:
            yield number, line.rstrip(b"\r\n")


def _foreign(line: bytes) -> str | None:
    """Return why a file that begins with `line` is no JSONL at all, or None."""
    if line.startswith(b"{"):
        return None
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "JSONL in UTF-16: save it as UTF-8"
    return binary_reason(line)


def _reading(line: bytes, path: str, metadata: Metadata) -> Reading:
    source, encoding = decode(line)
    record = _record(source)
    text = string_field(record, "text")
    if text is None:
        raise ValueError(f"no text field: one of {', '.join(FIELDS['text'])} is needed")
    if reason := markup_reason(text):
        raise ValueError(f"the text is {reason}")
    sha256 = hashlib.sha256(line).hexdigest()
    name = f"{path}#{string_field(record, 'id') or sha256[:12]}"
    return Reading(new_document(text, name, sha256, metadata.over(metadata_of(record))), encoding)


def _record(source: str) -> dict[str, object]:
    try:
        record = json.loads(source)
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(record, dict):
        raise ValueError(f"not a JSON object but a {type(record).__name__}: one {{...}} a line is needed")
    return record
