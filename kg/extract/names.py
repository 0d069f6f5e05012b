"""What is known of names and descriptions before reading: countries and their people, aliases, positions, family, nouns.

The words are data, `ontology/names.toml`; this module checks every entry and answers look-ups. Words are compared without
regard to case and accents (`kg.ids.fold`), except acronyms, which are never matched by a word in small letters ("who").
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from kg.config import ontology_dir
from kg.datamodel import ENTITY_TYPES, EntityType
from kg.extract.toml_tables import TomlTables
from kg.ids import fold

__all__ = ["Country", "Gender", "Kin", "KnownName", "Names", "load_names"]

Gender = Literal["m", "f"]

_SECTIONS = ("countries", "peoples", "aliases", "positions", "kinship", "gender", "nominals")
_COUNTRY_OPTIONS = ("name", "capital", "people", "also", "given_name")
_RELATIONS = ("sibling", "parent", "child", "spouse", "grandparent", "grandchild", "in-law", "relative")
_COURTESY = "courtesy"
_LONGEST_POSITION = 6  # words: "chairman of the joint chiefs of staff" keeps its head


@dataclass(frozen=True, slots=True)
class Country:
    """A country.

    Attributes:
        code: ISO 3166 alpha-2; XK for Kosovo.
        capital: the city that the news uses for its government, if there is one.
        people: words for its people, adjective and noun, singular.
        also: other forms of the name.
        given_name: the name is also a person's ("Jordan", "Chad").
    """

    code: str
    name: str
    capital: str | None = None
    people: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    given_name: bool = False


@dataclass(frozen=True, slots=True)
class KnownName:
    """What a name stands for, where the world agrees on it.

    Attributes:
        label: its best form.
        country: code of the country that it *is* ("UK" -> "GB"), None for all else.
        within: code of the country that it belongs to ("Kremlin" -> "RU"), if it belongs to one.
    """

    label: str
    type: EntityType
    country: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Kin:
    """A noun for a relative: what the one so called is to the other, and gender where the noun tells it."""

    relation: str
    gender: Gender | None = None


@dataclass(frozen=True)
class Names:
    """The checked lists. Read them with `load_names`.

    Examples:
        >>> names = load_names()
        >>> names.country("Frenchmen"), names.country("France")
        ('FR', None)
        >>> names.known("Daesh").label
        'Islamic State'
        >>> names.nominal_type("militant")
        'Person'
        >>> names.is_title("Foreign Minister")
        True
    """

    countries: Mapping[str, Country]
    nationalities: Mapping[str, str]
    peoples: Mapping[str, str]
    capitals: Mapping[str, str]
    aliases: Mapping[str, KnownName]
    acronyms: frozenset[str]
    positions: frozenset[str]
    courtesy: frozenset[str]
    kinship: Mapping[str, Kin]
    genders: Mapping[str, Gender]
    nominals: Mapping[str, EntityType]

    def country(self, word: str) -> str | None:
        """Return the code of the country that a nationality word means: "French", "Russians"; None for "France"."""
        return self.nationalities.get(fold(word))

    def people(self, word: str) -> str | None:
        """Return the label of the people or believers that a word means ("Kurdish" -> "Kurds"), of no one country."""
        return self.peoples.get(fold(word))

    def capital_of(self, name: str) -> str | None:
        """Return the code of the country whose capital has that name."""
        return self.capitals.get(fold(name))

    def known(self, name: str) -> KnownName | None:
        """Return what a name stands for, countries included; a leading "the" does not matter."""
        key = fold(name).removeprefix("the ")
        if key in self.acronyms and name == name.lower():
            return None
        return self.aliases.get(key)

    def begins_name(self, words: str) -> bool:
        """Tell whether a known name begins like this, or is it: "al" for "al-Qaeda"; most words begin none."""
        return fold(words) in self._beginnings

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        forms = {form for name in self.aliases for form in (name, "the " + name)}
        return frozenset(form[:end] for form in forms for end in range(1, len(form) + 1))

    def known_type(self, name: str) -> EntityType | None:
        """Return the type of a known name; None for an unknown one, and for a country named like a person."""
        known = self.known(name)
        if known is None or (known.country and self.countries[known.country].given_name):
            return None
        return known.type

    def is_title(self, words: str) -> bool:
        """Tell whether words are, as a whole, a position, rank, title or form of address: "Foreign Minister", "Mr."."""
        key = fold(words).replace(".", "").strip()
        return key in self.positions or key in self.courtesy

    def is_position(self, words: str) -> bool:
        """Tell whether words are, as a whole, a position or rank; a form of address ("Mr.") is none."""
        return fold(words).replace(".", "").strip() in self.positions

    def office(self, words: str) -> str | None:
        """Return the position alone that words name, the longest known: "Former French president" -> "president".

        Of two of one length the first: "president and chief executive" has its own entry, "painter and poet" has none.
        """
        parts = words.split()
        for length in range(min(len(parts), _LONGEST_POSITION), 0, -1):
            for start in range(len(parts) - length + 1):
                office = " ".join(parts[start : start + length])
                if self.is_position(office):
                    return office
        return None

    def is_kin(self, lemma: str) -> bool:
        """Tell whether a noun is one for a relative."""
        return lemma in self.kinship

    def gender(self, word: str) -> Gender | None:
        """Return the gender that a title, position or kinship noun tells: "Mrs." -> "f"."""
        key = fold(word).replace(".", "").strip()
        return self.kinship[key].gender if key in self.kinship else self.genders.get(key)

    def nominal_type(self, lemma: str) -> EntityType | None:
        """Return the type of what a noun describes, positions and relatives included; None for other nouns."""
        if found := self.nominals.get(lemma):
            return found
        if lemma in self.positions or lemma in self.kinship:
            return "Person"
        return self.nominals.get(lemma + "s")


def load_names(path: Path | None = None) -> Names:
    """Read and check the lists; the result is cached by path.

    Args:
        path: a TOML file in the form of `ontology/names.toml`, which is read by default.

    Raises:
        LexiconError: the file is missing or no TOML, or an entry has an unknown type, option or country, or names
            something twice; names file, line and entry, and what is allowed.
    """
    return _load(path if path is not None else ontology_dir() / "names.toml")


@cache
def _load(path: Path) -> Names:
    tables = TomlTables.read(path, _SECTIONS)
    countries = {code: _country(tables, code) for code in tables.table("countries")}
    positions = {name: frozenset(_words(tables, "positions", name)) for name in tables.table("positions")}
    known = _known_names(tables, countries)
    return Names(
        countries=MappingProxyType(countries),
        nationalities=MappingProxyType(_nationalities(tables, countries)),
        peoples=MappingProxyType(_peoples(tables)),
        capitals=MappingProxyType({fold(c.capital): c.code for c in countries.values() if c.capital}),
        aliases=MappingProxyType({fold(name): what for name, what in known}),
        acronyms=frozenset(fold(name) for name, _ in known if name.isupper()),
        positions=frozenset().union(*(words for name, words in positions.items() if name != _COURTESY)),
        courtesy=positions.get(_COURTESY, frozenset()),
        kinship=MappingProxyType({noun: _kin(tables, noun) for noun in tables.table("kinship")}),
        genders=MappingProxyType(_genders(tables)),
        nominals=MappingProxyType(_nominals(tables)),
    )


def _words(tables: TomlTables, section: str, key: str, value: object = None) -> tuple[str, ...]:
    words = tables.table(section)[key] if value is None else value
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        tables.fail(section, key, f"is {words!r}; write a list of words")
    return tuple(words)


def _country(tables: TomlTables, code: str) -> Country:
    if len(code) != 2 or not code.isupper():
        tables.fail("countries", code, "is no country code; write the two letters of ISO 3166 in capitals")
    entry = tables.entry("countries", code, _COUNTRY_OPTIONS)
    if not entry.get("name"):
        tables.fail("countries", code, "has no name")
    people, also = (_words(tables, "countries", code, entry.get(key, [])) for key in ("people", "also"))
    return Country(
        code, entry["name"], entry.get("capital"), people, also, bool(entry.get("given_name", False))
    )


def _nationalities(tables: TomlTables, countries: Mapping[str, Country]) -> dict[str, str]:
    found: dict[str, str] = {}
    names = {fold(country.name) for country in countries.values()}
    for code, country in countries.items():
        for word in country.people:
            for form in (word, word + "s"):
                if fold(form) in names:  # "Lao", but not "Laos"
                    continue
                if found.setdefault(fold(form), code) != code:
                    tables.fail(
                        "countries", code, f"{form!r} is also said of {found[fold(form)]}; leave it to one"
                    )
    return found


def _peoples(tables: TomlTables) -> dict[str, str]:
    found: dict[str, str] = {}
    for label in tables.table("peoples"):
        for word in _words(tables, "peoples", label):
            found |= {fold(form): label for form in (word, word + "s")}
        found[fold(label)] = label
    return found


def _known_names(tables: TomlTables, countries: Mapping[str, Country]) -> list[tuple[str, KnownName]]:
    """Return each form of a name with what it stands for; a form that two names share is an error."""
    named = [
        (name, KnownName(c.name, "Place", c.code)) for c in countries.values() for name in (c.name, *c.also)
    ]
    for label in tables.table("aliases"):
        entry = tables.entry("aliases", label, ("type", "also", "country"))
        tables.known("aliases", label, "type", entry.get("type"), ENTITY_TYPES)
        if "country" in entry:
            tables.known("aliases", label, "country", entry["country"], countries)
        known = KnownName(label, entry["type"], within=entry.get("country"))
        named += [(name, known) for name in (label, *_words(tables, "aliases", label, entry.get("also", [])))]
    named = [(_bare(name), known) for name, known in named]
    owners: dict[str, str] = {}
    for name, known in named:
        if owners.setdefault(fold(name), known.label) != known.label:
            tables.fail(
                "aliases", known.label, f"{name!r} is also {owners[fold(name)]}; leave the form to one name"
            )
    return named


def _bare(name: str) -> str:
    return name[4:] if name.lower().startswith("the ") else name


def _kin(tables: TomlTables, noun: str) -> Kin:
    entry = tables.entry("kinship", noun, ("relation", "gender"))
    tables.known("kinship", noun, "relation", entry.get("relation"), _RELATIONS)
    gender = entry.get("gender")
    if gender is not None:
        tables.known("kinship", noun, "gender", gender, ("m", "f"))
    return Kin(entry["relation"], cast(Gender | None, gender))


def _genders(tables: TomlTables) -> dict[str, Gender]:
    for gender in tables.table("gender"):
        tables.known("gender", gender, "gender", gender, ("m", "f"))
    return {
        word: cast(Gender, gender)
        for gender in tables.table("gender")
        for word in _words(tables, "gender", gender)
    }


def _nominals(tables: TomlTables) -> dict[str, EntityType]:
    return dict(_typed_nouns(tables))


def _typed_nouns(tables: TomlTables) -> Iterator[tuple[str, EntityType]]:
    seen: dict[str, str] = {}
    for type_ in tables.table("nominals"):
        tables.known("nominals", type_, "type", type_, ENTITY_TYPES)
        for noun in _words(tables, "nominals", type_):
            if seen.setdefault(noun, type_) != type_:
                tables.fail("nominals", type_, f"{noun!r} is also under {seen[noun]}; leave it to one type")
            yield noun, cast(EntityType, type_)
