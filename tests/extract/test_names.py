"""What is known of names: countries, aliases, positions, family, describing nouns."""

import pytest

from kg.datamodel import ENTITY_TYPES
from kg.errors import LexiconError
from kg.extract.names import Kin, load_names
from kg.ids import fold


@pytest.fixture(scope="module")
def names():
    return load_names()


def test_has_enough(names):
    assert len(names.countries) >= 195
    assert len({known.label for known in names.aliases.values() if not known.country}) >= 80
    assert len(names.positions) >= 150
    assert len(names.nominals) >= 300
    assert len(names.kinship) >= 40


def test_every_alias_leads_to_a_label_that_leads_to_itself(names):
    for known in names.aliases.values():
        assert names.known(known.label) == known
        assert known.type in ENTITY_TYPES
        for code in (known.country, known.within):
            assert code is None or code in names.countries


def test_every_country_is_found_by_its_name_its_people_and_its_capital(names):
    for code, country in names.countries.items():
        assert names.known(country.name).country == code
        assert country.capital is None or names.capital_of(country.capital) == code
        assert all(names.country(word) == code for word in country.people)


def test_nationality_words_are_no_names_of_countries(names):
    assert not {fold(c.name) for c in names.countries.values()} & set(names.nationalities)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("French", "FR"), ("Frenchmen", "FR"), ("Belgians", "BE"), ("British", "GB"), ("Dutch", "NL"), ("Turks", "TR"),
        ("Saudi", "SA"), ("North Korean", "KP"), ("Nigerien", "NE"), ("Nigerian", "NG"), ("Swiss", "CH"),
        ("France", None), ("Kurdish", None), ("European", None), ("table", None),
    ],
)  # fmt: skip
def test_nationality(names, word, code):
    assert names.country(word) == code


@pytest.mark.parametrize(
    ("name", "label", "type_", "country", "within"),
    [
        ("ISIS", "Islamic State", "Organization", None, None),
        ("ISIL", "Islamic State", "Organization", None, None),
        ("Daesh", "Islamic State", "Organization", None, None),
        ("the Islamic State", "Islamic State", "Organization", None, None),
        ("U.S.", "United States", "Place", "US", None),
        ("Britain", "United Kingdom", "Place", "GB", None),
        ("EU", "European Union", "Organization", None, None),
        ("U.N. Security Council", "UN Security Council", "Organization", None, None),
        ("The Kremlin", "Kremlin", "Organization", None, "RU"),
        ("Al Qaida", "Al-Qaeda", "Organization", None, None),
        ("Elysée", "Élysée", "Organization", None, "FR"),
        ("Lisbon Treaty", "Treaty of Lisbon", "Law", None, None),
    ],
)  # fmt: skip
def test_known_names(names, name, label, type_, country, within):
    known = names.known(name)
    assert (known.label, known.type, known.country, known.within) == (label, type_, country, within)


def test_small_letters_are_no_acronym(names):
    assert names.known("WHO").label == "World Health Organization"
    assert names.known("who") is names.known("us") is names.known("is") is None
    assert names.known("Qwerty") is names.known_type("Qwerty") is None


def test_a_country_named_like_a_person_has_no_certain_type(names):
    assert names.known_type("France") == "Place"
    assert names.known_type("Jordan") is None
    assert names.known("Jordan").country == "JO"


@pytest.mark.parametrize(
    "words", ["President", "Foreign Minister", "Mr.", "Col", "spokeswoman", "Secretary-General"]
)
def test_titles(names, words):
    assert names.is_title(words)


@pytest.mark.parametrize("words", ["Hollande", "France", "brother", ""])
def test_no_titles(names, words):
    assert not names.is_title(words)


def test_kin_and_gender(names):
    assert names.is_kin("brother")
    assert not names.is_kin("president")
    assert names.kinship["wife"] == Kin("spouse", "f")
    assert [names.gender(word) for word in ("Mrs.", "spokesman", "sister", "cousin", "president")] == [
        "f",
        "m",
        "f",
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("lemma", "type_"),
    [
        ("militant", "Person"), ("minister", "Person"), ("brother", "Person"), ("troop", "Group"), ("police", "Organization"),
        ("government", "Organization"), ("city", "Place"), ("airport", "Facility"), ("plane", "Product"), ("treaty", "Law"),
        ("resolution", "Law"), ("newspaper", "Organization"), ("video", "Work"), ("attack", None), ("freedom", None),
    ],
)  # fmt: skip
def test_nominals(names, lemma, type_):
    assert names.nominal_type(lemma) == type_


def test_is_read_once():
    assert load_names() is load_names()


SMALL = """
[countries]
FR = { name = "France", capital = "Paris", people = ["French"] }
BE = { name = "Belgium", people = ["Belgian"] }
[peoples]
Kurds = ["Kurdish"]
[aliases]
Kremlin = { type = "Organization", also = ["the Kremlin"] }
[positions]
state = ["president"]
[kinship]
wife = { relation = "spouse", gender = "f" }
[gender]
m = ["sir"]
[nominals]
Place = ["city"]
Facility = ["airport"]
"""


@pytest.mark.parametrize(
    ("old", "new", "entry", "value"),
    [
        ("BE =", "Belgium =", "[countries] Belgium", "ISO 3166"),
        ("people = [\"Belgian\"]", "people = [\"French\"]", "[countries] BE", "'French' is also said of FR"),
        ("capital =", "city =", "[countries] FR", "unknown option 'city'"),
        ('"Organization"', '"Org"', "[aliases] Kremlin", "unknown type 'Org'"),
        ('["the Kremlin"]', '["France"]', "[aliases] Kremlin", "'France' is also France"),
        ('["president"]', '"president"', "[positions] state", "list of words"),
        ('"spouse"', '"wife"', "[kinship] wife", "unknown relation 'wife'"),
        ("m = ", "male = ", "[gender] male", "unknown gender 'male'"),
        ("Facility =", "Building =", "[nominals] Building", "unknown type 'Building'"),
        ('["airport"]', '["city"]', "[nominals] Facility", "'city' is also under Place"),
        ("[gender]", "[genders]", "[genders]", "unknown table 'genders'"),
    ],
)  # fmt: skip
def test_errors_name_file_entry_and_value(tmp_path, old, new, entry, value):
    assert old in SMALL
    path = tmp_path / "names.toml"
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_names(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:")
    assert entry in message
    assert value in message
