"""The sentence around a mention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sentences import Sentences

TEXT = 'Mr. Gray met J. Smith. "We go!" He left at 5 p.m. and slept.\nSame paragraph. \n \n12 died.'


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Gray", "Mr. Gray met J. Smith."),
        ("Smith", "Mr. Gray met J. Smith."),
        ("go", '"We go!"'),
        ("slept", "He left at 5 p.m. and slept."),
        ("paragraph", "Same paragraph."),
        ("died", "12 died."),
        ('go!" He', '"We go!" He left at 5 p.m. and slept.'),
    ],
)
def test_sentences_of_plain_text(words: str, sentence: str) -> None:
    start = TEXT.index(words)
    assert Sentences(TEXT).around(start, start + len(words)) == sentence


def test_known_sentences_win() -> None:
    start = TEXT.index('"We')
    end = TEXT.index("\nSame")
    sentences = Sentences(TEXT, [(start, end)])
    assert sentences.around(start + 1, start + 3) == '"We go!" He left at 5 p.m. and slept.'
    assert sentences.around(0, 2) == "Mr. Gray met J. Smith."


@given(st.text("ab. \n\"A!?'", max_size=60), st.data())
def test_the_mention_lies_in_its_sentence(text: str, data: st.DataObject) -> None:
    offset = st.integers(0, len(text))
    known = [tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(offset, offset), max_size=4))]
    start, end = sorted((data.draw(offset), data.draw(offset)))
    assert text[start:end].strip() in Sentences(text, known).around(start, end)
