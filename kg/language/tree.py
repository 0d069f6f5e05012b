"""Maximum spanning arborescences: the best tree for a matrix of arc scores, with exactly one root.

Chu and Liu (1965) and Edmonds (1967), contraction of cycles on a dense matrix; one root by the reweighting of Stanojević
and Cohen, "A Root of a Problem: Optimizing Single-Root Dependency Parsing" (EMNLP 2021). Ties go to the leftmost head.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Heads = NDArray[np.int64]

#: Score of an arc that must not be.
FORBIDDEN = -1e12


def best_tree(scores: NDArray[np.floating]) -> Heads:
    """Return the head of each of `n` words: 0 for the root, `i` for the i-th word (counted from 1).

    Args:
        scores: shape (n, n + 1); `scores[w, h]` of the arc from head `h` to word `w`, finite. Sums over arcs are maximised;
            the diagonal (a word as its own head) is ignored.
    """
    count = len(scores)
    square = np.full((count + 1, count + 1), FORBIDDEN)
    square[1:] = scores
    np.fill_diagonal(square, FORBIDDEN)
    heads: Heads = square.argmax(axis=1)
    heads[0] = 0
    if np.count_nonzero(heads[1:] == 0) == 1 and not _cycle(heads):
        return np.asarray(heads[1:])
    inner = square[1:, 1:]
    used = np.concatenate([square[1:, 0], inner[inner > FORBIDDEN / 2]])
    # Every root arc after the first costs more than any other choice of arcs can gain.
    square[1:, 0] -= 1.0 + (used.max() - used.min()) * (count + 1)
    return np.asarray(_arborescence(square)[1:])


def _cycle(heads: Heads) -> list[int]:
    """Return the nodes of one cycle, in order; empty where there is none. Node 0 is the root."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return []


def _arborescence(scores: Scores) -> Heads:
    """Return the head of each node of the best arborescence from node 0; `scores[dependent, head]` is square."""
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(sorted(cycle))
    outside = np.setdiff1d(np.arange(len(scores)), inside)
    kept = scores[inside, heads[inside]]
    # One node stands for the cycle: entering it at a node replaces that node's arc in the cycle.
    entering = scores[np.ix_(inside, outside)] - kept[:, None]
    leaving = scores[np.ix_(outside, inside)]
    size = len(outside)
    small = np.full((size + 1, size + 1), FORBIDDEN)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = entering.max(axis=0)
    small[:size, size] = leaving.max(axis=1)
    found = _arborescence(small)
    result: Heads = heads.copy()
    for index, node in enumerate(outside):
        if index:
            head = found[index]
            result[node] = outside[head] if head < size else inside[leaving[index].argmax()]
    entry = found[size]
    result[inside[entering[:, entry].argmax()]] = outside[entry]
    return result
