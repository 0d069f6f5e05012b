"""Fixtures of the language tests: the shipped pipeline, loaded once."""

from collections.abc import Callable, Sequence
from itertools import pairwise, product

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The shipped pipeline."""
    return kg.language.load()


@pytest.fixture(scope="session")
def blank() -> Language:
    """English without any component."""
    return spacy.blank("en")


@pytest.fixture(scope="session")
def well_formed_paths() -> Callable[[Sequence[str], int], list[tuple[int, ...]]]:
    """All paths of a length through BIO labels, as their numbers, in which a name goes on only after its like."""

    def fits(labels: Sequence[str], path: tuple[int, ...]) -> bool:
        names = ["O", *(labels[index] for index in path)]
        return all(not name.startswith("I-") or before[2:] == name[2:] for before, name in pairwise(names))

    def paths(labels: Sequence[str], length: int) -> list[tuple[int, ...]]:
        return [path for path in product(range(len(labels)), repeat=length) if fits(labels, path)]

    return paths


@pytest.fixture(scope="session")
def make_doc(blank: Language) -> Callable[..., Doc]:
    """Build a Doc from words and what is known of them."""

    def make(words: str | Sequence[str], **columns: Sequence[object]) -> Doc:
        given = words.split() if isinstance(words, str) else list(words)
        return Doc(blank.vocab, words=given, **columns)

    return make
