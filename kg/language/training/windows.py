"""Training windows: consecutive sentences of one document, roughened, as targets for the network."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.language import lemmas
from kg.language.features import GLUED, PARAGRAPH, SPACE, UNKNOWN, Encoded, WordEncoder
from kg.language.labels import NETWORK_NAMES
from kg.language.training import drawn
from kg.language.training.documents import Sentence, TrainingDocument
from kg.language.training.settings import Settings

MISSING = -100


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The classes of each head of the network, in the order of its outputs."""

    tags: tuple[str, ...]
    pos: tuple[str, ...]
    scripts: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...]


def vocabulary(documents: Iterable[TrainingDocument], *, rare_script: int) -> Vocabulary:
    """Collect the classes from the training data."""
    analyses = [s.syntax for d in documents for s in d.sentences if s.syntax is not None]
    words = [s.words for d in documents for s in d.sentences if s.syntax is not None]
    scripts = Counter(
        lemmas.script(form, lemma)
        for forms, syntax in zip(words, analyses, strict=True)
        for form, lemma in zip(forms, syntax.lemmas, strict=True)
        if lemma is not None
    )
    return Vocabulary(
        tags=tuple(sorted({x for syntax in analyses for x in syntax.tags if x is not None})),
        pos=tuple(sorted({x for syntax in analyses for x in syntax.pos if x is not None})),
        scripts=tuple(sorted({lemmas.KEEP} | {x for x, count in scripts.items() if count >= rare_script})),
        labels=tuple(sorted({x for syntax in analyses for x in syntax.labels if x is not None})),
        names=("O", *(f"{mark}-{name}" for name in NETWORK_NAMES for mark in "BI")),
    )


@dataclass(slots=True)
class Draft:
    """A window that can still be changed; `None` in a column is a missing target. `heads` are positions or -1."""

    words: list[str]
    gaps: list[int]
    starts: list[bool]
    names: list[str | None]
    tags: list[str | None]
    pos: list[str | None]
    lemmas: list[str | None]
    heads: list[int | None]
    labels: list[str | None]
    parsed: bool

    def remove(self, index: int) -> None:
        """Take out a word that nothing hangs on."""
        for column in (
            self.words,
            self.gaps,
            self.starts,
            self.names,
            self.tags,
            self.pos,
            self.lemmas,
            self.heads,
        ):
            del column[index]
        del self.labels[index]
        self.heads = [head - 1 if head is not None and head > index else head for head in self.heads]

    def insert(self, index: int, word: str, *, tag: str, head: int) -> None:
        """Put a mark of punctuation in front of the sentence that starts at `index`; it hangs on the word `head`."""
        shifted = [h + 1 if h is not None and h >= index else h for h in self.heads]
        self.heads = [*shifted[:index], head + 1, *shifted[index:]]
        self.words.insert(index, word)
        self.gaps.insert(index, PARAGRAPH)
        self.gaps[index + 1] = SPACE
        self.starts.insert(index, True)
        self.starts[index + 1] = False
        self.names.insert(index, "O")
        self.tags.insert(index, tag)
        self.pos.insert(index, "PUNCT")
        self.lemmas.insert(index, word)
        self.labels.insert(index, "punct")

    def replace(self, start: int, end: int, words: Sequence[str]) -> None:
        """Put other words in the place of the name at `start:end`; what is known of them but their name is missing,
        unless there are as many as before.
        """
        shift = len(words) - (end - start)
        glued = [self.gaps[start]] + [
            GLUED if "-" in (before, word) else SPACE for before, word in pairwise(words)
        ]
        label = (self.names[start] or "O")[2:]
        self.words[start:end], self.gaps[start:end] = words, glued
        if not shift:
            self.lemmas[start:end] = [
                old and word for old, word in zip(self.lemmas[start:end], words, strict=True)
            ]
            return
        self.heads = [
            head if head is None or head < start else head + shift if head >= end else None
            for head in self.heads
        ]
        self.labels = [None if head is None else x for head, x in zip(self.heads, self.labels, strict=True)]
        unknown: list[None] = [None] * len(words)
        for column in (self.tags, self.pos, self.lemmas, self.heads, self.labels):
            column[start:end] = unknown
        self.starts[start:end] = [self.starts[start]] + [False] * (len(words) - 1)
        self.names[start:end] = [f"B-{label}"] + [f"I-{label}"] * (len(words) - 1)


def draft(sentences: Iterable[Sentence], limit: int) -> Draft:
    """Join sentences into a window of at most `limit` words; arcs to words beyond it are missing."""
    out = Draft([], [], [], [], [], [], [], [], [], parsed=True)
    for sentence in sentences:
        offset, count = len(out.words), len(sentence.words)
        out.words += sentence.words
        out.gaps += sentence.gaps
        if sentence.paragraph and count:
            out.gaps[offset] = PARAGRAPH
        out.starts += [True] + [False] * (count - 1)
        out.names += sentence.names
        syntax = sentence.syntax
        if syntax is None:
            out.parsed = False
            for column in (out.tags, out.pos, out.lemmas, out.heads, out.labels):
                column += [None] * count
        else:
            out.tags += syntax.tags
            out.pos += syntax.pos
            out.lemmas += syntax.lemmas
            out.heads += [
                None if head is None else -1 if head == i else head + offset
                for i, head in enumerate(syntax.heads)
            ]
            out.labels += syntax.labels
    return _cut(out, limit)


def _cut(window: Draft, limit: int) -> Draft:
    for name in ("words", "gaps", "starts", "names", "tags", "pos", "lemmas", "heads", "labels"):
        del getattr(window, name)[limit:]
    for index, head in enumerate(window.heads):
        if head is not None and head >= limit:
            window.heads[index] = window.labels[index] = None
    return window


# -- cutting documents into windows ------------------------------------------------------------------------------------


def cut(document: TrainingDocument, settings: Settings, rng: random.Random) -> Iterator[Draft]:
    """Cut a document into windows the way the run time does: each starts with a sentence, some end in the middle of one."""
    sentences, at = document.sentences, 0
    while at < len(sentences):
        short = rng.random() < settings.share_short
        target = rng.randint(8, 45) if short else rng.randint(settings.least_words, settings.most_words)
        end, length = at + 1, len(sentences[at].words)
        while end < len(sentences) and length + len(sentences[end].words) <= target:
            length += len(sentences[end].words)
            end += 1
        within = target - length
        if end < len(sentences) and within >= 3 and rng.random() < settings.share_cut:
            yield draft(sentences[at : end + 1], target)
        else:
            yield draft(sentences[at:end], 180)
        at = end


def whole(documents: Iterable[TrainingDocument], size: int = 100) -> Iterator[Draft]:
    """Cut documents into windows of whole sentences, about `size` words each, always in the same way."""
    for document in documents:
        sentences: list[Sentence] = []
        for sentence in document.sentences:
            if sentences and sum(len(s.words) for s in sentences) + len(sentence.words) > size:
                yield draft(sentences, 2 * size)
                sentences = []
            sentences.append(sentence)
        yield draft(sentences, 2 * size)


# -- roughening --------------------------------------------------------------------------------------------------------

_CURLY = {"--": "—", "-": "–", "...": "…"}


def roughen(window: Draft, settings: Settings, rng: random.Random) -> Draft:
    """Make a window look like text as found: headlines, other casing, curly quotes, lost stops, typing errors, lists, glued
    sentences and dashes, unknown gaps; and give some of its people, places and organisations names from elsewhere.
    """
    if rng.random() < settings.share_renamed:
        _rename(window, rng)
    if window.parsed and rng.random() < 0.3:
        _drop_stop(window, rng)
    if rng.random() < 0.25:
        _curl(window)
    if rng.random() < 0.15:
        _glue(window, rng)
    if rng.random() < 0.1:
        _mistype(window, rng)
    if window.parsed and rng.random() < 0.05:
        _list(window, rng)
    if rng.random() < 0.13:
        _recase(window, rng)
    if rng.random() < 0.3:
        window.gaps = [SPACE if gap == PARAGRAPH else gap for gap in window.gaps]
    if rng.random() < 0.12:
        window.gaps = [PARAGRAPH if gap == PARAGRAPH else UNKNOWN for gap in window.gaps]
    return window


def _sentence_ranges(window: Draft) -> list[tuple[int, int]]:
    starts = [i for i, start in enumerate(window.starts) if start]
    return list(zip(starts, [*starts[1:], len(window.words)], strict=True))


def _drop_stop(window: Draft, rng: random.Random) -> None:
    """Take the final stop off one sentence; mostly a line break follows it then, as after a headline."""
    start, end = rng.choice(_sentence_ranges(window))
    last = end - 1
    if last > start and window.tags[last] == "." and last not in window.heads:
        window.remove(last)
        if last < len(window.gaps) and rng.random() < 0.7:
            window.gaps[last] = PARAGRAPH


def _curl(window: Draft) -> None:
    """Use typographic quotes and dashes."""
    opened = False
    for index, word in enumerate(window.words):
        if word in {'"', "``", "''"}:
            window.words[index] = "”" if opened else "“"
            opened = not opened
        elif word in _CURLY and window.gaps[index] != GLUED:
            window.words[index] = _CURLY[word]
        else:
            window.words[index] = word.replace("'", "’")


def _recase(window: Draft, rng: random.Random) -> None:
    """Put one sentence (or all) into lower case, capitals or headline case."""
    ranges = _sentence_ranges(window)
    start, end = rng.choice(ranges) if rng.random() < 0.6 else (0, len(window.words))
    change = rng.choice((str.lower, str.upper, str.upper, _headline))
    window.words[start:end] = [change(word) for word in window.words[start:end]]


def _rename(window: Draft, rng: random.Random) -> None:
    """Give most people, places and organisations other names; the same name becomes the same one."""
    others: dict[str, tuple[str, ...] | None] = {}
    for start, end in reversed(_replaceable(window)):
        old, label = window.words[start:end], (window.names[start] or "")[2:]
        key = " ".join(old)
        if key not in others:
            length = len(old) if "-" not in old and rng.random() < 0.7 else None
            others[key] = drawn.draw(label, rng, length) if rng.random() < 0.8 else None
        if other := others[key]:
            window.replace(start, end, other)


def _replaceable(window: Draft) -> list[tuple[int, int]]:
    """Return the names that others can stand in for: all their words proper nouns, or none with a tag that is known."""
    found = []
    for start, name in enumerate(window.names):
        if name and name.startswith("B-") and name[2:] in drawn.DRAWN:
            end = start + 1
            while end < len(window.names) and window.names[end] == f"I-{name[2:]}":
                end += 1
            complete = end == len(window.names) or window.names[end] is not None
            if complete and all(tag in {None, "NNP"} for tag in window.tags[start:end]):
                found.append((start, end))
    return found


def _glue(window: Draft, rng: random.Random) -> None:
    """Take away the space between two sentences, or around dashes."""
    if rng.random() < 0.5:
        within = [start for start, _ in _sentence_ranges(window)[1:]]
        for start in within:
            if window.words[start - 1] in {".", "?", "!", "”", '"'} and window.gaps[start] == SPACE:
                window.gaps[start] = GLUED
    else:
        for index, word in enumerate(window.words):
            if word in {"-", "--", "–", "—"}:
                for at in range(index, min(index + 2, len(window.gaps))):
                    window.gaps[at] = GLUED


def _mistype(window: Draft, rng: random.Random) -> None:
    """Swap, lose or double a letter in a few longer words."""
    long = [i for i, word in enumerate(window.words) if len(word) > 4 and word.isalpha()]
    for index in rng.sample(long, min(len(long), rng.randint(1, 3))):
        word = window.words[index]
        at = rng.randrange(1, len(word) - 2)
        window.words[index] = rng.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            )
        )
        window.lemmas[index] = None


def _list(window: Draft, rng: random.Random) -> None:
    """Make the sentences the items of a list: each with a mark before it, on a line of its own."""
    mark, tag = rng.choice((("•", "NFP"), ("-", "NFP"), ("*", "NFP")))
    for start, _ in reversed(_sentence_ranges(window)):
        root = next((i for i in range(start, len(window.heads)) if window.heads[i] == -1), None)
        following = next(
            (i for i in range(start + 1, len(window.starts)) if window.starts[i]), len(window.starts)
        )
        if root is not None and root < following:
            window.insert(start, mark, tag=tag, head=root)


def _headline(word: str) -> str:
    return word[:1].upper() + word[1:] if len(word) > 3 else word


# -- numbers -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """A window as numbers; a target is `MISSING` where the corpus is silent. `heads`: 0 is the root, n the n-th word."""

    encoded: Encoded
    targets: dict[str, NDArray[np.int64]]
    weight: float
    parsed: bool


@dataclass(slots=True)
class Coder:
    """Turns windows into examples."""

    encoder: WordEncoder
    classes: Vocabulary

    def __post_init__(self) -> None:
        self._index = {
            name: {x: i for i, x in enumerate(getattr(self.classes, name))}
            for name in ("tags", "pos", "scripts", "labels", "names")
        }
        self._scripts: dict[tuple[str, str], int] = {}

    _index: dict[str, dict[str, int]] = None  # type: ignore[assignment]
    _scripts: dict[tuple[str, str], int] = None  # type: ignore[assignment]

    def _column(self, name: str, values: Iterable[str | None]) -> NDArray[np.int64]:
        index = self._index[name]
        return np.array([MISSING if v is None else index.get(v, MISSING) for v in values], dtype=np.int64)

    def _script(self, form: str, lemma: str | None) -> int:
        if lemma is None:
            return MISSING
        found = self._scripts.get((form, lemma))
        if found is None:
            found = self._index["scripts"].get(lemmas.script(form, lemma), MISSING)
            self._scripts[form, lemma] = found
        return found

    def example(self, window: Draft, weight: float) -> Example:
        """Encode one window with its targets."""
        starts = [int(start) if window.parsed else MISSING for start in window.starts]
        starts[0] = MISSING
        pairs = zip(window.words, window.lemmas, strict=True)
        heads = [MISSING if head is None else head + 1 for head in window.heads]
        targets = {
            "tags": self._column("tags", window.tags),
            "pos": self._column("pos", window.pos),
            "scripts": np.array([self._script(form, lemma) for form, lemma in pairs], dtype=np.int64),
            "labels": self._column("labels", window.labels),
            "names": self._column("names", window.names),
            "starts": np.array(starts, dtype=np.int64),
            "heads": np.array(heads, dtype=np.int64),
        }
        return Example(self.encoder.encode(window.words, window.gaps), targets, weight, window.parsed)


def batches(examples: list[Example], limit: int, rng: random.Random) -> list[list[Example]]:
    """Group examples of like length so that a batch has at most `limit` sub-words, padding included; shuffled."""
    order = sorted(examples, key=lambda example: len(example.encoded.ids) + rng.random() * 10)
    out: list[list[Example]] = []
    batch: list[Example] = []
    longest = 0
    for example in order:
        size = max(longest, len(example.encoded.ids))
        if batch and size * (len(batch) + 1) > limit:
            out.append(batch)
            batch, size = [], len(example.encoded.ids)
        batch.append(example)
        longest = size
    if batch:
        out.append(batch)
    rng.shuffle(out)
    return out


def pieces(
    documents: list[TrainingDocument], settings: Settings, rng: random.Random
) -> Iterator[tuple[Draft, float]]:
    """Yield every document cut into roughened windows, with its weight."""
    for document in documents:
        for window in cut(document, settings, rng):
            if window.words:
                yield roughen(window, settings, rng), document.weight
