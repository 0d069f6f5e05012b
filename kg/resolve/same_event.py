"""Which event mentions tell of one event: same class, participants, time and status; conservative, thin evidence keeps them two.

Event coreference by the arguments (Humphreys et al. 1997; Cybulska and Vossen 2015 count the same features): each agreement
adds to a score, each contradiction between named participants, places, days or statuses forbids the merge. Numbers never forbid:
two tolls are one event told twice. What people say and think is never merged.

Not handled: sub-events, bridging ("the attacks" with nothing else said), events that only their wording identifies.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.datamodel import Argument, Document, Entity, EventMention, Status
from kg.extract.frames import ROOT_CLASS, Lexicon
from kg.resolve.clusters import Clusters
from kg.resolve.entities import Entities

__all__ = ["group_events"]

Interval = tuple[date, date]

_NEVER = ("Communication", "Cognition", "State", "Occurrence")
_ONCE = ("Killing", "Death", "Birth", "Arrest", "Resignation")  # once for a person, or nearly so
_UNCERTAIN: tuple[Status, ...] = ("possible", "hypothetical")
_KINDS = {"agent": "agent", "patient": "patient"} | dict.fromkeys(("place", "source", "destination"), "place")
_ENOUGH = 2.5
_SHARP = 2  # days up to which an interval counts as a date
_TOLD_TOGETHER = 3  # days between publications
_BLOCK = 40  # clusters compared inside one block


@dataclass
class _Told:
    """An event mention, or the cluster it grew into, as far as the comparison needs it."""

    document: str
    published: date | None
    type: str
    predicate: str
    status: Status
    agents: frozenset[str]
    patients: frozenset[str]
    places: frozenset[str]
    others: frozenset[str]
    interval: Interval | None

    @property
    def strong(self) -> frozenset[str]:
        return self.agents | self.patients | self.places

    def with_(self, other: "_Told") -> "_Told":
        """Return what both say together."""
        return _Told(
            self.document if self.document == other.document else "",
            min(filter(None, (self.published, other.published)), default=None),
            self.type,
            self.predicate,
            self.status,
            self.agents | other.agents,
            self.patients | other.patients,
            self.places | other.places,
            self.others | other.others,
            _common(self.interval, other.interval) or self.interval or other.interval,
        )


def group_events(
    documents: Mapping[str, Document], mentions: Sequence[EventMention], entities: Entities, lexicon: Lexicon
) -> Clusters:
    """Return the clusters of event mentions (sorted by trigger); its joins say what was seen."""
    reader = _Reader(documents, mentions, entities, lexicon)
    told = [reader.read(mention) for mention in mentions]
    clusters = Clusters([None] * len(mentions))
    summary: dict[int, _Told] = {}
    for block in reader.blocks(told):
        roots: list[int] = []
        met: set[int] = set()  # the clusters of the roots, as they are now
        for index in block:
            root = clusters.find(index)
            if root in met:
                continue
            for other in roots[:_BLOCK]:
                kept = clusters.find(other)
                ours, theirs = summary.get(kept, told[kept]), summary.get(root, told[root])
                evidence = reader.evidence(ours, theirs)
                if evidence and clusters.join(other, index, "same-event", evidence):
                    grown = clusters.find(kept)
                    summary[grown] = ours.with_(theirs)
                    met.discard(kept)
                    met.add(grown)
                    break
            else:
                roots.append(index)
                met.add(root)
    return clusters


class _Reader:
    def __init__(
        self,
        documents: Mapping[str, Document],
        mentions: Sequence[EventMention],
        entities: Entities,
        lexicon: Lexicon,
    ) -> None:
        self.documents = documents
        self.entities = entities
        self.lexicon = lexicon
        self._by_trigger = {m.trigger: m for m in mentions}
        self._whole = frozenset(entities.countries.values())
        self._entity = {entity.id: entity for entity in entities.entities}

    def read(self, mention: EventMention) -> _Told:
        """Return what a mention says, its participants resolved."""
        document = self.documents[mention.trigger.document]
        by_role: dict[str, set[str]] = defaultdict(set)
        for argument in mention.arguments:
            by_role[_KINDS.get(argument.role, "other")] |= self._named(argument)
            if argument.event is not None:
                by_role["other"] |= self._carried(argument)
        time = mention.time
        return _Told(
            document.id,
            document.published,
            mention.type,
            mention.predicate,
            mention.status,
            frozenset(by_role["agent"]),
            frozenset(by_role["patient"]),
            frozenset(by_role["place"]),
            frozenset(by_role["other"]),
            (time.start, time.end or time.start) if time and time.start else None,
        )

    def _named(self, argument: Argument) -> set[str]:
        """The named entity of an argument, and the country of "French warplanes"."""
        entity = self.entities.of(argument.mention)
        if entity is None or entity.id not in self.entities.named:
            return set()
        found = {entity.id}
        if argument.mention and argument.mention.country:
            found |= {
                country for country in [self.entities.countries.get(argument.mention.country)] if country
            }
        return found

    def _carried(self, argument: Argument) -> set[str]:
        """What an embedded event is about: "ordered *strikes on Raqqa*"."""
        inner = self._by_trigger.get(argument.event) if argument.event else None
        if inner is None:
            return set()
        return {inner.type}.union(
            *(self._named(a) for a in inner.arguments if a.role in ("patient", "place"))
        )

    # ------------------------------------------------------------- blocks

    def blocks(self, told: Sequence[_Told]) -> Iterable[list[int]]:
        """Yield the groups of mentions that share class and participant, and document, day or week."""
        found: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for index, one in enumerate(told):
            if self._may_merge(one):
                for key in self._keys(one):
                    found[key].append(index)
        return [block for block in found.values() if len(block) > 1]

    def _may_merge(self, one: _Told) -> bool:
        if not one.strong or one.status in _UNCERTAIN:
            return False
        return not any(self.lexicon.is_a(one.type, name) for name in _NEVER)

    def _keys(self, one: _Told) -> Iterable[tuple[object, ...]]:
        top = self._top(one)
        strong = sorted(one.strong)
        for entity in strong:
            yield "document", one.document, top, entity
            if one.interval and (one.interval[1] - one.interval[0]).days <= _SHARP:
                for day in range((one.interval[1] - one.interval[0]).days + 1):
                    yield "day", one.interval[0] + timedelta(day), top, entity
            told = one.interval[0] if one.interval else one.published
            for near in sorted({day.toordinal() // 7 for day in (told, one.published) if day}):
                yield "week", near, top, entity
                yield "week", near + 1, top, entity
            if any(self.lexicon.is_a(one.type, name) for name in _ONCE) and entity in one.patients:
                yield "once", one.type, entity

    def _top(self, one: _Told) -> str:
        above = self.lexicon.class_ancestors(one.type)
        if one.type == ROOT_CLASS or not above:
            return f"{one.type} {one.predicate}"
        return above[-2] if len(above) > 1 else one.type

    # ---------------------------------------------------------- comparison

    def evidence(self, one: _Told, other: _Told) -> str | None:
        """Return in words why two mentions tell of one event, or None where they may be two."""
        if one.status != other.status or not self._same_class(one, other):
            return None
        if _apart(one.agents, other.agents) or self._apart_in_place(one, other):
            return None
        targets, theirs = one.patients | one.places, other.patients | other.places
        if one.patients and other.patients and not targets & theirs:
            return None
        time = self._time(one, other)
        if time is None:
            return None
        score, reasons = time
        for weight, name, shared in (
            (1.0, "agent", one.agents & other.agents),
            (1.0, "patient or target", (one.patients & theirs) | (other.patients & targets)),
            (0.75, "place", one.places & other.places),
        ):
            if shared:
                score += weight
                reasons.append(f"same {name}: {self._labels(shared)}")
        if shared := one.others & other.others:
            score += min(1.0, 0.5 * len(shared))
            reasons.append(f"same other participants: {self._labels(shared)}")
        if one.predicate == other.predicate:
            score += 0.5
            reasons.append(f'both "{one.predicate}"')
        if self._happens_once(one, other):
            score += 1.0
            reasons.append("which happens to a person once")
        return "; ".join(reasons) if score >= _ENOUGH and one.strong & other.strong else None

    def _same_class(self, one: _Told, other: _Told) -> bool:
        if ROOT_CLASS in (one.type, other.type):
            return one.type == other.type and one.predicate == other.predicate
        return self.lexicon.is_a(one.type, other.type) or self.lexicon.is_a(other.type, one.type)

    def _apart_in_place(self, one: _Told, other: _Told) -> bool:
        """Tell whether the places contradict: neither shared, nor a country and a place in it, nor a building."""
        if not one.places or not other.places or one.places & (other.places | other.patients):
            return False
        if other.places & one.patients:
            return False
        ours, theirs = (self._countries_of(x.places) for x in (one, other))
        if not ours or not theirs:
            return True
        return not (ours & theirs and (one.places & self._whole or other.places & self._whole))

    def _countries_of(self, places: frozenset[str]) -> set[str]:
        return {code for code in map(self.entities.country_of.get, places) if code}

    def _time(self, one: _Told, other: _Told) -> tuple[float, list[str]] | None:
        """Return what the times add, with words; None where they contradict or nothing dates the two."""
        same_document = one.document != "" and one.document == other.document
        base = 0.5 if same_document else 0.0
        reasons = ["in the same document"] if same_document else []
        if one.interval and other.interval:
            common = _common(one.interval, other.interval)
            if common is None:
                return None
            sharp = max((i[1] - i[0]).days for i in (one.interval, other.interval)) <= _SHARP
            return base + (1.0 if sharp else 0.25), [
                *reasons,
                f"both on {common[0]}" if sharp else "at times that overlap",
            ]
        if same_document:
            return base, reasons
        if one.interval or other.interval:
            dated, told = (one, other) if one.interval else (other, one)
            if told.published is None or not dated.interval:
                return (-0.5, reasons)
            near = dated.interval[0] - timedelta(1) <= told.published <= dated.interval[1] + timedelta(7)
            return (0.25, [*reasons, "told within a week of it"]) if near else None
        if one.published is None or other.published is None:
            return None
        gap = abs((one.published - other.published).days)
        return (0.25, [*reasons, "told within days of each other"]) if gap <= _TOLD_TOGETHER else None

    def _happens_once(self, one: _Told, other: _Told) -> bool:
        shared = one.patients & other.patients
        people = [e for e in shared if self._entity[e].type == "Person"]
        return bool(people) and any(
            self.lexicon.is_a(one.type, name) and self.lexicon.is_a(other.type, name) for name in _ONCE
        )

    def _labels(self, shared: frozenset[str]) -> str:
        known: list[Entity | None] = [self._entity.get(key) for key in sorted(shared)]
        return ", ".join(sorted(e.label if e else key for e, key in zip(known, sorted(shared), strict=True)))


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _common(one: Interval | None, other: Interval | None) -> Interval | None:
    if one is None or other is None:
        return None
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start <= end else None
