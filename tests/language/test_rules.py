"""What the rules find: a sentence, and its dates, amounts, numbers, laws and products; and how they treat names."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.language.arrays import Columns
from kg.language.labels import RULE_NAMES
from kg.language.rules import RuleNames
from kg.language.rules.names import corrected_names, trim
from kg.language.rules.patterns import Expression

TABLE = [
    ("The jets struck on Tuesday morning.", [("Tuesday morning", "TIME")]),
    ("He arrived last Friday.", [("last Friday", "DATE")]),
    ("She left early on Saturday.", [("early on Saturday", "DATE")]),
    ("The attacks of 13 November 2015 shook Paris.", [("13 November 2015", "DATE")]),
    ("The town fell on November 13, 2015.", [("November 13, 2015", "DATE")]),
    ("Police raided the flat on Nov. 17.", [("Nov. 17", "DATE")]),
    ("The deal was signed in October.", [("October", "DATE")]),
    ("The war began in October 2001.", [("October 2001", "DATE")]),
    ("He won the race in 2013.", [("2013", "DATE")]),
    ("They have lived in Sweden since 2011.", [("2011", "DATE")]),
    ("The party was founded in the 1990s.", [("the 1990s", "DATE")]),
    ("The ship sank three days ago.", [("three days ago", "DATE")]),
    ("Yesterday he spoke to reporters.", [("Yesterday", "DATE")]),
    ("The shelling went on overnight.", [("overnight", "TIME")]),
    ("Prices rose last month.", [("last month", "DATE")]),
    ("The vote will be held next week.", [("next week", "DATE")]),
    ("Earlier this year the army withdrew.", [("Earlier this year", "DATE")]),
    ("Talks will go on this week.", [("this week", "DATE")]),
    ("The raid began in the early hours of Tuesday.", [("the early hours of Tuesday", "TIME")]),
    ("They met from 5 to 7 April.", [("5 to 7 April", "DATE")]),
    ("The fair runs 5-7 April 2016.", [("5-7 April 2016", "DATE")]),
    ("On Monday, 16 November, he flew home.", [("Monday, 16 November", "DATE")]),
    ("He was there on the 13th of November.", [("the 13th of November", "DATE")]),
    ("In May he resigned.", [("May", "DATE")]),
    ("You may march with us.", []),
    ("They march in silence and may stop.", []),
    ("The report of 14/11/2015 is short.", [("14/11/2015", "DATE")]),
    ("It is dated 2015-11-14.", [("2015-11-14", "DATE")]),
    ("The summer of 2014 was hot.", [("The summer of 2014", "DATE")]),
    ("He spoke late on Wednesday night.", [("late on Wednesday night", "TIME")]),
    ("They arrived a week later.", [("a week later", "DATE")]),
    ("He had warned of it two years earlier.", [("two years earlier", "DATE")]),
    ("The office opens tomorrow.", [("tomorrow", "DATE")]),
    ("He left at 4:20 a.m. local time.", [("4:20 a.m. local time", "TIME")]),
    ("The planes took off at 19:50 GMT.", [("19:50 GMT", "TIME")]),
    ("They struck again at dawn.", [("dawn", "TIME")]),
    ("He waited for two hours.", [("two hours", "TIME")]),
    ("He was jailed for 10 years.", [("10 years", "DATE")]),
    ("The past two weeks were quiet.", [("The past two weeks", "DATE")]),
    ("The battle was fought in the 19th century.", [("the 19th century", "DATE")]),
    ("The shops close on Christmas Eve.", [("Christmas Eve", "DATE")]),
    ("The fine is $1.5bn.", [("$1.5bn", "MONEY")]),
    ("It cost €3 million.", [("€3 million", "MONEY")]),
    ("They paid 100 million dollars.", [("100 million dollars", "MONEY")]),
    ("He lost 50 euros.", [("50 euros", "MONEY")]),
    ("Sales fell by 20 percent.", [("20 percent", "PERCENT")]),
    ("Turnout was 45.5%.", [("45.5%", "PERCENT")]),
    ("The camp is 30 kilometres from the border.", [("30 kilometres", "QUANTITY")]),
    ("A 500-pound bomb fell.", [("500-pound", "QUANTITY")]),
    ("The 27-year-old was arrested.", [("27-year-old", "QUANTITY")]),
    ("The boy is 12 years old.", [("12 years old", "QUANTITY")]),
    ("Gunmen killed 129 people.", [("129", "CARDINAL")]),
    ("Three people died and dozens were hurt.", [("Three", "CARDINAL"), ("dozens", "CARDINAL")]),
    ("About 1,500 families fled.", [("1,500", "CARDINAL")]),
    ("It was the first attack.", [("first", "ORDINAL")]),
    ("He lives on the 3rd floor.", [("3rd", "ORDINAL")]),
    (
        "France invoked Article 42.7 of the Lisbon Treaty.",
        [("Article 42.7", "LAW"), ("Lisbon Treaty", "LAW")],
    ),
    ("The Council adopted Resolution 2249.", [("Resolution 2249", "LAW")]),
    ("It acted under Chapter VII.", [("Chapter VII", "LAW")]),
    ("The Treaty of Lisbon was signed there.", [("Treaty of Lisbon", "LAW")]),
    ("He broke the Terrorism Act 2000.", [("Terrorism Act 2000", "LAW")]),
    ("The UN Charter allows it.", [("UN Charter", "LAW")]),
    ("They cited the Geneva Conventions.", [("Geneva Conventions", "LAW")]),
    ("Rafale and Mirage 2000 jets took off.", [("Rafale", "PRODUCT"), ("Mirage 2000", "PRODUCT")]),
    ("A Su-24 was shot down by F-16s.", [("Su-24", "PRODUCT"), ("F-16s", "PRODUCT")]),
    ("The aircraft carrier Charles de Gaulle left port.", [("Charles de Gaulle", "PRODUCT")]),
    ("An Airbus A321 crashed in the desert.", [("Airbus A321", "PRODUCT")]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_table(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    doc = nlp(text)
    assert [(ent.text, ent.label_) for ent in doc.ents if ent.label_ in RULE_NAMES] == expected


def test_table_is_large_enough() -> None:
    assert len(TABLE) >= 60


def with_names(doc: Doc, *names: tuple[int, int, str]) -> Doc:
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in names]
    return doc


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("President Barack Obama spoke", (0, 3, "PERSON"), "Barack Obama"),
        ("Foreign Secretary Philip Hammond spoke", (0, 4, "PERSON"), "Philip Hammond"),
        ("Gen. Joseph Dunford spoke", (0, 3, "PERSON"), "Joseph Dunford"),
        ("the United Nations met", (0, 3, "ORG"), "United Nations"),
        ("Putin 's plan", (0, 2, "PERSON"), "Putin"),
        ("King spoke", (0, 1, "PERSON"), "King"),
        ("the President spoke", (0, 2, "PERSON"), None),
        ("the Foreign Secretary spoke", (0, 3, "ORG"), None),
        ("“ Le Monde ” wrote", (0, 4, "ORG"), "Le Monde"),
    ],
)
def test_trim(
    make_doc: Callable[..., Doc], words: str, name: tuple[int, int, str], expected: str | None
) -> None:
    doc = with_names(make_doc(words), name)
    found = trim(doc.ents[0])
    assert (found.text if found is not None else None) == expected


def test_states_and_cities_are_gpe_and_other_places_loc(make_doc: Callable[..., Doc]) -> None:
    doc = with_names(
        make_doc("France and Sinai and Orly Airport"), (0, 1, "LOC"), (2, 3, "LOC"), (4, 6, "LOC")
    )
    assert [ent.label_ for ent in corrected_names(doc)] == ["GPE", "LOC", "FAC"]


def test_listed_organisations_are_organisations(make_doc: Callable[..., Doc]) -> None:
    words = "Daesh and the UN said it IS over for NATO"
    pos = ["PROPN", "CCONJ", "DET", "PROPN", "VERB", "PRON", "AUX", "ADV", "ADP", "PROPN"]
    doc = make_doc(words, pos=pos, sent_starts=[True] + [False] * 9)
    RuleNames()(with_names(doc, (0, 1, "LOC")))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Daesh", "ORG"), ("UN", "ORG"), ("NATO", "ORG")]


def test_one_name_has_one_type_in_a_document(make_doc: Callable[..., Doc]) -> None:
    words = "Tarkhan fell . Tarkhan burned . Tarkhan is ruined"
    doc = with_names(make_doc(words), (0, 1, "LOC"), (3, 4, "ORG"), (6, 7, "LOC"))
    assert {ent.label_ for ent in corrected_names(doc)} == {"LOC"}


def test_surname_of_a_known_person_is_a_person(make_doc: Callable[..., Doc]) -> None:
    doc = with_names(make_doc("Salah Abdeslam fled . Abdeslam hid"), (0, 2, "PERSON"), (4, 5, "ORG"))
    assert [ent.label_ for ent in corrected_names(doc)] == ["PERSON", "PERSON"]


def test_longer_name_keeps_a_date_inside_it(make_doc: Callable[..., Doc]) -> None:
    words = "The 2015 Paris attacks shocked Europe"
    starts = [True] + [False] * 5
    doc = make_doc(words, tags=["DT", "CD", "NNP", "NNS", "VBD", "NNP"], sent_starts=starts)
    RuleNames()(with_names(doc, (1, 4, "EVENT"), (5, 6, "LOC")))
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("2015 Paris attacks", "EVENT"),
        ("Europe", "LOC"),
    ]


EXPRESSIONS = {
    f"{module}{name}": value
    for module in ("dates", "laws", "numbers", "products")
    for name, value in vars(importlib.import_module(f"kg.language.rules.{module}")).items()
    if isinstance(value, Expression)
}
PIECES = (
    "early mid late Earlier the The a A an on of in and Monday Tues Sept Sept. May March December 3 13 13th 2015 1990s 90s 20"
    " 5,000 2.5 twenty-five Three seven million half several few last next that weeks day summer hours minute ago later"
    " $ US$ €4 £ GBP C$ % percent PER CENT KM/H miles foot Six years-old YEAR old dollars bn m k Articles 5 42.7 Resolution"
    " 2249 Chapter VII Treaty Lisbon Act Terrorism Protocol Fifth Amendment No. Su Su-24 A320neo A-10 Boeing 737-800 HMS"
    " Ark Royal midnight dawn 19:50 GMT 4 a.m. tonight Christmas Eve New Year's Year’s é ٣ ſix \u212am/h ı Élan x_5 nineteenth century"
).split(" ")
NOISY = Path(__file__).with_name("noisy_lines.toml").read_text(encoding="utf-8")


def check_beginnings(doc: Doc) -> None:
    """Each expression finds what its pattern finds that is tried at every place of the text."""
    columns = Columns(doc)
    for name, expression in EXPRESSIONS.items():
        found = [match.span() for match in expression.finditer(columns)]
        assert found == [match.span() for match in expression.pattern.finditer(doc.text)], name


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " ", " ", " ", "-", "\n", ", "]))))
@settings(deadline=None, max_examples=300)
def test_expressions_are_tried_wherever_they_may_match(
    blank: Language, pieces: list[tuple[str, str]]
) -> None:
    check_beginnings(blank("".join(piece + gap for piece, gap in pieces)))


PAIRS = " ; ".join(f"{one} {other}" for one in PIECES for other in PIECES)


@pytest.mark.parametrize(
    "text", [NOISY, NOISY.upper(), NOISY.title(), PAIRS], ids=["noisy", "upper", "title", "pairs"]
)
def test_expressions_are_tried_wherever_they_may_match_in_longer_texts(blank: Language, text: str) -> None:
    check_beginnings(blank(text))


def test_there_are_expressions() -> None:
    assert len(EXPRESSIONS) >= 12
