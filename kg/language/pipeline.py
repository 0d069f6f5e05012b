"""Composes pipelines: our own, and others made to speak our labels."""

from pathlib import Path

import spacy
from spacy.language import Language

from kg.errors import ModelError
from kg.language.clear import OtherLabels
from kg.language.model import SHIPPED, read_config, read_model
from kg.language.parser import NetworkParser
from kg.language.rules import RuleNames
from kg.language.tokens import adapt_tokenizer

NETWORK, RULES, OTHER_LABELS = "kg_network", "kg_rules", "kg_other_labels"


@Language.factory(NETWORK, default_config={"folder": str(SHIPPED), "threads": 1})
def _network(nlp: Language, name: str, folder: str, threads: int) -> NetworkParser:
    return NetworkParser(read_model(Path(folder), threads=threads))


@Language.factory(RULES)
def _rules(nlp: Language, name: str) -> RuleNames:
    return RuleNames()


@Language.factory(OTHER_LABELS)
def _other_labels(nlp: Language, name: str) -> OtherLabels:
    return OtherLabels()


def other_pipeline(name: str) -> Language:
    """Return the spaCy English pipeline `name` (installed package or path), its trees mapped to our labels.

    Raises:
        ModelError: it is not installed, cannot be read, is not English, or does not parse.
    """
    try:
        nlp = spacy.load(name)
    except Exception as error:  # what a foreign package may raise is not known
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(
            f"language model {name!r} cannot be loaded ({reason}); name an installed spaCy English pipeline or its folder, "
            "or leave the name out for kg's own"
        ) from error
    if nlp.lang != "en":
        raise ModelError(f"language model {name!r} is for {nlp.lang!r}; kg reads English only")
    if "parser" not in nlp.pipe_names:
        raise ModelError(
            f"language model {name!r} has no parser; name a pipeline that has one, such as en_core_web_trf"
        )
    nlp.add_pipe(OTHER_LABELS)
    return nlp


def own_pipeline(folder: Path = SHIPPED, *, threads: int = 1, rules: bool = True) -> Language:
    """Return our own pipeline with the weights in `folder`; without `rules` only what the network finds.

    Raises:
        ModelError: the weights are missing or cannot be read.
    """
    config = read_config(folder)
    nlp = spacy.blank("en", meta={"name": config["name"], "version": config["version"]})
    adapt_tokenizer(nlp)
    # Windows bound the memory, so that length is no problem.
    nlp.max_length = 1_000_000_000
    nlp.add_pipe(NETWORK, config={"folder": str(folder), "threads": threads})
    if rules:
        nlp.add_pipe(RULES)
    return nlp
