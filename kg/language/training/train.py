"""The training loop: minimises the sum of all heads' losses, writes checkpoints, resumes from one."""

import json
import logging
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import WordEncoder
from kg.language.training.corpora import TrainingDocument
from kg.language.training.network import Network
from kg.language.training.settings import Progress, Settings
from kg.language.training.windows import MISSING, Coder, Example, Vocabulary, batches, pieces

log = logging.getLogger(__name__)


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


def loss(network: Network, batch: Batch, settings: Settings) -> Tensor:
    """Return the weighted sum of the losses of all heads that the batch has targets for."""
    i, t = batch.inputs, batch.targets
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.bfloat16):
        words, heads = network.states(i["ids"], i["cases"], i["gaps"], batch.mask, i["first"], i["last"])
    total = settings.weight_names * _cross_entropy(network.names(words), t["names"], batch.weight)
    if not batch.parsed:
        return total
    total = total + settings.weight_tag * _cross_entropy(network.tags(words), t["tags"])
    total = total + settings.weight_pos * _cross_entropy(network.pos(words), t["pos"])
    total = total + settings.weight_lemma * _cross_entropy(network.scripts(words), t["scripts"])
    total = total + settings.weight_start * _cross_entropy(network.starts(words), t["starts"])
    arcs = network.arcs(words, heads).masked_fill(batch.word_mask[:, None], -1e4)
    total = total + settings.weight_arc * _cross_entropy(arcs, t["heads"])
    half, head = network.label_halves(words, heads)
    gold = t["heads"].clamp(min=0)[..., None].expand(-1, -1, head.size(-1))
    scores = (half @ torch.gather(head, 1, gold)[..., None]).squeeze(-1)
    return total + settings.weight_label * _cross_entropy(scores, t["labels"])


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


def restore(path: Path) -> tuple[Network, Vocabulary, Settings, Progress]:
    """Read a checkpoint back, for use rather than for more training."""
    state = torch.load(path, weights_only=True)
    classes = Vocabulary(**{name: tuple(values) for name, values in state["classes"].items()})
    mix = tuple((source, share) for source, share in state["settings"]["mix_names"])
    settings = Settings(**(state["settings"] | {"mix_names": mix}))
    network = Network(classes, settings)
    network.load_state_dict(state["network"])
    network.eval()
    return network, classes, settings, Progress(**state["progress"])


def train(
    syntax: list[TrainingDocument],
    names: list[TrainingDocument],
    *,
    classes: Vocabulary,
    encoder: WordEncoder,
    start: Path,
    out: Path,
    settings: Settings,
    resume: bool = False,
) -> Path:
    """Train from the encoder weights in `start`; return the path of the last checkpoint in `out`."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    rng = random.Random(settings.seed)  # noqa: S311 (no secret)
    hide = torch.Generator().manual_seed(settings.seed)
    network, progress = Network(classes, settings), Progress()
    optimizer = _optimizer(network, settings)
    checkpoint = out / "checkpoint.pt"
    if resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        progress = Progress(**state["progress"])
        rng.seed(settings.seed + progress.step)
    else:
        network.encoder.start_from(start)
    network.train()
    unknown = encoder.number("[MASK]")
    saved = progress.seconds
    for examples in _mixed(syntax, names, Coder(encoder, classes), settings, rng):
        began = time.monotonic()
        spent = progress.share(settings)
        if spent >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * min(1.0, max(spent, 1e-4) / settings.warm_up) * (1 - spent)
        batch = collate(examples)
        _blank(batch, settings.word_dropout, unknown, hide)
        value = loss(network, batch, settings)
        value.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        optimizer.step()
        optimizer.zero_grad()
        progress.step += 1
        progress.subwords += sum(len(x.encoded.ids) for x in examples)
        progress.seconds += time.monotonic() - began
        if progress.step % 50 == 0:
            _report(progress, value.item(), batch.parsed)
        if progress.seconds - saved > settings.checkpoint_minutes * 60:
            saved = progress.seconds
            save(checkpoint, network, classes, settings, _extra(optimizer, progress))
    save(checkpoint, network, classes, settings, _extra(optimizer, progress))
    return checkpoint


def _extra(optimizer: torch.optim.Optimizer, progress: Progress) -> dict[str, Any]:
    return {"optimizer": optimizer.state_dict(), "progress": asdict(progress)}


def _report(progress: Progress, value: float, parsed: bool) -> None:
    record = asdict(progress) | {"loss": round(value, 3), "parsed": parsed}
    record["seconds"] = round(progress.seconds)
    log.info(json.dumps(record))
