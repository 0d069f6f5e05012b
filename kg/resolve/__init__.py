"""From mentions to the world: who and what the documents are about, what happened, and why mentions were taken for one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from kg.datamodel import Decision, Document, Entity, Event, Extraction, Relation
from kg.errors import InputError
from kg.extract.lexicon import load_lexicon
from kg.extract.names import load_names
from kg.resolve.across import group_units
from kg.resolve.entities import build_entities
from kg.resolve.events import resolve_events
from kg.resolve.gazetteer import load_gazetteer
from kg.resolve.relations import resolve_relations
from kg.resolve.units import Unit, read_units

__all__ = ["Resolution", "resolve"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The world layer of a set of documents, each tuple sorted."""

    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    decisions: tuple[Decision, ...]


def resolve(documents: Iterable[Document], extractions: Iterable[Extraction]) -> Resolution:
    """Return what the documents are about. A pure function of the set of documents: their order does not matter.

    Args:
        documents: each with an extraction; the same document twice counts once.
        extractions: one a document, in any order.

    Raises:
        InputError: an extraction without its document, or two different ones under one document id.
    """
    by_id = _unique(documents, "document", lambda d: d.id)
    found = _unique(extractions, "extraction", lambda e: e.document)
    if missing := sorted(found.keys() - by_id.keys()):
        raise InputError(f"extraction of {missing[0]} has no document: give resolve both")
    gazetteer, lexicon, names = load_gazetteer(), load_lexicon(), load_names()
    units: list[Unit] = []
    for id_, extraction in found.items():
        units += read_units(by_id[id_], extraction, names, gazetteer, lexicon)
    entities = build_entities(units, group_units(units), gazetteer)
    event_mentions = [m for extraction in found.values() for m in extraction.event_mentions]
    events, merged = resolve_events(by_id, event_mentions, entities, lexicon)
    relation_mentions = (m for extraction in found.values() for m in extraction.relation_mentions)
    decisions = sorted(
        (*entities.decisions, *merged), key=lambda d: (d.subject, d.object, d.rule, d.evidence)
    )
    return Resolution(
        entities.entities, events, resolve_relations(relation_mentions, entities), tuple(decisions)
    )


_Item = TypeVar("_Item", Document, Extraction)


def _unique(items: Iterable[_Item], what: str, id_of: Callable[[_Item], str]) -> dict[str, _Item]:
    """Return the items by id, sorted, each once."""
    found: dict[str, _Item] = {}
    for item in items:
        if found.setdefault(id_of(item), item) != item:
            raise InputError(f"two different {what}s have the id {id_of(item)}: keep one of them")
    return dict(sorted(found.items()))
