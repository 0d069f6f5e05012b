"""Which event mentions tell of one event: same class, participants, place, time and status; thin evidence keeps them two.

Event coreference by the arguments (Humphreys et al. 1997; Cybulska and Vossen 2015 count the same features): each agreement
adds to a score, each contradiction forbids the merge. First, within each document, what `kg.resolve.retold` finds (the headline
told again, "the attack" that goes back to an attack); then all others, within and across documents.

What does not forbid a merge, and becomes an entry of `kg.resolve.contradictions`: numbers, between sources (two counts by one
source in one document are two events); days, places and agents of what happens once (a death), and days of events that share
three named participants; the agent of a strike on one building on one day.
What people say and think is never merged here.

Not handled: events that only their wording identifies; one event told under two classes that are not one below the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kg.datamodel import Document, Entity, EventMention, Status
from kg.extract.frames import ROOT_CLASS, Lexicon
from kg.resolve.clusters import Clusters
from kg.resolve.entities import Entities
from kg.resolve.held import Held, trigger_key
from kg.resolve.retold import Relative, retellings
from kg.resolve.told import Interval, TellingReader, Told, common

__all__ = ["Comparison", "group_events"]

_NEVER = ("Communication", "Cognition", "State", "Occurrence")
_ONCE = ("Killing", "Death", "Birth", "Arrest", "Resignation")  # once for a person, or nearly so
_DEATHS = ("Killing", "Death")
_FOR_GOOD = (*_DEATHS, "Birth")
_UNCERTAIN: tuple[Status, ...] = ("possible", "hypothetical")
_ENOUGH = 2.5
_SHARP = 2  # days up to which an interval counts as a date
_DAYS_APART = 3  # by which two reports may differ on the day of one event
_TOLD_TOGETHER = 3  # days between publications
_BLOCK = 40  # clusters compared inside one block


def group_events(
    documents: Mapping[str, Document],
    mentions: Sequence[EventMention],
    entities: Entities,
    lexicon: Lexicon,
    held: Held | None = None,
) -> Clusters:
    """Return the clusters of event mentions (sorted by trigger); its joins say what was seen."""
    reader = TellingReader(documents, mentions, entities, lexicon)
    told = [reader.read(mention) for mention in mentions]
    comparison = Comparison(entities, lexicon)
    clusters = (held or Held()).clusters([[trigger_key(m)] for m in mentions], [None] * len(mentions))
    growth = _Growth(clusters, told)
    for join in retellings(documents, mentions, told, Relative(lexicon), comparison.in_conflict):
        growth.join(join.kept, join.taken, join.rule, join.evidence)
    for block in comparison.blocks(told):
        roots: list[int] = []
        met: set[int] = set()  # the clusters of the roots, as they are now
        for index in block:
            if clusters.find(index) in met:
                continue
            for other in roots[:_BLOCK]:
                evidence = comparison.evidence(growth.of(other), growth.of(index))
                if evidence:
                    met.discard(clusters.find(other))
                    joined = growth.join(other, index, "same-event", evidence)
                    met.add(clusters.find(other))
                    if joined:
                        break
            else:
                roots.append(index)
                met.add(clusters.find(index))
    return clusters


class _Growth:
    """Clusters, and what each says by now."""

    def __init__(self, clusters: Clusters, told: Sequence[Told]) -> None:
        self._clusters = clusters
        self._items = told
        self._told = {clusters.find(group[0]): self._together(group) for group in clusters.groups()}

    def of(self, item: int) -> Told:
        """Return what the cluster of an item says."""
        return self._told[self._clusters.find(item)]

    def join(self, kept: int, taken: int, rule: str, evidence: str) -> bool:
        """Make one cluster of two where that is allowed; tells whether it was."""
        ours, theirs = self.of(kept), self.of(taken)
        if not self._clusters.join(kept, taken, rule, evidence):
            return False
        root = self._clusters.find(taken)
        if root == self._clusters.find(kept):
            self._told[root] = ours.with_(theirs)
        else:  # a pair of a person keeps it from this one, and it joined another that is like it
            group = next(g for g in self._clusters.groups() if self._clusters.find(g[0]) == root)
            self._told[root] = self._together(group)
        return True

    def _together(self, group: Sequence[int]) -> Told:
        whole = self._items[group[0]]
        for index in group[1:]:
            whole = whole.with_(self._items[index])
        return whole


@dataclass(frozen=True)
class _When:
    """What the times of two mentions add, in words too; `apart` where both give days and these differ."""

    score: float
    reasons: tuple[str, ...]
    apart: bool = False
    sharp: bool = False


class Comparison:
    """Compares what two mentions, or clusters of them, say."""

    def __init__(self, entities: Entities, lexicon: Lexicon) -> None:
        self.entities = entities
        self.lexicon = lexicon
        self._whole = frozenset(entities.countries.values())
        self._entity = {entity.id: entity for entity in entities.entities}

    # ------------------------------------------------------------- blocks

    def blocks(self, told: Sequence[Told]) -> Iterable[list[int]]:
        """Yield the groups of mentions that share class and participant, and document, day or week."""
        found: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for index, one in enumerate(told):
            if self._may_merge(one):
                for key in self._keys(one):
                    found[key].append(index)
        return [block for block in found.values() if len(block) > 1]

    def _may_merge(self, one: Told) -> bool:
        if not (one.strong or one.described) or one.status in _UNCERTAIN:
            return False
        return not self.lexicon.is_any(one.type, _NEVER)

    def _keys(self, one: Told) -> Iterable[tuple[object, ...]]:
        top = self._top(one)
        for kind, entity in sorted(one.described):
            yield "document", one.document, top, kind, entity
        for entity in sorted(one.strong):
            yield "document", one.document, top, entity
            if one.interval and (one.interval[1] - one.interval[0]).days <= _SHARP:
                for day in range((one.interval[1] - one.interval[0]).days + 1):
                    yield "day", one.interval[0] + timedelta(day), top, entity
            told = one.interval[0] if one.interval else one.published
            for near in sorted({day.toordinal() // 7 for day in (told, one.published) if day}):
                yield "week", near, top, entity
                yield "week", near + 1, top, entity
            if self.lexicon.is_any(one.type, _ONCE) and entity in self._whom(one):
                yield "once", top, entity

    def _top(self, one: Told) -> str:
        if self.lexicon.is_any(one.type, _DEATHS):
            return "Death"
        above = self.lexicon.class_ancestors(one.type)
        if one.type == ROOT_CLASS or not above:
            return f"{one.type} {one.predicate}"
        return above[-2] if len(above) > 1 else one.type

    # ---------------------------------------------------------- comparison

    def evidence(self, one: Told, other: Told, *, any_status: bool = False) -> str | None:
        """Return in words why two mentions tell of one event, or None where they may be two.

        Args:
            one: what one says.
            other: what the other says.
            any_status: compare them whatever they commit themselves to.
        """
        if (one.status != other.status and not any_status) or not self._same_class(one, other):
            return None
        when = self._time(one, other)
        if one.another or other.another or when is None:
            return None
        if self._apart_in_participants(one, other, when) or self._apart_in_number(one, other):
            return None
        if one.predicate != other.predicate and one.sentences & other.sentences:
            return None
        if _one_of_several(one, other) or _one_of_several(other, one):
            return None
        score, reasons = when.score, list(when.reasons)
        for weight, words in self._agreements(one, other, when):
            score += weight
            reasons.append(words)
        shared = one.strong & other.strong or (_same_document(one, other) and one.described & other.described)
        return "; ".join(reasons) if score >= _ENOUGH and shared else None

    def in_conflict(self, one: Told, other: Told) -> bool:
        """Tell whether two mentions of one document cannot be one: other participants, places, days or numbers."""
        when = self._time(one, other)
        if one.status != other.status or one.another or other.another or when is None or when.apart:
            return True
        return self._apart_in_participants(one, other, when) or self._apart_in_number(one, other)

    def _agreements(self, one: Told, other: Told, when: _When) -> Iterable[tuple[float, str]]:
        """Yield what speaks for one event: how much, and in words."""
        targets, theirs = one.patients | one.places, other.patients | other.places
        patients = (one.patients & theirs) | (other.patients & targets)
        places = one.places & other.places
        if agents := one.agents & other.agents:
            yield 1.0, f"same agent: {self._labels(agents)}"
        if patients:
            yield 1.0, f"same patient or target: {self._labels(patients)}"
        if places:
            yield 0.75, f"same place: {self._labels(places)}"
        if others := one.others & other.others:
            yield min(1.0, 0.5 * len(others)), f"same other participants: {self._labels(others)}"
        described = one.described & other.described if _same_document(one, other) else frozenset()
        if described:
            ids = frozenset(id_ for _, id_ in described)
            yield min(1.5, 0.75 * len(described)), f"same participants: {self._labels(ids)}"
        if one.predicate == other.predicate:
            yield 0.5, f'both "{one.predicate}"'
        elif one.type == other.type and (words := one.words & other.words):
            yield 0.5, f'both "{min(words)}"'
        yield from self._agreements_in_kind(one, other, when, described)
        if self._happens_once(one, other):
            yield 1.0, "which happens to a person once"

    def _agreements_in_kind(
        self, one: Told, other: Told, when: _When, described: frozenset[tuple[str, str]]
    ) -> Iterable[tuple[float, str]]:
        """The same kind of thing acted on: tells something in one document, or on one day in one city."""
        heads = one.heads & other.heads
        local = (one.places & other.places) - self._whole
        if (
            heads
            and not any(kind == "patient" for kind, _ in described)
            and ((_same_document(one, other) and one.agents & other.agents) or (when.sharp and local))
        ):
            yield 0.5, f"both of {', '.join(sorted(heads))}"
        if one.plural and other.plural and one.predicate == other.predicate and when.sharp and local:
            yield 0.5, "both of several at once"
        exact = {(c.role, c.about, c.amount) for c in one.counts if c.amount.low > 2}
        same = exact & {(c.role, c.about, c.amount) for c in other.counts}
        if same and local:
            yield 0.75, f"same number: {', '.join(sorted(f'{n} {about}' for _, about, n in same))}"

    def _same_class(self, one: Told, other: Told) -> bool:
        if ROOT_CLASS in (one.type, other.type):
            return one.type == other.type and one.predicate == other.predicate
        if self.lexicon.is_any(one.type, _DEATHS) and self.lexicon.is_any(other.type, _DEATHS):
            return True
        return self.lexicon.is_a(one.type, other.type) or self.lexicon.is_a(other.type, one.type)

    # ------------------------------------------------------- contradictions

    def _apart_in_participants(self, one: Told, other: Told, when: _When) -> bool:
        targets, theirs = one.patients | one.places, other.patients | other.places
        if one.patients and other.patients and not (one.patients & theirs or other.patients & targets):
            return True
        agents, places = _apart(one.agents, other.agents), self._apart_in_place(one, other)
        if not _same_document(one, other) and self._happens_once(one, other):
            for_good = self.lexicon.is_any(one.type, _FOR_GOOD)
            return not for_good and when.apart + agents + places > 1
        if when.apart and not self._much_in_common(one, other):
            return True
        return places or (agents and not self._same_building(one, other, when))

    def _apart_in_number(self, one: Told, other: Told) -> bool:
        """Tell whether one source counts differently, or what counts differently is not clearly one thing.

        The second only where nobody is named: on one day in one city there may be many events of a kind. They are one where
        cause and spot do not differ, and one number is at most twice the other.
        """
        pairs = [
            (a, b)
            for a in one.counts
            for b in other.counts
            if a.role == b.role and a.about == b.about and not a.amount.agrees(b.amount)
        ]
        if any(a.source == b.source for a, b in pairs):
            return True
        if not pairs or one.agents & other.agents or one.patients & other.patients:
            return False
        if one.spots != other.spots or _apart(one.causes, other.causes):
            return True
        return any(not a.amount.near(b.amount) for a, b in pairs)

    def _apart_in_place(self, one: Told, other: Told) -> bool:
        """Tell whether the places contradict; what is acted on is a place too ("bombed Raqqa")."""
        if one.places & other.patients or other.places & one.patients:
            return False
        return self.places_apart(one.places, other.places)

    def places_apart(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Tell whether two sets of places, by their ids, contradict: none shared, and no country with a place in it."""
        if not one or not other or one & other:
            return False
        ours, theirs = self._countries_of(one), self._countries_of(other)
        if not ours or not theirs:
            return True
        return not (ours & theirs and (one & self._whole or other & self._whole))

    def _countries_of(self, places: frozenset[str]) -> set[str]:
        return {code for code in map(self.entities.country_of.get, places) if code}

    def _much_in_common(self, one: Told, other: Told) -> bool:
        """Tell whether two documents name who did it, to whom and where alike, three in all, in the same words."""
        agents, patients = one.agents & other.agents, one.patients & other.patients
        places = (one.places & other.places) - patients
        return (
            not _same_document(one, other)
            and one.predicate == other.predicate
            and bool(agents and patients and places)
        )

    def _same_building(self, one: Told, other: Told, when: _When) -> bool:
        shared = (one.patients & other.patients) - self._whole
        buildings = [e for e in shared if self._entity[e].type == "Facility"]
        return bool(buildings) and when.sharp and not _same_document(one, other)

    def _time(self, one: Told, other: Told) -> _When | None:
        """Return what the times add, with words; None where they are far apart or nothing dates the two."""
        same_document = _same_document(one, other)
        base = 0.5 if same_document else 0.0
        reasons = ("in the same document",) if same_document else ()
        if one.interval and other.interval:
            return self._both_dated(one.interval, other.interval, base, reasons)
        if same_document:
            return _When(base, reasons)
        if one.interval or other.interval:
            dated, told = (one, other) if one.interval else (other, one)
            if told.published is None or not dated.interval:
                return _When(-0.5, reasons)
            near = dated.interval[0] - timedelta(1) <= told.published <= dated.interval[1] + timedelta(7)
            return _When(0.25, (*reasons, "told within a week of it")) if near else None
        if one.published is None or other.published is None:
            return None
        gap = abs((one.published - other.published).days)
        if gap > _TOLD_TOGETHER:
            return None
        return _When(0.25, (*reasons, "told within days of each other"))

    def _both_dated(
        self, one: Interval, other: Interval, base: float, reasons: tuple[str, ...]
    ) -> _When | None:
        sharp = max((i[1] - i[0]).days for i in (one, other)) <= _SHARP
        shared = common(one, other)
        if shared is None:
            gap = max(one[0], other[0]) - min(one[1], other[1])
            if not sharp or base or gap.days > _DAYS_APART:
                return None
            return _When(0.0, (*reasons, f"days differ: {one[0]}, {other[0]}"), apart=True)
        words = f"both on {shared[0]}" if sharp else "at times that overlap"
        return _When(base + (1.0 if sharp else 0.25), (*reasons, words), sharp=sharp)

    def _happens_once(self, one: Told, other: Told) -> bool:
        people = (e for e in self._whom(one) & self._whom(other) if self._entity[e].type == "Person")
        return any(people) and any(
            self.lexicon.is_any(one.type, kind) and self.lexicon.is_any(other.type, kind)
            for kind in (_DEATHS, *((name,) for name in _ONCE if name not in _DEATHS))
        )

    def _whom(self, one: Told) -> frozenset[str]:
        """Return who what happens once happens to; a person resigns."""
        return one.agents | one.patients if self.lexicon.is_a(one.type, "Resignation") else one.patients

    def _labels(self, shared: frozenset[str]) -> str:
        known: list[Entity | None] = [self._entity.get(key) for key in sorted(shared)]
        return ", ".join(sorted(e.label if e else key for e, key in zip(known, sorted(shared), strict=True)))


def _same_document(one: Told, other: Told) -> bool:
    return one.document != "" and one.document == other.document


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _one_of_several(one: Told, several: Told) -> bool:
    """Tell whether a plural noun tells of several, and a mention with a patient of its own of one among them."""
    return bool(several.plural) and not one.plural and not one.heads <= several.heads
