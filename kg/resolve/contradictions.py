"""The contradiction ledger: what two sources say of one event that cannot both be true.

Claims are read from the mentions of an event: numbers of those who act or are acted on, days, places, agents; and from pairs of
events that are one but for the status, asserted by one source and denied by another. A source is a document, or somebody whom a
document quotes. Nothing is decided and nothing is overwritten: a figure that a later report corrects stays, with its date.

Not handled: who was told later by the same words; numbers in running text that no argument holds; contradictions between
relations.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import acos, cos, inf, radians, sin
from typing import TypeVar

from kg.datamodel import (
    Attribution,
    Claim,
    Contradiction,
    Document,
    Entity,
    Event,
    EventMention,
    Field,
    Span,
)
from kg.extract.frames import Lexicon
from kg.extract.times.patterns import CLOCK
from kg.resolve.entities import Entities
from kg.resolve.numbers import Amount
from kg.resolve.same_event import Comparison
from kg.resolve.told import Interval, TellingReader, Told, common, counts_of

__all__ = ["find_contradictions"]

_CLOCK = re.compile(rf"(?:{CLOCK}|midnight|noon|midday)", re.IGNORECASE)
_SHARP = 2  # days up to which a time is a date
_PLACES = ("place", "destination")
_Value = TypeVar("_Value", bound=Hashable)
_RADIUS = 6371.0  # kilometres
_SURROUNDINGS = 60  # kilometres within which two names may tell of one place
_BLOCK = 40  # events compared inside one block


def find_contradictions(
    documents: Mapping[str, Document], events: Sequence[Event], entities: Entities, lexicon: Lexicon
) -> tuple[Contradiction, ...]:
    """Return what sources contradict each other in, sorted by event, field and what is counted.

    Args:
        documents: by id.
        events: with all their mentions.
        entities: that their participants were resolved to.
        lexicon: to tell which events are one but for their status.
    """
    ledger = _Ledger(documents, entities, lexicon)
    found = [c for event in events for c in ledger.of_event(event)]
    found += ledger.of_status(events)
    return tuple(sorted(found, key=lambda c: (c.event, c.field, c.about or "")))


class _Ledger:
    def __init__(self, documents: Mapping[str, Document], entities: Entities, lexicon: Lexicon) -> None:
        self.documents = documents
        self.entities = entities
        self.lexicon = lexicon
        self.comparison = Comparison(entities, lexicon)
        self.entity = {entity.id: entity for entity in entities.entities}

    # ----------------------------------------------------- within one event

    def of_event(self, event: Event) -> Iterator[Contradiction]:
        """Yield the contradictions between the mentions of one event."""
        if len(event.mentions) < 2:
            return
        yield from self._numbers(event)
        for field, told in (
            ("date", self._dates(event)),
            ("place", self._places(event)),
            ("actor", self._actors(event)),
        ):
            yield from self._contradiction(event.id, field, None, told)  # type: ignore[arg-type]

    def _numbers(self, event: Event) -> Iterator[Contradiction]:
        counted: dict[tuple[str, str], list[tuple[Claim, Amount]]] = defaultdict(list)
        for mention in event.mentions:
            for count, argument in counts_of(mention):
                claim = self._claim(str(count.amount), argument.span, mention)
                counted[count.role, count.about].append((claim, count.amount))
        for (_, about), told in sorted(counted.items()):
            apart = _any_apart(told, lambda a, b: not a.agrees(b))
            if apart:
                yield Contradiction(event.id, "number", about, _sorted(claim for claim, _ in told))

    def _dates(self, event: Event) -> tuple[list[Claim], bool]:
        told: list[tuple[Claim, Interval]] = []
        for mention in event.mentions:
            time = mention.time
            if time is None or time.start is None or _CLOCK.fullmatch(time.span.text):
                continue  # of an hour alone, the day is only what the sentences before suggest
            days = (time.start, time.end or time.start)
            if (days[1] - days[0]).days > _SHARP:
                continue
            value = days[0].isoformat() + ("" if days[0] == days[1] else f"/{days[1].isoformat()}")
            told.append((self._claim(value, time.span, mention), days))
        return [claim for claim, _ in told], _any_apart(told, lambda a, b: common(a, b) is None)

    def _places(self, event: Event) -> tuple[list[Claim], bool]:
        told = [(c, ids) for c, ids in self._named(event, _PLACES) if ids & self.entities.country_of.keys()]
        joint = _by_mention(told)
        return [c for c, _ in told], _any_apart(joint, self._far_apart)

    def _far_apart(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Tell whether places contradict: other countries, or so far apart that none is the surroundings of the other."""
        pairs = ((self.entity[a], self.entity[b]) for a in one for b in other)
        near = any(_kilometres(a, b) <= _SURROUNDINGS for a, b in pairs)
        return not near and self.comparison.places_apart(one, other)

    def _actors(self, event: Event) -> tuple[list[Claim], bool]:
        told = self._named(event, ("agent",))
        sides: list[frozenset[str]] = []  # agents that some mention names together
        for _, ids in _by_mention(told):
            joined = ids.union(*(side for side in sides if side & ids))
            sides = [side for side in sides if not side & ids] + [joined]
        of = {id_: n for n, side in enumerate(sides) for id_ in side}
        on_side = [(claim, frozenset(of[id_] for id_ in ids)) for claim, ids in told]
        return [c for c, _ in told], _any_apart(on_side, lambda a, b: not a & b)

    def _named(self, event: Event, roles: Sequence[str]) -> list[tuple[Claim, frozenset[str]]]:
        """The named entities in some roles, each with the claim that it is one."""
        told: list[tuple[Claim, frozenset[str]]] = []
        for mention in event.mentions:
            for argument in mention.arguments:
                entity = self.entities.of(argument.mention)
                if argument.role not in roles or entity is None or entity.id not in self.entities.named:
                    continue
                ids = {entity.id}
                if argument.mention and argument.mention.country:
                    ids |= {x for x in [self.entities.countries.get(argument.mention.country)] if x}
                told.append((self._claim(entity.label, argument.span, mention), frozenset(ids)))
        return told

    def _contradiction(
        self, event: str, field: Field, about: str | None, told: tuple[list[Claim], bool]
    ) -> Iterator[Contradiction]:
        claims, apart = told
        if apart:
            yield Contradiction(event, field, about, _sorted(claims))

    # ------------------------------------------------------- between events

    def of_status(self, events: Sequence[Event]) -> list[Contradiction]:
        """Return the events that one source asserts and another denies: two events, alike but for their status."""
        reader = TellingReader(
            self.documents, [m for event in events for m in event.mentions], self.entities, self.lexicon
        )
        of_interest = [event for event in events if event.status in ("asserted", "negated")]
        told = [_together([reader.read(m) for m in event.mentions]) for event in of_interest]
        pairs: set[tuple[int, int]] = set()
        for block in self.comparison.blocks(told):
            denied = [i for i in block if told[i].status == "negated"][:_BLOCK]
            claimed = [i for i in block if told[i].status == "asserted"][:_BLOCK]
            pairs |= {(i, j) for i in claimed for j in denied}
        denials: dict[str, list[Event]] = defaultdict(list)
        for i, j in sorted(pairs):
            if self.comparison.evidence(told[i], told[j], any_status=True):
                denials[of_interest[i].id].append(of_interest[j])
        asserted = {event.id: event for event in events}
        return [
            contradiction
            for id_, others in denials.items()
            if (contradiction := self._of_status(asserted[id_], others)) is not None
        ]

    def _of_status(self, event: Event, denied: Iterable[Event]) -> Contradiction | None:
        mentions = [*event.mentions, *(m for other in denied for m in other.mentions)]
        told = [(self._claim(m.status, m.trigger, m), m.status) for m in mentions]
        if not _any_apart(told, lambda a, b: {a, b} == {"asserted", "negated"}):
            return None
        return Contradiction(event.id, "status", None, _sorted(claim for claim, _ in told))

    # --------------------------------------------------------------- claims

    def _claim(self, value: str, span: Span, mention: EventMention) -> Claim:
        document = self.documents[mention.trigger.document]
        sources = []
        for source in mention.attributed_to:
            entity = self.entities.of(source.mention)
            text = " ".join(source.span.text.split())
            sources.append(Attribution(text, entity.id if entity else None))
        return Claim(value, span, mention.trigger, tuple(sources), document.publisher, document.published)


def _by_mention(told: Sequence[tuple[Claim, frozenset[str]]]) -> list[tuple[Claim, frozenset[str]]]:
    """Return each claim with the entities that its whole mention names."""
    named: dict[Span, frozenset[str]] = {}
    for claim, ids in told:
        named[claim.trigger] = named.get(claim.trigger, frozenset()) | ids
    return [(claim, named[claim.trigger]) for claim, _ in told]


def _kilometres(one: Entity, other: Entity) -> float:
    """Return the distance between two places on a sphere; infinite where a position is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return inf
    here, there = radians(one.latitude or 0), radians(other.latitude or 0)
    turn = radians((one.longitude or 0) - (other.longitude or 0))
    cosine = sin(here) * sin(there) + cos(here) * cos(there) * cos(turn)
    return _RADIUS * acos(max(-1.0, min(1.0, cosine)))


def _any_apart(told: Sequence[tuple[Claim, _Value]], apart: Callable[[_Value, _Value], bool]) -> bool:
    """Tell whether two sources differ; each value is compared with each other once, however many say it."""
    sources: dict[_Value, set[tuple[str, ...]]] = defaultdict(set)
    for claim, value in told:
        sources[value].add(_source(claim))
    return any(
        apart(one, other) and len(sources[one] | sources[other]) > 1
        for one, other in combinations(sources, 2)
    )


def _source(claim: Claim) -> tuple[str, ...]:
    return (claim.trigger.document, *(source.entity or source.text for source in claim.attributed_to))


def _sorted(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return each value once a source, oldest publication first, unknown dates last."""
    first: dict[tuple[str, tuple[str, ...]], Claim] = {}
    for claim in sorted(claims, key=_age):
        first.setdefault((claim.value, _source(claim)), claim)
    return tuple(first.values())


def _age(claim: Claim) -> tuple[date, Span, Span]:
    return claim.published or date.max, claim.span, claim.trigger


def _together(told: Sequence[Told]) -> Told:
    whole = told[0]
    for other in told[1:]:
        whole = whole.with_(other)
    return whole
