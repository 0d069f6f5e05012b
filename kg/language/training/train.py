"""The training loop: minimises the sum of all heads' losses, writes checkpoints, resumes from one."""

import copy
import json
import logging
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import WordEncoder
from kg.language.training.documents import TrainingDocument
from kg.language.training.network import Network
from kg.language.training.settings import Progress, Settings
from kg.language.training.teachers import Opinion, at_heads, divergence, opinion
from kg.language.training.windows import MISSING, Coder, Example, Vocabulary, batches, pieces, whole

log = logging.getLogger(__name__)

#: About the standard error of the score by held-out documents: what is not worse by more counts as better, being later.
NOISE = 0.003


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples padded to one shape."""

    inputs: dict[str, Tensor]
    mask: Tensor
    word_mask: Tensor
    targets: dict[str, Tensor]
    weight: Tensor
    parsed: bool


def collate(examples: list[Example]) -> Batch:
    """Pad a list of examples."""

    def pad(rows: list[Any], fill: int) -> Tensor:
        longest = max(len(row) for row in rows)
        out = torch.full((len(rows), longest), fill, dtype=torch.long)
        for index, row in enumerate(rows):
            out[index, : len(row)] = torch.from_numpy(row)
        return out

    inputs = {
        name: pad([getattr(x.encoded, name) for x in examples], 0)
        for name in ("ids", "cases", "gaps", "first", "last")
    }
    targets = {name: pad([x.targets[name] for x in examples], MISSING) for name in examples[0].targets}
    lengths = torch.tensor([len(x.encoded.ids) for x in examples])
    words = torch.tensor([len(x.encoded.first) for x in examples])
    outside = torch.arange(inputs["ids"].size(1)) >= lengths[:, None]
    mask = torch.zeros(outside.shape).masked_fill(outside, -1e4)[:, None, None]
    beyond = torch.arange(inputs["first"].size(1) + 1) > words[:, None]
    weight = torch.tensor([x.weight for x in examples])[:, None]
    return Batch(inputs, mask, beyond, targets, weight, examples[0].parsed)


def _cross_entropy(scores: Tensor, target: Tensor, weight: Tensor | None = None) -> Tensor:
    """Mean over the targets that are not missing."""
    losses = functional.cross_entropy(
        scores.flatten(0, 1), target.flatten(), ignore_index=MISSING, reduction="none"
    )
    known = (target != MISSING).float()
    if weight is not None:
        losses = losses * weight.expand_as(target).flatten()
    return losses.sum() / known.sum().clamp(min=1.0)


def loss(network: Network, batch: Batch, settings: Settings, taught: Opinion | None = None) -> Tensor:
    """Return the weighted sum of the losses of all heads that the batch has targets for, and of what teachers make of it."""
    i, t, s = batch.inputs, batch.targets, settings
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.bfloat16):
        words, heads = network.states(i["ids"], i["cases"], i["gaps"], batch.mask, i["first"], i["last"])
    total = s.weight_names * _cross_entropy(network.names(words), t["names"], batch.weight)
    if not batch.parsed and taught is None:
        return total
    tags, pos = network.tags(words), network.pos(words)
    arcs = network.arcs(words, heads).masked_fill(batch.word_mask[:, None], -1e4)
    word, head = network.label_halves(words, heads)
    if batch.parsed:
        gold = t["heads"].clamp(min=0)
        labels = network.arc_labels(word, at_heads(head, gold))
        own = s.weight_tag * _cross_entropy(tags, t["tags"], batch.weight)
        own = own + s.weight_pos * _cross_entropy(pos, t["pos"], batch.weight)
        own = own + s.weight_arc * _cross_entropy(arcs, t["heads"], batch.weight)
        own = own + s.weight_label * _cross_entropy(labels, t["labels"], batch.weight)
        total = total + own * (1 if taught is None else 1 - s.weight_taught)
        total = total + s.weight_lemma * _cross_entropy(network.scripts(words), t["scripts"], batch.weight)
        total = total + s.weight_start * _cross_entropy(network.starts(words), t["starts"], batch.weight)
    if taught is not None:
        known = (~batch.word_mask[:, 1:]).float()
        labels = network.arc_labels(word, at_heads(head, taught.heads))
        theirs = s.weight_tag * divergence(tags, taught.tags, known)
        theirs = theirs + s.weight_pos * divergence(pos, taught.pos, known)
        theirs = theirs + s.weight_arc * divergence(arcs, taught.arcs, known)
        theirs = theirs + s.weight_label * divergence(labels, taught.labels, known)
        total = total + theirs * s.weight_taught
    return total


def _blank(batch: Batch, share: float, unknown: int, generator: torch.Generator) -> None:
    """Hide a share of the sub-words, so that the network leans on context and casing."""
    ids = batch.inputs["ids"]
    ids[(torch.rand(ids.shape, generator=generator) < share) & (batch.inputs["cases"] > 0)] = unknown


def stream(
    documents: list[TrainingDocument], coder: Coder, settings: Settings, rng: random.Random
) -> Iterator[list[Example]]:
    """Yield batches for ever; every round cuts and roughens the documents anew."""
    while True:
        examples = [coder.example(window, weight) for window, weight in pieces(documents, settings, rng)]
        yield from batches(examples, settings.subwords, rng)


def _mixed(
    syntax: list[TrainingDocument],
    names: list[TrainingDocument],
    coder: Coder,
    settings: Settings,
    rng: random.Random,
) -> Iterator[list[Example]]:
    parsed = stream(syntax, coder, settings, rng)
    sources = {
        source: stream(found, coder, settings, rng)
        for source, _ in settings.mix_names
        if (found := [d for d in names if d.source == source])
    }
    shares = [share for source, share in settings.mix_names if source in sources]
    while True:
        if sources and rng.random() < settings.share_names:
            yield next(sources[rng.choices(list(sources), shares)[0]])
        else:
            yield next(parsed)


def _optimizer(network: Network, settings: Settings) -> torch.optim.AdamW:
    fresh = ("encoder.cases", "encoder.gaps")
    named = list(network.named_parameters())
    body = [p for name, p in named if name.startswith("encoder") and not name.startswith(fresh)]
    heads = [p for name, p in named if not name.startswith("encoder") or name.startswith(fresh)]
    groups = [{"params": body, "rate": settings.encoder_rate}, {"params": heads, "rate": settings.head_rate}]
    return torch.optim.AdamW(groups, lr=settings.head_rate, weight_decay=settings.weight_decay, fused=True)


class Average:
    """The moving average of a network's weights (Polyak and Juditsky, 1992; exponential), updated every few steps.

    Attributes:
        weights: by name; early on the average forgets faster, so that it does not remember the start.
    """

    EVERY = 8

    def __init__(self, network: Network, decay: float) -> None:
        self.weights = {name: value.detach().clone() for name, value in network.named_parameters()}
        self.decay = decay

    @torch.no_grad()
    def update(self, network: Network, step: int) -> None:
        """Take the weights of `network` in, at each `EVERY`th step."""
        if step % self.EVERY == 0:
            kept = min(self.decay**self.EVERY, step / (step + 10 * self.EVERY))
            torch._foreach_lerp_(list(self.weights.values()), list(network.parameters()), 1 - kept)


def save(
    path: Path, network: Network, classes: Vocabulary, settings: Settings, extra: dict[str, Any]
) -> None:
    """Write a checkpoint in one piece."""
    part = path.with_suffix(".part")
    state = {
        "network": network.state_dict(),
        "classes": asdict(classes),
        "settings": asdict(settings),
        **extra,
    }
    torch.save(state, part)
    os.replace(part, path)


def restore(path: Path, *, average: bool = True) -> tuple[Network, Vocabulary, Settings, Progress]:
    """Read a checkpoint back, for use rather than for more training: the averaged weights, or the last ones."""
    state = torch.load(path, weights_only=True)
    classes = Vocabulary(**{name: tuple(values) for name, values in state["classes"].items()})
    mix = tuple((source, share) for source, share in state["settings"]["mix_names"])
    settings = Settings(**(state["settings"] | {"mix_names": mix}))
    network = Network(classes, settings)
    network.load_state_dict(state["network"] | (state["average"] if average else {}))
    network.eval()
    return network, classes, settings, Progress(**state["progress"])


def held_out(documents: list[TrainingDocument]) -> tuple[list[TrainingDocument], list[TrainingDocument]]:
    """Part the training documents from every 50th, by which the best checkpoint is chosen."""
    return [d for i, d in enumerate(documents) if i % 50], documents[::50]


def held_out_batches(documents: list[TrainingDocument], coder: Coder, settings: Settings) -> list[Batch]:
    """Return the held-out documents as batches, always the same."""
    examples = [coder.example(window, 1.0) for window in whole(held_out(documents)[1])]
    rng = random.Random(0)  # noqa: S311 (no secret)
    return [collate(batch) for batch in batches(examples, settings.subwords, rng)]


@torch.no_grad()
def score(network: Network, batches: list[Batch]) -> dict[str, float]:
    """Return the shares of right heads, of right heads with their labels, and of right name marks.

    Quick, for comparing runs: heads word by word, without trees, over true sentences.
    """
    network.eval()
    counts: dict[str, int] = dict.fromkeys(("words", "uas", "las", "marks", "names"), 0)
    for batch in batches:
        i, t = batch.inputs, batch.targets
        words, heads = network.states(i["ids"], i["cases"], i["gaps"], batch.mask, i["first"], i["last"])
        best = network.arcs(words, heads).masked_fill(batch.word_mask[:, None], -1e4).argmax(-1)
        word, head = network.label_halves(words, heads)
        known, right = t["heads"] != MISSING, best == t["heads"]
        counts["words"] += int(known.sum())
        counts["uas"] += int((right & known).sum())
        labels = network.arc_labels(word, at_heads(head, best)).argmax(-1) == t["labels"]
        counts["las"] += int((right & labels & known).sum())
        named = t["names"] > 0
        counts["marks"] += int(named.sum())
        counts["names"] += int((named & (network.names(words).argmax(-1) == t["names"])).sum())
    shares = {name: counts[name] / max(counts["words"], 1) for name in ("uas", "las")}
    shares["names"] = counts["names"] / max(counts["marks"], 1)
    return {name: round(share, 4) for name, share in shares.items()}


def score_saved(
    path: Path, documents: list[TrainingDocument], encoder: WordEncoder, *, average: bool
) -> dict[str, float]:
    """Score a checkpoint on the held-out documents of `documents`."""
    network, classes, settings, _ = restore(path, average=average)
    batches = held_out_batches(documents, Coder(encoder, classes), settings)
    found: dict[str, float] = score(network, batches)
    return found


def train(
    network: Network,
    syntax: list[TrainingDocument],
    names: list[TrainingDocument],
    *,
    classes: Vocabulary,
    encoder: WordEncoder,
    out: Path,
    settings: Settings,
    teachers: Sequence[Network] = (),
    resume: bool = False,
) -> Path:
    """Train `network` from the weights it has; return the path of the best checkpoint in `out`, by held-out documents.

    With `teachers` it learns from what they make of each window too, as it is before sub-words are hidden.

    `checkpoint.pt` is the last one, to go on from; `best.pt` the best.
    """
    torch.set_num_threads(settings.threads)
    rng = random.Random(settings.seed)  # noqa: S311 (no secret)
    hide = torch.Generator().manual_seed(settings.seed)
    torch.manual_seed(settings.seed)
    progress, optimizer, average = (
        Progress(),
        _optimizer(network, settings),
        Average(network, settings.average),
    )
    checkpoint, best, reached = out / "checkpoint.pt", out / "best.pt", -1.0
    if resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average.weights = state["average"]
        progress, reached = Progress(**state["progress"]), state["reached"]
        rng.seed(settings.seed + progress.step)
    coder = Coder(encoder, classes)
    tests = held_out_batches(syntax, coder, settings)
    syntax = held_out(syntax)[0]
    unknown = encoder.number("[MASK]")

    def keep() -> None:
        nonlocal reached
        averaged = copy.deepcopy(network)
        averaged.load_state_dict(average.weights)
        found = score(averaged, tests)
        log.info(json.dumps(asdict(progress) | {"held out": found}))
        value = found["las"] + found["names"] / 2
        extra = {"average": average.weights, "progress": asdict(progress), "reached": max(reached, value)}
        if value > reached - NOISE or not best.exists():
            save(best, network, classes, settings, extra)
        reached = max(reached, value)
        save(checkpoint, network, classes, settings, {"optimizer": optimizer.state_dict(), **extra})

    network.train()
    saved = progress.seconds
    for examples in _mixed(syntax, names, coder, settings, rng):
        began = time.monotonic()
        spent = progress.share(settings)
        if spent >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * min(1.0, max(spent, 1e-4) / settings.warm_up) * (1 - spent)
        batch = collate(examples)
        taught = opinion(teachers, batch.inputs, batch.mask, batch.word_mask, settings) if teachers else None
        _blank(batch, settings.word_dropout, unknown, hide)
        value = loss(network, batch, settings, taught)
        value.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        optimizer.step()
        optimizer.zero_grad()
        progress.step += 1
        average.update(network, progress.step)
        progress.subwords += sum(len(x.encoded.ids) for x in examples)
        progress.seconds += time.monotonic() - began
        if progress.step % 50 == 0:
            log.info(json.dumps(asdict(progress) | {"loss": round(value.item(), 3), "parsed": batch.parsed}))
        if progress.seconds - saved > settings.checkpoint_minutes * 60:
            saved = progress.seconds
            keep()
    keep()
    return best
