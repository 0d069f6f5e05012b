"""Fixtures of the language tests: the shipped pipeline, loaded once."""

from collections.abc import Callable, Sequence

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
def make_doc(blank: Language) -> Callable[..., Doc]:
    """Build a Doc from words and what is known of them."""

    def make(words: str | Sequence[str], **columns: Sequence[object]) -> Doc:
        given = words.split() if isinstance(words, str) else list(words)
        return Doc(blank.vocab, words=given, **columns)

    return make
