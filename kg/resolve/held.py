"""What must-merge and must-not-merge pairs say of the mentions of some documents, and clusters that heed it.

The pairs come from `kg.resolve.must`; each stage of the resolution asks `Held` for its clusters, so that a pair wins over
every rule: what must be one is joined before the first rule, what must stay two is refused to all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from kg.datamodel import Decision, Document, EntityMention, EventMention, Extraction
from kg.errors import InputError
from kg.extract.names import Names
from kg.ids import EVENT, fold, mention_id
from kg.read.records import Rejection
from kg.resolve.clusters import Clusters
from kg.resolve.must import Must, Pair, Side
from kg.resolve.names import (
    clean_name,
    is_sure_title,
    name_key,
    parenthesised,
    without_determiner,
    without_titles,
)

__all__ = ["Held", "Holding", "Key", "hold", "key_of", "trigger_key"]

Key = tuple[str, int, int]  # document, start and end of a mention
_Sides = tuple[frozenset[Key], frozenset[Key]]


def key_of(mention: EntityMention) -> Key:
    """Return where an entity mention stands."""
    return (mention.span.document, *mention.span.range)


def trigger_key(mention: EventMention) -> Key:
    """Return where an event mention's trigger stands."""
    return (mention.trigger.document, *mention.trigger.range)


@dataclass(frozen=True, slots=True)
class Held:
    """What the pairs say of the mentions of some documents.

    Attributes:
        together: by mention, the numbers of the must-merge pairs that name it.
        apart: by mention, the sides (pair number, 0 or 1) of must-not-merge pairs that name it.
        found: the pairs that matched, by number, and the first mention of each of their sides.
    """

    together: Mapping[Key, tuple[int, ...]] = field(default_factory=dict)
    apart: Mapping[Key, frozenset[tuple[int, int]]] = field(default_factory=dict)
    found: Mapping[int, tuple[Pair, Key, Key]] = field(default_factory=dict)

    def sides(self, mentions: Iterable[Key]) -> frozenset[tuple[int, int]]:
        """Return the sides of must-not-merge pairs on which mentions stand."""
        return frozenset(side for key in mentions for side in self.apart.get(key, ()))

    def opposed(self, one: Iterable[Key], other: Iterable[Key]) -> bool:
        """Tell whether a pair keeps two groups of mentions apart."""
        return bool(self.apart) and _opposed(self.sides(one), self.sides(other))

    def clusters(self, items: Sequence[Iterable[Key]], identities: Sequence[str | None]) -> Clusters:
        """Return clusters of items in which the pairs are already joined, and those kept apart never will be.

        Args:
            items: the mentions of each.
            identities: what each is known to be; a must-merge pair joins two identities too.
        """
        if not self.found:
            return Clusters(identities)
        keys = [list(item) for item in items]
        clusters = _HeldClusters(identities, [self.sides(item) for item in keys])
        first: dict[int, int] = {}
        for index, item in enumerate(keys):
            for number in dict.fromkeys(n for key in item for n in self.together.get(key, ())):
                kept = first.setdefault(number, index)
                pair, *_ = self.found[number]
                if kept != index:
                    clusters.join_against_rules(kept, index, pair.rule, pair.evidence)
        return clusters

    def decisions(self, ids: Mapping[Key, str], made: Iterable[Decision]) -> Iterator[Decision]:
        """Yield a decision for each pair of which there is none: what it kept apart, and what was one already.

        Args:
            ids: of the entity or event that each mention came to.
            made: the decisions that there are.
        """
        told = {decision.evidence for decision in made if decision.rule == "must-merge"}
        for pair, one, other in self.found.values():
            subject, object_ = (ids.get(key, mention_id(*key)) for key in (one, other))
            if pair.kind == "must_not_merge":
                yield Decision("apart", subject, object_, pair.rule, pair.evidence)
            elif pair.evidence not in told:
                yield Decision("merge", subject, mention_id(*other), pair.rule, pair.evidence)


class _HeldClusters(Clusters):
    """Clusters that heed pairs. What may not join the item it is alike may still join others that are."""

    def __init__(self, identities: Sequence[str | None], sides: Sequence[frozenset[tuple[int, int]]]) -> None:
        super().__init__(identities)
        self._sides = list(sides)
        self._refused: dict[tuple[int, str], list[int]] = {}

    def may_join(self, one: int, other: int) -> bool:
        one, other = self.find(one), self.find(other)
        return super().may_join(one, other) and not _opposed(self._sides[one], self._sides[other])

    def join(self, kept: int, taken: int, rule: str, evidence: str) -> bool:
        if self._join(kept, taken, rule, evidence):
            return True
        if self.find(kept) != self.find(taken):
            others = self._refused.setdefault((kept, rule), [])
            if any(self._join(other, taken, rule, evidence) for other in others):
                return True
            others.append(taken)
        return False

    def _join(self, kept: int, taken: int, rule: str, evidence: str) -> bool:
        sides = self._sides[self.find(kept)] | self._sides[self.find(taken)]
        joined = super().join(kept, taken, rule, evidence)
        if joined:
            self._sides[self.find(kept)] = sides
        return joined

    def join_against_rules(self, kept: int, taken: int, rule: str, evidence: str) -> None:
        """Join two items whatever they are known to be; what the first is known to be counts."""
        one, other = self.find(kept), self.find(taken)
        if self._identity[one] and one != other:
            self._identity[other] = self._identity[one]
        self._join(kept, taken, rule, evidence)


@dataclass(frozen=True, slots=True)
class Holding:
    """What the pairs say: of entities, of events; and the pairs that match nothing, as rejections."""

    entities: Held = Held()
    events: Held = Held()
    unmatched: tuple[Rejection, ...] = ()


def _opposed(one: frozenset[tuple[int, int]], other: frozenset[tuple[int, int]]) -> bool:
    return any((number, 1 - side) in other for number, side in one)


def hold(
    must: Must,
    documents: Mapping[str, Document],
    extractions: Mapping[str, Extraction],
    names: Names,
    known: Mapping[str, frozenset[Key]],
) -> Holding:
    """Return what the pairs say of the mentions of these documents.

    Args:
        must: the pairs.
        documents: by id.
        extractions: by document id.
        names: to tell titles.
        known: the mentions of each entity and event by its id, and of what a document says of an entity by the mention that
            the others joined; as far as they are known yet.

    Raises:
        InputError: pairs contradict each other, or one names an entity and an event.
    """
    finder = _Finder(documents, extractions, names, known)
    pairs: dict[bool, dict[int, tuple[Pair, _Sides]]] = {False: {}, True: {}}
    unmatched: list[Rejection] = []
    for number, pair in enumerate(must.pairs):
        sides = finder.sides(pair)
        if reason := _reason(pair, sides):
            unmatched.append(Rejection(pair.file, reason, pair.where))
            continue
        kinds = finder.kinds(pair.one) & finder.kinds(pair.other)
        if not kinds:
            raise InputError(f"{pair.where}: {pair.one} and {pair.other} are an entity and an event")
        for of_events in kinds:
            pairs[of_events][number] = pair, sides
    return Holding(_held(pairs[False]), _held(pairs[True]), tuple(unmatched))


def _held(pairs: Mapping[int, tuple[Pair, _Sides]]) -> Held:
    together: dict[Key, list[int]] = {}
    apart: dict[Key, set[tuple[int, int]]] = {}
    found: dict[int, tuple[Pair, Key, Key]] = {}
    for number, (pair, (one, other)) in pairs.items():
        if pair.kind == "must_merge":
            for key in one | other:
                together.setdefault(key, []).append(number)
        else:
            one, other = (one - other if other < one else one), (other - one if one < other else other)
            for which, side in enumerate((one, other)):
                for key in side:
                    apart.setdefault(key, set()).add((number, which))
        found[number] = pair, min(one), min(other)
    held = Held(
        {key: tuple(numbers) for key, numbers in sorted(together.items())},
        {key: frozenset(sides) for key, sides in sorted(apart.items())},
        found,
    )
    _check(held)
    return held


def _reason(pair: Pair, sides: _Sides) -> str | None:
    for side, mentions in zip((pair.one, pair.other), sides, strict=True):
        if not mentions:
            return f"{pair.rule} pair matches nothing: no mention of {side} in these documents"
    if (
        pair.kind == "must_not_merge"
        and sides[0] & sides[1]
        and not (sides[0] < sides[1] or sides[1] < sides[0])
    ):
        return f"{pair.rule} pair names the same mentions on both sides: add document, type or id"
    return None


def _check(held: Held) -> None:
    """Raise InputError where must-merge pairs together join what a must-not-merge pair keeps apart."""
    numbers = sorted(n for n, (pair, *_) in held.found.items() if pair.kind == "must_merge")
    position = {number: index for index, number in enumerate(numbers)}
    chains = Clusters([None] * len(numbers))
    for key_numbers in held.together.values():
        for number in key_numbers[1:]:
            chains.join(position[key_numbers[0]], position[number], "", "")
    stands: dict[tuple[int, tuple[int, int]], int] = {}
    for key, key_numbers in held.together.items():
        chain = chains.find(position[key_numbers[0]])
        for number, side in sorted(held.apart.get(key, ())):
            stands[chain, (number, side)] = key_numbers[0]
            if (chain, (number, 1 - side)) in stands:
                merge, keep = held.found[key_numbers[0]][0], held.found[number][0]
                raise InputError(f"{merge.where} contradicts {keep.where} on {keep.one} and {keep.other}")


class _Finder:
    """Looks up the mentions that a side names."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        extractions: Mapping[str, Extraction],
        names: Names,
        known: Mapping[str, frozenset[Key]],
    ) -> None:
        self._documents = documents
        self._known = known
        self._by_name: dict[str, list[EntityMention]] = {}
        self._by_iri: dict[str, Key] = {}
        self._triggers: set[Key] = set()
        self._mentions: set[Key] = set()
        self._is_title = is_title = partial(is_sure_title, names=names)
        for extraction in extractions.values():
            for mention in extraction.entity_mentions:
                self._mentions.add(key_of(mention))
                self._by_iri[mention_id(*key_of(mention))] = key_of(mention)
                for key in _keys(mention, is_title):
                    self._by_name.setdefault(key, []).append(mention)
            for event in extraction.event_mentions:
                self._triggers.add(trigger_key(event))
                self._by_iri[mention_id(*trigger_key(event))] = trigger_key(event)

    def sides(self, pair: Pair) -> _Sides:
        """Return the mentions of both sides.

        With a mention that others joined in its document before it joined an entity, these leave that entity too.
        """
        one, other = self.mentions(pair.one), self.mentions(pair.other)
        if pair.kind == "must_not_merge":
            one, other = self._with_its_own(pair.one, one, other), self._with_its_own(pair.other, other, one)
        return one, other

    def _with_its_own(self, side: Side, mentions: frozenset[Key], whole: frozenset[Key]) -> frozenset[Key]:
        joined = self._known.get(side.id or "", frozenset()) if side.id in self._by_iri else frozenset()
        return joined if joined and mentions < whole and joined < whole else mentions

    def mentions(self, side: Side) -> frozenset[Key]:
        """Return the mentions that a side names; none where it matches nothing."""
        if side.id is not None:
            if side.id in self._by_iri:
                return frozenset((self._by_iri[side.id],))
            return self._known.get(side.id, frozenset())
        name = side.name or ""
        keys = {name_key(name), name_key(without_titles(name, self._is_title))}
        return frozenset(key_of(m) for key in keys for m in self._by_name.get(key, ()) if self._fits(m, side))

    def _fits(self, mention: EntityMention, side: Side) -> bool:
        document = self._documents[mention.span.document]
        if side.document is not None and side.document not in (document.id, document.path):
            return False
        return side.type is None or side.type == mention.type

    def kinds(self, side: Side) -> set[bool]:
        """Return whether a side is an event; a mention by its offsets may be of an event and of an entity."""
        key = self._by_iri.get(side.id or "")
        if key is None:
            return {side.id is not None and side.id.startswith(EVENT)}
        return {flag for flag, keys in ((True, self._triggers), (False, self._mentions)) if key in keys}


def _keys(mention: EntityMention, is_title: Callable[[str], bool]) -> set[str]:
    """Return the keys under which a side may name a mention; none for a pronoun."""
    if mention.kind == "pronoun":
        return set()
    if mention.kind == "nominal":
        return {name_key(without_determiner(fold(mention.span.text)))}
    text = clean_name(mention.span.text)
    bare = without_titles(text, is_title) if mention.type == "Person" else text
    return {name_key(form) for form in (text, bare, *(parenthesised(bare) or ()))}
