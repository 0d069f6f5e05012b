"""From scores to labels: sentence starts, trees with labels, names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.language.tree import best_tree

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says about a window of n words.

    Attributes:
        tags, pos: best class for each word, (n,).
        scripts: the best few lemma scripts for each word, best first, (n, few).
        starts: log-probability of (no start, start), (n, 2).
        names: log-probability of each BIO label, (n, labels).
        arcs: log-probability of each head, (n, n + 1); head 0 is the root.
        label_words: what each word brings to the label of its arc, (n, rank); see `Model.labels`.
        label_heads: what each head brings, (n + 1, rank).
    """

    tags: Ints
    pos: Ints
    scripts: Ints
    starts: Floats
    names: Floats
    arcs: Floats
    label_words: Floats
    label_heads: Floats


def sentence_starts(scores: Scores, forced: Iterable[int]) -> list[int]:
    """Return the positions where sentences start: the first, the forced, and where the network says so."""
    likely = (i for i, (no, yes) in enumerate(scores.starts.tolist()) if yes > no)
    return sorted({0, *forced, *likely})


def sentence_heads(scores: Scores, start: int, end: int) -> list[int]:
    """Return the head of each word of the sentence `start:end` as `Scores.arcs` counts: 0 for the root, `i + 1` for word i."""
    arcs = scores.arcs[start:end]
    heads = best_tree(np.concatenate((arcs[:, :1], arcs[:, start + 1 : end + 1]), axis=1))
    return [head and head + start for head in heads]


def best_labels(scores: Floats, heads: Sequence[int], root: int) -> list[int]:
    """Return the label class of each word from its label scores: the class `root` for the root and for no other word."""
    others = scores.copy()
    others[:, root] = -np.inf
    best: list[int] = others.argmax(axis=1).tolist()
    return [label if head else root for label, head in zip(best, heads, strict=True)]


def own_heads(heads: Sequence[int], start: int = 0) -> list[int]:
    """Return heads as positions of words, a root as its own head; `start` is the position of the first word."""
    return [head - 1 if head else i for i, head in enumerate(heads, start)]


class NameDecoder:
    """Finds the best sequence of BIO labels that is well-formed: no inside without a beginning (Viterbi, 1967).

    Attributes:
        labels: the BIO labels in the order of the scores.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)
        self._parts = [(mark, label) for mark, _, label in (each.partition("-") for each in labels)]
        self._outside = self.labels.index("O")
        #: Whether a label may follow another; a sentence begins as if after "O".
        self._follows = [
            [mark != "I" or label == before for mark, label in self._parts] for _, before in self._parts
        ]

    def decode(self, scores: Floats) -> list[tuple[int, int, str]]:
        """Return the names of one sentence as half-open word ranges with their label."""
        path: list[int] = scores.argmax(axis=1).tolist()
        if path.count(self._outside) == len(path):
            return []
        if not all(self._follows[before][label] for before, label in pairwise([self._outside, *path])):
            path = self._best(scores)
        spans: list[tuple[int, int, str]] = []
        for index, best in enumerate(path):
            mark, label = self._parts[best]
            if mark == "B":
                spans.append((index, index + 1, label))
            elif mark == "I":
                spans[-1] = (spans[-1][0], index + 1, label)
        return spans

    def _best(self, scores: Floats) -> list[int]:
        barred = np.where(self._follows, 0.0, -np.inf)
        total = scores[0] + barred[self._outside]
        back: list[Ints] = []
        for row in scores[1:]:
            table = total[:, None] + barred
            back.append(table.argmax(axis=0))
            total = table.max(axis=0) + row
        path = [int(total.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return path[::-1]
