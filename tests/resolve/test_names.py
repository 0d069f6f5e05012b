"""Names as strings. The pairs that become one entity, or do not, are in test_pairs.py."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.names import (
    acronym_key,
    contains_person,
    initials,
    is_acronym,
    is_alike,
    name_key,
    organization_key,
    parenthesised,
    person_words,
    sound_blocks,
    spelling_key,
    without_determiner,
    without_titles,
)

TITLES = {"president", "foreign minister", "mr", "prime minister", "minister", "sir"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("François Hollande", "Francois  Hollande"),
        ("Hollande’s", "Hollande"),
        ("the U.N.", "UN"),
        ("U.S.", "US"),
        ("Jean-Yves Le Drian", "Jean Yves Le Drian"),
        ("SAINT-DENIS", "Saint-Denis"),
        ("the United Nations'", "United Nations"),
        ("“Charlie Hebdo”", "Charlie Hebdo"),
        ("George W. Bush", "George W Bush"),
        ("J. K. Rowling", "J K Rowling"),
    ],
)
def test_writings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Article 42.7", "Article 427"),
        ("Iran", "Iraq"),
        ("The Hague", "Haguenau"),
        ("G7", "G8"),
        ("IS", "ISS"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text("abcXYZ .-'’", max_size=30))
def test_case_and_spaces_do_not_count(name: str) -> None:
    assert name_key(f"  {name.upper()} ") == name_key(name.lower())


@pytest.mark.parametrize("name", ["EU", "U.S.", "ISIL", "G20", "FSB", "UNHCR", "the UN", "UAVs"])
def test_acronyms(name: str) -> None:
    assert is_acronym(name.removeprefix("the "))


@pytest.mark.parametrize("name", ["Daesh", "A", "Paris", "EU AND UN", "METROJET", "Nato", "V."])
def test_no_acronyms(name: str) -> None:
    assert not is_acronym(name)


def test_acronym_key_drops_dots() -> None:
    assert acronym_key("U.N.’s") == "UN"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Federal Bureau of Investigation", "fbi"),
        ("European Union", "eu"),
        ("Islamic State of Iraq and the Levant", "isil"),
        ("Department of Defense", "dod"),
        ("North Atlantic Treaty Organization", "nato"),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert short in initials(name_key(name))


def test_one_word_has_no_initials() -> None:
    assert initials("france") == ()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("European Union (EU)", ("European Union", "EU")),
        ("Free Syrian Army (FSA)", ("Free Syrian Army", "FSA")),
        ("Paris (France)", None),
        ("European Union", None),
    ],
)
def test_parenthesised(name: str, parts: tuple[str, str] | None) -> None:
    assert parenthesised(name) == parts


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("President Barack Obama", "Barack Obama"),
        ("Prime Minister Manuel Valls", "Manuel Valls"),
        ("Mr President Hollande", "Hollande"),
        ("President", "President"),
        ("Laurent Fabius", "Laurent Fabius"),
    ],
)
def test_titles_are_no_part_of_a_name(name: str, bare: str) -> None:
    assert without_titles(name, lambda words: words.casefold() in TITLES) == bare


@pytest.mark.parametrize(
    ("phrase", "bare"),
    [("the French police", "French police"), ("an aide", "aide"), ("both the men", "men"), ("the", "the")],
)
def test_without_determiner(phrase: str, bare: str) -> None:
    assert without_determiner(phrase) == bare


@pytest.mark.parametrize(
    ("full", "part", "way"),
    [
        ("François Hollande", "Hollande", "the surname"),
        ("Jean-Yves Le Drian", "Le Drian", "the surname"),
        ("Ursula von der Leyen", "von der Leyen", "the surname"),
        ("Ursula von der Leyen", "Leyen", "the surname"),
        ("Bashar al-Assad", "Assad", "the surname"),
        ("Bashar al-Assad", "al-Assad", "the surname"),
        ("Vladimir Vladimirovich Putin", "Vladimir Putin", "first and last name"),
        ("Barack Hussein Obama", "Barack Obama", "first and last name"),
        ("François Hollande", "F. Hollande", "initial and surname"),
        ("Salah Abdeslam", "Salah", "the first name"),
        ("Salah Abdeslam", "Brahim Abdeslam", None),
        ("Salah Abdeslam", "Abaaoud", None),
        ("Salah Abdeslam", "Salah Abdeslam", None),
        ("Hollande", "Hollande", None),
        ("George W. Bush", "H. Bush", None),
        ("Martin Luther King Jr.", "King", "the surname"),
    ],
)
def test_parts_of_peoples_names(full: str, part: str, way: str | None) -> None:
    assert contains_person(person_words(name_key(full)), person_words(name_key(part))) == way


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Jr.", ("jr",)),
        ("II", ("ii",)),
        ("Sr. III", ("sr", "iii")),
        ("al", ("al",)),
        ("Zubair Jr.", ("zubair",)),
        ("Jr. al-Zubair", ("zubair",)),
    ],
)
def test_a_name_that_is_a_suffix_only_keeps_its_words(name: str, words: tuple[str, ...]) -> None:
    assert person_words(name_key(name)) == words


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Barclays Plc", "barclays"),
        ("Islamic State group", "islamic state"),
        ("Group", "group"),
        ("SAP SE", "sap"),
    ],
)
def test_generic_words_of_organizations(name: str, bare: str) -> None:
    assert organization_key(name_key(name)) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mostefai", "Mostefaim"),
        ("Abdelhamid Abaaoud", "Abdel Hamid Abaaoud"),
        ("Abdelhamid Abaaoud", "Abdelhamid Abaoud"),
        ("Zarqawi", "Zarkawi"),
        ("Metrojet", "Metro Jet"),
        ("Muammar Gaddafi", "Muammar Qaddafi"),
        ("Fatou Ndiaye", "Fatou N'Diaye"),
        ("Aleksandr Petrenko", "Alexandr Petrenko"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert is_alike(name_key(one), name_key(other), person=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Slovakia", "Slovenia"),
        ("Article 42.7", "Article 42.8"),
        ("Flight 9268", "Flight 9368"),
        ("Austria", "Australia"),
        ("Roberto Silva", "Roberta Silva"),
        ("Johnson", "Johnsons"),
        ("Salah Abdeslam", "Brahim Abdeslam"),
        ("Marine Le Pen", "Marion Le Pen"),
        ("Iran", "Iraq"),
        ("Nigeria", "Niger"),
        ("Martin", "Marten"),
        ("Chechnya", "Chechnyan"),
        ("Muammar Gaddafi", "Muammar Haddafi"),
        ("George H. W. Bush", "George W. Bush"),
        ("Lena Petersen", "Lena Pedersen"),
        ("Mohammed Farah", "Mohammed Faraj"),
    ],
)
def test_names_that_only_look_alike_stay_two(one: str, other: str) -> None:
    assert not is_alike(name_key(one), name_key(other), person=True)


words = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=16).map(name_key).filter(bool)


@given(words, words)
def test_likeness_has_no_direction(one: str, other: str) -> None:
    assert is_alike(one, other, person=True) == is_alike(other, one, person=True)


@given(
    st.text("bdfglmnprt", min_size=5, max_size=16).map(spelling_key).filter(lambda s: len(s) > 5),
    st.integers(0, 15),
)
def test_sounds_one_deletion_apart_share_a_block(sound: str, at: int) -> None:
    shorter = spelling_key(sound[:at] + sound[at + 1 :])
    if len(shorter) >= len(sound) - 1:
        assert set(sound_blocks(sound)) & set(sound_blocks(shorter))


@given(words)
def test_spelling_key_has_no_doubled_letters(key: str) -> None:
    sound = spelling_key(key)
    assert all(a != b for a, b in itertools.pairwise(sound))
