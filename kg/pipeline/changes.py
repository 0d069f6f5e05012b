"""A graph bit by bit: documents come, go, and are read again."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.datamodel import Document
from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.output import Progress
from kg.pipeline.inputs import Inputs, as_list, check_apart, check_given, read_inputs
from kg.pipeline.stages import Notice, warn, warn_of
from kg.pipeline.stored import opened
from kg.read import Rejection

__all__ = ["Change", "add", "add_documents", "rebuild", "remove", "remove_documents"]


@dataclass(frozen=True, slots=True)
class Change:
    """What adding or removing did.

    Attributes:
        graph: of all documents that there are now.
        added, removed: the documents that make the difference.
        rejected: inputs that did not become documents, those that were known before left out.
    """

    graph: KnowledgeGraph
    added: tuple[Document, ...] = ()
    removed: tuple[Document, ...] = ()
    rejected: tuple[Rejection, ...] = ()


def add(
    out: str | Path,
    inputs: Inputs,
    *,
    manifest: str | Path | None = None,
    must: str | Path | None = None,
    ontology: str | Path | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Add articles to a folder that `build` wrote, and return the graph of all; the files are those of one build of all.

    The settings are those of the build. A document is known by path, bytes and metadata, as in a build that names both
    inputs: one that is there already changes nothing, and another text under the same path is another document.

    Args:
        out: the folder.
        inputs: as in `build`.
        manifest: as in `build`, for these inputs.
        ontology: folder of the ontology of the build, to make sure that it is still the same; None to go on with it.
        must: as in `build`; what stands in the files of pairs of earlier inputs counts on.
        progress: as in `build`.

    Raises:
        InputError, ModelError: as in `build`.
        OutputError: the folder has no store, one of another version or a damaged one, was built with another
            ontology, or is in use.

    Warns:
        UserWarning: as in `build`, of these inputs.
    """
    change = add_documents(
        out, inputs, manifest=manifest, must=must, ontology=ontology, progress=progress, notice=warn
    )
    warn_of(change.rejected)
    return change.graph


def add_documents(
    out: str | Path,
    inputs: Inputs,
    *,
    manifest: str | Path | None = None,
    must: str | Path | None = None,
    ontology: str | Path | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> Change:
    """Do what `add` does, and return what it changed."""
    folder, names = Path(out), as_list(inputs)
    check_apart(folder, names)
    with opened(folder, progress, notice, ontology=ontology) as (stages, store):
        before = store.given()
        brought = read_inputs(names, manifest, must, stages.tell)
        if not brought.rejections:  # a rejection is part of what was given
            check_given(brought, names)
        given, extractions = stages.extract(before | brought, store)
        graph = stages.write(given, extractions, store)
    known = {document.id for document in before.documents}
    added = tuple(document for document in given.documents if document.id not in known)
    _tell_of_twins(added, before.documents, folder, stages.notice)
    assert graph.run is not None  # noqa: S101 (for the type checker)
    rejected = set(graph.run.rejections) - set(before.rejected())
    return Change(graph, added, (), tuple(item for item in graph.run.rejections if item in rejected))


def remove(
    out: str | Path, names: str | Iterable[str], *, progress: Progress | None = None
) -> KnowledgeGraph:
    """Take articles out of a folder that `build` wrote, and return the graph that never had them.

    Args:
        out: the folder.
        names: of documents: ids, or paths as in documents.jsonl (see `kg.store.Given.without`).
        progress: as in `build`.

    Raises:
        InputError: a name stands for no document, or no document would be left.
        ModelError, OutputError: as in `add`.
    """
    return remove_documents(out, names, progress=progress, notice=warn).graph


def remove_documents(
    out: str | Path,
    names: str | Iterable[str],
    *,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> Change:
    """Do what `remove` does, and return what it changed."""
    folder = Path(out)
    with opened(folder, progress, notice) as (stages, store):
        before = store.given()
        given = before.without([names] if isinstance(names, str) else list(names))
        if not given.documents:
            raise InputError(f"no document would be left in {folder}: remove the folder instead")
        given, extractions = stages.extract(given, store)
        graph = stages.write(given, extractions, store)
    kept = {document.id for document in given.documents}
    return Change(graph, (), tuple(document for document in before.documents if document.id not in kept))


def rebuild(
    out: str | Path,
    *,
    ontology: str | Path | None = None,
    progress: Progress | None = None,
    notice: Notice | None = None,
) -> KnowledgeGraph:
    """Read the texts in the store of a folder again where this version of kg has not, and write all files anew.

    Args:
        out: the folder.
        ontology: folder of an ontology of your own to use from now on, as in `build`; None to go on with that of the
            build.
        progress: as in `build`.
        notice: told what a user should know.

    Raises:
        ModelError, OutputError: as in `add`; a store of another version is what this is for.
        InputError, LexiconError: the ontology cannot be used.
    """
    with opened(Path(out), progress, notice, any_version=True, ontology=ontology) as (stages, store):
        given, extractions = stages.extract(store.given(), store)
        return stages.write(given, extractions, store)


def _tell_of_twins(
    added: Iterable[Document], before: Iterable[Document], folder: Path, notice: Notice
) -> None:
    """Tell of new documents that look like another version, or another name, of one that was there."""
    paths: dict[str, Document] = {}
    hashes: dict[str, Document] = {}
    for document in before:
        paths[document.path], hashes[document.sha256] = document, document
    for document in added:
        if other := paths.get(document.path):
            notice(
                f"{document.path} is there twice now, with another text or other metadata: "
                f"kg remove {folder} {other.id} takes the earlier one away"
            )
        elif other := hashes.get(document.sha256):
            notice(f"{document.path} has the text of {other.path}, which is there already: both are kept")
