"""What other networks make of a batch, for a network to learn from beside the annotations.

Knowledge distillation (Hinton, Vinyals and Dean, 2015) from the mean of several networks ("born again", Furlanello et al.,
ICML 2018): a network that sees how likely every head, label and tag is keeps less of the accidents of its training data
than one that sees which is right, and learns from texts that nobody annotated.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from kg.language.training.network import Network
from kg.language.training.settings import Settings


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities for the words of a batch, the mean over the teachers.

    Attributes:
        tags, pos: (windows, words, classes).
        arcs: (windows, words, heads), the first head being the root.
        heads: the likeliest of them, (windows, words).
        labels: of the arc to that head, (windows, words, classes).
    """

    tags: Tensor
    pos: Tensor
    arcs: Tensor
    heads: Tensor
    labels: Tensor


def at_heads(head: Tensor, heads: Tensor) -> Tensor:
    """Pick from the factors of all heads, (windows, heads, rank), those of the ones chosen, (windows, words)."""
    return torch.gather(head, 1, heads[..., None].expand(-1, -1, head.size(-1)))


@torch.no_grad()
def opinion(
    teachers: Sequence[Network],
    inputs: dict[str, Tensor],
    mask: Tensor,
    word_mask: Tensor,
    settings: Settings,
) -> Opinion:
    """Ask teachers; `inputs`, `mask` and `word_mask` as in a `Batch`."""
    i = inputs
    states = []
    for teacher in teachers:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.bfloat16):
            states.append(teacher.states(i["ids"], i["cases"], i["gaps"], mask, i["first"], i["last"]))

    def mean(found: list[Tensor]) -> Tensor:
        total = found[0].softmax(-1)
        for scores in found[1:]:
            total = total + scores.softmax(-1)
        return total / len(found)

    pairs = list(zip(teachers, states, strict=True))
    arcs = mean([t.arcs(words, heads).masked_fill(word_mask[:, None], -1e4) for t, (words, heads) in pairs])
    best = arcs.argmax(-1)
    labels = []
    for teacher, (words, heads) in pairs:
        word, head = teacher.label_halves(words, heads)
        labels.append(teacher.arc_labels(word, at_heads(head, best)))
    return Opinion(
        tags=mean([t.tags(words) for t, (words, _) in pairs]),
        pos=mean([t.pos(words) for t, (words, _) in pairs]),
        arcs=arcs,
        heads=best,
        labels=mean(labels),
    )


def divergence(scores: Tensor, target: Tensor, known: Tensor) -> Tensor:
    """Cross-entropy of `scores` against the probabilities `target`, the mean over the words `known`, (windows, words)."""
    losses = functional.cross_entropy(scores.flatten(0, 1), target.flatten(0, 1), reduction="none")
    return (losses * known.flatten()).sum() / known.sum().clamp(min=1.0)
