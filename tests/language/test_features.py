"""What the network sees of a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kg.language import features
from kg.language.features import GLUED, MAX_SUBWORDS, SPACE, WordEncoder, word_case
from kg.language.model import SHIPPED, TOKENIZER


@pytest.fixture(scope="module")
def encoder() -> WordEncoder:
    return WordEncoder(Tokenizer.from_file(str(SHIPPED / TOKENIZER)))


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("2015", features.DIGITS),
        ("42.7", features.DIGITS),
        ("...", features.NO_LETTER),
        ("strikes", features.LOWER),
        ("ISIL", features.UPPER),
        ("I", features.ONE_UPPER),
        ("U.S.", features.UPPER),
        ("Paris", features.TITLE),
        ("McCain", features.MIXED),
        ("F16", features.ALPHANUMERIC),
    ],
)
def test_case(word: str, case: int) -> None:
    assert word_case(word) == case


@given(st.text(max_size=30))
def test_case_is_known(word: str) -> None:
    assert 0 < word_case(word) < features.CASES


@given(words=st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=8))
def test_every_word_has_subwords(encoder: WordEncoder, words: list[str]) -> None:
    encoded = encoder.encode(words, [SPACE] * len(words))
    assert len(encoded.first) == len(encoded.last) == len(words)
    assert len(encoded.ids) == len(encoded.cases) == len(encoded.gaps)
    for first, last in zip(encoded.first, encoded.last, strict=True):
        assert 0 < first <= last < len(encoded.ids) - 1
        assert last - first < MAX_SUBWORDS


def test_gaps_stand_on_all_subwords_of_a_word(encoder: WordEncoder) -> None:
    encoded = encoder.encode(["Abdeslam", "'s"], [SPACE, GLUED])
    first, last = encoded.first[0], encoded.last[0]
    assert set(encoded.gaps[first : last + 1].tolist()) == {SPACE}
    assert encoded.gaps[encoded.first[1]] == GLUED


@given(
    words=st.lists(st.sampled_from(["Raqqa", "2015", "Abdelhamid", "a", "...", "x" * 300]), max_size=12),
    data=st.data(),
)
def test_a_window_of_a_text_is_the_encoding_of_its_words(
    encoder: WordEncoder, words: list[str], data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.integers(0, features.GAPS - 1), min_size=len(words), max_size=len(words)))
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    cut = encoder.codes(words, gaps).window(start, end)
    alone = encoder.encode(words[start:end], gaps[start:end])
    for name in ("ids", "cases", "gaps", "first", "last"):
        assert getattr(cut, name).tolist() == getattr(alone, name).tolist()


def test_encoding_by_hand(encoder: WordEncoder) -> None:
    start, end, raid, on = (encoder.number(mark) for mark in ("[CLS]", "[SEP]", "raid", "on"))
    encoded = encoder.encode(["Raid", "on"], [features.PARAGRAPH, SPACE])
    assert encoded.ids.tolist() == [start, raid, on, end]
    assert encoded.cases.tolist() == [features.PADDING, features.TITLE, features.LOWER, features.PADDING]
    assert encoded.gaps.tolist() == [features.UNKNOWN, features.PARAGRAPH, SPACE, features.UNKNOWN]
    assert (encoded.first.tolist(), encoded.last.tolist()) == ([1, 2], [1, 2])
