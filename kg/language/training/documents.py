"""Documents of the training corpora. What a corpus is silent on is `None`, never "outside"."""

from dataclasses import dataclass

Names = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Syntax:
    """The analysis of one sentence; `heads` are positions in it, the root's is its own. `None`: not known (silver only)."""

    tags: tuple[str | None, ...]
    pos: tuple[str | None, ...]
    lemmas: tuple[str | None, ...]
    heads: tuple[int | None, ...]
    labels: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `names` are BIO labels, `None` where the corpus does not say."""

    words: tuple[str, ...]
    gaps: tuple[int, ...]
    names: Names
    syntax: Syntax | None = None
    paragraph: bool = False


@dataclass(frozen=True, slots=True)
class TrainingDocument:
    """Sentences that stand together.

    Attributes:
        source: the corpus, in lower case.
        genre: as the corpus says; the source where it does not.
        sentences: in their order.
        weight: of each of its words in the loss.
    """

    source: str
    genre: str
    sentences: tuple[Sentence, ...]
    weight: float = 1.0
