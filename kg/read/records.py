"""What reading yields: a document with how it was read, or an input that was turned away and why."""

from dataclasses import dataclass
from datetime import date

from kg.datamodel import Document
from kg.ids import document_id

__all__ = ["File", "Metadata", "Reading", "Rejection", "new_document", "printable_path"]


@dataclass(frozen=True, slots=True)
class File:
    """A file to read.

    Attributes:
        root: folder of the input that named it.
        path: below `root`, with forward slashes.
        location: what to open; also what a message shows.
    """

    root: str
    path: str
    location: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that did not become a document.

    Attributes:
        path: as `Document.path`; with ":line" for a line of a JSONL file.
        reason: what is wrong, and what to do about it; one line.
        location: where it was looked for, as named on this machine: for messages, never for output files.
    """

    path: str
    reason: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and the name of the codec that its bytes were decoded with."""

    document: Document
    encoding: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article besides its text; None where nothing is known."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None

    def over(self, other: "Metadata") -> "Metadata":
        """Return own values, and those of `other` where this has none."""
        return Metadata(
            title=self.title or other.title,
            publisher=self.publisher or other.publisher,
            url=self.url or other.url,
            published=self.published or other.published,
            language=self.language or other.language,
        )


def new_document(text: str, path: str, sha256: str, metadata: Metadata) -> Document:
    """Return the document; its id follows from path, bytes and metadata alone."""
    language = metadata.language or "en"
    published = metadata.published.isoformat() if metadata.published else None
    return Document(
        id=document_id(path, sha256, metadata.title, metadata.publisher, metadata.url, published, language),
        text=text,
        path=path,
        sha256=sha256,
        title=metadata.title,
        publisher=metadata.publisher,
        url=metadata.url,
        published=metadata.published,
        language=language,
    )


def printable_path(path: str) -> str:
    r"""Return `path` as valid Unicode: bytes that are no UTF-8 become `\xNN`, which keeps names apart."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
