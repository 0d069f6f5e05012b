"""Temperatures found again where they are known, measures by hand, and the whole on the shipped pipeline."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.errors import ModelError
from kg.language.confidence import Temperatures
from kg.language.features import GLUED, SPACE
from kg.language.parser import NetworkParser
from kg.language.training.calibrate import (
    Decisions,
    Judged,
    Window,
    assess,
    best_temperature,
    calibrate,
    calibration_error,
    judged,
    log_loss,
    minimum,
    write_temperatures,
)
from kg.language.training.documents import Sentence, Syntax, TrainingDocument

LABELS = ("O", "B-LOC", "I-LOC", "B-ORG", "I-ORG")


def log_softmax(scores: np.ndarray) -> np.ndarray:
    lowered = scores - scores.max(axis=1, keepdims=True)
    return (lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))).astype(np.float32)


def sampled(rng: np.random.Generator, row: np.ndarray, temperature: float) -> int:
    weights = np.exp(row.astype(np.float64) / temperature)
    return int(rng.choice(len(row), p=weights / weights.sum()))


def arcs_by(temperature: float) -> Decisions:
    """Sentences whose heads are drawn at a temperature."""
    rng = np.random.default_rng(1)
    found = []
    for document in range(300):
        scores = rng.normal(scale=4.0, size=(6, 7))
        scores[np.arange(6), np.arange(6) + 1] = -60.0  # no word is its own head
        table = log_softmax(scores)
        best = table.argmax(axis=1).tolist()
        heads = [word if column == 0 else column - 1 for word, column in enumerate(best)]
        right = [sampled(rng, row, temperature) == column for row, column in zip(table, best, strict=True)]
        found.append(Judged(Window(table, table[:, :5], [0, 6], heads, []), list(range(6)), right, document))
    return Decisions("arcs", LABELS, tuple(found))


def names_by(temperature: float) -> Decisions:
    """Sentences of one word whose label is drawn at a temperature; those where a name is likeliest."""
    rng = np.random.default_rng(2)
    found = []
    for document in range(3000):
        table = log_softmax(rng.normal(scale=3.0, size=(1, 5)))
        table[0, [2, 4]] = -60.0  # a word alone is not inside
        best = int(table[0].argmax())
        if best:
            right = [sampled(rng, table[0], temperature) == best]
            span = (0, 1, LABELS[best][2:])
            found.append(Judged(Window(table, table, [0, 1], [0], [span]), [0], right, document))
    return Decisions("names", LABELS, tuple(found))


@pytest.mark.parametrize("temperature", [0.7, 1.0, 2.0])
def test_the_temperature_is_found_again(temperature: float) -> None:
    for decisions in (arcs_by(temperature), names_by(temperature)):
        assert best_temperature(decisions) == pytest.approx(temperature, rel=0.15)


def test_calibration_helps_where_the_network_is_too_sure() -> None:
    decisions = arcs_by(2.0)
    report = assess(decisions, best_temperature(decisions))
    assert report["ece with temperature"] < report["ece"] / 3
    assert report["ece held out"] < report["ece"] / 3
    assert report["log loss with temperature"] < report["log loss"]
    assert report["accuracy of least tenth"] < report["accuracy of rest"]
    assert report["accuracy of sure"] > report["accuracy"]


def test_no_decisions_need_no_temperature() -> None:
    assert best_temperature(Decisions("arcs", LABELS, ())) == 1.0


def test_calibration_error_by_hand() -> None:
    probs = np.array([0.6, 0.6, 0.9, 0.9])
    right = np.array([True, False, True, True])
    assert calibration_error(probs, right, bins=2) == pytest.approx(0.1)
    assert calibration_error(probs, right, bins=1) == pytest.approx(0.0)
    assert calibration_error(probs, right, bins=15) == pytest.approx((0.4 + 0.6 + 0.1 + 0.1) / 4)


def test_log_loss_by_hand() -> None:
    assert log_loss(np.array([0.5, 0.25]), np.array([True, False])) == pytest.approx(
        -math.log(0.5 * 0.75) / 2
    )
    assert math.isfinite(log_loss(np.array([1.0, 0.0]), np.array([False, True])))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50), st.integers(1, 20))
def test_calibration_error_is_a_share(decided: list[tuple[float, bool]], bins: int) -> None:
    probs, right = (np.array(column) for column in zip(*decided, strict=True))
    assert 0 <= calibration_error(probs, right, bins) <= 1


@given(st.floats(-3, 3))
def test_minimum_of_a_valley(where: float) -> None:
    assert minimum(lambda x: (x - where) ** 2, -4.0, 4.0) == pytest.approx(where, abs=1e-3)


# -- on the pipeline ---------------------------------------------------------------------------------------------------


def sentence(place: str, *, syntax: bool = True) -> Sentence:
    tree = Syntax(
        tags=("NNS", "VBD", "NNP", "."),
        pos=("NOUN", "VERB", "PROPN", "PUNCT"),
        lemmas=("troops", "leave", place, "."),
        heads=(1, 1, 1, 1),
        labels=("nsubj", "ROOT", "obj", "punct"),
    )
    names = ("O", "O", "B-LOC", "O")
    return Sentence(
        ("Troops", "left", place, "."), (SPACE, SPACE, SPACE, GLUED), names, tree if syntax else None
    )


def document(source: str, *, syntax: bool = True) -> TrainingDocument:
    return TrainingDocument(
        source, "news", tuple(sentence(p, syntax=syntax) for p in ("Paris", "Kabul", "Cairo"))
    )


def test_words_and_names_that_count(nlp: Language) -> None:
    silent = Sentence(("France", "won"), (SPACE, SPACE), (None, "O"), None, paragraph=True)
    both = TrainingDocument("ewt", "news", (*document("ewt").sentences, silent))
    arcs, names = judged(nlp, [both])
    # Neither do full stops count, nor the name that the corpus is silent on.
    assert [each.chosen for each in arcs.judged] == [[0, 1, 2, 4, 5, 6, 8, 9, 10]]
    assert [each.right for each in arcs.judged] == [[True] * 9]
    assert [each.right for each in names.judged] == [[True] * 3]
    assert all(0 < prob <= 1 for prob in (*arcs.at(1.5), *names.at(1.5)))


def test_whole(nlp: Language) -> None:
    network = nlp.get_pipe("kg_network")
    assert isinstance(network, NetworkParser)
    before = network.confidence
    temperatures, report = calibrate(nlp, [document("ewt"), document("gum")])
    assert network.confidence is before
    assert set(temperatures) == {"arcs", "names"}
    for title, temperature in temperatures.items():
        assert report[f"confidence, {title}"]["temperature"] == temperature
        assert report[f"confidence, {title}"]["accuracy"] == 1.0


def test_names_alone(nlp: Language) -> None:
    temperatures, report = calibrate(nlp, [document("worldwide", syntax=False)])
    assert set(temperatures) == {"names"}
    assert set(report) == {"confidence, names"}


def test_only_our_own_pipeline(blank: Language) -> None:
    with pytest.raises(ModelError, match="kg_network"):
        calibrate(blank, [document("ewt")])


def test_temperatures_into_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "config.json"
    path.write_text('{"name": "ö"}', encoding="utf-8")
    write_temperatures(tmp_path, {"arcs": 1.5, "names": 2.0})
    config = json.loads(path.read_text(encoding="utf-8"))
    assert config["name"] == "ö"
    assert Temperatures.of(config) == Temperatures(1.5, 2.0)
