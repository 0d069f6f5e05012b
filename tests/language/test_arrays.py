"""A Doc's columns, against what its tokens say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.arrays import Columns


def check(doc: Doc) -> None:
    columns = Columns(doc)
    assert columns.text == doc.text
    assert columns.texts == [token.text for token in doc]
    assert columns.lower == [token.lower_ for token in doc]
    assert columns.tags == [token.tag_ for token in doc]
    assert columns.spaced == [bool(token.whitespace_) for token in doc]
    assert columns.blank == [token.is_space for token in doc]
    assert columns.offsets == [token.idx for token in doc]
    assert Columns.of(columns) is columns


@given(st.text(max_size=60))
def test_columns_are_what_the_tokens_say(blank: Language, text: str) -> None:
    check(blank(text))


def test_sentences_are_numbered(blank: Language) -> None:
    starts = [True, False, None, True, False]
    doc = Doc(blank.vocab, words=list("abcde"), sent_starts=starts, tags=["X", "Y", "X", "Y", "X"])
    assert Columns(doc).sentences == [1, 1, 1, 2, 2]
    check(doc)


@pytest.mark.parametrize(
    ("text", "beginnings"),
    [
        ("Seven days, 40km", {"sev": [0], "day": [6], "0": [12]}),
        ("it's US$5", {"it": [0], "'": [2], "s": [3], "us": [5], "$": [7], "0": [8]}),
        ("Émile’s café ٣", {"": [0, 13], "’": [5], "s": [6], "caf": [8]}),
    ],
)
def test_beginnings(blank: Language, text: str, beginnings: dict[str, list[int]]) -> None:
    assert Columns(blank(text)).beginnings == beginnings
