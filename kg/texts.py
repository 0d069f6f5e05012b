"""The texts behind a build, read again: from the files that it was built from, or from the store that it left."""

import codecs
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.config import STORE
from kg.datamodel import Document
from kg.read import Rejection, read
from kg.store import Store
from kg.tables import Row

__all__ = ["Found", "from_corpus", "from_store", "has_store", "stored_texts"]

#: A row of documents.jsonl and what is there now: the document, why it cannot be read, or None where it is gone.
Found = tuple[Row, Document | Rejection | None]

_RECORDS = (".jsonl", ".ndjson", "stdin")
_UTF16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def from_corpus(documents: Iterable[Row], inputs: Sequence[str | Path]) -> Iterator[Found]:
    """Yield each row of documents.jsonl with what is found under its path in `inputs`, read as a build reads.

    Where several files have the path (from several inputs), the one with the recorded checksum counts. Texts that
    are what they were come one at a time; changed ones last, when it is clear that no other file has their path.

    Args:
        documents: the rows.
        inputs: what was built from: files, folders, patterns, or "-".

    Raises:
        InputError: a manifest beside the files cannot be used.
    """
    waiting: dict[str, list[Row]] = {}
    for row in documents:
        waiting.setdefault(row["path"], []).append(row)
    others: dict[str, Document | Rejection] = {}
    for item in read(inputs):
        rows = waiting.get(item.path, [])
        same = [row for row in rows if isinstance(item, Document) and row["sha256"] == item.sha256]
        yield from ((row, item) for row in same)
        if same:
            waiting[item.path] = [row for row in rows if row not in same]
        elif rows and isinstance(others.get(item.path), Rejection | None):
            others[item.path] = item
    for path, rows in waiting.items():
        yield from ((row, others.get(path)) for row in rows)


def has_store(out: Path) -> bool:
    """Tell whether the folder of a build holds the texts."""
    return (out / STORE).is_file()


def stored_texts(out: Path) -> dict[str, str]:
    """Return the texts that the store of a build's folder has, by document id.

    Raises:
        OutputError: there is no store, or it cannot be read.
    """
    with Store.open(out) as store:
        return {document.id: document.text for document in store.documents()}


def from_store(documents: Iterable[Row], out: Path) -> Iterator[Found]:
    """Yield each row of documents.jsonl with the document that the store of the folder `out` has for it.

    Its `sha256` is that of the bytes that the text was decoded from, made from the text again. Only of a record of a
    JSONL file it is the stored one: a line has more in it than the text.

    Raises:
        OutputError: there is no store, or it cannot be read.
    """
    with Store.open(out) as store:
        given = store.given()
    encodings = dict(given.encodings)
    stored = {document.id: document for document in given.documents}
    for row in documents:
        document = stored.get(row["id"])
        if document is not None and not _is_record(document):
            hashed = _sha256(document.text, encodings[document.id], document.sha256)
            document = replace(document, sha256=hashed)
        yield row, document


def _is_record(document: Document) -> bool:
    """Tell whether a document is one of many in its file."""
    return document.path.rpartition("#")[0].lower().endswith(_RECORDS)


def _sha256(text: str, encoding: str, expected: str) -> str:
    """Return the hash of the bytes that a text was decoded from; UTF-16 has two orders of bytes."""
    if encoding == "utf-16":
        made = [mark + text.encode(codec, "surrogatepass") for mark, codec in _UTF16]
    else:
        made = [text.encode(encoding, "backslashreplace")]  # what the codec has not was never in the bytes
    found = [hashlib.sha256(data).hexdigest() for data in made]
    return expected if expected in found else found[0]
