"""What was given: the set of documents that a graph is a function of, with what was turned away."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.datamodel import Document
from kg.errors import InputError
from kg.read import Rejection
from kg.read.manifest import NOT_AMONG_THE_INPUTS

__all__ = ["Given"]

_NEAR = 3


@dataclass(frozen=True, slots=True)
class Given:
    """Documents and what came with them, sorted, so that order and number of the inputs are forgotten here.

    A set in all its parts: `a | b` is what one build would have been given that named the inputs of both.

    Attributes:
        documents: by id.
        encodings: codec by document id.
        rejections: inputs that did not become documents, by path and reason.
        listed: the paths that manifests which were given by name list (see `rejected`).
        must: location and text of each file of pairs that a person decided; the file at a location counts once, as
            it was read last.
    """

    documents: tuple[Document, ...] = ()
    encodings: tuple[tuple[str, str], ...] = ()
    rejections: tuple[Rejection, ...] = ()
    listed: tuple[str, ...] = ()
    must: tuple[tuple[str, str], ...] = ()

    def __or__(self, other: "Given") -> "Given":
        documents = {document.id: document for document in (*self.documents, *other.documents)}
        return Given(
            tuple(documents[id] for id in sorted(documents)),
            tuple(sorted({*self.encodings, *other.encodings})),
            _sorted(self.rejections + other.rejections),
            tuple(sorted({*self.listed, *other.listed})),
            tuple(sorted((dict(self.must) | dict(other.must)).items())),
        )

    def rejected(self) -> tuple[Rejection, ...]:
        """Return what did not become a document, with what manifests list and nothing brought, sorted.

        The second part is a matter of the whole set: what one batch lacks, another may bring.
        """
        brought = {_file(document.path, "#") for document in self.documents}
        brought |= {document.path for document in self.documents}
        for item in self.rejections:
            brought |= {item.path, _file(item.path, ":")}
        lacking = (Rejection(path, NOT_AMONG_THE_INPUTS) for path in self.listed if path not in brought)
        return _sorted((*self.rejections, *lacking))

    def turned_away(self, ids: Iterable[str], reason: str) -> "Given":
        """Return the same with these documents as rejections."""
        gone = set(ids)
        why = [Rejection(document.path, reason) for document in self.documents if document.id in gone]
        return replace(self._without(gone), rejections=_sorted((*self.rejections, *why)))

    def without(self, names: Sequence[str]) -> "Given":
        """Return the same without what the names stand for.

        A name is the id of a document; a path as in documents.jsonl and manifest.json: all documents and rejections of
        that path; or the path of a JSONL file: all its records.

        Raises:
            InputError: a name stands for nothing; tells of near ones.
        """
        gone: set[str] = set()
        away: set[Rejection] = set()
        for name in names:
            documents = {d.id for d in self.documents if name in (d.id, d.path, _file(d.path, "#"))}
            rejections = {item for item in self.rejections if name in (item.path, _file(item.path, ":"))}
            if not documents and not rejections:
                raise InputError(f"no document {name!r} there{self._near(name)}")
            gone |= documents
            away |= rejections
        kept = tuple(item for item in self.rejections if item not in away)
        return replace(self._without(gone), rejections=kept)

    def _without(self, ids: set[str]) -> "Given":
        return replace(
            self,
            documents=tuple(document for document in self.documents if document.id not in ids),
            encodings=tuple(pair for pair in self.encodings if pair[0] not in ids),
        )

    def _near(self, name: str) -> str:
        known = sorted(set(self._names()))
        near = difflib.get_close_matches(name, known, n=_NEAR, cutoff=0.5)
        ends = [path for path in known if path.endswith("/" + name) or name.endswith("/" + path)]
        found = list(dict.fromkeys([*sorted(ends, key=len, reverse=True)[:_NEAR], *near]))
        if found:
            return f": did you mean {', '.join(found)}?"
        return f": name one of its {len(self.documents)} documents by path or id, as in documents.jsonl"

    def _names(self) -> Iterator[str]:
        for document in self.documents:
            yield from (document.path, document.id)
        yield from (item.path for item in self.rejections)


def _file(path: str, sign: str) -> str:
    """Return the file that the record or line at `path` stands in; `path` itself where it is a file's."""
    return path.rpartition(sign)[0] or path


def _sorted(rejections: Iterable[Rejection]) -> tuple[Rejection, ...]:
    return tuple(sorted(set(rejections), key=lambda item: (item.path, item.reason, item.location)))
