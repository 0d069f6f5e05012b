"""What the rules make of the network's names: a sentence of our own with names as a network may find them, and what comes out."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Span

from kg.language import wordlists
from kg.language.rules.names import corrected_names, nationalities

Found = list[tuple[str, str]]


def doc_of(make_doc: Callable[..., Doc], text: str, tags: dict[str, str] | None = None) -> Doc:
    """Build a Doc of one sentence from words in a row; `[` and `]TYPE` bound the names, `_` glues a word to the next."""
    words: list[str] = []
    spaces: list[bool] = []
    names: list[tuple[int, int, str]] = []
    start = 0
    for part in text.split():
        if part == "[":
            start = len(words)
        elif part.startswith("]"):
            names.append((start, len(words), part[1:]))
        else:
            glued = part.endswith("_")
            words.append(part.removesuffix("_"))
            spaces.append(not glued)
    known = {"'s": "POS", "’s": "POS"} | (tags or {})
    fine = [known.get(word, "NNP" if word[0].isupper() else "NN") for word in words]
    upos = [{"NNP": "PROPN", "VBD": "VERB", ".": "PUNCT"}.get(tag, "NOUN") for tag in fine]
    starts = [i == 0 for i in range(len(words))]
    doc = make_doc(words, spaces=spaces, tags=fine, pos=upos, sent_starts=starts)
    doc.ents = [Span(doc, a, b, label=label) for a, b, label in names]
    return doc


TABLE: list[tuple[str, Found]] = [
    # Pieces of one person's name.
    ("then [ Yaw ]PERSON [ Amoah ]PERSON spoke", [("Yaw Amoah", "PERSON")]),
    ("then [ Ama ]PERSON [ Serwaa Boateng ]PERSON spoke", [("Ama Serwaa Boateng", "PERSON")]),
    (
        "with [ Lena Ofer ]PERSON [ Karl Brandt ]PERSON there",
        [("Lena Ofer", "PERSON"), ("Karl Brandt", "PERSON")],
    ),
    ("yours [ Tilda ]PERSON [ Tilda ]PERSON wrote", [("Tilda", "PERSON"), ("Tilda", "PERSON")]),
    ("then J. K. [ Marwick ]PERSON spoke", [("J. K. Marwick", "PERSON")]),
    ("then [ Abu ]PERSON bin [ Salim ]PERSON spoke", [("Abu bin Salim", "PERSON")]),
    ("then [ Omar ]PERSON al_ -_ [ Hadidi ]PERSON spoke", [("Omar al-Hadidi", "PERSON")]),
    ("then [ Jan ]PERSON van Ofer spoke", [("Jan van Ofer", "PERSON")]),
    ("then [ Pak Min_ ]PERSON -_ Ju spoke", [("Pak Min-Ju", "PERSON")]),
    ("the [ Kessler_ ]PERSON -_ era law", [("Kessler", "PERSON")]),
    ("then [ Sheikh ]PERSON [ Nasser Hamdan ]PERSON spoke", [("Nasser Hamdan", "PERSON")]),
    # Titles that stand alone name nobody.
    ("then the [ Emir ]PERSON spoke", []),
    ("thank you Mr. [ Speaker ]PERSON for that", []),
    ("then [ Bishop ]PERSON spoke", [("Bishop", "PERSON")]),
    # Units of an army.
    (
        "the [ 4th Company_ ]ORG , [ 9th Rifle Regiment ]ORG and [ 3rd Company_ ]ORG , [ 5th Marines ]ORG left",
        [("4th Company, 9th Rifle Regiment", "ORG"), ("3rd Company, 5th Marines", "ORG")],
    ),
    (
        "the [ 4th Brigade ]ORG , [ 9th Brigade ]ORG and [ Guards ]ORG left",
        [("4th Brigade", "ORG"), ("9th Brigade", "ORG"), ("Guards", "ORG")],
    ),
    # Types by head and list.
    ("the [ Kivu Herald ]LOC reported it", [("Kivu Herald", "ORG")]),
    ("the [ Ministry of Roads ]LOC said so", [("Ministry of Roads", "ORG")]),
    ("the [ Tarkhan Liberation Front ]PERSON fought", [("Tarkhan Liberation Front", "ORG")]),
    ("near the [ Umbala River ]ORG today", [("Umbala River", "LOC")]),
    ("on [ Mount Sorgal ]PERSON today", [("Mount Sorgal", "LOC")]),
    ("says [ Emma Post ]PERSON today", [("Emma Post", "PERSON")]),
    ("told [ Gen. Okello ]ORG so", [("Okello", "PERSON")]),
    ("in the [ West Bank ]ORG today", [("West Bank", "LOC")]),
    ("the [ Foreign Ministry ]LOC said so", [("Foreign Ministry", "ORG")]),
    # Heads and what an organisation is of.
    ("the [ Umbala ]LOC Police said so", [("Umbala Police", "ORG")]),
    ("the [ Umbala ]LOC police said so", [("Umbala", "LOC")]),
    ("the [ Electoral Commission ]ORG of [ Mali ]LOC met", [("Electoral Commission of Mali", "ORG")]),
    ("the [ Liberal Party ]ORG and [ Mali ]LOC met", [("Liberal Party", "ORG"), ("Mali", "GPE")]),
    # Places.
    ("in [ Houston Texas ]LOC today", [("Houston", "GPE"), ("Texas", "GPE")]),
    ("in [ Northern California ]LOC today", [("Northern California", "LOC")]),
    ("in [ New York ]LOC today", [("New York", "GPE")]),
    ("in the [ Orsk ]LOC province today", [("Orsk province", "LOC")]),
    ("we met at [ Luigi_ ]LOC 's .", [("Luigi's", "LOC")]),
    ("the view from [ Germany ]LOC 's .", [("Germany", "GPE")]),
    ("[ Sorgal ]LOC 's harbour burned", [("Sorgal", "LOC")]),
    # Peoples.
    ("the [ African ]LOC leaders met", [("African", "NORP")]),
    ("the South [ African ]NORP leaders met", [("South African", "NORP")]),
    ("the [ Yazidi ]PERSON villages burned", [("Yazidi", "NORP")]),
    ("then [ Christian ]PERSON spoke", [("Christian", "PERSON")]),
    ("in the [ Caribbean ]LOC today", [("Caribbean", "LOC")]),
    # No names at all.
    ("hit by [ Covid-19 ]PERSON again", []),
    ("write to [ desk@example.org ]ORG today", []),
    ("said [ Paula Renner ]PERSON , [ MD ]LOC , today", [("Paula Renner", "PERSON")]),
    # Events.
    ("after [ Hurricane Velma ]PERSON hit", [("Hurricane Velma", "EVENT")]),
    ("after the Battle of [ Sorgal ]LOC ended", [("Battle of Sorgal", "EVENT")]),
    ("after the [ Ruritanian ]NORP Revolution ended", [("Ruritanian Revolution", "EVENT")]),
    ("after World War II ended", [("World War II", "EVENT")]),
    ("in the Imperial War Museum today", []),
    ("the [ Sorgal War Veterans Association ]ORG met", [("Sorgal War Veterans Association", "ORG")]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_table(make_doc: Callable[..., Doc], text: str, expected: Found) -> None:
    doc = doc_of(make_doc, text, tags={"spoke": "VBD", ".": "."})
    assert [(name.text, name.label_) for name in corrected_names(doc)] == expected


def test_full_name_and_surname_are_found_again(make_doc: Callable[..., Doc]) -> None:
    text = "[ Salma Idrissi ]PERSON came and Idrissi left ; then Salma Idrissi and Idrissi Textiles fell"
    names = corrected_names(doc_of(make_doc, text))
    assert [name.text for name in names] == ["Salma Idrissi", "Idrissi", "Salma Idrissi"]


def test_lone_word_is_looked_for_when_found_twice(make_doc: Callable[..., Doc]) -> None:
    once = doc_of(make_doc, "[ Paratex ]ORG grew and so Paratex fell")
    twice = doc_of(make_doc, "[ Paratex ]ORG grew and [ Paratex ]ORG fell and so Paratex rose")
    assert len(corrected_names(once)) == 1
    assert [(name.start, name.label_) for name in corrected_names(twice)] == [
        (0, "ORG"),
        (3, "ORG"),
        (7, "ORG"),
    ]


def test_nationalities_of_two_words(make_doc: Callable[..., Doc]) -> None:
    doc = doc_of(make_doc, "South Korean and Korean ships")
    assert [span.text for span in nationalities(doc)] == ["South Korean", "Korean"]


@pytest.mark.parametrize(
    "name",
    [
        "degrees",
        "events",
        "heads_org",
        "heads_place",
        "nationalities",
        "not_names",
        "organisations",
        "products",
        "regions",
        "states",
        "titles",
        "us_states",
    ],
)
def test_lists_are_read(name: str) -> None:
    entries = wordlists.entries(name)
    assert entries
    assert all(entry == entry.strip() and entry for entry in entries)


def test_lists_do_not_contradict_each_other() -> None:
    assert not wordlists.places() & wordlists.organisations()
    assert not wordlists.places() & wordlists.entries("regions")
    assert not wordlists.nationalities() & wordlists.organisations()
    assert not wordlists.entries("heads_org") & wordlists.entries("heads_place")
