"""The best tree, against all trees."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.tree import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """Say whether every word reaches the root and exactly one hangs on it."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen: set[int] = set()
        node = word
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


def square(count: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float64, (count, count + 1), elements=st.floats(-20, 20, width=32))


@given(st.integers(1, 5).flatmap(square))
@settings(deadline=None, max_examples=150)
def test_best_of_all_trees(scores: np.ndarray) -> None:
    count = len(scores)
    heads = tuple(best_tree(scores))
    assert is_tree(heads)
    best = max(total(scores, each) for each in product(range(count + 1), repeat=count) if is_tree(each))
    assert total(scores, heads) == pytest.approx(best, abs=1e-6)


@given(st.integers(6, 60).flatmap(square))
@settings(deadline=None, max_examples=30)
def test_always_a_tree(scores: np.ndarray) -> None:
    assert is_tree(tuple(best_tree(scores)))


def test_greedy_choice_is_kept_when_it_is_a_tree() -> None:
    scores = np.log([[0.8, 0.0001, 0.1], [0.1, 0.8, 0.0001]])
    assert best_tree(scores) == [0, 1]


def test_one_root_although_two_are_likelier() -> None:
    scores = np.array([[0.0, -9.0, -3.0], [-0.5, -2.0, -9.0]])
    assert best_tree(scores) == [0, 1]


def test_cycle_within_a_cycle_is_opened_where_its_best_arc_comes_in() -> None:
    scores = np.full((4, 5), -50.0)
    scores[0, 2] = scores[1, 1] = 5.0  # words 1 and 2 choose each other
    scores[2, 1] = 4.0  # word 3 hangs on them,
    scores[0, 3] = 3.0  # and they would rather hang on it than on the root
    scores[3, 2] = 1.0
    scores[:, 0] = [-20.0, -4.0, -9.0, -30.0]
    assert best_tree(scores) == [2, 0, 1, 2]
