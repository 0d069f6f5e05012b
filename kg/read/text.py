"""Reads `.txt` and `.md`: one file, one document, its text as it stands."""

import hashlib
from typing import BinaryIO

from kg.read.decode import decode
from kg.read.records import Metadata, Reading, Rejection, new_document
from kg.read.sniff import binary_reason, markup_reason

__all__ = ["MAX_BYTES", "read_text"]

#: A larger file is no article; it would only fill the memory.
MAX_BYTES = 64 * 1024 * 1024


def read_text(stream: BinaryIO, path: str, location: str, metadata: Metadata) -> Reading | Rejection:
    """Read one article. The hash is that of the bytes read here, even if the file changes meanwhile.

    Raises:
        OSError: the stream cannot be read; the caller knows the file's name.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Rejection(path, f"larger than {MAX_BYTES // 2**20} MiB: split it into articles", location)
    if reason := binary_reason(data):
        return Rejection(path, reason, location)
    text, encoding = decode(data)
    if reason := markup_reason(text, markdown=path.lower().endswith((".md", ".markdown"))):
        return Rejection(path, reason, location)
    return Reading(new_document(text, path, hashlib.sha256(data).hexdigest(), metadata), encoding)
