"""The component that runs the network over a Doc: tags, lemmas, sentences, trees and names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc, Span

from kg.language.arrays import write_columns
from kg.language.decode import NameDecoder, Scores, parse, sentence_starts
from kg.language.features import GLUED, PARAGRAPH, SPACE, UNKNOWN
from kg.language.labels import ROOT
from kg.language.model import Model
from kg.language.morphology import REDUCED, morphology
from kg.language.paragraphs import paragraph_starts

#: A window's size in words, and what it may grow to where a sentence does not end within it.
WINDOW, LARGEST_WINDOW = 110, 240

#: The encoder reads 512 sub-words with its two marks.
MOST_SUBWORDS = 500


@dataclass(slots=True)
class Analysis:
    """What is found out about the words of a Doc, by position; filled window by window."""

    tags: list[int] = field(default_factory=list)
    pos: list[int] = field(default_factory=list)
    scripts: list[list[int]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)


class NetworkParser:
    """Annotates Docs with the network; each window is run alone, so a Doc depends on nothing but itself."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.classes = model.classes
        self.root = self.classes["labels"].index(ROOT)
        self.names = NameDecoder(self.classes["names"])

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc in place."""
        words = [token.i for token in doc if not token.is_space]
        if words:
            starts = paragraph_starts(doc)
            analysis = self.analyse([doc[i].text for i in words], _gaps(doc, words, starts))
        else:
            analysis = Analysis()
        self._annotate(doc, words, analysis)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Annotate Docs one by one."""
        for doc in stream:
            yield self(doc)

    def analyse(self, words: list[str], gaps: list[int]) -> Analysis:
        """Analyse the words of a text; `gaps` say what stands before each (see `features`)."""
        found = Analysis()
        sizes = [len(self.model.words.subwords(word)) for word in words]
        at = 0
        while at < len(words):
            at = self._window(words, gaps, sizes, at, WINDOW, found)
        return found

    def _window(
        self, words: list[str], gaps: list[int], sizes: list[int], at: int, limit: int, found: Analysis
    ) -> int:
        """Run one window from `at` and keep its complete sentences; return where the next one starts."""
        end = _reach(sizes, at, limit)
        closed = end == len(words) or gaps[end] == PARAGRAPH
        if not closed:
            breaks = [i for i in range(at + limit // 2, end) if gaps[i] == PARAGRAPH]
            closed, end = bool(breaks), breaks[-1] if breaks else end
        scores = self.model.run(self.model.words.encode(words[at:end], gaps[at:end]))
        starts = sentence_starts(scores, [gap == PARAGRAPH for gap in gaps[at:end]])
        if not closed and len(starts) == 1:
            if limit < LARGEST_WINDOW and _reach(sizes, at, LARGEST_WINDOW) > end:
                return self._window(words, gaps, sizes, at, LARGEST_WINDOW, found)
            # A sentence without end: break where the network is least averse to it.
            half = (end - at) // 2
            starts.append(half + int(scores.starts[half:, 1].argmax()) if half else end - at)
        bounds = [*starts, end - at] if closed else starts
        for start, stop in pairwise(bounds):
            self._sentence(scores, start, stop, at, found)
        return at + bounds[-1]

    def _sentence(self, scores: Scores, start: int, stop: int, offset: int, found: Analysis) -> None:
        heads, labels = parse(scores, start, stop, self.root)
        found.tags += scores.tags[start:stop].tolist()
        found.pos += scores.pos[start:stop].tolist()
        found.scripts += scores.scripts[start:stop].tolist()
        found.heads += [head + offset for head in heads]
        found.labels += labels
        shift = offset + start
        found.names += [
            (a + shift, b + shift, label) for a, b, label in self.names.decode(scores.names[start:stop])
        ]

    def _annotate(self, doc: Doc, words: list[int], found: Analysis) -> None:
        """Write an analysis into the Doc; white space hangs on the word before it, at the very start on the one after."""
        rows: list[tuple[int, ...]] = []
        passive = {
            found.heads[i]
            for i, label in enumerate(found.labels)
            if self.classes["labels"][label] == "aux:pass"
        }
        add, before, at = doc.vocab.strings.add, words[0] if words else 0, 0
        for i, token in enumerate(doc):
            if at < len(words) and words[at] == i:
                tag = self.classes["tags"][found.tags[at]]
                pos = self.classes["pos"][found.pos[at]]
                label = self.classes["labels"][found.labels[at]]
                scripts = [self.classes["scripts"][script] for script in found.scripts[at]]
                lemma = self.model.lemmas.lemma(token.text, pos, scripts)
                features = morphology(token.lower_, tag, pos, passive=label in REDUCED or at in passive)
                head, before, at = words[found.heads[at]], i, at + 1
            else:
                tag, pos, lemma, features, head = "_SP", "SPACE", token.text, "", before
                label = ROOT if head == i else "dep"
            morph = doc.vocab.morphology.add(features)
            rows.append((add(tag), add(pos), add(lemma), (head - i) % 2**64, add(label), morph))
        if rows:
            write_columns(
                doc, ("TAG", "POS", "LEMMA", "HEAD", "DEP", "MORPH"), np.array(rows, dtype=np.uint64)
            )
        doc.ents = [Span(doc, words[a], words[b - 1] + 1, label=label) for a, b, label in found.names]


def _reach(sizes: list[int], at: int, limit: int) -> int:
    """Return the end of the longest window from `at` within `limit` words and the encoder's sub-words; at least one word."""
    end, total = at, 0
    while end < len(sizes) and end - at < limit and total + sizes[end] <= MOST_SUBWORDS:
        total += sizes[end]
        end += 1
    return end


def _gaps(doc: Doc, words: list[int], starts: set[int]) -> list[int]:
    """Say what stands before each word. Where a space follows every word, spaces mean nothing (words without a text)."""
    spaced = len(words) > 3 and all(doc[i].whitespace_ for i in words[:-1])
    gaps = []
    for i in words:
        if i in starts:
            gaps.append(PARAGRAPH)
        elif spaced:
            gaps.append(UNKNOWN)
        else:
            gaps.append(SPACE if doc[i - 1].whitespace_ or doc[i - 1].is_space else GLUED)
    return gaps
