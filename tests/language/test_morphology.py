"""Features by tag and word."""

import pytest

from kg.language.morphology import morphology


@pytest.mark.parametrize(
    ("word", "tag", "pos", "passive", "expected"),
    [
        ("struck", "VBD", "VERB", False, "Mood=Ind|Tense=Past|VerbForm=Fin"),
        ("struck", "VBN", "VERB", True, "Tense=Past|VerbForm=Part|Voice=Pass"),
        ("struck", "VBN", "VERB", False, "Tense=Past|VerbForm=Part"),
        ("strikes", "VBZ", "VERB", False, "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
        ("strikes", "NNS", "NOUN", False, "Number=Plur"),
        ("was", "VBD", "AUX", False, "Mood=Ind|Number=Sing|Tense=Past|VerbForm=Fin"),
        ("she", "PRP", "PRON", False, "Case=Nom|Gender=Fem|Number=Sing|Person=3"),
        ("not", "RB", "PART", False, "Polarity=Neg"),
        ("never", "RB", "ADV", False, "Polarity=Neg"),
        ("to", "TO", "PART", False, ""),
    ],
)
def test_features(word: str, tag: str, pos: str, passive: bool, expected: str) -> None:
    assert morphology(word, tag, pos, passive=passive) == expected
