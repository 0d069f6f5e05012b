"""What documents say of people who share a name, and whether that can be one person.

A namesake is told by what he does, where he is from, how old he is and in whose company he is named: the evidence that
personal name resolution has found to carry (Bagga and Baldwin 1998; Artiles et al. 2010). Here only what the text layer marked
counts: positions and titles, nouns that refer to him, countries that he belongs to, ages, and full names in the same document.

Two documents that put one name into different walks of life, or different countries, speak of two people unless something
else connects them. Where nothing is said at all, one name is one person, as long as the corpus knows one only.

Not handled: careers. The actor who became governor is one only if some document says both, or the same people are named
beside him.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.datamodel import Document, EntityMention, RelationMention
from kg.extract.names import Names
from kg.ids import fold
from kg.resolve.clusters import Clusters

__all__ = ["UNKNOWN", "Profile", "contradict", "people_of", "read_profile"]

# nouns of one walk of life only: a president may preside over a company, a director over a film
_FIELDS = {
    field: frozenset(nouns.split())
    for field, nouns in {
        "state": "minister premier chancellor senator governor mayor ambassador diplomat congressman congresswoman lawmaker"
        " politician king queen prince princess emperor sultan emir envoy mp councillor dictator",
        "force": "general colonel lieutenant sergeant admiral soldier policeman policewoman detective inspector sheriff"
        " officer",
        "law": "judge lawyer prosecutor attorney solicitor barrister magistrate",
        "sport": "swimmer footballer striker goalkeeper midfielder defender runner sprinter athlete cyclist boxer golfer"
        " skier jockey gymnast quarterback batsman bowler pitcher referee",
        "art": "singer actor actress painter novelist poet musician guitarist violinist pianist composer filmmaker dancer"
        " comedian rapper sculptor photographer playwright",
        "health": "surgeon nurse physician dentist pharmacist midwife psychiatrist psychologist paramedic",
        "science": "scientist professor physicist chemist biologist historian economist astronomer mathematician"
        " archaeologist",
        "business": "banker businessman businesswoman entrepreneur investor trader shopkeeper broker",
        "faith": "pope bishop archbishop cardinal priest imam rabbi pastor monk nun preacher cleric ayatollah",
        "press": "journalist reporter columnist correspondent blogger",
        "work": "farmer fisherman carpenter builder plumber baker butcher waiter miner mechanic electrician cleaner"
        " gardener firefighter postman tailor",
    }.items()
}
_FIELD_OF = {noun: field for field, nouns in _FIELDS.items() for noun in nouns}
_JOINED = {frozenset(pair.split("+")) for pair in (
    "state+force state+law state+business force+law science+health science+business science+state press+art press+state"
).split()}  # walks of life that one person often has  # fmt: skip
_SAME_BIRTH = 2  # years by which the birth that two ages tell may differ
_UNDATED = 12  # years by which two ages may differ where a document has no date
_WIDELY_NAMED = 20  # documents; company that so many keep tells nothing
_MOST = 64  # different profiles of one name that are compared


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document says of a person.

    Attributes:
        fields: walks of life.
        countries: codes of countries that the person belongs to.
        age: in years, and the year in which the document says so, if it is known.
    """

    fields: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    age: tuple[int, int | None] | None = None


UNKNOWN = Profile()


def read_profile(
    document: Document,
    mentions: Iterable[EntityMention],
    relations: Mapping[tuple[int, int], Sequence[RelationMention]],
    names: Names,
) -> Profile:
    """Return what a document says of the person with these mentions; relations by the offsets of their subject."""
    fields: set[str] = set()
    countries: set[str] = set()
    ages: list[int] = []
    for mention in mentions:
        words = [mention.span.text] if mention.kind == "nominal" else []
        for relation in relations.get(mention.span.range, ()):
            if relation.property == "holdsPosition" and relation.value:
                words.append(relation.value)
            elif relation.property == "age" and relation.value and relation.value.isdecimal():
                ages.append(int(relation.value[:3]))
            elif relation.property == "citizenOf" and relation.object:
                countries.update(_country(relation.object, names))
        for phrase in words:
            fields.update(_fields(phrase))
            countries.update(code for word in phrase.split() if (code := names.country(word)))
    year = document.published.year if document.published else None
    age = (Counter(ages).most_common(1)[0][0], year) if ages else None
    return Profile(frozenset(fields), frozenset(countries), age)


def _fields(phrase: str) -> set[str]:
    """Return the walks of life of a position: of its words before a preposition, the last that tells one."""
    head = fold(phrase).replace(",", " ,").split()
    for cut, word in enumerate(head):
        if word in ("of", "in", "for", "at", "from", "to", "and", ","):
            head = head[:cut]
            break
    found = [_FIELD_OF[word] for word in head if word in _FIELD_OF]
    return set(found[-1:])


def _country(mention: EntityMention, names: Names) -> set[str]:
    if mention.country:
        return {mention.country}
    known = names.known(mention.span.text)
    return {known.country} if known and known.country else set()


def contradict(one: Profile, other: Profile) -> bool:
    """Tell whether two profiles can hardly be those of one person.

    >>> minister = Profile(frozenset({"state"}), frozenset({"GB"}))
    >>> contradict(minister, Profile(frozenset({"sport"}))), contradict(minister, UNKNOWN)
    (True, False)
    """
    if one.fields and other.fields and not one.fields & other.fields:
        if not any(frozenset((ours, theirs)) in _JOINED for ours in one.fields for theirs in other.fields):
            return True
    if one.countries and other.countries and not one.countries & other.countries:
        return True
    return _ages_differ(one.age, other.age)


def _ages_differ(one: tuple[int, int | None] | None, other: tuple[int, int | None] | None) -> bool:
    if one is None or other is None:
        return False
    if one[1] is None or other[1] is None:
        return abs(one[0] - other[0]) > _UNDATED
    return abs((one[1] - one[0]) - (other[1] - other[0])) > _SAME_BIRTH


def people_of(
    items: Sequence[int],
    profiles: Mapping[int, Profile],
    company: Mapping[int, Collection[str]],
    surname: str,
) -> list[list[int]]:
    """Divide the documents' mentions of one name among the people who bear it.

    Profiles that do not contradict each other are one person's, and so are those with a full name in common beside
    theirs. What says nothing of the person goes to the only one there is, or to the one in whose company it is; else it
    stays alone.

    Args:
        items: in a fixed order.
        profiles: of each item.
        company: of each item, the full names of its document.
        surname: names that end in it are no company.
    """
    kinds: dict[Profile, list[int]] = defaultdict(list)
    for item in items:
        kinds[profiles.get(item, UNKNOWN)].append(item)
    told = [profile for profile in kinds if profile != UNKNOWN]
    if len(told) < 2 or len(told) > _MOST:
        return [list(items)]
    same = Clusters([None] * len(told))
    for position, profile in enumerate(told):
        for before in range(position):
            if not contradict(profile, told[before]):
                same.join(before, position, "", "")
    named: dict[str, list[int]] = defaultdict(list)
    for item in items:
        for name in company.get(item, ()):
            if name.split()[-1] != surname:
                named[name].append(item)
    number = {profile: index for index, profile in enumerate(told)}
    for bearers in named.values():
        if 1 < len(bearers) <= _WIDELY_NAMED:
            known = [number[p] for item in bearers if (p := profiles.get(item, UNKNOWN)) != UNKNOWN]
            for other in known[1:]:
                same.join(known[0], other, "", "")
    groups: dict[int, list[int]] = {same.find(index): [] for index in range(len(told))}
    for profile in told:
        groups[same.find(number[profile])] += kinds[profile]
    if len(groups) == 1:
        return [list(items)]
    alone: list[list[int]] = []
    root_of = {item: root for root, members in groups.items() for item in members}
    for item in kinds.get(UNKNOWN, ()):
        near = {
            root_of[other]
            for name in company.get(item, ())
            if len(named.get(name, ())) <= _WIDELY_NAMED
            for other in named.get(name, ())
            if other in root_of
        }
        if len(near) == 1:
            groups[near.pop()].append(item)
        else:
            alone.append([item])
    return sorted([*(sorted(group) for group in groups.values()), *alone])
