"""Composes the stages: read, extract, resolve, and the files that `kg.output` writes.

    texts -> documents -> extractions -> entities and events -> graph -> files

Equal documents and settings give equal bytes in every file, in whatever order the inputs are named: documents are
sorted by id before anything else happens, and no file holds a clock, a path of this machine or a random number.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings, __version__
from kg.datamodel import Document, Extraction
from kg.errors import InputError, OutputError
from kg.extract import extract
from kg.graph import KnowledgeGraph, Run
from kg.language import load, model_version
from kg.output import Progress, check_folder, save, silent
from kg.read import Reading, Rejection, readings
from kg.read.folder import named
from kg.resolve import resolve

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["build", "build_graph"]

Inputs = str | Path | Iterable[str | Path]


def build(
    inputs: Inputs,
    *,
    out: str | Path | None = None,
    settings: Settings | None = None,
    manifest: str | Path | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Read articles and return the graph of what they say; write it into the folder `out` if one is named.

    Args:
        inputs: files, folders, patterns, or "-" for standard input (see `kg.read.read`).
        out: the folder to write into; it is made where it is missing.
        settings: what may be chosen; None for the defaults.
        manifest: metadata of the articles, in place of the manifests that stand beside them.
        progress: called after each document and each file.

    Raises:
        InputError: no document could be read, or a manifest cannot be used.
        ModelError: the language pipeline cannot be loaded.
        OutputError: `out` cannot be written.

    Warns:
        UserWarning: some inputs were turned away; `graph.run.rejections` lists them.
    """
    graph = build_graph(inputs, out=out, settings=settings, manifest=manifest, progress=progress)
    if graph.run is not None and (turned_away := graph.run.rejections):
        first = f"{turned_away[0].path}: {turned_away[0].reason}"
        warnings.warn(f"{len(turned_away)} inputs could not be read, the first is {first}", stacklevel=2)
    return graph


def build_graph(
    inputs: Inputs,
    *,
    out: str | Path | None = None,
    settings: Settings | None = None,
    manifest: str | Path | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Do what `build` does, and leave it to the caller to tell of rejections."""
    settings = settings or Settings()
    tell = progress or silent
    names = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    folder = None if out is None else Path(out)
    if folder is not None:
        _check_apart(folder, names)
    found = _read(names, manifest, tell)
    found.check(names)
    nlp = load(settings.language_model)
    found = found.without_too_long(nlp.max_length)
    found.check(names)
    extractions = tuple(_extract(found.documents, nlp, tell))
    run = Run(__version__, _model(nlp, settings), settings, found.encodings, found.rejections)
    graph = _resolve(found.documents, extractions, run, tell)
    if folder is not None:
        save(graph, folder, progress=progress)
    return graph


# ------------------------------------------------------------------ stages


@dataclass(frozen=True, slots=True)
class _Found:
    """What reading brought, sorted, so that the order of the inputs is forgotten here."""

    documents: tuple[Document, ...]
    encodings: tuple[tuple[str, str], ...]
    rejections: tuple[Rejection, ...]

    def without_too_long(self, limit: int) -> "_Found":
        """Return the same with documents of more than `limit` characters turned away: spaCy would stop at them."""
        long = {document.id: document for document in self.documents if len(document.text) > limit}
        if not long:
            return self
        reason = f"longer than the {limit} characters that this language model takes: split it"
        turned_away = [Rejection(document.path, reason) for document in long.values()]
        return _Found(
            tuple(document for document in self.documents if document.id not in long),
            tuple(pair for pair in self.encodings if pair[0] not in long),
            _sorted_rejections([*self.rejections, *turned_away]),
        )

    def check(self, names: Sequence[str | Path]) -> None:
        """Raise InputError where there is nothing to build."""
        if self.documents:
            return
        named = ", ".join(str(name) for name in names[:3]) + (", ..." if len(names) > 3 else "")
        if not self.rejections:
            raise InputError(
                f"no document found in {named or 'no input'}: name .txt, .md or .jsonl files or folders"
            )
        first = self.rejections[0]
        more = f" (and {len(self.rejections) - 1} more)" if len(self.rejections) > 1 else ""
        raise InputError(f"nothing could be read: {first.location or first.path}: {first.reason}{more}")


def _read(names: Sequence[str | Path], manifest: str | Path | None, tell: Progress) -> _Found:
    done: list[Reading] = []
    rejected: list[Rejection] = []
    for number, item in enumerate(readings(names, manifest=manifest), 1):
        if isinstance(item, Rejection):
            rejected.append(item)
        else:
            done.append(item)
        tell("read", number, None)
    done.sort(key=lambda reading: reading.document.id)
    return _Found(
        tuple(reading.document for reading in done),
        tuple((reading.document.id, reading.encoding) for reading in done),
        _sorted_rejections(rejected),
    )


def _sorted_rejections(rejected: Iterable[Rejection]) -> tuple[Rejection, ...]:
    return tuple(sorted(rejected, key=lambda item: (item.path, item.reason, item.location)))


def _model(nlp: "Language", settings: Settings) -> str:
    """Return name and version of the pipeline in use; our own with the checksum of its weights."""
    if settings.language_model is None:
        return model_version()
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def _extract(documents: Sequence[Document], nlp: "Language", tell: Progress) -> Iterator[Extraction]:
    tell("extract", 0, len(documents))
    for number, extraction in enumerate(extract(documents, nlp), 1):
        tell("extract", number, len(documents))
        yield extraction


def _resolve(
    documents: tuple[Document, ...], extractions: tuple[Extraction, ...], run: Run, tell: Progress
) -> KnowledgeGraph:
    tell("resolve", 0, 1)
    found = resolve(documents, extractions)
    tell("resolve", 1, 1)
    return KnowledgeGraph(documents, found.entities, found.events, found.relations, found.decisions, run)


def _check_apart(out: Path, names: Sequence[str | Path]) -> None:
    """Raise OutputError where a build would write over a file, or into a folder that it reads or reads from.

    Reading passes over a folder that kg wrote, so the articles in it would never be found again.
    """
    check_folder(out)
    if not out.is_dir():
        return
    found = (path for name in names for path in named(str(name)))
    for folder in dict.fromkeys(path if path.is_dir() else path.parent for path in found):
        if out.samefile(folder):
            raise OutputError(
                f"output {out} is also the folder of the input, whose files would not be read next time: "
                "name another with -o"
            )
