"""From scores to labels: sentence starts, trees with labels, names."""

from collections.abc import Sequence
from dataclasses import dataclass

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
        label_words: one factor of the label scores, (n, labels, features).
        label_heads: the other factor, (n + 1, features).
    """

    tags: Ints
    pos: Ints
    scripts: Ints
    starts: Floats
    names: Floats
    arcs: Floats
    label_words: Floats
    label_heads: Floats


def sentence_starts(scores: Scores, forced: Sequence[bool]) -> list[int]:
    """Return the positions where sentences start: the first, the forced, and where the network says so."""
    likely = scores.starts[:, 1] > scores.starts[:, 0]
    return [i for i in range(len(likely)) if i == 0 or forced[i] or likely[i]]


def parse(scores: Scores, start: int, end: int, root: int) -> tuple[list[int], list[int]]:
    """Return head and label class of each word of the sentence `start:end`; a root is its own head.

    The label class `root` goes to the root and to no other word.
    """
    columns = np.concatenate([[0], np.arange(start + 1, end + 1)])
    heads = best_tree(scores.arcs[start:end, columns])
    at = columns[heads]
    table = np.einsum("wlf,wf->wl", scores.label_words[start:end], scores.label_heads[at])
    table[:, root] = np.where(heads == 0, np.inf, -np.inf)
    own = np.arange(start, end)
    return np.where(heads == 0, own, at - 1).tolist(), table.argmax(axis=1).tolist()


@dataclass(frozen=True, slots=True)
class NameDecoder:
    """Finds the best sequence of BIO labels that is well-formed: no inside without a beginning (Viterbi, 1967).

    Attributes:
        labels: the BIO labels in the order of the scores.
    """

    labels: tuple[str, ...]

    def decode(self, scores: Floats) -> list[tuple[int, int, str]]:
        """Return the names of one sentence as half-open word ranges with their label."""
        path = scores.argmax(axis=1).tolist()
        if not self._well_formed(path):
            path = self._best(scores)
        spans: list[tuple[int, int, str]] = []
        for index, best in enumerate(path):
            mark, _, label = self.labels[best].partition("-")
            if mark == "B":
                spans.append((index, index + 1, label))
            elif mark == "I":
                spans[-1] = (spans[-1][0], index + 1, label)
        return spans

    def _allowed(self, before: int | None, after: int) -> bool:
        mark, _, label = self.labels[after].partition("-")
        return mark != "I" or (before is not None and self.labels[before].endswith("-" + label))

    def _well_formed(self, path: list[int]) -> bool:
        return all(self._allowed(path[i - 1] if i else None, label) for i, label in enumerate(path))

    def _best(self, scores: Floats) -> list[int]:
        size = len(self.labels)
        barred = np.array(
            [[0.0 if self._allowed(a, b) else -np.inf for b in range(size)] for a in range(size)]
        )
        total = scores[0] + np.array([0.0 if self._allowed(None, b) else -np.inf for b in range(size)])
        back: list[NDArray[np.int64]] = []
        for row in scores[1:]:
            table = total[:, None] + barred
            back.append(table.argmax(axis=0))
            total = table.max(axis=0) + row
        path = [int(total.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return path[::-1]
