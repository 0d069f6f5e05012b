"""The stages after reading, and what they tell of."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings, __version__
from kg.datamodel import Document, Extraction
from kg.extract.lexicon import extended_lexicon
from kg.graph import KnowledgeGraph, Run
from kg.language import load, model_version
from kg.output import Progress, save, sweep
from kg.rdf import read_own_ontology
from kg.read import Rejection
from kg.resolve import Must, parse_must, resolve
from kg.store import Contents, DamagedStoreError, Given, Store, extractor_version

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Notice", "Stages", "ignore", "warn", "warn_of", "with_ontology"]

#: Told, in one line, of what a user should know and no result shows.
Notice = Callable[[str], None]


@dataclass(frozen=True)
class Stages:
    """The stages after reading, under one choice of settings; the language pipeline is loaded when a text needs it."""

    settings: Settings
    tell: Progress
    notice: Notice

    @cached_property
    def nlp(self) -> "Language":
        """The language pipeline."""
        return load(self.settings.language_model)

    @cached_property
    def model(self) -> str:
        """Name and version of the pipeline in use; our own with the checksum of its weights."""
        if self.settings.language_model is None:
            return model_version()
        meta = self.nlp.meta
        return f"{meta['lang']}_{meta['name']}-{meta['version']}"

    @cached_property
    def version(self) -> str:
        """Of the extractor, as in `kg.store.extractor_version`."""
        return extractor_version(self.model, self._own_lexicon)

    @property
    def _own_lexicon(self) -> str:
        return self.settings.ontology.lexicon if self.settings.ontology else ""

    @contextmanager
    def store(self, folder: Path) -> Iterator[Store]:
        """Open the store for a build: one that cannot be read is made anew, for the texts are at hand."""
        version = self.version  # before the folder is made: a pipeline that cannot be loaded leaves nothing
        try:
            store = Store.open(folder, create=True)
        except DamagedStoreError as error:
            self.notice(
                f"{str(error).partition(': run ')[0]}; it is made anew, and all documents are read again"
            )
            Store.discard(folder)
            store = Store.open(folder, create=True)
        with store:
            others = store.finished()
            if others and version not in others:
                self.notice(
                    f"{store.path} is of another version ({', '.join(others)}): all documents are read again"
                )
            yield store

    def extract(self, given: Given, store: Store | None = None) -> tuple[Given, tuple[Extraction, ...]]:
        """Return what was found in each document, and what was given without what the pipeline cannot take.

        What the store has is taken from there; each other document is kept there as soon as it is read.
        """
        known, damaged = store.known(self.version) if store else ({}, ())
        found = {document.id: known[document.id] for document in given.documents if document.id in known}
        if len(found) < len(given.documents):
            given = self._without_too_long(given, found)
        paths = {document.id: document.path for document in given.documents}
        for id in damaged:
            if id in paths:
                self.notice(f"{paths[id]} is damaged in the store: it is read again")
        encodings = dict(given.encodings)
        self.tell("extract", len(found), len(given.documents))
        for document, extraction in self._read([d for d in given.documents if d.id not in found]):
            if store is not None:
                store.put(document, encodings[document.id], extraction, self.version)
            found[document.id] = extraction
            self.tell("extract", len(found), len(given.documents))
        return given, tuple(found[document.id] for document in given.documents)

    def _read(self, documents: Sequence[Document]) -> Iterator[tuple[Document, Extraction]]:
        if documents:
            from kg.extract import extract  # spaCy takes a second to import

            lexicon = extended_lexicon(self._own_lexicon)
            yield from zip(documents, extract(documents, self.nlp, lexicon), strict=True)

    def _without_too_long(self, given: Given, found: Mapping[str, Extraction]) -> Given:
        """Return the same with documents that are longer than the pipeline takes turned away: spaCy would stop at them."""
        limit = self.nlp.max_length
        long = [d.id for d in given.documents if d.id not in found and len(d.text) > limit]
        if not long:
            return given
        reason = f"longer than the {limit} characters that this language model takes: split it"
        return given.turned_away(long, reason)

    def resolve(self, given: Given, extractions: tuple[Extraction, ...]) -> KnowledgeGraph:
        """Return the graph of what was found."""
        self.tell("resolve", 0, 1)
        must = _pairs(given)
        lexicon = extended_lexicon(self._own_lexicon)
        found = resolve(given.documents, extractions, must=must, lexicon=lexicon)
        rejections = sorted(
            (*given.rejected(), *found.unmatched), key=lambda r: (r.path, r.reason, r.location)
        )
        pairs = tuple(pair.evidence for pair in must.pairs)
        run = Run(__version__, self.model, self.settings, given.encodings, tuple(rejections), pairs)
        self.tell("resolve", 1, 1)
        return KnowledgeGraph(
            given.documents,
            found.entities,
            found.events,
            found.relations,
            found.decisions,
            run,
            found.contradictions,
        )

    def write(self, given: Given, extractions: tuple[Extraction, ...], store: Store) -> KnowledgeGraph:
        """Write the files beside the store, and have the store hold what they were made of."""
        graph = self.resolve(given, extractions)
        sweep(store.path.parent)
        save(graph, store.path.parent, progress=self.tell)
        contents = Contents.of(given, version=self.version, model=self.model, settings=self.settings)
        store.finish(contents)
        return graph


def with_ontology(settings: Settings, folder: str | Path | None) -> Settings:
    """Return the settings with the ontology of a folder; without one, as they are.

    Raises:
        InputError, LexiconError: as in `kg.rdf.read_own_ontology`.
    """
    if folder is None:
        return settings
    return replace(settings, ontology=read_own_ontology(folder))


def _pairs(given: Given) -> Must:
    """Return the pairs of all files, whatever their places."""
    files = sorted({(Path(location).name, text) for location, text in given.must})
    return Must(tuple(pair for name, text in files for pair in parse_must(text, name).pairs))


def warn(text: str) -> None:
    """Take a notice where Python is at work: as a warning."""
    warnings.warn(text, stacklevel=4)


def warn_of(turned_away: Sequence[Rejection]) -> None:
    """Warn that inputs did not become documents, if any."""
    if turned_away:
        first = f"{turned_away[0].path}: {turned_away[0].reason}"
        warnings.warn(f"{len(turned_away)} inputs could not be read, the first is {first}", stacklevel=3)


def ignore(text: str) -> None:
    """Take the place of a display where nobody looks."""
