"""Names for things: what folds to the same key, and ids long enough to keep a million articles apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ids import DOCUMENT, EVENT, document_id, event_id, fold, slug

WHOLE = "ßæœþðđəħıĸłŋøŧẞÆŒÞÐĐƏĦŁŊØŦ"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Þórður Guðjohnsen", "thordur gudjohnsen"),
        ("Ægir Ǽ Ǿ", "aegir ae o"),
        ("L’Œuvre", "l'oeuvre"),
        ("GROẞ Straße", "gross strasse"),
        ("İlham Əliyev", "ilham aliyev"),
        ("Łódź, Ħamrun", "lodz, hamrun"),
        ("ﬁve\u00a0 ⅷ", "five viii"),
    ],
)
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key


@pytest.mark.parametrize("letter", WHOLE)
def test_letters_that_unicode_leaves_whole(letter: str) -> None:
    assert fold(letter).isascii()
    assert fold(letter) == fold(letter.upper()) == fold(letter.lower())
    assert slug(f"x{letter}y") not in ("xy", "x-y")


@given(st.text(st.sampled_from(WHOLE + "aZé ’\u0301\u200b\u302e\U0001d165") | st.characters()))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_ids_of_documents_and_events_are_long() -> None:
    assert re.fullmatch(re.escape(DOCUMENT) + "a-[0-9a-f]{16}", document_id("x/a.txt", "0" * 64, None))
    assert re.fullmatch(re.escape(EVENT) + "strike-[0-9a-f]{16}", event_id("strike", "x"))
