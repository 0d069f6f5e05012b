"""Maximum spanning arborescences: the best tree for a matrix of arc scores, with exactly one root.

Chu and Liu (1965) and Edmonds (1967), contraction of cycles along a path as Tarjan, "Finding Optimum Branchings" (1977), on a
dense matrix. For one root, arcs from the root are made dearer until the best tree has one only: a tree with one root that is
best at some price is best among all trees with one root (after Stanojević and Cohen, "A Root of a Problem: Optimizing
Single-Root Dependency Parsing", EMNLP 2021, who take the highest price at once; it makes the cycles as large as sentences).
Ties go to the leftmost head.
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def best_tree(scores: NDArray[np.floating]) -> list[int]:
    """Return the head of each of `n` words: 0 for the root, `i` for the i-th word (counted from 1).

    Args:
        scores: shape (n, n + 1); `scores[w, h]` of the arc from head `h` to word `w`, finite. Sums over arcs are maximised;
            the diagonal (a word as its own head) is ignored.
    """
    own = scores.astype(np.float64)
    own.flat[1 :: len(scores) + 2] = -np.inf
    price = 1.0
    heads = _arborescence(own)
    while heads.count(0) > 1:
        own[:, 0] -= price
        price *= 4
        heads = _arborescence(own)
    return heads


def _arborescence(scores: Scores) -> list[int]:
    """Return the heads of the words of the best arborescence from node 0, whatever number of them hangs on it.

    From each word a walk leads up by best heads. Where it runs into itself, the cycle becomes one more node, whose arcs are
    worth what they gain over the arc of the cycle that they replace. At the end the cycles are opened, the last first.
    """
    count = len(scores) + 1
    heads: list[int] = [0, *scores.argmax(axis=1).tolist()]
    outermost = list(range(count))  # for node 0 and each word: the node it is in
    # For each node: the word whose walk came by it; node 0 is where walks end.
    walks = [count] + [0] * len(scores)
    rows: list[Scores] = []  # for each node: what the arc from each head to it is worth
    # For each further node: its nodes, and which of them a head enters.
    cycles: list[tuple[list[int], NDArray[np.int64]]] = []
    for word in range(1, count):
        node = outermost[word]
        while walks[node] in (0, word):
            if walks[node] == word:
                rows = rows or [scores[0], *scores]
                cycles.append(_contract(node, heads, outermost, rows))
                walks.append(0)
                node = len(walks) - 1
            walks[node] = word
            node = outermost[heads[node]]
    for node in reversed(range(count, len(heads))):
        cycle, entered = cycles[node - count]
        heads[cycle[entered[heads[node]]]] = heads[node]
    return heads[1:count]


def _contract(
    node: int, heads: list[int], outermost: list[int], rows: list[Scores]
) -> tuple[list[int], NDArray[np.int64]]:
    """Make the nodes of the cycle that `node` is in one node; return them, and for each head which of them it best enters."""
    cycle = [node]
    while (above := outermost[heads[cycle[-1]]]) != node:
        cycle.append(above)
    gains = np.array([rows[inner] - rows[inner][heads[inner]] for inner in cycle])
    row: Scores = gains.max(axis=0)
    for word, outer in enumerate(outermost):
        if outer in cycle:
            outermost[word] = len(rows)
            row[word] = -np.inf
    rows.append(row)
    heads.append(int(row.argmax()))
    return cycle, gains.argmax(axis=0)
