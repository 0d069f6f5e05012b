"""Names and trees from scores."""

from collections.abc import Callable, Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.decode import (
    NameDecoder,
    Scores,
    best_labels,
    own_heads,
    sentence_heads,
    sentence_starts,
)

#: The fixture: all well-formed paths of a length through labels.
Paths = Callable[[Sequence[str], int], list[tuple[int, ...]]]

LABELS = ("O", "B-LOC", "I-LOC", "B-ORG", "I-ORG")


@given(st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, 5), elements=st.floats(-8, 0, width=16))))
@settings(deadline=None, max_examples=100)
def test_names_are_the_best_well_formed_path(well_formed_paths: Paths, scores: np.ndarray) -> None:
    spans = NameDecoder(LABELS).decode(scores)
    path = [0] * len(scores)
    for start, end, label in spans:
        path[start:end] = [LABELS.index(f"B-{label}")] + [LABELS.index(f"I-{label}")] * (end - start - 1)
    total = sum(float(row[i]) for row, i in zip(scores, path, strict=True))
    best = max(
        sum(float(row[i]) for row, i in zip(scores, each, strict=True))
        for each in well_formed_paths(LABELS, len(scores))
    )
    assert abs(total - best) < 1e-4


def window(starts: list[bool], arcs: np.ndarray) -> Scores:
    count = len(starts)
    yes = np.log(np.where(np.array(starts)[:, None], [0.1, 0.9], [0.9, 0.1])).astype(np.float32)
    zeros = np.zeros(count, dtype=np.int64)
    names = np.zeros((count, 5), dtype=np.float32)
    factors = np.zeros((count + 1, 3), dtype=np.float32)
    return Scores(zeros, zeros, zeros[:, None], yes, names, arcs.astype(np.float32), factors[1:], factors)


def test_first_and_forced_words_start_sentences() -> None:
    scores = window([False, False, True, False], np.zeros((4, 5)))
    assert sentence_starts(scores, [False] * 4) == [0, 2]
    assert sentence_starts(scores, [False, True, False, False]) == [0, 1, 2]


def test_heads_are_counted_in_the_window_and_in_words() -> None:
    arcs = np.full((4, 5), -5.0)
    arcs[2, 0] = arcs[3, 3] = -0.1
    arcs[3, 1] = 0.0  # better, but in the sentence before
    heads = sentence_heads(window([True, False, True, False], arcs), 2, 4)
    assert heads == [0, 3]
    assert own_heads(heads, 2) == [2, 2]


def test_the_root_alone_is_labelled_root() -> None:
    scores = np.array([[0.0, -1.0, -2.0], [0.0, -1.0, -2.0], [-3.0, -2.0, -1.0]], dtype=np.float32)
    before = scores.copy()
    assert best_labels(scores, [2, 0, 1], root=0) == [1, 0, 2]
    assert (scores == before).all()
