"""Descriptions of one document that the text layer left open, and what they describe: "the coalition troops", "the Islamist group".

The text layer resolves a description where syntax and nearness make it sure (`kg.extract.coreference`). With all names and
chains of the document at hand more can be told, each pass taking only what has one answer:

1. The phrase means one thing wherever else the document has it: "*the car*".
2. Another noun for the same people: "coalition *forces*", "the coalition *troops*"; bare, if one such group is there only.
3. A general noun with an epithet, and the one body or town of the nearest sentence: "the *Islamist group*", "this *fortified
   city*". An epithet with a capital names somebody else ("the Kurdish group"), but for those of a creed. A foe ("this common
   *enemy*") is somebody of whom the document tells that he attacks, threatens or is fought.

Not handled: what needs knowledge of the thing described ("the carrier" for an airline), and descriptions that come first.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.datamodel import Document, EntityMention, EntityType
from kg.ids import fold
from kg.resolve.clusters import Clusters
from kg.resolve.names import INDEFINITE, without_determiner
from kg.resolve.places import Link

__all__ = ["Describable", "cannot_be", "group_descriptions"]

_Pair = tuple[int, int, str, str]

_DEFINITE = frozenset("the this that these those".split())
_SYNONYMS = tuple(
    frozenset(words.split())
    for words in (
        "forces troops soldiers",
        "attackers assailants gunmen terrorists killers shooters",
        "militants insurgents rebels fighters jihadists",
        "demonstrators protesters marchers",
        "refugees migrants",
        "workers employees staff",
        "lawmakers legislators deputies",
        "planes aircraft jets warplanes",
    )
)
_TOWNS = frozenset("city town village".split())
_BODIES = frozenset("group organisation organization militia movement party company firm airline".split())
_FOES = frozenset("enemy menace foe cult".split())
_CREEDS = frozenset(
    "islamist jihadist jihadi salafist sunni shia shiite christian marxist maoist communist".split()
)
_NEAR = 2  # sentences back
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+|\n\s*\n")

_PEOPLE: frozenset[EntityType] = frozenset(("Person", "Group"))
_NO_PEOPLE: frozenset[EntityType] = frozenset(("Event", "Law", "Product", "Work", "Facility"))
_NO_PLACE: frozenset[EntityType] = frozenset(
    ("Person", "Organization", "Group", "Event", "Law", "Product", "Work")
)


class Describable(Protocol):
    """What this module reads of a unit."""

    @property
    def type(self) -> EntityType:
        """What it is."""

    @property
    def votes(self) -> Mapping[EntityType, int]:
        """How often the text layer took it for what."""

    @property
    def mentions(self) -> Sequence[EntityMention]:
        """In text order."""

    @property
    def identity(self) -> str | None:
        """What it is known to be."""

    @property
    def link(self) -> Link | None:
        """The place that it is."""

    @property
    def phrase(self) -> str | None:
        """Its description, where it has no name."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A described unit's first mention, taken apart."""

    index: int
    start: int
    words: tuple[str, ...]
    head: str
    definite: bool

    @property
    def epithets(self) -> tuple[str, ...]:
        return self.words[:-1]


def cannot_be(mention: EntityMention, unit: Describable) -> bool:
    """Tell whether a description is of another sort than the names that it is said to stand for: "commanders", an operation."""
    if mention.kind != "nominal" or mention.type == unit.type:
        return False
    types = {type_ for type_, count in unit.votes.items() if count} | {unit.type}
    if mention.type in _PEOPLE:
        return types <= _NO_PEOPLE
    return mention.type == "Place" and types <= _NO_PLACE


def group_descriptions(
    document: Document, units: Sequence[Describable], clusters: Clusters, foes: Collection[int]
) -> None:
    """Join the described units of a document with what they describe.

    Args:
        document: that they are of.
        units: names first.
        clusters: of the units.
        foes: the units of which the document tells that they attack, threaten or are fought.
    """
    reader = _Reader(document, units, clusters, foes)
    passes: tuple[Callable[[], Iterator[_Pair]], ...] = (
        reader.same_phrase,
        reader.synonyms,
        reader.general_nouns,
    )
    for find in passes:
        for kept, taken, rule, evidence in find():
            reader.join(kept, taken, rule, evidence)


class _Reader:
    def __init__(
        self, document: Document, units: Sequence[Describable], clusters: Clusters, foes: Collection[int]
    ) -> None:
        self.units = units
        self.foes = foes
        self.clusters = clusters
        self.text = document.text
        self.named = {clusters.find(i) for i, unit in enumerate(units) if unit.phrase is None}
        self.phrases = [p for i, unit in enumerate(units) if (p := self._phrase(i, unit)) is not None]
        self._ends = [match.end() for match in _SENTENCE_END.finditer(document.text)]

    def _phrase(self, index: int, unit: Describable) -> _Phrase | None:
        first = unit.mentions[0]
        if unit.phrase is None or first.kind != "nominal":
            return None
        words = tuple(without_determiner(" ".join(first.span.text.split())).split())
        head = self.text[slice(*first.head)]
        if words[-1] != head or any(fold(word) in INDEFINITE or word[0].isdigit() for word in words):
            return None
        definite = fold(first.span.text.split()[0]) in _DEFINITE
        return _Phrase(index, first.span.start, words, fold(head), definite)

    def join(self, kept: int, taken: int, rule: str, evidence: str) -> None:
        """Join two units, unless both have a name of their own."""
        one, other = self.clusters.find(kept), self.clusters.find(taken)
        if one in self.named and other in self.named:
            return
        if self.clusters.join(kept, taken, rule, evidence) and self.named & {one, other}:
            self.named.add(self.clusters.find(kept))

    def _only(self, found: Sequence[int]) -> int | None:
        return found[0] if len({self.clusters.find(i) for i in found}) == 1 else None

    # -------------------------------------------------------------- passes

    def same_phrase(self) -> Iterator[_Pair]:
        """A definite phrase that elsewhere in the document always means one and the same thing."""
        elsewhere: dict[str, list[int]] = defaultdict(list)
        for index, unit in enumerate(self.units):
            if unit.phrase is None and unit.type != "Person":
                for mention in unit.mentions:
                    words = mention.span.text.split()
                    if mention.kind == "nominal" and not mention.country and fold(words[0]) in _DEFINITE:
                        elsewhere[fold(without_determiner(" ".join(words)))].append(index)
        for phrase in self.phrases:
            key = fold(" ".join(phrase.words))
            if phrase.definite and (kept := self._only(elsewhere.get(key, ()))) is not None:
                yield kept, phrase.index, "same-phrase", f'the document has "{key}" for one thing only'

    def synonyms(self) -> Iterator[_Pair]:
        """Another noun for the same people, with the same epithets, or bare where there is one such group."""
        groups: dict[frozenset[str], list[_Phrase]] = defaultdict(list)
        for phrase in self.phrases:
            for nouns in _SYNONYMS:
                if phrase.head in nouns:
                    groups[nouns].append(phrase)
        for phrases in groups.values():
            by_epithets: dict[tuple[str, ...], int] = {}
            for phrase in phrases:
                if not phrase.epithets:
                    continue
                epithets = tuple(map(fold, phrase.epithets))
                kept = by_epithets.setdefault(epithets, phrase.index)
                if kept != phrase.index:
                    yield kept, phrase.index, "synonym", self._evidence(phrase.index, kept)
            told = [phrase.index for phrase in phrases if phrase.epithets]
            for phrase in phrases:
                if not phrase.epithets and phrase.definite and (kept_ := self._only(told)) is not None:
                    yield kept_, phrase.index, "synonym", self._evidence(phrase.index, kept_)

    def general_nouns(self) -> Iterator[_Pair]:
        """A general noun and the one body or town that the nearest sentence names."""
        places, bodies = self._places_and_bodies()
        for phrase in self.phrases:
            if not phrase.definite or not all(e.islower() or fold(e) in _CREEDS for e in phrase.epithets):
                continue
            found = places if phrase.head in _TOWNS else bodies if phrase.head in _BODIES | _FOES else []
            if phrase.head in _FOES:
                found = [pair for pair in found if pair[1] in self.foes]
            if (kept := self._nearest(found, phrase)) is not None:
                yield kept, phrase.index, "description", self._evidence(phrase.index, kept)

    def _places_and_bodies(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return where towns and bodies are named: start of the mention and index of the unit, sorted."""
        places: list[tuple[int, int]] = []
        bodies: list[tuple[int, int]] = []
        for index, unit in enumerate(self.units):
            if unit.phrase is not None or (unit.identity or "").startswith("country:"):
                continue
            starts = [(m.span.start, index) for m in unit.mentions if m.kind == "name"]
            if unit.type == "Place" and (
                unit.link is None or unit.link.place.kind in ("capital", "city", "town")
            ):
                places += starts
            elif unit.type in ("Organization", "Group"):
                bodies += starts
        return sorted(places), sorted(bodies)

    def _nearest(self, found: Sequence[tuple[int, int]], phrase: _Phrase) -> int | None:
        """Return the one that the nearest sentence before a phrase names; of several, the one it gives the same noun."""
        before = found[: bisect_right(found, (phrase.start, -1))]
        if not before:
            return None
        sentence = self._sentence(before[-1][0])
        if self._sentence(phrase.start) - sentence > _NEAR:
            return None
        near = [index for start, index in before if self._sentence(start) == sentence]
        called = [
            i for i in near if any(self._is_called(m, phrase, sentence) for m in self.units[i].mentions)
        ]
        return self._only(near) if len(called) != 1 else called[0]

    def _is_called(self, mention: EntityMention, phrase: _Phrase, sentence: int) -> bool:
        return (
            mention.kind == "nominal"
            and mention.span.end <= phrase.start
            and self._sentence(mention.span.start) == sentence
            and fold(self.text[slice(*mention.head)]) == phrase.head
        )

    def _sentence(self, offset: int) -> int:
        return bisect_right(self._ends, offset)

    def _evidence(self, taken: int, kept: int) -> str:
        ours, theirs = self.units[taken].mentions[0].span, self.units[kept].mentions[0].span
        return f'"{ours.text}" describes what the document calls "{theirs.text}"'
