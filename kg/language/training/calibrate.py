"""Calibration: the temperatures at which the network's confidence fits how often it is right, and how well it fits then.

Method: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017). A decision (the head of a
word, a name) is right or wrong; the temperature chosen makes the negative log-likelihood of that least.
"""

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from kg.errors import ModelError
from kg.language.confidence import Confidence, Floats, Temperatures, WordSpan, covering
from kg.language.decode import Scores
from kg.language.model import CONFIG
from kg.language.pipeline import NETWORK
from kg.language.training import evaluate
from kg.language.training.documents import TrainingDocument

Reals = NDArray[np.float64]
Truths = NDArray[np.bool_]

#: Bins of the expected calibration error, and the confidence that counts as sure in the report.
BINS, SURE = 15, 0.9

#: Temperatures are looked for between these.
LOWEST, HIGHEST = 0.25, 4.0

#: The types that each corpus marks, as `evaluate` counts them.
MARKED = {
    "ewt": ("PERSON", "ORG", "LOC"),
    "gum": ("PERSON", "ORG", "LOC", "NORP", "EVENT"),
    "worldwide": ("PERSON", "ORG", "LOC", "NORP"),
}


def calibrate(nlp: Language, dev: Iterable[TrainingDocument]) -> tuple[dict[str, float], evaluate.Report]:
    """Fit the temperatures of arcs and of names.

    What counts is what `evaluate` counts: heads of words that are not punctuation; names of the types their corpus marks, by
    exact span and type, unless they lie over words that it is silent on. Names that rules alone found have no confidence.

    Args:
        nlp: our own pipeline, with its rules; the temperatures that it has make no difference.
        dev: documents that it was not trained on. Where they decide nothing of a kind, that kind is left out.

    Returns:
        The temperatures, for the model's configuration, and the report of `assess`.

    Raises:
        ModelError: the pipeline is not our own.
    """
    found = [decisions for decisions in judged(nlp, dev) if decisions.judged]
    temperatures: dict[str, float] = {each.kind: round(best_temperature(each), 4) for each in found}
    return temperatures, {f"confidence, {each.kind}": assess(each, temperatures[each.kind]) for each in found}


def write_temperatures(folder: Path, temperatures: dict[str, float]) -> None:
    """Put temperatures into the configuration of the model in `folder`."""
    path = folder / CONFIG
    config = json.loads(path.read_text(encoding="utf-8")) | {"temperatures": temperatures}
    path.write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


# -- what was decided, and whether it is right -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Window:
    """The scores of one window and what was decided: the arguments of `Confidence.window`."""

    arcs: Floats
    names: Floats
    bounds: list[int]
    heads: list[int]
    spans: list[WordSpan]


@dataclass(frozen=True, slots=True)
class Judged:
    """Decisions in one window that count.

    Attributes:
        window: where they were made.
        chosen: words or names of it, by their position.
        right: of each, whether it is right.
        document: number of its document.
    """

    window: Window
    chosen: list[int]
    right: list[bool]
    document: int


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a kind, over some documents; `labels` are those of the names."""

    kind: Literal["arcs", "names"]
    labels: tuple[str, ...]
    judged: tuple[Judged, ...]

    def right(self) -> Truths:
        """Return of each decision whether it is right."""
        return np.array([right for each in self.judged for right in each.right], dtype=np.bool_)

    def at(self, temperature: float) -> Reals:
        """Return the confidence of each decision at a temperature."""
        confidence = Confidence(self.labels, Temperatures(temperature, temperature))
        out: list[float] = []
        for each in self.judged:
            one = each.window
            if self.kind == "arcs":
                probs = confidence.arcs(one.arcs, one.bounds, one.heads)
            else:
                probs = confidence.names(one.names, one.bounds, one.spans)
            out += [probs[i] for i in each.chosen]
        return np.array(out)

    def half(self, odd: bool) -> "Decisions":
        """Return the decisions in every second document."""
        return replace(self, judged=tuple(each for each in self.judged if each.document % 2 == odd))


@dataclass(slots=True)
class _Recorder(Confidence):
    """Keeps all windows that it is asked about."""

    windows: list[Window] = field(default_factory=list)

    def window(
        self, scores: Scores, bounds: Sequence[int], heads: Sequence[int], spans: Sequence[WordSpan]
    ) -> tuple[list[float], list[float]]:
        self.windows.append(
            Window(scores.arcs.copy(), scores.names.copy(), list(bounds), list(heads), list(spans))
        )
        return [math.nan] * len(heads), [math.nan] * len(spans)


def judged(nlp: Language, documents: Iterable[TrainingDocument]) -> tuple[Decisions, Decisions]:
    """Run the pipeline over documents; return what it decides about heads and about names.

    Raises:
        ModelError: the pipeline is not our own.
    """
    if NETWORK not in nlp.pipe_names:
        raise ModelError(f"calibration: the pipeline has {nlp.pipe_names} and no {NETWORK}; give it kg's own")
    network: Any = nlp.get_pipe(NETWORK)
    confidence, labels = network.confidence, network.classes["names"]
    arcs: list[Judged] = []
    names: list[Judged] = []
    try:
        for number, document in enumerate(documents):
            network.confidence = recorder = _Recorder(labels)
            ((_, found),) = evaluate.annotated([document], nlp)
            arcs += _arcs(document, found, recorder.windows, number)
            names += _names(document, found, recorder.windows, number)
    finally:
        network.confidence = confidence
    return Decisions("arcs", labels, tuple(arcs)), Decisions("names", labels, tuple(names))


def _arcs(
    document: TrainingDocument, found: evaluate.Found, windows: list[Window], number: int
) -> list[Judged]:
    gold: list[int | None] = []
    for given in document.sentences:
        if given.syntax is None:
            gold += [None] * len(given.words)
        else:
            before = len(gold)
            gold += [
                None if head is None or label == "punct" else before + head
                for head, label in zip(given.syntax.heads, given.syntax.labels, strict=True)
            ]
    out: list[Judged] = []
    at = 0
    for one in windows:
        chosen = [i for i in range(len(one.heads)) if gold[at + i] is not None]
        right = [found.heads[at + i] == gold[at + i] for i in chosen]
        out.append(Judged(one, chosen, right, number))
        at += len(one.heads)
    return [each for each in out if each.chosen]


def _names(
    document: TrainingDocument, found: evaluate.Found, windows: list[Window], number: int
) -> list[Judged]:
    """Judge the names that came out of the rules, each by the network's name that holds it."""
    spans: list[WordSpan] = []
    origin: list[tuple[int, int]] = []
    at = 0
    for place, one in enumerate(windows):
        spans += [(at + start, at + end, label) for start, end, label in one.spans]
        origin += [(place, i) for i in range(len(one.spans))]
        at += len(one.heads)
    verdicts: dict[int, list[tuple[int, bool]]] = {}
    for name in sorted(found.names):
        index = covering(spans, name[0], name[1])
        counts = evaluate.score_names([(document, replace(found, names={name}))], MARKED[document.source])
        right = sum(each.right for each in counts.values())
        if index is not None and right + sum(each.wrong for each in counts.values()):
            place, i = origin[index]
            verdicts.setdefault(place, []).append((i, right > 0))
    return [
        Judged(windows[place], [i for i, _ in given], [right for _, right in given], number)
        for place, given in sorted(verdicts.items())
    ]


# -- measures ----------------------------------------------------------------------------------------------------------


def log_loss(probs: Reals, right: Truths) -> float:
    """Return the mean negative log-likelihood of what was right and wrong; no probability counts as quite 0 or 1."""
    safe = np.clip(probs, 1e-6, 1 - 1e-6)
    return float(-np.log(np.where(right, safe, 1 - safe)).mean())


def calibration_error(probs: Reals, right: Truths, bins: int = BINS) -> float:
    """Return the expected calibration error over bins of equal mass.

    The decisions, sorted by confidence, are cut into `bins` parts B of sizes as equal as can be; the error is the sum over
    them of |B| / n * |accuracy(B) - mean confidence(B)|, n being the number of decisions. 0 is perfect; with n right and
    wrong by chance it is a little above 0 also for true probabilities.
    """
    order = np.argsort(probs, kind="stable")
    parts = (part for part in np.array_split(order, bins) if len(part))
    return float(sum(len(b) * abs(right[b].mean() - probs[b].mean()) for b in parts) / len(probs))


def best_temperature(decisions: Decisions) -> float:
    """Return the temperature of the least `log_loss`; 1 where there are no decisions."""
    if not decisions.judged:
        return 1.0
    right = decisions.right()
    return math.exp(
        minimum(lambda x: log_loss(decisions.at(math.exp(x)), right), math.log(LOWEST), math.log(HIGHEST))
    )


def minimum(value: Callable[[float], float], low: float, high: float, *, within: float = 1e-3) -> float:
    """Return where a function with one valley is least, to a distance: golden-section search (Kiefer 1953)."""
    share = (math.sqrt(5) - 1) / 2
    left, right = high - share * (high - low), low + share * (high - low)
    at_left, at_right = value(left), value(right)
    while high - low > within:
        if at_left <= at_right:
            high, right, at_right = right, left, at_left
            left = high - share * (high - low)
            at_left = value(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + share * (high - low)
            at_right = value(right)
    return (low + high) / 2


def assess(decisions: Decisions, temperature: float) -> dict[str, float]:
    """Say how well the confidence of decisions fits, without and with a temperature, and what it is good for.

    `accuracy` of all decisions; `log loss` and calibration error `ece` at temperature 1 and `with temperature`; `ece held
    out`: each half of the documents at the temperature fitted on the other; `sure`: the share of decisions with a
    confidence of at least `SURE`, and their accuracy; the accuracy of the `least tenth` by confidence and of the rest.
    """
    right, before, probs = decisions.right(), decisions.at(1.0), decisions.at(temperature)
    odd, even = decisions.half(True), decisions.half(False)
    held_out = np.concatenate([odd.at(best_temperature(even)), even.at(best_temperature(odd))])
    sure, least = probs >= SURE, np.argsort(probs, kind="stable")[: max(len(probs) // 10, 1)]
    rest = np.delete(right, least)
    figures = {
        "accuracy": right.mean(),
        "temperature": temperature,
        "log loss": log_loss(before, right),
        "log loss with temperature": log_loss(probs, right),
        "ece": calibration_error(before, right),
        "ece with temperature": calibration_error(probs, right),
        "ece held out": calibration_error(held_out, np.concatenate([odd.right(), even.right()])),
        "sure": sure.mean(),
        "accuracy of sure": right[sure].mean() if sure.any() else 0.0,
        "accuracy of least tenth": right[least].mean(),
        "accuracy of rest": rest.mean() if len(rest) else 0.0,
    }
    return {name: round(float(figure), 4) for name, figure in figures.items()}
