"""The component that runs the network over a Doc: tags, lemmas, sentences, trees and names."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, zip_longest

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span

from kg.language.arrays import Columns, write_columns
from kg.language.confidence import Confidence, Temperatures, remember
from kg.language.decode import (
    NameDecoder,
    Scores,
    best_labels,
    own_heads,
    sentence_heads,
    sentence_starts,
)
from kg.language.features import GLUED, PARAGRAPH, SPACE, UNKNOWN, Codes
from kg.language.labels import ROOT
from kg.language.model import Model
from kg.language.morphology import REDUCED, morphology
from kg.language.paragraphs import paragraph_starts

#: A window's size in words, and what it may grow to where a sentence does not end within it.
WINDOW, LARGEST_WINDOW = 150, 240

#: So many windows of one Doc, or of several short ones, are decoded together.
TOGETHER = 32

#: The encoder reads 512 sub-words with its two marks.
MOST_SUBWORDS = 500

#: The columns that the component writes, and their places.
COLUMNS = ("TAG", "POS", "LEMMA", "HEAD", "DEP", "MORPH")
TAG, POS, LEMMA, HEAD, DEP, MORPH = range(len(COLUMNS))

#: More distinct words than this, each with its classes, are not remembered, so that long runs keep their memory.
REMEMBERED = 50_000


@dataclass(slots=True)
class Analysis:
    """What is found out about the words of a Doc, by position; filled window by window."""

    tags: list[int] = field(default_factory=list)
    pos: list[int] = field(default_factory=list)
    scripts: list[tuple[int, ...]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)
    arc_confidence: list[float] = field(default_factory=list)
    name_confidence: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Window:
    """The network's scores for a window, and where the sentences in it are.

    Attributes:
        scores: for all words of the window.
        at: position of the window's first word in the text.
        bounds: where sentences start, from 0, and where the last complete one ends, in words from `at`.
    """

    scores: Scores
    at: int
    bounds: list[int]


class NetworkParser:
    """Annotates Docs with the network; each window is run alone, so a Doc depends on nothing but itself."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.classes = model.classes
        self.root = self.classes["labels"].index(ROOT)
        self.names = NameDecoder(self.classes["names"])
        self.confidence = Confidence(self.classes["names"], Temperatures.of(model.config))
        labels = self.classes["labels"]
        self._reduced = np.array([label in REDUCED for label in labels])
        self._auxiliary = np.array([label == "aux:pass" for label in labels])
        self._form = lru_cache(maxsize=REMEMBERED)(self._find_form)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc in place."""
        for _ in self._steps(doc):
            pass
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Annotate Docs one by one."""
        for docs in _batches(stream, batch_size):
            # The network pushes everything else out of the processor's caches: what comes before it and what comes after it
            # are twice as slow by turns with it.
            for _ in zip_longest(*map(self._steps, docs)):
                pass
            yield from docs

    def _steps(self, doc: Doc) -> Iterator[None]:
        """Annotate one Doc in place, with a break before and after the network."""
        columns, found = Columns(doc), Analysis()
        words = [i for i, blank in enumerate(columns.blank) if not blank]
        gaps = _gaps(columns, words, paragraph_starts(columns))
        codes = self.model.words.codes([columns.texts[i] for i in words], gaps)
        yield
        windows: list[Window] = []
        for window in self._windows(codes, gaps):
            windows.append(window)
            if len(windows) == TOGETHER:
                self._read(windows, found)
                windows.clear()
        yield
        self._read(windows, found)
        self._annotate(columns, words, found)

    def _windows(self, codes: Codes, gaps: list[int]) -> Iterator[Window]:
        """Run the network over the words window by window; each begins where the sentences of the one before end."""
        paragraphs = [i for i, gap in enumerate(gaps) if gap == PARAGRAPH] + [len(gaps)]
        at = 0
        while at < len(gaps):
            window = self._window(codes, paragraphs, at, WINDOW)
            yield window
            at += window.bounds[-1]

    def _window(self, codes: Codes, paragraphs: list[int], at: int, limit: int) -> Window:
        """Run one window from `at` and find its complete sentences; it ends with a paragraph that ends in its second half.

        Args:
            codes: of all words.
            paragraphs: positions where paragraphs start, and the end of the text.
            at: position of the first word.
            limit: of the words in the window.
        """
        end = min(at + limit, codes.reach(at, MOST_SUBWORDS))
        breaks = paragraphs[bisect_right(paragraphs, at) : bisect_right(paragraphs, end)]
        closed = bool(breaks) and (breaks[-1] == end or breaks[-1] >= at + limit // 2)
        if closed:
            end = breaks.pop()
        scores = self.model.run(codes.window(at, end))
        starts = sentence_starts(scores, [i - at for i in breaks])
        if not closed and len(starts) == 1:
            if limit < LARGEST_WINDOW and codes.reach(at, MOST_SUBWORDS) > end:
                return self._window(codes, paragraphs, at, LARGEST_WINDOW)
            # A sentence without end: break where the network is least averse to it.
            half = (end - at) // 2
            starts.append(half + int(scores.starts[half:, 1].argmax()) if half else end - at)
        return Window(scores, at, [*starts, end - at] if closed else starts)

    def _read(self, windows: Iterable[Window], found: Analysis) -> None:
        """Add what the scores of windows say about their sentences."""
        for window in windows:
            scores, at, kept = window.scores, window.at, window.bounds[-1]
            heads: list[int] = []
            names: list[tuple[int, int, str]] = []
            for start, end in pairwise(window.bounds):
                heads += sentence_heads(scores, start, end)
                decoded = self.names.decode(scores.names[start:end])
                names += [(start + first, start + last, label) for first, last, label in decoded]
            own = own_heads(heads)
            labels = self.model.labels(scores.label_words[:kept], scores.label_heads[heads])
            arcs, sure = self.confidence.window(scores, window.bounds, own, names)
            found.tags += scores.tags[:kept].tolist()
            found.pos += scores.pos[:kept].tolist()
            found.scripts += map(tuple, scores.scripts[:kept].tolist())
            found.heads += [at + head for head in own]
            found.labels += best_labels(labels, heads, self.root)
            found.names += [(at + first, at + last, label) for first, last, label in names]
            found.arc_confidence += arcs
            found.name_confidence += sure

    def _annotate(self, columns: Columns, words: list[int], found: Analysis) -> None:
        """Write an analysis into the Doc; white space hangs on the word before it, at the very start on the one after."""
        doc, add = columns.doc, columns.doc.vocab.strings.add
        add_features = doc.vocab.morphology.add
        at = np.array(words, dtype=np.int64)
        forms = self._forms(columns, words, found)
        keys = {features: add_features(features) for features in {features for _, features in forms}}
        # First as if all tokens were white space, then the words over it.
        table = np.empty((len(doc), len(COLUMNS)), dtype=np.uint64)
        table[:] = add("_SP"), add("SPACE"), 0, 0, add("dep"), add_features("")
        table[:, LEMMA] = columns.numbers("ORTH")
        table[at, TAG] = self._hashes("tags", add)[found.tags]
        table[at, POS] = self._hashes("pos", add)[found.pos]
        table[at, LEMMA] = [add(lemma) for lemma, _ in forms]
        table[at, DEP] = self._hashes("labels", add)[found.labels]
        table[at, MORPH] = [keys[features] for _, features in forms]
        table[:, HEAD] = _distances(at, found.heads, len(doc))
        if len(doc):
            if not words:
                table[0, DEP] = add(ROOT)
            write_columns(doc, COLUMNS, table)
        doc.ents = [Span(doc, words[a], words[b - 1] + 1, label=label) for a, b, label in found.names]
        remember(doc, words, found.arc_confidence, found.names, found.name_confidence)

    def _hashes(self, name: str, add: Callable[[str], int]) -> NDArray[np.uint64]:
        """Return the hash of each of the classes `name`."""
        return np.array([add(each) for each in self.classes[name]], dtype=np.uint64)

    def _forms(self, columns: Columns, words: list[int], found: Analysis) -> list[tuple[str, str]]:
        """Return lemma and features of each word."""
        labels = np.array(found.labels, dtype=np.int64)
        passive = self._reduced[labels]
        passive[np.array(found.heads, dtype=np.int64)[self._auxiliary[labels]]] = True
        texts = [columns.texts[i] for i in words]
        return list(map(self._form, texts, found.tags, found.pos, found.scripts, passive.tolist()))

    def _find_form(
        self, text: str, tag: int, pos: int, scripts: tuple[int, ...], passive: bool
    ) -> tuple[str, str]:
        """Return lemma and features of a word by the numbers of its classes."""
        name = self.classes["pos"][pos]
        lemma = self.model.lemmas.lemma(text, name, [self.classes["scripts"][script] for script in scripts])
        return lemma, morphology(text.lower(), self.classes["tags"][tag], name, passive=passive)


def _distances(words: NDArray[np.int64], heads: list[int], count: int) -> NDArray[np.uint64]:
    """Return how far the head of each token is from it, modulo 2**64.

    Args:
        words: positions of the words among the tokens; the others are white space.
        heads: which of the words is the head of each.
        count: of all tokens.
    """
    own = np.arange(count)
    if not len(words):
        return (0 - own).view(np.uint64)
    before = np.maximum(words.searchsorted(own, side="right") - 1, 0)
    found = words[before]
    found[words] = words[heads]
    return (found - own).view(np.uint64)


def _batches(stream: Iterable[Doc], most: int) -> Iterator[list[Doc]]:
    """Part Docs into batches of at most `most` that fill about `TOGETHER` windows; a longer Doc is a batch by itself."""
    batch: list[Doc] = []
    size = 0
    for doc in stream:
        if batch and (len(batch) == most or size + len(doc) > TOGETHER * WINDOW):
            yield batch
            batch, size = [], 0
        batch.append(doc)
        size += len(doc)
    if batch:
        yield batch


def _gaps(columns: Columns, words: list[int], starts: set[int]) -> list[int]:
    """Say what stands before each word. Where a space follows every word, spaces mean nothing (words without a text)."""
    spaced, blank = columns.spaced, columns.blank
    if len(words) > 3 and all(spaced[i] for i in words[:-1]):
        return [PARAGRAPH if i in starts else UNKNOWN for i in words]
    return [PARAGRAPH if i in starts else SPACE if spaced[i - 1] or blank[i - 1] else GLUED for i in words]
