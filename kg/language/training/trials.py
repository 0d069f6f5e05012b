"""Trials: short runs that differ in one setting, scored on held-out documents, to see which choices pay."""

import copy
import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from kg.language.features import WordEncoder
from kg.language.training.documents import TrainingDocument
from kg.language.training.network import Network
from kg.language.training.settings import Settings
from kg.language.training.train import score_saved, train
from kg.language.training.windows import Vocabulary

log = logging.getLogger(__name__)

#: What is changed in each trial; the first changes nothing.
VARIANTS: dict[str, dict[str, Any]] = {
    "as set": {},
    "encoder_rate 1e-4": {"encoder_rate": 1e-4},
    "encoder_rate 4e-4": {"encoder_rate": 4e-4},
    "head_rate 5e-4": {"head_rate": 5e-4},
    "word_dropout 0": {"word_dropout": 0.0},
    "head_dropout 0.1": {"head_dropout": 0.1},
    "windows of 20 to 60 words": {"least_words": 20, "most_words": 60},
    "windows of 100 to 180 words": {"least_words": 100, "most_words": 180},
    "no names replaced": {"share_renamed": 0.0},
    "no silver": {"mix_names": (("wikigold", 0.6), ("crossner", 0.4)), "share_names": 0.1},
}


def run_trials(
    start: Network,
    syntax: list[TrainingDocument],
    names: list[TrainingDocument],
    *,
    classes: Vocabulary,
    encoder: WordEncoder,
    out: Path,
    settings: Settings,
    variants: Iterable[str] = tuple(VARIANTS),
) -> dict[str, dict[str, float]]:
    """Train a copy of `start` once for each variant; return the held-out scores, averaged weights and last weights.

    Args:
        start: the network that all trials begin with.
        syntax: documents with trees.
        names: further documents, with names.
        classes: of the network.
        encoder: cuts words into sub-words.
        out: folder; each trial has one in it.
        settings: those of the first trial; `steps` should be set, so that a busy machine changes nothing.
        variants: names in `VARIANTS`.
    """
    rows: dict[str, dict[str, float]] = {}
    for name in variants:
        changed = replace(settings, **VARIANTS[name])
        folder = out / name.replace(" ", "_")
        folder.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(settings.seed)
        network = copy.deepcopy(start)
        network.drop.share = changed.head_dropout  # the one setting of these that a network keeps
        train(
            network,
            syntax,
            names,
            classes=classes,
            encoder=encoder,
            out=folder,
            settings=changed,
        )
        for title, average in ((name, True), (f"{name}, last weights", False)):
            if average or not VARIANTS[name]:
                rows[title] = score_saved(folder / "checkpoint.pt", syntax, encoder, average=average)
                log.info("%s: %s", title, rows[title])
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    return rows
