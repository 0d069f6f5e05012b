"""The shipped network: its files, and one run of it over one window."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

from kg.errors import ModelError
from kg.language.decode import Floats, Scores
from kg.language.features import Encoded, WordEncoder
from kg.language.lemmas import Lemmatizer

#: The folder of the package that holds the weights.
SHIPPED = Path(__file__).parent / "data"

NETWORK, ARC_LABELS, TOKENIZER = "model.onnx", "labels.onnx", "tokenizer.json"
CONFIG, LEMMAS = "config.json", "lemmas.json"

#: Known verbs and nouns; beside the shipped weights, and read from there for weights elsewhere.
DICTIONARY = "dictionary.json"
INPUTS = ("ids", "cases", "gaps", "first", "last")
OUTPUTS = ("tags", "pos", "scripts", "starts", "names", "arcs", "label_words", "label_heads")


@dataclass(frozen=True)
class Model:
    """Weights with their tokenizer and classes.

    Attributes:
        config: what the training recipe wrote: `name`, `version`, and `classes` for each head.
        words: cuts words into sub-words.
        lemmas: chooses among the lemma scripts.
        session: of onnxruntime: the network.
        arc_labels: of onnxruntime: the labels of arcs, once the trees are known.
    """

    config: dict[str, Any]
    words: WordEncoder
    lemmas: Lemmatizer
    session: onnxruntime.InferenceSession
    arc_labels: onnxruntime.InferenceSession

    @cached_property
    def classes(self) -> dict[str, tuple[str, ...]]:
        """The classes of each head, in the order of its outputs."""
        return {name: tuple(values) for name, values in self.config["classes"].items()}

    def run(self, window: Encoded) -> Scores:
        """Run the network over one window, alone, so that nothing beside it changes the numbers."""
        feeds = {name: getattr(window, name) for name in INPUTS}
        return Scores(*self.session.run(OUTPUTS, feeds))

    def labels(self, words: Floats, heads: Floats) -> Floats:
        """Return the log-probability of each label for the arc to each word, (n, labels).

        Args:
            words: rows of `Scores.label_words`.
            heads: for each of them the row of `Scores.label_heads` of its head.
        """
        found: Floats = self.arc_labels.run(None, {"words": words, "heads": heads})[0]
        return found


def read_model(folder: Path = SHIPPED, *, threads: int = 1) -> Model:
    """Load the weights in `folder`.

    Raises:
        ModelError: a file is missing or cannot be read.
    """
    for name in (NETWORK, ARC_LABELS, TOKENIZER, CONFIG, LEMMAS):
        if not (folder / name).is_file():
            raise ModelError(
                f"language model: {folder / name} is missing; install kg again or train the model anew"
            )
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        table = json.loads((folder / LEMMAS).read_text(encoding="utf-8"))
        dictionary = json.loads((SHIPPED / DICTIONARY).read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        sessions = [_session(folder / name, threads) for name in (NETWORK, ARC_LABELS)]
    except Exception as error:  # the readers raise bare Exception or errors of their own
        raise ModelError(f"language model in {folder} cannot be read ({error}); install kg again") from error
    return Model(
        config,
        WordEncoder(tokenizer),
        Lemmatizer(table, dictionary["words"], dictionary["irregular"]),
        *sessions,
    )


def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The fused kernel of addition and normalisation is several times slower than the two apart (onnxruntime 1.31, one core).
    return onnxruntime.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def read_config(folder: Path = SHIPPED) -> dict[str, Any]:
    """Return what the training recipe wrote about the weights in `folder`."""
    try:
        config: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"language model: {folder / CONFIG} cannot be read ({error}); install kg again"
        ) from error
    return config


def fingerprint(folder: Path = SHIPPED) -> str:
    """Return the first 12 hex digits of the sha256 of the weights: the network's file and that of the labels."""
    try:
        weights = b"".join((folder / name).read_bytes() for name in (NETWORK, ARC_LABELS))
    except OSError as error:
        raise ModelError(
            f"language model: {error.filename} cannot be read ({error.strerror}); install kg again"
        ) from error
    return hashlib.sha256(weights).hexdigest()[:12]
