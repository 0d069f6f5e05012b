"""From mentions to the world: who and what the documents are about, what happened, and why mentions were taken for one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kg.datamodel import Contradiction, Decision, Document, Entity, Event, Extraction, Relation
from kg.errors import InputError
from kg.extract.frames import Lexicon
from kg.extract.lexicon import load_lexicon
from kg.extract.names import load_names
from kg.read.records import Rejection
from kg.resolve.across import group_units, object_of
from kg.resolve.contradictions import find_contradictions
from kg.resolve.entities import build_entities
from kg.resolve.events import resolve_events
from kg.resolve.gazetteer import load_gazetteer
from kg.resolve.held import Holding, Key, hold, key_of, trigger_key
from kg.resolve.must import MUST, NO_PAIRS, Must, parse_must, read_must
from kg.resolve.read_units import read_units
from kg.resolve.relations import resolve_relations
from kg.resolve.units import Unit

__all__ = ["MUST", "NO_PAIRS", "Must", "Resolution", "parse_must", "read_must", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The world layer of a set of documents, each tuple sorted.

    Attributes:
        unmatched: pairs of the file of pairs that match nothing in these documents.
    """

    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    decisions: tuple[Decision, ...]
    unmatched: tuple[Rejection, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def resolve(
    documents: Iterable[Document],
    extractions: Iterable[Extraction],
    *,
    must: Must = NO_PAIRS,
    lexicon: Lexicon | None = None,
) -> Resolution:
    """Return what the documents are about. A pure function of the set of documents: their order does not matter.

    Args:
        documents: each with an extraction; the same document twice counts once.
        extractions: one a document, in any order.
        must: pairs that a person has decided, from `read_must`; they win over every rule.
        lexicon: that of the extractions; `ontology/lexicon.toml` by default.

    Raises:
        InputError: an extraction without its document, two different ones under one document id, or pairs that
            contradict each other.
    """
    by_id = _unique(documents, "document", lambda d: d.id)
    found = _unique(extractions, "extraction", lambda e: e.document)
    if missing := sorted(found.keys() - by_id.keys()):
        raise InputError(f"extraction of {missing[0]} has no document: give resolve both")
    lexicon = lexicon or load_lexicon()
    holding = _holding(by_id, found, must, lexicon)
    return _resolved(by_id, found, holding, _units(by_id, found, holding, lexicon), lexicon)


def _units(
    documents: Mapping[str, Document], found: Mapping[str, Extraction], holding: Holding, lexicon: Lexicon
) -> list[Unit]:
    known = load_names(), load_gazetteer(), lexicon
    read = (read_units(documents[id_], x, *known, holding.entities) for id_, x in found.items())
    return [unit for units in read for unit in units]


def _resolved(
    documents: Mapping[str, Document],
    found: Mapping[str, Extraction],
    holding: Holding,
    units: Sequence[Unit],
    lexicon: Lexicon,
) -> Resolution:
    entities = build_entities(units, group_units(units, holding.entities), load_gazetteer())
    event_mentions = [m for extraction in found.values() for m in extraction.event_mentions]
    events, merged = resolve_events(documents, event_mentions, entities, lexicon, holding.events)
    relation_mentions = (m for extraction in found.values() for m in extraction.relation_mentions)
    resolution = Resolution(
        entities.entities,
        events,
        resolve_relations(relation_mentions, entities),
        (*entities.decisions, *merged),
        holding.unmatched,
        find_contradictions(documents, events, entities, lexicon),
    )
    decisions = {*resolution.decisions, *_by_hand(resolution, holding)}
    ordered = sorted(decisions, key=lambda d: (d.subject, d.object, d.rule, d.evidence))
    return replace(resolution, decisions=tuple(ordered))


# ------------------------------------------------------------- pairs of a person


def _holding(
    documents: Mapping[str, Document], found: Mapping[str, Extraction], must: Must, lexicon: Lexicon
) -> Holding:
    """Return what the pairs say of these documents; ids are looked up in what is made of them without the pairs.

    Those that this does not know are looked up in what is made with the pairs found so far, until no more are found.
    """
    if not must.pairs:
        return Holding()
    names, known, matched = load_names(), dict[str, frozenset[Key]](), -1
    holding = hold(must, documents, found, names, known)
    tried = Holding()
    while must.has_ids and holding.unmatched and matched < len(must.pairs) - len(holding.unmatched):
        matched = len(must.pairs) - len(holding.unmatched)
        units = _units(documents, found, tried, lexicon)
        known = _mentions(_resolved(documents, found, tried, units, lexicon), units) | known
        tried = holding = hold(must, documents, found, names, known)
    return holding


def _mentions(resolution: Resolution, units: Iterable[Unit]) -> dict[str, frozenset[Key]]:
    """Return the mentions of entities and events by id; those of units by what decisions call them."""
    return {
        **{object_of(unit): frozenset(map(key_of, unit.mentions)) for unit in units},
        **{e.id: frozenset(key_of(m) for m in e.mentions) for e in resolution.entities},
        **{e.id: frozenset(trigger_key(m) for m in e.mentions) for e in resolution.events},
    }


def _by_hand(resolution: Resolution, holding: Holding) -> set[Decision]:
    """Return the decisions of the pairs that no step of the resolution has told yet."""
    entities = {key_of(m): e.id for e in resolution.entities for m in e.mentions}
    events = {trigger_key(m): e.id for e in resolution.events for m in e.mentions}
    return {
        *holding.entities.decisions(entities, resolution.decisions),
        *holding.events.decisions(events, resolution.decisions),
    }


_Item = TypeVar("_Item", Document, Extraction)


def _unique(items: Iterable[_Item], what: str, id_of: Callable[[_Item], str]) -> dict[str, _Item]:
    """Return the items by id, sorted, each once."""
    found: dict[str, _Item] = {}
    for item in items:
        if found.setdefault(id_of(item), item) != item:
            raise InputError(f"two different {what}s have the id {id_of(item)}: keep one of them")
    return dict(sorted(found.items()))
