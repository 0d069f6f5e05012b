"""Which place a name means: candidates of the gazetteer, weighed by name, size, kind and the company they keep.

The weights follow what toponym resolution has long found to matter (Leidner 2007): the larger place unless the text says
otherwise, one sense a document, places of one country together, "X, Y" for X in Y. When the two best are level, none is taken.

Not handled: distances, datelines, places below the gazetteer's 15,000 inhabitants.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.resolve.gazetteer import Candidate, Gazetteer, Place

__all__ = ["Company", "Link", "company_of", "link"]

_MAIN, _OTHER = 1.0, 0.55
_KINDS = {
    "country": 0.8,
    "continent": 0.8,
    "capital": 0.6,
    "water": 0.6,
    "area": 0.6,
    "region": 0.5,
    "city": 0.0,
}
_COUNTRY_NEAR, _REGION_NEAR, _INSIDE = 0.5, 1.2, 2.0
_MOST_SMALL, _MOST_LARGE, _LARGE = (
    0.6,
    0.85,
    100_000,
)  # a country named makes no small town outweigh a capital
_ENOUGH, _LEVEL = 1.3, 0.03
_LARGEST = 7.0  # log10 of the inhabitants at which size stops to matter
_CLEAR = 0.4


@dataclass(frozen=True, slots=True)
class Link:
    """A decision on a place: the best candidate, why, and the next best."""

    place: Place
    evidence: str
    runner_up: Place | None


class Company:
    """The countries and regions that a document's names speak for, with what each name contributed."""

    def __init__(self) -> None:
        self._countries: dict[str, dict[str, float]] = defaultdict(dict)
        self._regions: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)

    def add(self, name: str, place: Place, weight: float) -> None:
        """Let a name speak for a place's country, and for its region below it."""
        if place.country:
            self._countries[place.country][name] = max(weight, self._countries[place.country].get(name, 0.0))
            if place.region:
                self._regions[place.country, place.region][name] = weight

    def country(self, code: str, but: str) -> float:
        """Return the weight that other names than `but` give to a country."""
        return sum(weight for name, weight in self._countries.get(code, {}).items() if name != but)

    def region(self, country: str, region: str, but: str) -> float:
        """Return the weight that other names than `but` give to a region."""
        return sum(weight for name, weight in self._regions.get((country, region), {}).items() if name != but)

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


def company_of(names: Iterable[str], countries: Mapping[str, str], gazetteer: Gazetteer) -> Company:
    """Return what the names of a document say together.

    Args:
        names: names of places, each once.
        countries: nationality words of the document with the code of their country.
        gazetteer: to look them up in.
    """
    company = Company()
    for word, code in sorted(countries.items()):
        if place := gazetteer.country(code):
            company.add(word, place, 1.0)
    for name in sorted(set(names)):
        ranked = sorted(gazetteer.candidates(name), key=lambda c: -_prior(c))
        if ranked and (len(ranked) == 1 or _prior(ranked[0]) - _prior(ranked[1]) >= _CLEAR):
            place = ranked[0].place
            company.add(name, place, 1.0 if place.kind in ("country", "region") else 0.5)
    return company


def link(name: str, company: Company, gazetteer: Gazetteer, *, within: str | None = None) -> Link | None:
    """Return the place that a name means in a document, or None where the evidence is thin.

    Args:
        name: as it stands in the text.
        company: from `company_of`.
        gazetteer: to choose from.
        within: the name of a place said right behind it: "Paris, *Texas*".
    """
    candidates = gazetteer.candidates(name)
    holders = [c.place for c in gazetteer.candidates(within)] if within else []
    inside = [c for c in candidates if any(_lies_in(c.place, holder) for holder in holders)]
    ranked = sorted(
        ((_prior(c) + _near(c, company, name) + (_INSIDE if c in inside else 0.0), c) for c in candidates),
        key=lambda pair: (-pair[0], pair[1].place.geonames or 0, pair[1].place.name),
    )
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _LEVEL):
        return None
    best = ranked[0][1]
    runner_up = ranked[1][1].place if len(ranked) > 1 else None
    return Link(best.place, _evidence(best, company, name, within if best in inside else None), runner_up)


def _prior(candidate: Candidate) -> float:
    place = candidate.place
    size = min(1.0, math.log10(place.population + 1) / _LARGEST)
    return (_MAIN + _KINDS[place.kind] if candidate.main else _OTHER) + size


def _near(candidate: Candidate, company: Company, name: str) -> float:
    place = candidate.place
    if place.country is None:
        return 0.0
    most = _MOST_LARGE if place.population >= _LARGE or place.kind == "region" else _MOST_SMALL
    score = min(most, _COUNTRY_NEAR * company.country(place.country, name))
    inside = company.region(place.country, place.region, name) if place.region else 0.0
    if place.kind == "country":
        inside = company.country(place.country, name)
    return score + (_REGION_NEAR if inside else 0.0)


def _lies_in(place: Place, holder: Place) -> bool:
    if place == holder or place.country is None or place.country != holder.country:
        return False
    return holder.kind == "country" or (holder.kind == "region" and holder.region == place.region)


def _evidence(best: Candidate, company: Company, name: str, within: str | None) -> str:
    place = best.place
    reasons = [f"{'usual' if best.main else 'other'} name of {_described(place)}"]
    if within:
        reasons.append(f"{within} stands right behind it")
    if place.country and company.country(place.country, name):
        reasons.append(f"the document speaks of {place.country}")
    if place.country and place.region and company.region(place.country, place.region, name):
        reasons.append("and of other places in the same region")
    return "; ".join(reasons)


def _described(place: Place) -> str:
    where = f" in {place.country}" if place.country and place.kind != "country" else ""
    size = f" with {place.population} inhabitants" if place.population else ""
    return f"the {place.kind} {place.name}{where}{size}"
