"""The network: a small BERT encoder, and heads for tags, lemmas, sentence starts, names, arcs and labels.

The encoder is written out so that training and export need nothing but torch and its weights in safetensors. Arcs and
labels after Dozat and Manning, "Deep Biaffine Attention for Neural Dependency Parsing" (ICLR 2017); all heads on one
encoder after Kondratyuk and Straka, "75 Languages, 1 Model" (EMNLP 2019).
"""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import CASES, GAPS, PADDING, UNKNOWN
from kg.language.training.settings import Settings
from kg.language.training.windows import Vocabulary

#: How many lemma scripts are put out for each word, best first.
SCRIPTS = 3

SIZE, PARTS, VOCABULARY, POSITIONS = 384, 12, 30522, 512

#: Width inside the feed-forward halves of the encoder that training starts from.
FULL_INNER = 1536


class SharedDropout(nn.Module):
    """Dropout with one mask for all words of a window (Gal and Ghahramani, "A Theoretically Grounded Application of Dropout
    in Recurrent Neural Networks", NIPS 2016); drawing a mask for each word took a quarter of the time on a processor.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Return `x`, (windows, words, size), with some of its features set to 0 and the others scaled up."""
        if not self.training or not self.share:
            return x
        kept = torch.empty(x.size(0), 1, x.size(2), dtype=x.dtype).bernoulli_(1 - self.share)
        return x * (kept / (1 - self.share))


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, inner: int) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(SIZE, SIZE) for _ in range(3))
        self.mix = nn.Linear(SIZE, SIZE)
        self.mix_norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.up, self.down = nn.Linear(SIZE, inner), nn.Linear(inner, SIZE)
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.drop = SharedDropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the states after the layer; `mask` is added to the attention scores."""

        def split(y: Tensor) -> Tensor:
            return y.view(y.size(0), -1, PARTS, SIZE // PARTS).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) / math.sqrt(SIZE // PARTS)
        if mask is not None:
            scores = scores + mask
        mixed = scores.softmax(-1) @ split(self.value(x))
        mixed = mixed.transpose(1, 2).reshape(x.size(0), -1, SIZE)
        x = self.mix_norm(x + self.drop(self.mix(mixed)))
        out: Tensor = self.norm(x + self.drop(self.down(functional.gelu(self.up(x)))))
        return out


class Encoder(nn.Module):
    """BERT with two more embeddings added to its input: casing and gap."""

    def __init__(self, layers: int, inner: int) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, SIZE)
        self.positions = nn.Embedding(POSITIONS, SIZE)
        self.cases, self.gaps = nn.Embedding(CASES, SIZE), nn.Embedding(GAPS, SIZE)
        for table, unused in ((self.cases, PADDING), (self.gaps, UNKNOWN)):
            nn.init.normal_(table.weight, std=0.02)
            nn.init.zeros_(table.weight[unused])
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.drop = SharedDropout(0.1)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))

    def forward(self, ids: Tensor, cases: Tensor, gaps: Tensor, mask: Tensor | None) -> Tensor:
        """Return the states of the sub-words, (batch, sub-words, size)."""
        places = torch.arange(ids.size(1), device=ids.device)
        x = self.words(ids) + self.positions(places) + self.cases(cases) + self.gaps(gaps)
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        states: Tensor = x
        return states

    def start_from(self, folder: Path) -> None:
        """Load the weights of a BERT of this shape (safetensors, names of Hugging Face); further layers of it are left out."""
        given = load_file(str(folder / "model.safetensors"))
        given = {name.removeprefix("bert."): value for name, value in given.items()}
        names = {
            "attention.self.query": "query",
            "attention.self.key": "key",
            "attention.self.value": "value",
            "attention.output.dense": "mix",
            "attention.output.LayerNorm": "mix_norm",
            "intermediate.dense": "up",
            "output.dense": "down",
            "output.LayerNorm": "norm",
        }
        state = {
            "words.weight": given["embeddings.word_embeddings.weight"],
            "positions.weight": given["embeddings.position_embeddings.weight"]
            + given["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": given["embeddings.LayerNorm.weight"],
            "norm.bias": given["embeddings.LayerNorm.bias"],
            "cases.weight": self.cases.weight,
            "gaps.weight": self.gaps.weight,
        }
        for layer in range(len(self.layers)):
            for theirs, ours in names.items():
                for kind in ("weight", "bias"):
                    state[f"layers.{layer}.{ours}.{kind}"] = given[f"encoder.layer.{layer}.{theirs}.{kind}"]
        self.load_state_dict(state)


class Network(nn.Module):
    """Encoder and heads. Word states are the mean of the first and the last sub-word's state."""

    def __init__(self, classes: Vocabulary, settings: Settings) -> None:
        super().__init__()
        arc, label = settings.arc_size, settings.label_size
        self.encoder = Encoder(settings.layers, settings.inner)
        self.tags = nn.Linear(SIZE, len(classes.tags))
        self.pos = nn.Linear(SIZE, len(classes.pos))
        self.scripts = nn.Linear(SIZE, len(classes.scripts))
        self.starts = nn.Linear(SIZE, 2)
        self.names = nn.Linear(SIZE, len(classes.names))
        self.arc_head, self.arc_word = nn.Linear(SIZE, arc), nn.Linear(SIZE, arc)
        self.label_head, self.label_word = nn.Linear(SIZE, label), nn.Linear(SIZE, label)
        self.arc_pair = nn.Parameter(torch.randn(arc + 1, arc) * 0.01)
        self.labels = nn.Linear(label, len(classes.labels))
        self.drop = SharedDropout(settings.head_dropout)

    def states(
        self, ids: Tensor, cases: Tensor, gaps: Tensor, mask: Tensor | None, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the states of the words, and the same with the root's state in front."""
        hidden = self.encoder(ids, cases, gaps, mask).float()

        def pick(at: Tensor) -> Tensor:
            return torch.gather(hidden, 1, at.unsqueeze(-1).expand(-1, -1, SIZE))

        words = self.drop((pick(first) + pick(last)) * 0.5)
        return words, torch.cat([hidden[:, :1], words], 1)

    def arcs(self, words: Tensor, heads: Tensor) -> Tensor:
        """Score every (word, head) pair; head 0 is the root."""
        word, head = functional.gelu(self.arc_word(words)), functional.gelu(self.arc_head(heads))
        left, right = _with_one(self.drop(word)) @ self.arc_pair, self.drop(head)
        # This way around: onnxruntime sums a product wider than high in other blocks when it has more threads.
        scores: Tensor = (right @ left.transpose(1, 2)).transpose(1, 2)
        return scores

    def label_halves(self, words: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """Return the factors of the label scores: (word, rank) and (head, rank)."""
        word, head = functional.gelu(self.label_word(words)), functional.gelu(self.label_head(heads))
        return self.drop(word), self.drop(head)

    def arc_labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """Score the labels of arcs from the factors of their ends: a biaffine form of low rank.

        (1 + w)(1 + h) = 1 + w + h + wh has the terms for the word alone, the head alone and both.
        """
        scores: Tensor = self.labels((1 + words) * (1 + heads))
        return scores


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


class Deployed(nn.Module):
    """The network as exported: one window, no padding, no batch dimension outside."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, cases: Tensor, gaps: Tensor, first: Tensor, last: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Return what `kg.language.decode.Scores` names, in its order."""
        n = self.network
        words, heads = n.states(ids[None], cases[None], gaps[None], None, first[None], last[None])
        word, head = n.label_halves(words, heads)
        arcs = n.arcs(words, heads).log_softmax(-1)
        starts = n.starts(words).log_softmax(-1)
        names = n.names(words).log_softmax(-1)
        scripts = n.scripts(words).topk(SCRIPTS).indices[0]
        best = (n.tags(words).argmax(-1)[0], n.pos(words).argmax(-1)[0], scripts)
        return *best, starts[0], names[0], arcs[0], word[0], head[0]


class DeployedLabels(nn.Module):
    """The labels of the arcs chosen, as exported beside the network."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return the log-probability of each label for each word, from its factor and its head's."""
        return self.network.arc_labels(words, heads).log_softmax(-1)
