"""Counts and rankings of what a graph tells: who is most active, who is quoted, what is disputed, when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import networkx as nx

from kg.analyse.centrality import betweenness, pagerank
from kg.analyse.quads import quad
from kg.datamodel import Event, EventMention
from kg.graph import KnowledgeGraph

__all__ = [
    "UNKNOWN_OUTLET",
    "actions",
    "community_records",
    "counts",
    "disputed",
    "documents",
    "dyads",
    "entity_measures",
    "event_measures",
    "most_active",
    "sources",
    "timeline",
    "unmapped",
]

Measures: TypeAlias = dict[str, dict[str, Any]]

_TOP = 15

UNKNOWN_OUTLET = "unknown outlet"
"""Stands for the publisher of documents that name none."""


def _count(values: Iterable[str | None]) -> dict[str, int]:
    """Count values, most frequent first, then by name."""
    counter = Counter(value for value in values if value is not None)
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def documents(graph: KnowledgeGraph) -> Measures:
    """Return the outlet of every document, and how many events it tells of."""
    told: dict[str, set[str]] = defaultdict(set)
    for event in graph.events:
        for mention in event.mentions:
            told[mention.trigger.document].add(event.id)
    return {
        document.id: {"outlet": document.publisher or UNKNOWN_OUTLET, "events": len(told[document.id])}
        for document in graph.documents
    }


def _outlets(graph: KnowledgeGraph, event: Event) -> set[str]:
    ids = {mention.trigger.document for mention in event.mentions}
    return {graph.document(id).publisher or UNKNOWN_OUTLET for id in ids}


def counts(graph: KnowledgeGraph) -> dict[str, Any]:
    """Count records, and events and entities by what they are and who tells of them."""
    sentences = {mention.sentence for event in graph.events for mention in event.mentions}
    return {
        "documents": len(graph.documents),
        "entities": len(graph.entities),
        "events": len(graph.events),
        "relations": len(graph.relations),
        "event_mentions": sum(len(event.mentions) for event in graph.events),
        "sentences": len(sentences),
        "entity_types": _count(entity.type for entity in graph.entities),
        "event_types": _count(event.type for event in graph.events),
        "plover": _count(event.plover for event in graph.events),
        "statuses": _count(event.status for event in graph.events),
        "outlets": _count(document.publisher or UNKNOWN_OUTLET for document in graph.documents),
        "outlet_events": _count(outlet for event in graph.events for outlet in _outlets(graph, event)),
        "relation_properties": _count(relation.property for relation in graph.relations),
    }


def entity_measures(
    graph: KnowledgeGraph, actors: nx.MultiDiGraph, groups: Mapping[str, int], *, seed: int
) -> Measures:
    """Return the measures of every entity; what concerns acting is read from the actor network."""
    ranks = pagerank(actors)
    between = betweenness(actors, seed=seed)
    taken: Counter[str] = Counter()
    for event in graph.events:
        taken.update({p.entity for p in event.participants if p.entity is not None})
    acts: dict[str, set[str]] = defaultdict(set)
    suffers: dict[str, set[str]] = defaultdict(set)
    for source, target, event_id in actors.edges(keys=True):
        acts[source].add(event_id)
        suffers[target].add(event_id)
    return {
        entity.id: {
            "mentions": len(entity.mentions),
            "events": taken[entity.id],
            "acts": len(acts[entity.id]),
            "affected": len(suffers[entity.id]),
            "degree": len(set(nx.all_neighbors(actors, entity.id))) if entity.id in actors else 0,
            "pagerank": round(ranks.get(entity.id, 0.0), 6),
            "betweenness": round(between.get(entity.id, 0.0), 6),
            "community": groups[entity.id],
        }
        for entity in graph.entities
    }


def event_measures(graph: KnowledgeGraph, nx_graph: nx.MultiDiGraph, groups: Mapping[str, int]) -> Measures:
    """Return degree, community and PLOVER quad class of every event."""
    return {
        event.id: {
            "degree": nx_graph.degree(event.id),
            "community": groups[event.id],
            "quad": quad(event.plover),
        }
        for event in graph.events
    }


def community_records(
    graph: KnowledgeGraph, entities: Measures, groups: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Name each community of two or more by its three entities that take part in most events, those with a name first."""
    members: dict[int, list[str]] = defaultdict(list)
    sizes = Counter(groups.values())
    named = {entity.id for entity in graph.entities if any(m.kind == "name" for m in entity.mentions)}
    for entity in graph.entities:
        members[groups[entity.id]].append(entity.id)
    records = []
    for number in sorted(members):
        if sizes[number] < 2:
            continue
        ranked = sorted(
            members[number],
            key=lambda id: (id not in named, -entities[id]["events"], -entities[id]["mentions"], id),
        )
        name = ", ".join(graph.entity(id).label for id in ranked[:3])
        records.append(
            {
                "id": number,
                "name": name,
                "entities": ranked,
                "events": sizes[number] - len(ranked),
            }
        )
    return records


def most_active(entities: Measures) -> list[dict[str, Any]]:
    """Return the entities that act in most events."""
    active = [(id, m) for id, m in entities.items() if m["acts"]]
    active.sort(key=lambda item: (-item[1]["acts"], -item[1]["mentions"], item[0]))
    return [{"entity": id, "acts": m["acts"], "affected": m["affected"]} for id, m in active[:_TOP]]


def actions(actors: nx.MultiDiGraph) -> list[dict[str, Any]]:
    """Return every edge of the actor network as a record, sorted by source, target, event."""
    return [
        {"source": source, "target": target, "event": event_id, **actors.edges[source, target, event_id]}
        for source, target, event_id in sorted(actors.edges(keys=True))
    ]


def dyads(actors: nx.MultiDiGraph) -> list[dict[str, Any]]:
    """Return every ordered pair with its events, the most active first."""
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for action in actions(actors):
        pairs[action["source"], action["target"]].append(action)
    records = [
        {
            "source": source,
            "target": target,
            "events": [action["event"] for action in found],
            "mentions": sum(action["weight"] for action in found),
            "by_type": _count(action["type"] for action in found),
            "by_plover": _count(action["plover"] for action in found),
            "by_quad": _count(quad(action["plover"]) for action in found),
            "by_status": _count(action["status"] for action in found),
        }
        for (source, target), found in pairs.items()
    ]
    return sorted(records, key=lambda r: (-len(r["events"]), -r["mentions"], r["source"], r["target"]))


def sources(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    """Return who is reported as saying things, by entity where known and by words otherwise."""
    quoted: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for event in graph.events:
        for source in event.attributed_to:
            label = graph.entity(source.entity).label if source.entity else source.text
            quoted[source.entity, label].add(event.id)
    ranked = sorted(quoted.items(), key=lambda item: (-len(item[1]), item[0][1], item[0][0] or ""))
    return [{"entity": id, "label": label, "events": len(events)} for (id, label), events in ranked]


def disputed(graph: KnowledgeGraph) -> list[str]:
    """Return the events that are affirmed by one mention and negated by another."""
    found = []
    for event in graph.events:
        statuses = {mention.status for mention in event.mentions}
        if "negated" in statuses and len(statuses) > 1:
            found.append(event.id)
    return found


def timeline(graph: KnowledgeGraph) -> dict[str, Any]:
    """Count events by day; `periods` last longer than a day, `undated` have no day at all."""
    days: Counter[str] = Counter()
    periods = undated = 0
    for event in graph.events:
        if event.time is None or event.time.start is None:
            undated += 1
        elif event.time.end in (None, event.time.start):
            days[event.time.start.isoformat()] += 1
        else:
            periods += 1
    return {"days": dict(sorted(days.items())), "periods": periods, "undated": undated}


def unmapped(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    """Return the predicates that the lexicon gives no class (type "Event"), most frequent first."""
    found: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(graph.events, key=lambda event: event.id):
        if event.type == "Event":
            found[event.predicate].append(event)
    records = [
        {
            "predicate": predicate,
            "events": len(events),
            "mentions": sum(len(event.mentions) for event in events),
            "example": next((_excerpt(m) for event in events for m in event.mentions), events[0].label),
        }
        for predicate, events in found.items()
    ]
    return sorted(records, key=lambda r: (-r["mentions"], -r["events"], r["predicate"]))


_BESIDE = 70  # characters of a sentence shown on either side of a trigger


def _excerpt(mention: EventMention) -> str:
    """Return the words of a sentence around its trigger, "…" where it goes on."""
    text, at = mention.sentence.text, mention.trigger.start - mention.sentence.start
    start, end = max(0, at - _BESIDE), at + len(mention.trigger.text) + _BESIDE
    if start:
        start = text.find(" ", start, at) + 1 or at
    if end < len(text):
        end = max(text.rfind(" ", 0, end), at + len(mention.trigger.text))
    return "…" * bool(start) + " ".join(text[start:end].split()) + "…" * (end < len(text))
