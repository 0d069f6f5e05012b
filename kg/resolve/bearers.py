"""Whom a surname or shortened name means: the people of a corpus by their full names, and how well each is known."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kg.resolve.clusters import Clusters
from kg.resolve.names import contains_person
from kg.resolve.profiles import UNKNOWN, Profile, contradict

__all__ = ["Bearers", "Meant"]

_Words = tuple[str, ...]
_Bearer = tuple[_Words, int]  # a full name, and the cluster of the person who bears it

_FAR_MORE = (
    5  # times the mentions of all namesakes together: then a surname alone means the one whom all know
)
_KNOWN = 2  # documents that must name such a person in full
_MANY = 64  # people of a surname, of whom none is ruled out by what a document says of the one it means


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a shorter name means: a unit that names them in full, by what name, in what way the shorter is part of it."""

    unit: int
    name: _Words
    way: str
    which: str


@dataclass
class _Fame:
    """How often a corpus speaks of a person who has a full name, and in which documents."""

    first: int
    mentions: int = 0
    documents: set[str] = field(default_factory=set)
    profiles: set[Profile] = field(default_factory=set)

    def contradicts(self, profile: Profile) -> bool:
        """Tell whether all that is said of the person speaks against a profile."""
        return bool(self.profiles) and all(contradict(known, profile) for known in self.profiles)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Whom a name means in a document that names none of its bearers in full, and in one that does."""

    elsewhere: Meant | None
    there: Meant | None
    documents: Collection[str]


class Bearers:
    """The people of a corpus who have a full name. Add all of them, then ask."""

    def __init__(self, clusters: Clusters) -> None:
        self._clusters = clusters
        self._fame: dict[_Bearer, _Fame] = {}
        self._by_part: dict[tuple[str, str], dict[_Bearer, None]] = defaultdict(dict)
        self._choices: dict[_Words, _Choice] = {}
        self._fuller: dict[_Words, list[_Bearer]] = {}

    def add(self, words: _Words, unit: int, document: str, mentions: int, profile: Profile) -> None:
        """Take note of a unit that names a person in full."""
        bearer = words, self._clusters.find(unit)
        fame = self._fame.get(bearer)
        if fame is None:
            fame = self._fame[bearer] = _Fame(unit)
            for part in dict.fromkeys(("", words[0][0], *words[:-1])):
                self._by_part[words[-1], part][bearer] = None
        fame.mentions += mentions
        fame.documents.add(document)
        if profile != UNKNOWN:
            fame.profiles.add(profile)

    def meant_by(
        self, words: _Words, document: str, profile: Profile, others: Collection[_Words]
    ) -> Meant | None:
        """Return whom a shorter name means in a document, or None where it could be several people or is nobody's.

        Args:
            words: of the shorter name.
            document: that uses it.
            profile: what that document says of the person.
            others: full names of people whom it names beside the one meant.
        """
        fuller = self._names_with(words)
        if len(fuller) > _MANY or (profile == UNKNOWN and not others):
            choice = self._choices.get(words)
            if choice is None:
                choice = self._choices[words] = self._choose(words, fuller)
        else:
            left = [b for b in fuller if b[0] not in others and not self._fame[b].contradicts(profile)]
            choice = self._choose(words, left)
        return choice.there if document in choice.documents else choice.elsewhere

    def _names_with(self, words: _Words) -> list[_Bearer]:
        if words not in self._fuller:
            found = self._by_part.get((words[-1], words[0] if len(words) > 1 else ""), ())
            self._fuller[words] = [bearer for bearer in found if contains_person(bearer[0], words)]
        return self._fuller[words]

    def _choose(self, words: _Words, fuller: Sequence[_Bearer]) -> _Choice:
        people: dict[int, list[_Bearer]] = defaultdict(list)
        for bearer in fuller:
            people[self._clusters.find(self._fame[bearer].first)].append(bearer)
        if not people:
            return _Choice(None, None, ())
        if len(people) == 1:
            meant = self._meant(words, fuller, "the only such person in the corpus")
            return _Choice(meant, meant, ())
        best = self._best_known(people)
        which = "of such people by far the most frequent in the corpus"
        meant_ = None if best is None else self._meant(words, people[best], which)
        documents = set().union(*(self._fame[bearer].documents for bearer in fuller)) if meant_ else ()
        return _Choice(meant_, None, documents)

    def _meant(self, words: _Words, bearers: Sequence[_Bearer], which: str) -> Meant:
        unit, name = min((self._fame[bearer].first, bearer[0]) for bearer in bearers)
        return Meant(unit, name, contains_person(name, words) or "", which)

    def _best_known(self, people: Mapping[int, Sequence[_Bearer]]) -> int | None:
        """Return the one of several people of a surname whom the surname alone means, or None.

        One must be spoken of far more than all others together, in several documents: a president, not his namesakes. A
        document that names any of them in full has decided by itself.
        """
        counts = {
            person: sum(self._fame[bearer].mentions for bearer in bearers)
            for person, bearers in people.items()
        }
        best = max(counts, key=lambda person: (counts[person], -person))
        known = any(len(self._fame[bearer].documents) >= _KNOWN for bearer in people[best])
        return best if known and counts[best] >= _FAR_MORE * (sum(counts.values()) - counts[best]) else None
