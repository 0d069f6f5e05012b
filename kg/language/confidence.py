"""How sure the network is of its arcs and names: calibrated probabilities, kept with the Doc.

Temperature scaling, of Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks" (ICML 2017): scores are
divided by one number for arcs and one for names before they become probabilities again. The numbers are fitted on the
development data (`kg.language.training.calibrate`) and stand in the model's configuration; they change no annotation.

What is not handled: the confidence of an arc is that of the head alone, not of its label, and it is local: that the arcs of
a sentence make a tree is not used (matrix-tree marginals would). What the rules know beyond the network, as that a place is
on a list, does not count. Text unlike the development data is less well calibrated.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from operator import mul
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Span, Token

from kg.errors import ModelError
from kg.language.decode import Scores
from kg.language.labels import RULE_NAMES

Floats = NDArray[np.floating]
WordSpan = tuple[int, int, str]

#: Where `Doc.user_data` holds the confidence of each token's head (float32, NaN for white space), the names as the network
#: found them (int32, a row of start and end token each), and the confidence of each of them (float32).
ARCS, SPANS, NAMES = "kg_arc_confidence", "kg_name_spans", "kg_name_confidence"

#: Words further from a name than this are left out: all those of a sentence change its confidence by .003 at most and by
#: .000002 on average (development data, 1,683 names).
REACH = 4

#: No difference of log-probabilities counts as greater than this, so that their weights stay within a float32.
_HIGHEST = 80.0


@dataclass(frozen=True, slots=True)
class Temperatures:
    """What scores are divided by: above 1 where the network is overconfident; 1 changes nothing."""

    arcs: float = 1.0
    names: float = 1.0

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> "Temperatures":
        """Read `temperatures` of a model's configuration; 1 where absent.

        Raises:
            ModelError: a temperature is not a number above 0.
        """
        given = config.get("temperatures", {})
        found = {name: given.get(name, 1.0) for name in ("arcs", "names")}
        for name, value in found.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not (number and isfinite(value) and value > 0):
                raise ModelError(
                    f"language model: the temperature of {name} is {value!r}, not a number above 0; calibrate the model "
                    "again or take the temperature out of its config.json"
                )
        return cls(**found)


@dataclass(slots=True)
class Confidence:
    """Turns scores into confidences.

    Attributes:
        labels: the BIO labels in the order of the scores.
        temperatures: of arcs and of names.
    """

    labels: tuple[str, ...]
    temperatures: Temperatures = Temperatures()
    _types: dict[str, int] = field(init=False, repr=False)
    _order: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        types = [label[2:] for label in self.labels if label.startswith("B-")]
        self._types = {label: index for index, label in enumerate(types)}
        ordered = ["O", *("B-" + label for label in types), *("I-" + label for label in types)]
        self._order = [self.labels.index(label) for label in ordered]

    def window(
        self, scores: Scores, bounds: Sequence[int], heads: Sequence[int], spans: Sequence[WordSpan]
    ) -> tuple[list[float], list[float]]:
        """Return the confidence of the head of each word and of each name of a window.

        Args:
            scores: of the window.
            bounds: where its sentences start, the first at 0, and where the last one ends; words after that do not count.
            heads: of the words, as words of the window; a root is its own head.
            spans: names, as half-open ranges of words of the window with their label.
        """
        return self.arcs(scores.arcs, bounds, heads), self.names(scores.names, bounds, spans)

    def arcs(self, log_probs: Floats, bounds: Sequence[int], heads: Sequence[int]) -> list[float]:
        """Return the probability of the head of each word among the root and the words of its sentence.

        The word itself is among them: it is never the head, but what the network gives it tells that it is unsure. The
        arguments are those of `window`; `log_probs` are of each head for each of n words, (n, n + 1), and head 0 is the root.
        """
        count = bounds[-1]
        own, at = np.arange(count), np.asarray(heads)
        against = log_probs[:count, : count + 1] * (1.0 / self.temperatures.arcs)
        against -= against[own, np.where(at == own, 0, at + 1)][:, None]
        # The weight of all against the chosen one, which is among them and counts 1.
        weights = np.exp(np.minimum(against, _HIGHEST, out=against), out=against)
        inside = [weights[start:end, start + 1 : end + 1].sum(axis=1) for start, end in pairwise(bounds)]
        probs: list[float] = (1.0 / (weights[:, 0] + np.concatenate(inside))).tolist()
        return probs

    def names(self, log_probs: Floats, bounds: Sequence[int], spans: Sequence[WordSpan]) -> list[float]:
        """Return the probability of exactly each name, with its label, among all well-formed labellings around it.

        That is the share of the labellings of the name and of `REACH` words of its sentence on either side, weighted by the
        product of their words' probabilities, that begin the name where it begins, go on inside it, and do not go on after
        it: the forward-backward algorithm over the chain of BIO labels. The forward weights are scaled at each word (Rabiner,
        "A Tutorial on Hidden Markov Models", 1989) and the backward ones are ratios, which is as safe from underflow as
        logarithms are, and cheaper. The arguments are those of `window`; `log_probs` are of each BIO label for each word.
        """
        if not spans:
            return []
        cooled = log_probs[:, self._order] * (1.0 / self.temperatures.names)
        rows = np.exp(np.maximum(cooled, -_HIGHEST)).tolist()
        found = []
        for start, end, label in spans:
            sentence = bisect_right(bounds, start)
            left, right = max(start - REACH, bounds[sentence - 1]), min(end + REACH, bounds[sentence])
            found.append(_share(rows[left:right], start - left, end - left, self._types[label]))
        return found


def _share(rows: list[list[float]], start: int, end: int, kind: int) -> float:
    """Return the share of the labellings with exactly one name of a type.

    A row has the weights of O, of B of each type, and of I of each type.
    """
    types = len(rows[0]) // 2
    prob = 1.0
    ending = [0.0] * types  # the share that ends inside a name of each type
    for at, row in enumerate(rows[:end]):
        going_on: list[float] = list(map(mul, ending, row[types + 1 :]))
        total = sum(row[: types + 1]) + sum(going_on)
        if at >= start:
            prob *= row[1 + kind if at == start else 1 + types + kind] / total
        ending = [(new + old) / total for new, old in zip(row[1:], going_on, strict=False)]
    onward = [0.0] * types  # the weight of what goes on inside each type, against what does not
    for row in reversed(rows[end:]):
        either = [1.0 + ratio for ratio in onward]
        fresh = row[0] + sum(map(mul, row[1:], either))
        onward = [weight / fresh for weight in map(mul, row[types + 1 :], either)]
    competing: float = sum(map(mul, ending, onward))
    return min(prob / (1.0 + competing), 1.0)


# -- with the Doc ------------------------------------------------------------------------------------------------------


def remember(
    doc: Doc, words: Sequence[int], arcs: Sequence[float], spans: Sequence[WordSpan], names: Sequence[float]
) -> None:
    """Keep confidences with a Doc.

    Args:
        doc: the Doc.
        words: positions of its tokens that are no white space.
        arcs: confidence of the head of each word.
        spans: names that do not overlap, in text order, as half-open ranges of `words`.
        names: confidence of each name.
    """
    column = np.full(len(doc), np.nan, dtype=np.float32)
    column[list(words)] = arcs
    ranges = [(words[start], words[end - 1] + 1) for start, end, _ in spans]
    doc.user_data[ARCS] = column
    doc.user_data[SPANS] = np.array(ranges, dtype=np.int32).reshape(-1, 2)
    doc.user_data[NAMES] = np.array(names, dtype=np.float32)


def covering(spans: Sequence[WordSpan] | NDArray[np.int32], start: int, end: int) -> int | None:
    """Return the index of the span (they do not overlap and are in text order) that holds the whole of another."""
    at = bisect_right(spans, start, key=lambda span: int(span[0])) - 1
    return at if at >= 0 and end <= spans[at][1] else None


def arc_confidence(token: Token) -> float | None:
    """Return the probability, from 0 to 1, that the head of a token is right.

    `None` where it is not known: white space, trees of other pipelines or by hand, Docs whose tokens have been changed.
    """
    column = _column(token.doc)
    if column is None or np.isnan(column[token.i]):
        return None
    return float(column[token.i])


def name_confidence(span: Span) -> float | None:
    """Return the probability, from 0 to 1, that a name has the right extent and type.

    It is that of the network's name that holds the whole span, whatever a rule has trimmed off it or relabelled it to.
    `None` where there is no such name: it was found by a rule alone (the labels that only rules give never have one), or
    comes from another pipeline or by hand, or reaches beyond the network's name, or the tokens of the Doc have been changed.
    A name that a list finds inside a longer one of the network's has the confidence of that.
    """
    doc = span.doc
    if span.label_ in RULE_NAMES or _column(doc) is None:
        return None
    at = covering(doc.user_data[SPANS], span.start, span.end)
    return None if at is None else float(doc.user_data[NAMES][at])


def _column(doc: Doc) -> NDArray[np.float32] | None:
    """Return the column of arcs unless it is missing or belongs to another division into tokens."""
    column: NDArray[np.float32] | None = doc.user_data.get(ARCS)
    return column if column is not None and len(column) == len(doc) else None
