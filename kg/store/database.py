"""The file `store.sqlite` of an output folder: one row a document, and one that says what belongs to the graph.

SQLite in WAL mode. Each document is written in a transaction of its own as soon as it is read, so that a killed run has
lost one document at most; what belongs to the graph changes in one transaction at the end, so that a killed run has
changed nothing else. Each row carries a checksum, for SQLite tells of a damaged page only where it stumbles over it.
Whoever writes holds the file alone until it is closed. Its bytes are not canonical: they tell of the order of work.
"""

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from kg.config import APPLICATION, STORE, OwnOntology, Settings
from kg.datamodel import Document, Extraction
from kg.errors import OutputError
from kg.read import Rejection
from kg.read.folder import is_own_store
from kg.store.codec import dump, load, seal
from kg.store.given import Given

__all__ = ["Contents", "DamagedStoreError", "Store"]

#: Of the tables below; a store of another schema cannot be read.
_SCHEMA = 1
#: No index: where one is damaged, it hides rows without a word, and all that is ever asked for is the whole table.
_TABLES = """
CREATE TABLE document (
    id TEXT NOT NULL, version TEXT NOT NULL, encoding TEXT NOT NULL, document BLOB NOT NULL, extraction BLOB NOT NULL,
    document_seal BLOB NOT NULL, extraction_seal BLOB NOT NULL);
CREATE TABLE contents (one INTEGER PRIMARY KEY CHECK (one = 1), record TEXT NOT NULL, seal BLOB NOT NULL);
"""
_WAIT = 1.0  # seconds that a reader may hold up a writer


class DamagedStoreError(OutputError):
    """A store that cannot be read any more; `kg build` makes it anew."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What belongs to the graph of a folder.

    Attributes:
        version: of the extractor, as in `kg.store.extractor_version`.
        model: of the language pipeline.
        settings: those of the build, which later additions use too.
        documents: their ids, sorted.
        rejections, listed, must: as in `Given`.
    """

    version: str
    model: str
    settings: Settings
    documents: tuple[str, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    listed: tuple[str, ...] = ()
    must: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, given: Given, *, version: str, model: str, settings: Settings) -> "Contents":
        """Return the contents of a build of what was given."""
        ids = tuple(document.id for document in given.documents)
        return cls(version, model, settings, ids, given.rejections, given.listed, given.must)

    def dumps(self) -> str:
        """Return JSON; ASCII, for a place in a file system need not be valid Unicode."""
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> "Contents":
        """Return what `dumps` wrote."""
        record = json.loads(text)
        return cls(
            record["version"],
            record["model"],
            _settings(record["settings"]),
            tuple(record["documents"]),
            tuple(Rejection(**item) for item in record["rejections"]),
            tuple(record["listed"]),
            tuple((location, content) for location, content in record["must"]),
        )


def _settings(record: Mapping[str, Any]) -> Settings:
    own = record.get("ontology")
    return Settings(**{**record, "ontology": own and OwnOntology(**own)})


class _Row(NamedTuple):
    """A row of the table of documents."""

    number: int
    id: str
    version: str
    encoding: str
    document: bytes
    extraction: bytes
    document_seal: bytes
    extraction_seal: bytes

    @property
    def has_document(self) -> bool:
        """Tell whether the document is as it was written."""
        return _sealed(self.document_seal, self.id, self.encoding, self.document)

    @property
    def has_extraction(self) -> bool:
        """Tell whether what was found is as it was written."""
        return _sealed(self.extraction_seal, self.id, self.version, self.extraction)

    def read_document(self) -> Document | None:
        """Return the document; None where the row is damaged."""
        try:
            return load(Document, self.document) if self.has_document else None
        except ValueError:  # of a kg whose documents had other fields
            return None

    def read_extraction(self) -> Extraction | None:
        """Return what was found in the document; None where the row is damaged."""
        try:
            return load(Extraction, self.extraction) if self.has_extraction else None
        except ValueError:
            return None


def _sealed(expected: bytes, *parts: bytes | str) -> bool:
    try:
        return seal(*parts) == expected
    except (TypeError, AttributeError):  # a damaged column may be of any type
        return False


class Store:
    """An open store; to be closed, or used in a `with` statement.

    Example:
        with Store.open("out") as store:
            texts = {document.id: document.text for document in store.documents()}
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take over a connection; use `Store.open`."""
        self._db = connection
        self.path = path

    @classmethod
    def open(cls, out: str | Path, *, write: bool = False, create: bool = False) -> Self:
        """Open the store of an output folder.

        Args:
            out: the folder, or the file in it.
            write: keep all others out until it is closed.
            create: make folder and file where they are missing; for writing.

        Raises:
            OutputError: there is none, it is not kg's, in use, or cannot be opened.
            DamagedStoreError: it is damaged, or of another schema.
        """
        path = Path(out) if Path(out).name == STORE else Path(out) / STORE
        if create:
            _make_folder(path.parent)
        elif not path.is_file():
            raise OutputError(f"{path.parent} holds no {STORE}: run kg build INPUT -o {path.parent}")
        if path.is_file() and not is_own_store(path):
            raise OutputError(f"{path} is not kg's: name another folder with -o, or remove it")
        with _errors(path):
            connection = _connect(path, write=write or create)
            try:
                _prepare(connection, path, write=write or create)
                store = cls(connection, path)
                store._contents()  # may be damaged
            except BaseException:
                connection.close()
                raise
        return store

    @classmethod
    def discard(cls, out: str | Path) -> None:
        """Remove the store of a folder, so that the next build makes it anew."""
        for end in ("", "-wal", "-shm", "-journal"):
            Path(out, STORE + end).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file and let others in."""
        with _errors(self.path):
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------- reading

    def contents(self) -> Contents:
        """Return what belongs to the graph.

        Raises:
            OutputError: no build of this folder has ended yet.
            DamagedStoreError: the record is damaged.
        """
        if (found := self._contents()) is None:
            raise OutputError(f"{self.path}: its build has not ended: run the same kg build once more")
        return found

    def _contents(self) -> Contents | None:
        with _errors(self.path):
            row = self._db.execute("SELECT record, seal FROM contents").fetchone()
        if row is None:
            return None
        if not isinstance(row[0], str) or seal(row[0]) != row[1]:
            raise _damaged(self.path, "the list of its documents")
        return Contents.loads(row[0])

    def given(self) -> Given:
        """Return what was given to the builds of this folder.

        Raises:
            DamagedStoreError: a document is damaged or lost; names it.
        """
        contents = self.contents()
        wanted = set(contents.documents)
        documents: dict[str, Document] = {}
        encodings: dict[str, str] = {}
        for row in self._rows():
            if row.id in wanted and (document := row.read_document()) is not None:
                documents[row.id] = document
                encodings[row.id] = row.encoding
        if lost := sorted(wanted - documents.keys()):
            raise _damaged(self.path, f"the text of {lost[0]}")
        return Given(
            tuple(documents[id] for id in sorted(documents)),
            tuple(sorted(encodings.items())),
            contents.rejections,
            contents.listed,
            contents.must,
        )

    def documents(self) -> tuple[Document, ...]:
        """Return the documents of the graph, sorted by id."""
        return self.given().documents

    def extractions(self) -> tuple[Extraction, ...]:
        """Return what was found in each document of the graph, sorted by document id.

        Raises:
            DamagedStoreError: one is damaged or lost; names the document.
        """
        contents = self.contents()
        found, _ = self.known(contents.version)
        if lost := sorted(set(contents.documents) - found.keys()):
            raise _damaged(self.path, f"what was found in {lost[0]}", "kg rebuild OUT")
        return tuple(found[id] for id in contents.documents)

    def known(self, version: str) -> tuple[Mapping[str, Extraction], Sequence[str]]:
        """Return what an extractor of this version found, by document id, and the ids of rows damaged or lost."""
        found: dict[str, Extraction] = {}
        missing: set[str] = set()
        for row in self._rows():
            if row.version != version:
                continue
            extraction = row.read_extraction()
            if extraction is None or not row.has_document:
                missing.add(str(row.id))
            else:
                found[row.id] = extraction
        if (contents := self._contents()) is not None and contents.version == version:
            missing |= set(contents.documents)
        return found, sorted(missing - found.keys())

    def finished(self) -> Mapping[str, int]:
        """Return how many documents each version of the extractor has read; an unfinished run's among them."""
        with _errors(self.path):
            rows = self._db.execute("SELECT version, count(*) FROM document GROUP BY version").fetchall()
        return {str(version): count for version, count in sorted(rows, key=str)}

    def _rows(self) -> Iterator[_Row]:
        names = "rowid, id, version, encoding, document, extraction, document_seal, extraction_seal"
        with _errors(self.path):
            for row in self._db.execute(f"SELECT {names} FROM document"):  # noqa: S608 (constant)
                yield _Row(*row)

    # ------------------------------------------------------------------- writing

    def put(self, document: Document, encoding: str, extraction: Extraction, version: str) -> None:
        """Keep a document and what was found in it, for good when this returns."""
        text, found = dump(document), dump(extraction)
        row = (document.id, version, encoding, text, found)
        seals = (seal(document.id, encoding, text), seal(document.id, version, found))
        with _errors(self.path):
            self._db.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, *seals))

    def finish(self, contents: Contents) -> None:
        """Have exactly these contents, each document once, and forget all other rows."""
        wanted = {(id, contents.version) for id in contents.documents}
        kept: dict[tuple[str, str], int] = {}
        numbers: list[int] = []
        for row in self._rows():
            numbers.append(row.number)
            key = (row.id, row.version)
            if key in wanted and row.has_document and row.has_extraction:
                kept[key] = row.number
        others = sorted(set(numbers) - set(kept.values()))
        record = contents.dumps()
        with _errors(self.path):
            self._db.execute("BEGIN")
            self._db.executemany("DELETE FROM document WHERE rowid = ?", [(number,) for number in others])
            self._db.execute("INSERT OR REPLACE INTO contents VALUES (1, ?, ?)", (record, seal(record)))
            self._db.execute("COMMIT")
            pages, free = (
                self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")
            )
            if free * 2 > pages:
                self._db.execute("VACUUM")


# ---------------------------------------------------------------- connections


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(
            f"output folder {folder} cannot be written: {reason}; name another with -o"
        ) from error


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    if write:
        uri += "?mode=rwc"
    elif os.access(path.parent, os.W_OK):
        uri += "?mode=rw"  # a reader of a WAL needs its shared memory beside the file
    else:
        uri += "?immutable=1"
    connection = sqlite3.connect(uri, uri=True, timeout=_WAIT, isolation_level=None)
    connection.text_factory = _text
    return connection


def _text(data: bytes) -> str:
    """Return a text column; a damaged one too, whose row is told by its checksum."""
    return data.decode("utf-8", "replace")


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    """Check that the file is ours; for writing, take it alone, and make the tables of a new one."""
    if write:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {_SCHEMA}")
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
        connection.execute("COMMIT")
    if (schema := connection.execute("PRAGMA user_version").fetchone()[0]) != _SCHEMA:
        raise DamagedStoreError(
            f"{path} has schema {schema}, this kg reads {_SCHEMA}: run kg build INPUT -o {path.parent} again"
        )
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # a text that was taken away is gone
        if (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise _damaged(path, " ".join(str(found).split()))


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Raise what SQLite raises as an OutputError that tells what to do."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise OutputError(
                f"{path.parent} is in use by another kg: wait for it, or name another folder"
            ) from error
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR) or code == 0:
            raise _damaged(path, str(error)) from error
        raise OutputError(
            f"{path} cannot be used: {error}; make room or rights, or name another folder"
        ) from error
    except (ValueError, TypeError, KeyError) as error:
        raise _damaged(path, str(error).splitlines()[0]) from error


def _damaged(path: Path, what: str, remedy: str = "") -> DamagedStoreError:
    out = path.parent
    todo = remedy.replace("OUT", str(out)) or f"kg build INPUT -o {out}"
    return DamagedStoreError(f"{path} is damaged ({what}): run {todo}, which makes it anew")
