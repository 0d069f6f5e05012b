"""The tokenizer."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.language.arrays import Columns
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


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the Arden Society,[3] and", "the|Arden|Society|,|[3]|and"),
        ("in 1956.[4][12] The dam", "in|1956|.|[4]|[12]|The|dam"),
        ("lime.[3]The mill", "lime|.|[3]|The|mill"),
        ("U.S.[4] forces", "U.S.|[4]|forces"),
        ("(1999)[2], then", "(|1999|)|[2]|,|then"),
        ("yearly[citation needed] in", "yearly|[citation|needed|]|in"),
        ("Mara Tolen(Nordian: x) of member(s)", "Mara|Tolen|(|Nordian|:|x|)|of|member(s|)"),
        ("years[note 2] ago", "years|[note|2|]|ago"),
        ("their word[s] and [sic] rule [12]", "their|word[s|]|and|[|sic|]|rule|[|12|]"),
    ],
)
def test_reference_marks_are_parted_from_words(tokenizer: Language, text: str, tokens: str) -> None:
    assert [token.text for token in tokenizer(text)] == tokens.split("|")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It closed in 1956.[4][12] The dam", "It closed in 1956 . The dam"),
        ("sold yearly[citation needed] in Orsk.[note 2]", "sold yearly in Orsk ."),
        ("praised[by whom?] and then[when?] sold", "praised and then sold"),
        ("as rule [12] says, [citation needed]", "as rule [ 12 ] says , [ citation needed ]"),
        ("item[0] of word[s] [3]", "item[0 ] of word[s ] [ 3 ]"),
    ],
)
def test_reference_marks_belong_to_no_sentence(tokenizer: Language, text: str, words: str) -> None:
    columns = Columns(tokenizer(text))
    kept = [word for word, blank in zip(columns.texts, columns.blank, strict=True) if not blank]
    assert kept == words.split()


@given(
    parts=st.lists(
        st.sampled_from(["Arden", "dam", " ", ".", ",", "[3]", "[12]", "[citation needed]", "[", "]", "U.S."])
    )
)
def test_nothing_is_lost_at_marks(tokenizer: Language, parts: list[str]) -> None:
    doc = tokenizer("".join(parts))
    assert doc.text == "".join(parts)
    assert len(Columns(doc).blank) == len(doc)


@given(text=st.text(max_size=80))
def test_nothing_is_lost(tokenizer: Language, text: str) -> None:
    assert tokenizer(text).text == text
