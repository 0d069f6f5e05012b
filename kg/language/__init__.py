"""The English pipeline of `kg`: a spaCy `Language` that works offline, without torch.

    nlp = kg.language.load()
    doc = nlp("France struck Raqqa on Tuesday.")

One small network (weights are package data) tags, lemmatises, splits sentences, parses and finds names; rules add dates,
amounts, laws and products. Labels: see `kg.language.labels`. Any other spaCy English pipeline can be named instead; its
dependency labels are mapped to ours.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["load", "model_version"]


def load(name: str | None = None, *, threads: int = 1) -> "Language":
    """Return the pipeline.

    Args:
        name: a spaCy English pipeline to use instead of our own: an installed package or a path. `None` is our own.
        threads: threads the network may use. The annotation is the same for any number.

    Raises:
        ModelError: the pipeline named is not installed, not English, or cannot be read.
    """
    from kg.language.pipeline import other_pipeline, own_pipeline  # spaCy takes a second to import

    return own_pipeline(threads=threads) if name is None else other_pipeline(name)


def model_version() -> str:
    """Return name, version and a short checksum of our own weights: annotations change with it."""
    from kg.language.model import fingerprint, read_config

    config = read_config()
    return f"{config['name']}-{config['version']}-{fingerprint()}"
