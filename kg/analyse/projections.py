"""Networks of entities for a question: who acts where, who is named beside whom, and any network cut to a class or time.

Each is a multigraph with an edge for each event (or document) that makes it, so that `narrowed` can cut it by class, quad
class, status and days, and `summed` can count what is left.
"""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date
from itertools import combinations

import networkx as nx

from kg.analyse.networks import entity_attributes, event_facts, fillers
from kg.graph import KnowledgeGraph
from kg.sentences import Sentences

__all__ = ["CLOCKS", "comention_graph", "narrowed", "place_graph", "summed"]

CLOCKS = ("published", "event")
"""The days that count: those of the first report, or those of the event itself (often unknown)."""

_PLACES = ("Place", "Facility")


def place_graph(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return who has to do with which place: an edge for each event from those who take part to where it happens.

    Those who take part are agents, patients and recipients that are no places; where it happens are the entities in the
    roles place, source and destination, and patients that are places ("bomb Raqqa"). The edge key is the event's id; the
    attributes are those of `actor_graph` without `via`, `role` being that of the place.
    """
    kinds = {entity.id: entity.type for entity in graph.entities}
    nx_graph = nx.MultiDiGraph()
    for event in graph.events:
        people = [id for id in fillers(event, "agent", "patient", "recipient") if kinds[id] not in _PLACES]
        roles = {
            p.entity: p.role
            for p in event.participants
            if p.entity and (p.role in ("place", "source", "destination") or p.role == "patient")
        }
        for place in sorted(id for id in roles if kinds[id] in _PLACES):
            for person in people:
                for end in (person, place):
                    nx_graph.add_node(end, **entity_attributes(graph.entity(end)))
                facts = event_facts(graph, event, event)
                words = {"predicate": event.predicate, "status": event.status, "role": roles[place]}
                nx_graph.add_edge(person, place, event.id, **words, **facts)
    return nx_graph


def comention_graph(graph: KnowledgeGraph) -> nx.MultiGraph:
    """Return who is named in one sentence with whom: an edge for each pair and document, `weight` the sentences.

    The weaker sibling of `actor_graph`: it says that two were spoken of together, not what was said. The edge key is the
    document's id; `start`, `end` and `published` are the day of publication.
    """
    known: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for event in graph.events:
        for mention in event.mentions:
            known[mention.sentence.document].add(mention.sentence.range)
    sentences = {document.id: Sentences(document.text, known[document.id]) for document in graph.documents}
    together: dict[tuple[str, int], set[str]] = defaultdict(set)
    for entity in graph.entities:
        for named in entity.mentions:
            span = named.span
            start, _ = sentences[span.document].span(span.start, span.end)
            together[span.document, start].add(entity.id)
    counted: Counter[tuple[str, str, str]] = Counter()
    for (document_id, _), ids in together.items():
        counted.update((a, b, document_id) for a, b in combinations(sorted(ids), 2))
    nx_graph = nx.MultiGraph()
    for a, b, document_id in sorted(counted):
        for end in (a, b):
            nx_graph.add_node(end, **entity_attributes(graph.entity(end)))
        published = graph.document(document_id).published
        day = published.isoformat() if published else None
        days = {"start": day, "end": day, "published": day}
        nx_graph.add_edge(a, b, document_id, weight=counted[a, b, document_id], **days)
    return nx_graph


def narrowed(
    nx_graph: nx.MultiGraph,
    *,
    classes: Collection[str] = (),
    quads: Collection[str] = (),
    statuses: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
    clock: str = "published",
) -> nx.MultiGraph:
    """Return a copy with the edges that match, and the nodes they touch.

    Args:
        nx_graph: what `actor_graph`, `place_graph` or `comention_graph` returned.
        classes: event classes ("AirStrike") and PLOVER categories ("ASSAULT") that may stay; all where empty.
        quads: quad classes that may stay; all where empty.
        statuses: statuses that may stay; all where empty.
        since: first day that counts; an edge without days is left out where either is given.
        until: last day that counts, itself included.
        clock: "published" for the day of the first report, "event" for the days of the event, of which any may lie
            within.
    """
    kept = nx_graph.__class__()
    names = sorted(nx_graph.edges(keys=True))
    for a, b, key in names:
        facts = nx_graph.edges[a, b, key]
        if classes and facts.get("type") not in classes and facts.get("plover") not in classes:
            continue
        if (quads and facts.get("quad") not in quads) or (statuses and facts.get("status") not in statuses):
            continue
        if (since or until) and not _within(facts, since, until, clock):
            continue
        for end in (a, b):
            kept.add_node(end, **nx_graph.nodes[end])
        kept.add_edge(a, b, key, **facts)
    return kept


def _within(facts: dict[str, str | None], since: date | None, until: date | None, clock: str) -> bool:
    names = ("start", "end") if clock == "event" else ("published", "published")
    start, end = (facts.get(name) for name in names)
    if start is None or end is None:
        return False
    return not (since and end < since.isoformat()) and not (until and start > until.isoformat())


def summed(nx_graph: nx.MultiGraph) -> nx.Graph:
    """Return one edge a pair: `events` counts the edges of the multigraph, `weight` adds up their weights.

    Directed where the multigraph is; nodes and edges in the order of their ids, so that no algorithm sees the order in
    which a graph was built. Loops are left out.
    """
    simple = nx.DiGraph() if nx_graph.is_directed() else nx.Graph()
    simple.add_nodes_from((node, nx_graph.nodes[node]) for node in sorted(nx_graph))
    weights: Counter[tuple[str, str]] = Counter()
    events: Counter[tuple[str, str]] = Counter()
    for a, b, weight in nx_graph.edges(data="weight", default=1):
        pair = (a, b) if nx_graph.is_directed() else (min(a, b), max(a, b))
        if a != b:
            weights[pair] += weight
            events[pair] += 1
    for a, b in sorted(weights):
        simple.add_edge(a, b, weight=weights[a, b], events=events[a, b])
    return simple
