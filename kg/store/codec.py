"""Records as bytes and back: compressed JSON, equal after a round trip, and a checksum over what a row holds."""

import hashlib
import zlib
from typing import Any, TypeVar

from pydantic import TypeAdapter

from kg.datamodel import Document, Extraction

__all__ = ["dump", "load", "seal"]

_Record = TypeVar("_Record", Document, Extraction)
_LEVEL = 6
_ADAPTERS: dict[type, TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in (Document, Extraction)}


def dump(record: Document | Extraction) -> bytes:
    """Return a frozen dataclass as compressed JSON."""
    return zlib.compress(_ADAPTERS[type(record)].dump_json(record), _LEVEL)


def load(kind: type[_Record], data: bytes) -> _Record:
    """Return the record of the class `kind` that `dump` made bytes of.

    Raises:
        ValueError: the bytes are damaged, or of another class.
    """
    try:
        found: _Record = _ADAPTERS[kind].validate_json(zlib.decompress(data))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    return found


def seal(*parts: bytes | str) -> bytes:
    """Return a SHA-256 over parts and their boundaries."""
    sha = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        sha.update(len(data).to_bytes(8, "big"))
        sha.update(data)
    return sha.digest()
