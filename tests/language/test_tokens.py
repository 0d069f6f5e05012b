"""The tokenizer."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.language.tokens import adapt_tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    language = spacy.blank("en")
    adapt_tokenizer(language)
    return language


@pytest.mark.parametrize(
    "tokens",
    [
        "Syrian - led anti-ISIL raids",
        "F - 16s and Su - 24s",
        "the U.S. - led coalition 's plan",
        "a 10 - year - old plan",
        "on 2015-11-13 at 10.30 am",
        "war — and peace !!",
        "Capt. Smith and Lt. Gen. Jones etc.",
        "and / or",
        "the e-mail of the ex-minister",
        "2011 – 2015",
        "Wed. and Thurs.",
        "al - Assad 's id",
    ],
)
def test_split(tokenizer: Language, tokens: str) -> None:
    glued = {" - ": "-", " 's": "'s", " am": "am", " — ": "—", " !!": "!!", " / ": "/", " – ": "–"}
    text = tokens
    for apart, together in glued.items():
        text = text.replace(apart, together)
    assert [token.text for token in tokenizer(text)] == tokens.split()


@given(text=st.text(max_size=80))
def test_nothing_is_lost(tokenizer: Language, text: str) -> None:
    assert tokenizer(text).text == text
