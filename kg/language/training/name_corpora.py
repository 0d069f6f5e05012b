"""Readers of corpora that mark names only."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from kg.language import wordlists
from kg.language.features import GLUED, SPACE, UNKNOWN
from kg.language.training.documents import Names, Sentence, TrainingDocument
from kg.language.training.marks import bio, with_nationalities, with_states, without_article, without_titles
from kg.language.training.treebanks import UNER

Row = tuple[str, str]


def _plain(
    rows: list[list[Row]], source: str, labels: dict[str, str], silent: set[str], weight: float
) -> list[TrainingDocument]:
    """Turn sentences of (word, label) into documents; `silent` labels become missing."""
    sentences = []
    for row in rows:
        words = tuple(word for word, _ in row)
        spans: list[tuple[int, int, str]] = []
        missing: list[int] = []
        before = "O"
        for index, (_, mark) in enumerate(row):
            prefix, _, label = mark.partition("-")
            if label in silent:
                missing.append(index)
            elif label in labels:
                if prefix == "B" or before != label or not spans:
                    spans.append((index, index + 1, labels[label]))
                else:
                    spans[-1] = (spans[-1][0], index + 1, labels[label])
            before = label
        names = bio(len(words), spans)
        for index in missing:
            names[index] = None
        cut = without_titles(words, without_article(words, names))
        sentences.append(_split_hyphens(words, with_nationalities(words, with_states(words, cut))))
    return [
        TrainingDocument(source, source, tuple(sentences[i : i + 4]), weight)
        for i in range(0, len(sentences), 4)
    ]


def _split_hyphens(words: tuple[str, ...], names: Names) -> Sentence:
    """Split compounds at their hyphens, as the tokenizer of the pipeline does."""
    parts: list[str] = []
    labels: list[str | None] = []
    glued: set[int] = set()
    for word, name in zip(words, names, strict=True):
        pieces = re.split(r"(?<=[^\W\d_])(-)(?=[^\W\d_])", word)
        glued.update(range(len(parts) + 1, len(parts) + len(pieces)))
        labels.append(name)
        labels.extend(["I-" + name[2:] if name and name != "O" else name] * (len(pieces) - 1))
        parts.extend(pieces)
    gaps = guess_gaps(tuple(parts))
    gaps = tuple(GLUED if index in glued else gap for index, gap in enumerate(gaps))
    return Sentence(tuple(parts), gaps, tuple(labels))


_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}]|['’](s|re|ve|ll|d|m)?|n['’]t|\.\.\.|''|”")


def guess_gaps(words: tuple[str, ...]) -> tuple[int, ...]:
    """Guess the gaps of words whose text is lost, as English typesets them."""
    gaps = [UNKNOWN]
    for before, word in pairwise(words):
        glued = _NO_SPACE_BEFORE.fullmatch(word) or before in {"(", "[", "{", "$", "``", "“"}
        gaps.append(GLUED if glued else SPACE)
    return tuple(gaps)


def _columns(path: Path) -> list[list[Row]]:
    """Read lines of a word and its mark, parted by a tab or other white space; lines without a mark end a sentence."""
    sentences: list[list[Row]] = []
    rows: list[Row] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t" if "\t" in line else None)
        if len(fields) >= 2 and not line.startswith(("-DOCSTART", "http")):
            rows.append((fields[0], fields[1].strip()))
        elif rows:
            sentences.append(rows)
            rows = []
    return [*sentences, rows] if rows else sentences


def read_wikigold(path: Path) -> list[TrainingDocument]:
    """Read WikiGold: persons, organisations, locations; MISC is missing."""
    return _plain(_columns(path), "wikigold", dict(UNER), {"MISC"}, 1.0)


_CROSSNER = {
    "person": "PERSON",
    "politician": "PERSON",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "location": "LOC",
    "country": "LOC",
    "event": "EVENT",
    "election": "EVENT",
}


def read_crossner(path: Path) -> list[TrainingDocument]:
    """Read CrossNER politics; its "misc" is missing."""
    return _plain(_columns(path), "crossner", _CROSSNER, {"misc"}, 1.0)


_GMB = {"per": "PERSON", "org": "ORG", "geo": "LOC", "gpe": "NORP", "eve": "EVENT"}


def _repaired(word: str) -> str:
    """Undo UTF-8 that was read as cp1252."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return word


def read_gmb(path: Path, weight: float) -> list[TrainingDocument]:
    """Read the Groningen Meaning Bank (silver): titles cut from persons, `gpe` split into NORP and LOC."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0]).decode("latin-1")
    sentences: list[list[Row]] = []
    for record in csv.reader(io.StringIO(text)):
        if record[0].startswith("Sentence:"):
            sentences.append([])
        if sentences and (word := _repaired(record[1]).strip()):
            sentences[-1].append((word, record[3]))
    documents = _plain(sentences, "gmb", _GMB, {"art", "nat"}, weight)
    return [replace(d, sentences=tuple(_split_gpe(s) for s in d.sentences)) for d in documents]


def _split_gpe(sentence: Sentence) -> Sentence:
    """A word marked NORP that is no nationality by list or ending is a place."""
    names = list(sentence.names)
    for index, name in enumerate(names):
        if name is not None and name.endswith("-NORP"):
            alone = name == "B-NORP" and (index + 1 == len(names) or names[index + 1] != "I-NORP")
            if not (alone and wordlists.looks_like_nationality(sentence.words[index])):
                names[index] = name[:2] + "LOC"
    return replace(sentence, names=tuple(names))


_WORLDWIDE = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "LOC",
    "NORP": "NORP",
}


def read_worldwide(folder: Path) -> list[TrainingDocument]:
    """Read Worldwide newswire: for scoring only, its licence does not allow training."""
    documents = []
    for path in sorted(folder.glob("*.tsv")):
        sentences = []
        for rows in _columns(path):
            words = tuple(word for word, _ in rows)
            names = tuple(
                "O"
                if mark.partition("-")[2] not in _WORLDWIDE
                else mark[:2] + _WORLDWIDE[mark.partition("-")[2]]
                for _, mark in rows
            )
            sentences.append(_split_hyphens(words, without_article(words, list(names))))
        documents.append(TrainingDocument("worldwide", "news", tuple(sentences)))
    return documents
