"""Scores over noisy lines (headlines, datelines, bullets, glued text): sentence splits and the heads of main clauses."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from spacy.language import Language

from kg.language.training.evaluate import Counts, Report


@dataclass(frozen=True, slots=True)
class NoisyLine:
    """A text and what is right for it.

    Attributes:
        kind: what is odd about the text.
        text: the text as found.
        spans: the sentences, half-open, in characters, without the white space around them.
        roots: for each sentence the word that heads it.
    """

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    roots: tuple[str, ...]


@dataclass(slots=True)
class NoisyScores:
    """Sentences by both ends; sentences in all, and those whose expected head is the root of a sentence found."""

    splits: Counts = field(default_factory=Counts)
    sentences: int = 0
    roots: int = 0

    def report(self) -> dict[str, float]:
        """Return F1 of the splits and the share of roots."""
        return {"splits": round(self.splits.f1, 4), "roots": round(self.roots / self.sentences, 4)}


def read_noisy_lines(path: Path) -> list[NoisyLine]:
    """Read a TOML file of tables `line` with `kind`, `text`, `sentences` (how each begins, in order) and `verbs`.

    Raises:
        ValueError: a line does not start with its first sentence, lacks a sentence, or a sentence its head.
    """
    lines = tomllib.loads(path.read_text(encoding="utf-8"))["line"]
    return [_line(line["kind"], line["text"], line["sentences"], line["verbs"]) for line in lines]


def _line(kind: str, text: str, beginnings: list[str], roots: list[str]) -> NoisyLine:
    at = -1
    starts: list[int] = []
    for beginning in beginnings:
        at = text.find(beginning, at + 1)
        if at < 0 or (not starts and text[:at].strip()):
            raise ValueError(
                f"noisy line {text!r}: no sentence {beginning!r} where it should begin; correct it"
            )
        starts.append(at)
    spans = tuple(_trimmed(text, start, end) for start, end in pairwise([*starts, len(text)]))
    if len(roots) != len(spans):
        raise ValueError(f"noisy line {text!r}: {len(roots)} verbs for {len(spans)} sentences; give one each")
    for (start, end), root in zip(spans, roots, strict=True):
        if not re.search(rf"(?<!\w){re.escape(root)}(?!\w)", text[start:end]):
            raise ValueError(f"noisy line {text!r}: {root!r} is no word of {text[start:end]!r}; correct it")
    return NoisyLine(kind, text, spans, tuple(roots))


def score_noisy_lines(nlp: Language, lines: Iterable[NoisyLine]) -> Report:
    """Run the pipeline over each line alone and score it, over all lines ("all") and by kind.

    A root counts as found if the word expected, inside its sentence's span, heads any sentence found: splits are scored
    beside it, not with it.
    """
    scores = {"all": NoisyScores()}
    for number, line in enumerate(lines):
        spans, roots = _found(nlp, line.text)
        right = sum(
            any(start <= at < end and word == root for at, word in roots)
            for (start, end), root in zip(line.spans, line.roots, strict=True)
        )
        for score in (scores["all"], scores.setdefault(line.kind, NoisyScores())):
            score.splits.add(_numbered(spans, number), _numbered(line.spans, number))
            score.sentences += len(line.spans)
            score.roots += right
    return {kind: score.report() for kind, score in scores.items()}


def _found(nlp: Language, text: str) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    doc = nlp(text)
    spans = [_trimmed(text, sent.start_char, sent.end_char) for sent in doc.sents if sent.text.strip()]
    return spans, [(sent.root.idx, sent.root.text) for sent in doc.sents]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _numbered(spans: Iterable[tuple[int, int]], number: int) -> set[tuple[int, int, str]]:
    return {(start, end, str(number)) for start, end in spans}
