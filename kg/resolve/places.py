"""Which place a name means: candidates of the gazetteer, weighed by name, size, kind and the company they keep.

What toponym resolution has found to matter (Leidner 2007 compares the heuristics), each as an addend of one score:

- the usual name before another one, a country or capital before a town, the larger before the smaller (Rauch et al. 2003);
- "X, Y" is X in Y, and a Y that has an X in it (Li et al. 2003); `kg.resolve.forms` reads what stands right behind what;
- the countries and regions that the document's other places and nationality words speak for (Smith and Crane 2001);
- the dateline, the place that a report is sent from, speaks for its surroundings more than any other name;
- closeness: how far the nearest of the other places is (Buscaldi and Rosso 2008 on distance);
- a town that bears the name of the region around it is meant before that region: "New York", "Santiago".

One sense a document. When the two best are level, or the evidence is thin (a small place that nothing else in the document
speaks for), none is taken. The runner-up is kept.

Not handled: places that the gazetteer lacks (below 5,000 inhabitants, but for some in `data/regions.tsv`; rivers, quarters,
provinces of most countries), fame that is not size (Venice beside its namesakes), the shape of what is larger than a town.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.resolve.gazetteer import Candidate, Gazetteer, Place

__all__ = ["Company", "Link", "company_of", "dateline_of", "distance", "link"]

_MAIN, _OTHER = 1.0, 0.55
_KINDS = {
    "country": 0.8,
    "continent": 0.8,
    "capital": 0.6,
    "water": 0.6,
    "area": 0.6,
    "region": 0.25,
    "city": 0.0,
    "town": -0.4,  # its name alone is not enough
}
_COUNTRY_NEAR, _REGION_NEAR, _INSIDE, _AROUND, _SEAT = 0.5, 1.2, 2.0, 1.0, 0.4
_CLOSE, _CLOSE_KM = 0.6, 150.0  # falls to a third with each hundred and fifty kilometres
_SPEAKS, _TOWN_SPEAKS = {"country": 1.0, "region": 1.0, "capital": 0.75}, 0.5  # for their country
# a country named makes no small town outweigh a capital
_MOST_SMALL, _MOST_LARGE, _LARGE = 0.6, 0.85, 100_000
_DATELINE = 1.5  # times what another name's country weighs
_ENOUGH, _LEVEL = 1.3, 0.03
_LARGEST = 7.0  # log10 of the inhabitants at which size stops to matter
_CLEAR = 0.25  # as is a place of fifty times the inhabitants of its namesake
_TOWNS = ("capital", "city", "town")
_EARTH_KM = 6371.0
_CELL = 2.0  # degrees; what is in neighbouring cells is near

_OPENING = 1000  # characters in which a dateline is looked for: behind title and byline
_DATELINE_FORM = re.compile(
    r"^[ \t]*(?P<place>[^\W\d_][\w.'’ -]{1,40}?)(?:,[ ]?(?P<more>[^\n()—–]{2,40}?))?[ ]*(?:\([^()\n]{2,40}\)[ ]*)?(?:[—–]|--| - )",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A decision on a place: the best candidate, why, and the next best."""

    place: Place
    evidence: str
    runner_up: Place | None


class Company:
    """The countries, regions and towns that a document's names speak for, with what each name contributed."""

    def __init__(self) -> None:
        self._countries: dict[str, dict[str, float]] = defaultdict(dict)
        self._regions: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        self._cells: dict[tuple[int, int], list[tuple[str, Place]]] = defaultdict(list)

    def add(self, name: str, place: Place, weight: float) -> None:
        """Let a name speak for a place's country, for its region, and for what lies near it."""
        if place.country:
            self._countries[place.country][name] = max(weight, self._countries[place.country].get(name, 0.0))
            if place.region:
                self._regions[place.country, place.region][name] = weight
        if place.kind in _TOWNS and (cell := _cell(place)):
            self._cells[cell].append((name, place))

    def country(self, code: str, but: str) -> float:
        """Return the weight that other names than `but` give to a country."""
        return sum(weight for name, weight in self._countries.get(code, {}).items() if name != but)

    def region(self, country: str, region: str, but: str) -> float:
        """Return the weight that other names than `but` give to a region."""
        return sum(weight for name, weight in self._regions.get((country, region), {}).items() if name != but)

    def nearest(self, place: Place, but: str) -> tuple[float, str] | None:
        """Return the distance in kilometres of the nearest town that another name means, and that name.

        None where there is none within a few hundred kilometres.
        """
        cell = _cell(place)
        if cell is None or not self._cells:
            return None
        around = [pair for cell_ in _around(cell) for pair in self._cells.get(cell_, ()) if pair[0] != but]
        return min(((distance(place, other), name) for name, other in around), default=None)

    def speaks_of_another(self, code: str, but: str) -> bool:
        """Tell whether names other than `but` name some country outright, and not this one."""
        totals = {other: self.country(other, but) for other in self._countries}
        return totals.get(code, 0.0) < 1 <= max(totals.values(), default=0.0)

    def main_country(self) -> str | None:
        """Return the country that the most names speak for, if it is clearly ahead of the next."""
        ranked = sorted(((-sum(names.values()), code) for code, names in self._countries.items()))
        if not ranked or (len(ranked) > 1 and ranked[1][0] * 1.5 < ranked[0][0]):
            return None
        return ranked[0][1]


def distance(one: Place, other: Place) -> float:
    """Return the great-circle distance of two places in kilometres (haversine); infinite where a position is not known."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    ours, theirs = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = math.sin((theirs - ours) / 2) ** 2 + math.cos(ours) * math.cos(theirs) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _cell(place: Place) -> tuple[int, int] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return math.floor(place.latitude / _CELL), math.floor(place.longitude / _CELL) % round(360 / _CELL)


def _around(cell: tuple[int, int]) -> Iterable[tuple[int, int]]:
    return (
        (cell[0] + north, (cell[1] + east) % round(360 / _CELL))
        for north in (-1, 0, 1)
        for east in (-1, 0, 1)
    )


def dateline_of(text: str) -> str | None:
    r"""Return the place that a report is sent from, as it is written: "LAHORE (Wire) — ", "Athens, Ga. - ".

    >>> dateline_of("Mill burns\n\nATHENS, Ga. (Wire) — A mill burnt down."), dateline_of("A mill burnt down.")
    ('ATHENS', None)
    """
    match = _DATELINE_FORM.search(text[:_OPENING])
    return match["place"] if match and match["place"][0].isupper() else None


def company_of(
    names: Mapping[str, Sequence[str]],
    countries: Mapping[str, str],
    gazetteer: Gazetteer,
    *,
    dateline: str | None = None,
) -> Company:
    """Return what the names of a document say together.

    Args:
        names: names of places, each with the names of places that stand right behind it ("Paris, *Texas*").
        countries: nationality words of the document with the code of their country.
        gazetteer: to look them up in.
        dateline: the name that the report opens with, if it does; one of `names`.
    """
    company = Company()
    for word, code in sorted(countries.items()):
        if place := gazetteer.country(code):
            company.add(word, place, 1.0)
    for name, within in sorted(names.items()):
        if (meant := _clear(name, within, gazetteer)) is not None:
            weight = _SPEAKS.get(meant.kind, _TOWN_SPEAKS)
            company.add(name, meant, weight * (_DATELINE if name == dateline else 1.0))
    return company


def _clear(name: str, within: Sequence[str], gazetteer: Gazetteer) -> Place | None:
    """Return the place that a name means whatever else the document names, if its best candidate is far ahead."""
    scores = [(_prior(c) + _placed(c, within, (), gazetteer), c.place) for c in gazetteer.candidates(name)]
    ranked = sorted(scores, key=lambda pair: (-pair[0], pair[1].geonames or 0, pair[1].name))
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLEAR):
        return None
    return ranked[0][1]


def link(
    name: str,
    company: Company,
    gazetteer: Gazetteer,
    *,
    within: str | None = None,
    around: Sequence[str] = (),
) -> Link | None:
    """Return the place that a name means in a document, or None where the evidence is thin.

    Args:
        name: as it stands in the text.
        company: from `company_of`.
        gazetteer: to choose from.
        within: the name of a place said right behind it: "Paris, *Texas*".
        around: names of places that it stands right behind: "*Paris*, Texas".
    """
    candidates = gazetteer.candidates(name)
    behind = (within,) if within else ()
    seats = _seats(candidates)
    scored = [
        (
            _prior(c)
            + seats.get(c.place, 0.0)
            + _near(c, company, name)
            + _placed(c, behind, around, gazetteer),
            c,
        )
        for c in candidates
    ]
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1].place.geonames or 0, pair[1].place.name))
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEVEL):
        return None
    best = ranked[0][1]
    runner_up = ranked[1][1].place if len(ranked) > 1 else None
    return Link(best.place, _evidence(best, company, name, behind, around, gazetteer), runner_up)


def _prior(candidate: Candidate) -> float:
    place = candidate.place
    size = min(1.0, math.log10(place.population + 1) / _LARGEST)
    return (_MAIN + _KINDS[place.kind] if candidate.main else _OTHER) + size


def _seats(candidates: Sequence[Candidate]) -> dict[Place, float]:
    """Weigh the largest town that bears the name of the region around it."""
    found: dict[Place, float] = {}
    for region in candidates:
        if region.main and region.place.kind == "region":
            towns = [c.place for c in candidates if c.main and _lies_in(c.place, region.place)]
            if towns:
                found[max(towns, key=lambda p: (p.population, p.geonames or 0))] = _SEAT
    return found


def _placed(
    candidate: Candidate, within: Sequence[str], around: Sequence[str], gazetteer: Gazetteer
) -> float:
    """Weigh what stands right behind a name, or what the name stands right behind."""
    place = candidate.place
    inside = any(_lies_in(place, c.place) for name in within for c in gazetteer.candidates(name))
    holds = any(_lies_in(c.place, place) for name in around for c in gazetteer.candidates(name))
    return (_INSIDE if inside else 0.0) + (_AROUND if holds else 0.0)


def _near(candidate: Candidate, company: Company, name: str) -> float:
    place = candidate.place
    if place.country is None:
        return 0.0
    most = _MOST_LARGE if place.population >= _LARGE or place.kind == "region" else _MOST_SMALL
    score = min(most, _COUNTRY_NEAR * company.country(place.country, name))
    inside = company.region(place.country, place.region, name) if place.region else 0.0
    if place.kind == "country":
        inside = company.country(place.country, name)
    return score + (_REGION_NEAR if inside else 0.0) + _closeness(place, company, name)


def _closeness(place: Place, company: Company, name: str) -> float:
    nearest = company.nearest(place, name) if place.kind in _TOWNS else None
    return _CLOSE * math.exp(-nearest[0] / _CLOSE_KM) if nearest else 0.0


def _lies_in(place: Place, holder: Place) -> bool:
    if place == holder or place.country is None or place.country != holder.country:
        return False
    if holder.kind == "country":
        return True
    return holder.kind == "region" and place.kind != "region" and holder.region == place.region


def _evidence(
    best: Candidate,
    company: Company,
    name: str,
    within: Sequence[str],
    around: Sequence[str],
    gazetteer: Gazetteer,
) -> str:
    place = best.place
    reasons = [f"{'usual' if best.main else 'other'} name of {_described(place)}"]
    reasons += [
        f"{other} stands right behind it" for other in within if _placed(best, (other,), (), gazetteer)
    ]
    reasons += [f"{other} lies in it" for other in around if _placed(best, (), (other,), gazetteer)][:1]
    if place.country and company.country(place.country, name):
        reasons.append(f"the document speaks of {place.country}")
    if place.country and place.region and company.region(place.country, place.region, name):
        reasons.append("and of other places in the same region")
    nearest = company.nearest(place, name) if place.kind in _TOWNS else None
    if nearest and nearest[0] <= _CLOSE_KM:
        reasons.append(f"{nearest[1]} is {nearest[0]:.0f} km away")
    return "; ".join(reasons)


def _described(place: Place) -> str:
    where = f" in {place.country}" if place.country and place.kind != "country" else ""
    size = f" with {place.population} inhabitants" if place.population else ""
    return f"the {place.kind} {place.name}{where}{size}"
