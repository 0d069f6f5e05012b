"""The gazetteer: cities, countries, regions, continents and seas by name, from a compiled table of GeoNames data.

The table is package data (`data/places.tsv.z`), written by `kg.resolve.compile_gazetteer`, read on first use and searched by
bisection; a place is only parsed when it is asked for. Data: GeoNames, CC BY 4.0 (data/ATTRIBUTION.md).

Not in it: places below 5,000 inhabitants, but for a few, and regions of most countries.
"""

import re
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal, cast

from kg.errors import InputError
from kg.ids import fold

__all__ = [
    "DATA",
    "GEONAMES",
    "TABLE",
    "Candidate",
    "Gazetteer",
    "Place",
    "PlaceKind",
    "load_gazetteer",
    "place_key",
]

DATA = Path(__file__).parent / "data"
TABLE = DATA / "places.tsv.z"
GEONAMES = "https://sws.geonames.org/"

PlaceKind = Literal["country", "capital", "city", "town", "region", "continent", "area", "water"]

_REMEMBERED = 1 << 16  # look-ups kept
_MAGIC = b"kg-places 1 "
_DROPPED = re.compile(r"[.'`ʻʼ\"()]")
_SPACES = re.compile(r"[\s\-–—_/]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the gazetteer.

    Attributes:
        kind: a "town" has less than 15,000 inhabitants, and is not otherwise known.
        geonames: its number there; None for an area that is known by name only.
        country: ISO 3166 alpha-2 code; None for what lies in no country or in several.
        region: first-level code below the country, as GeoNames has it.
        population: inhabitants; 0 where it is not known.
        latitude, longitude: WGS84 degrees; of an area, its middle.
    """

    geonames: int | None
    kind: PlaceKind
    country: str | None
    region: str | None
    population: int
    latitude: float | None
    longitude: float | None
    name: str

    @property
    def iri(self) -> str | None:
        """Its IRI at GeoNames."""
        return None if self.geonames is None else f"{GEONAMES}{self.geonames}/"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears a name; `main` tells whether it is the place's usual one."""

    place: Place
    main: bool


class Gazetteer:
    """A compiled table of places, searched by name. Get the one that comes with kg from `load_gazetteer`.

    Examples:
        >>> [c.place.country for c in load_gazetteer().candidates("Raqqa")]
        ['SY']
        >>> load_gazetteer().country("FR").name
        'France'
    """

    def __init__(self, table: bytes) -> None:
        """Read a table as `compile_table` returns it.

        Raises:
            InputError: the bytes are no such table.
        """
        try:
            lines = zlib.decompress(table).split(b"\n")
            count = int(lines[0].removeprefix(_MAGIC))
        except (zlib.error, ValueError) as error:
            raise InputError(
                f"gazetteer of {len(table)} bytes is not a kg-places 1 table: reinstall kg"
            ) from error
        self._rows = lines[1 : count + 1]
        self._names = lines[count + 1 :]
        self._found: dict[str, tuple[Candidate, ...]] = {}

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that bear a name in any spelling that `place_key` makes equal; () for none."""
        key = place_key(name)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[key] = self._search(key.encode() + b"\t")
        return found

    def _search(self, key: bytes) -> tuple[Candidate, ...]:
        index = bisect_left(self._names, key)
        if key == b"\t" or index == len(self._names) or not self._names[index].startswith(key):
            return ()
        found = self._names[index].decode().split("\t")[1].split(",")
        return tuple(Candidate(self._place(int(n.rstrip("*"))), n.endswith("*")) for n in found)

    def country(self, code: str) -> Place | None:
        """Return the country with that ISO 3166 alpha-2 code, or None."""
        return self._countries.get(code)

    @cached_property
    def _countries(self) -> dict[str, Place]:
        rows = (i for i, row in enumerate(self._rows) if b"\tcountry\t" in row)
        return {place.country: place for i in rows if (place := self._place(i)).country}

    def _place(self, index: int) -> Place:
        id_, kind, country, region, population, latitude, longitude, name = (
            self._rows[index].decode().split("\t")
        )
        return Place(
            int(id_) if id_ else None,
            cast(PlaceKind, kind),
            country or None,
            region or None,
            int(population),
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            name,
        )


@cache
def load_gazetteer() -> Gazetteer:
    """Return the gazetteer that comes with kg; read once a process."""
    return Gazetteer(TABLE.read_bytes())


@lru_cache(maxsize=1 << 17)
def place_key(name: str) -> str:
    """Return the key under which two spellings of a place's name are equal: case, accents, hyphens, dots, "Saint".

    >>> place_key("St.-Denis") == place_key("Saint Denis"), place_key("Deir ez-Zor"), place_key("the Hague")
    (True, 'deir ez zor', 'hague')
    """
    words = _SPACES.sub(" ", _DROPPED.sub("", fold(name))).split()
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    return " ".join(
        {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}.get(word, word) for word in words
    )
