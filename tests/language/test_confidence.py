"""Confidence of arcs and names, against all labellings written out, and its place in a Doc."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from kg.errors import ModelError
from kg.language.confidence import (
    REACH,
    Confidence,
    Temperatures,
    arc_confidence,
    covering,
    name_confidence,
    remember,
)
from kg.language.decode import NameDecoder
from kg.language.parser import NetworkParser

#: The fixture: all well-formed paths of a length through labels.
Paths = Callable[[Sequence[str], int], list[tuple[int, ...]]]

# Not in the order in which the sums are made.
LABELS = ("B-ORG", "I-LOC", "O", "I-ORG", "B-LOC")

TEMPERATURES = st.floats(0.3, 4.0)


def normal(scores: np.ndarray) -> np.ndarray:
    """Log-probabilities of scores, by row."""
    wide = scores.astype(np.float64)
    wide -= wide.max(axis=1, keepdims=True)
    return (wide - np.log(np.exp(wide).sum(axis=1, keepdims=True))).astype(np.float32)


def table(rows: int, columns: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float32, (rows, columns), elements=st.floats(-12, 12, width=32)).map(normal)


def spans_of(path: tuple[int, ...]) -> list[tuple[int, int, str]]:
    """Names of a well-formed path."""
    found: list[tuple[int, int, str]] = []
    for at, index in enumerate(path):
        mark, _, label = LABELS[index].partition("-")
        if mark == "B":
            found.append((at, at + 1, label))
        elif mark == "I":
            found[-1] = (found[-1][0], at + 1, label)
    return found


def shares(
    paths: Iterable[tuple[int, ...]], log_probs: np.ndarray, temperature: float
) -> dict[tuple[int, int, str], float]:
    """The probability of each possible name, by writing out all well-formed paths."""
    weights = np.exp(log_probs.astype(np.float64) / temperature)
    total, out = 0.0, {}
    for path in paths:
        weight = math.prod(weights[at, index] for at, index in enumerate(path))
        total += weight
        for span in spans_of(path):
            out[span] = out.get(span, 0.0) + weight
    return {span: weight / total for span, weight in out.items()}


@given(st.integers(1, 5).flatmap(lambda n: table(n, 5)), TEMPERATURES)
def test_names_are_their_share_of_all_labellings(
    well_formed_paths: Paths, log_probs: np.ndarray, temperature: float
) -> None:
    confidence = Confidence(LABELS, Temperatures(names=temperature))
    paths = well_formed_paths(LABELS, len(log_probs))
    for span, share in shares(paths, log_probs, temperature).items():
        (found,) = confidence.names(log_probs, [0, len(log_probs)], [span])
        assert found == pytest.approx(share, abs=1e-5)


@given(st.integers(6, 12).flatmap(lambda n: table(n, 5)), st.data())
def test_words_within_reach_count_and_no_others(log_probs: np.ndarray, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(log_probs) - 1))
    end = data.draw(st.integers(start + 1, len(log_probs)))
    left, right = max(start - REACH, 0), min(end + REACH, len(log_probs))
    confidence = Confidence(LABELS)
    near = confidence.names(log_probs[left:right], [0, right - left], [(start - left, end - left, "ORG")])
    assert confidence.names(log_probs, [0, len(log_probs)], [(start, end, "ORG")]) == pytest.approx(near)


@given(st.integers(2, 9).flatmap(lambda n: table(n, 5)), st.data())
def test_names_know_their_own_sentence_only(log_probs: np.ndarray, data: st.DataObject) -> None:
    count = len(log_probs)
    middle = data.draw(st.integers(1, count - 1))
    confidence = Confidence(LABELS)
    together = confidence.names(log_probs, [0, middle, count], [(0, 1, "LOC"), (middle, count, "ORG")])
    first = confidence.names(log_probs[:middle], [0, middle], [(0, 1, "LOC")])
    second = confidence.names(log_probs[middle:], [0, count - middle], [(0, count - middle, "ORG")])
    assert together == pytest.approx(first + second)


@given(st.integers(1, 12).flatmap(lambda n: table(n, 5)), TEMPERATURES)
def test_names_decoded_have_a_probability(log_probs: np.ndarray, temperature: float) -> None:
    spans = NameDecoder(LABELS).decode(log_probs)
    found = Confidence(LABELS, Temperatures(names=temperature)).names(log_probs, [0, len(log_probs)], spans)
    assert len(found) == len(spans)
    assert all(0 < prob <= 1 for prob in found)


@given(st.integers(2, 8).flatmap(lambda n: table(n, 5)), st.floats(0.01, 5), st.data())
def test_a_name_grows_with_its_score(log_probs: np.ndarray, more: float, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(log_probs) - 1))
    higher = log_probs.astype(np.float64)
    higher[at, LABELS.index("B-LOC")] += more
    span = (at, at + 1, "LOC")
    confidence = Confidence(LABELS)
    bounds = [0, len(log_probs)]
    (before,), (after,) = (confidence.names(x, bounds, [span]) for x in (log_probs, normal(higher)))
    assert after >= before - 1e-6


@pytest.mark.parametrize("extreme", [-40.0, -90.0, -1e4])
def test_impossible_scores_stay_in_range(extreme: float) -> None:
    log_probs = np.full((9, 5), extreme, dtype=np.float32)
    log_probs[:, LABELS.index("I-ORG")] = 0.0  # nothing may begin, and yet everything is inside
    found = Confidence(LABELS).names(log_probs, [0, 9], [(0, 9, "ORG"), (3, 4, "LOC")])
    assert found[0] == pytest.approx(1.0, abs=1e-6)
    assert found[1] == pytest.approx(0.0, abs=1e-6)
    arcs = np.full((3, 4), extreme, dtype=np.float32)
    arcs[:, 3] = 0.0
    assert Confidence(LABELS).arcs(arcs, [0, 2], [0, 0]) == pytest.approx([1 / 3, 1 / 3])


def test_no_names_no_numbers() -> None:
    assert Confidence(LABELS).names(np.zeros((3, 5), dtype=np.float32), [0, 3], []) == []


@dataclass
class Window:
    arcs: np.ndarray
    bounds: list[int]
    heads: list[int]

    def sentence(self, word: int) -> range:
        return next(range(a, b) for a, b in pairwise(self.bounds) if a <= word < b)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Sentences of which the last may be left out, with any heads inside them."""
    lengths = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    bounds = [0, *accumulate(lengths)]
    heads = [draw(st.integers(a, b - 1)) for a, b in pairwise(bounds) for _ in range(a, b)]
    count = bounds[-1] + draw(st.integers(0, 3))
    return Window(draw(table(count, count + 1)), bounds, heads)


@given(windows(), TEMPERATURES)
def test_arcs_are_a_softmax_over_root_and_sentence(window: Window, temperature: float) -> None:
    found = Confidence(LABELS, Temperatures(arcs=temperature)).arcs(window.arcs, window.bounds, window.heads)
    assert len(found) == len(window.heads)
    for word, head in enumerate(window.heads):
        weights = np.exp(window.arcs[word].astype(np.float64) / temperature)
        columns = [0, *(each + 1 for each in window.sentence(word))]
        chosen = weights[0 if head == word else head + 1]
        assert found[word] == pytest.approx(chosen / weights[columns].sum(), rel=1e-4)
        assert 0 <= found[word] <= 1


@given(st.integers(1, 6).flatmap(lambda n: table(n, n + 1)), st.data())
def test_temperature_one_changes_nothing(arcs: np.ndarray, data: st.DataObject) -> None:
    count = len(arcs)
    heads = [data.draw(st.integers(0, count - 1)) for _ in range(count)]
    found = Confidence(LABELS).arcs(arcs, [0, count], heads)
    given = [arcs[word, 0 if head == word else head + 1] for word, head in enumerate(heads)]
    assert found == pytest.approx(np.exp(given).tolist(), rel=1e-4)


@given(windows(), TEMPERATURES, st.floats(0.01, 5))
def test_an_arc_grows_with_its_score(window: Window, temperature: float, more: float) -> None:
    confidence = Confidence(LABELS, Temperatures(arcs=temperature))
    higher = window.arcs.astype(np.float64)
    for word, head in enumerate(window.heads):
        higher[word, 0 if head == word else head + 1] += more
    before = confidence.arcs(window.arcs, window.bounds, window.heads)
    after = confidence.arcs(normal(higher), window.bounds, window.heads)
    assert all(new >= old - 1e-6 for old, new in zip(before, after, strict=True))


def test_hotter_is_less_sure() -> None:
    arcs = normal(np.array([[0.0, 1.0, 5.0], [4.0, 0.0, 1.0]]))
    cool, hot = (Confidence(LABELS, Temperatures(arcs=t)).arcs(arcs, [0, 2], [1, 1]) for t in (1.0, 3.0))
    assert all(a > b > 1 / 3 for a, b in zip(cool, hot, strict=True))


# -- configuration -----------------------------------------------------------------------------------------------------


def test_temperatures_are_one_where_absent() -> None:
    assert Temperatures.of({}) == Temperatures(1.0, 1.0)
    assert Temperatures.of({"temperatures": {"names": 1.5}}) == Temperatures(1.0, 1.5)


@pytest.mark.parametrize("value", [0, -1.0, math.nan, math.inf, "1.2", None, True])
def test_a_temperature_is_a_number_above_zero(value: object) -> None:
    with pytest.raises(ModelError, match="temperature of arcs"):
        Temperatures.of({"temperatures": {"arcs": value}})


# -- in a Doc ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def known(make_doc: Callable[..., Doc]) -> Doc:
    """A Doc with a line break, two names of the network, and confidences that float32 holds exactly."""
    doc = make_doc(["The", "Paris", "Club", "\n", "left", "Rome"])
    remember(doc, [0, 1, 2, 4, 5], [0.5, 0.25, 1.0, 0.125, 0.0], [(0, 3, "ORG"), (4, 5, "LOC")], [0.75, 0.5])
    return doc


def test_arcs_of_tokens(known: Doc) -> None:
    assert [arc_confidence(token) for token in known] == [0.5, 0.25, 1.0, None, 0.125, 0.0]


@pytest.mark.parametrize(
    ("start", "end", "label", "expected"),
    [
        (0, 3, "ORG", 0.75),
        (1, 3, "ORG", 0.75),  # trimmed
        (1, 2, "GPE", 0.75),  # trimmed and relabelled
        (5, 6, "GPE", 0.5),
        (5, 6, "DATE", None),  # by rules alone
        (4, 5, "ORG", None),
        (2, 5, "ORG", None),  # beyond the name
        (4, 6, "LOC", None),
        (0, 6, "ORG", None),
    ],
)
def test_names_by_the_name_that_holds_them(
    known: Doc, start: int, end: int, label: str, expected: float | None
) -> None:
    assert name_confidence(Span(known, start, end, label=label)) == expected


def test_unknown_in_other_docs(make_doc: Callable[..., Doc]) -> None:
    doc = make_doc("Paris left")
    assert arc_confidence(doc[0]) is None
    assert name_confidence(Span(doc, 0, 1, label="GPE")) is None


def test_unknown_once_tokens_are_merged(known: Doc) -> None:
    with known.retokenize() as retokenizer:
        retokenizer.merge(known[1:3])
    assert arc_confidence(known[0]) is None
    assert name_confidence(Span(known, 0, 2, label="ORG")) is None


def kept_alike(doc: Doc, other: Doc) -> bool:
    arcs = [arc_confidence(token) for token in doc] == [arc_confidence(token) for token in other]
    names = ((a, b) for a in range(len(doc)) for b in range(a + 1, len(doc) + 1))
    return arcs and all(name_confidence(doc[a:b]) == name_confidence(other[a:b]) for a, b in names)


def test_bytes_copies_and_bins(known: Doc) -> None:
    assert kept_alike(known, Doc(known.vocab).from_bytes(known.to_bytes()))
    assert kept_alike(known, known.copy())
    binned = DocBin(store_user_data=True, docs=[known])
    (back,) = DocBin(store_user_data=True).from_bytes(binned.to_bytes()).get_docs(known.vocab)
    assert kept_alike(known, back)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=8),
    st.integers(0, 40),
    st.integers(1, 9),
)
def test_covering(steps: list[tuple[int, int]], start: int, length: int) -> None:
    spans, at = [], 0
    for gap, size in steps:
        spans.append((at + gap, at + gap + size, ""))
        at += gap + size
    expected = [i for i, (a, b, _) in enumerate(spans) if a <= start and start + length <= b]
    assert covering(spans, start, start + length) == (expected[0] if expected else None)


# -- in the pipeline ---------------------------------------------------------------------------------------------------

TEXT = "Defence Minister Karen Holt told reporters in Ankara that 12 jets had left.\n\nOn Friday France denied it."


def test_every_word_and_every_name_of_the_network(nlp: Language) -> None:
    doc = nlp(TEXT)
    for token in doc:
        sure = arc_confidence(token)
        assert sure is None if token.is_space else sure is not None and 0 <= sure <= 1
    names = {ent.text: name_confidence(ent) for ent in doc.ents}
    assert names["Friday"] is None
    assert names["12"] is None
    assert all(
        names[text] is not None and 0 < names[text] <= 1 for text in ("Karen Holt", "Ankara", "France")
    )
    assert kept_alike(doc, Doc(doc.vocab).from_bytes(doc.to_bytes()))


@pytest.mark.parametrize("text", ["", "\n\n", "Yes"])
def test_hardly_any_words(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert [arc_confidence(token) is None for token in doc] == [token.is_space for token in doc]


def test_temperatures_change_no_annotation(nlp: Language) -> None:
    def read() -> tuple[bytes, list[float | None]]:
        doc = nlp(TEXT)
        return doc.to_bytes(exclude=["user_data"]), [arc_confidence(token) for token in doc]

    network = nlp.get_pipe("kg_network")
    assert isinstance(network, NetworkParser)
    before = network.confidence
    first, sure = read()
    try:
        network.confidence = Confidence(before.labels, Temperatures(3.0, 0.5))
        second, other = read()
    finally:
        network.confidence = before
    assert first == second
    assert sure != other
