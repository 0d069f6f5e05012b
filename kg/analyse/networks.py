"""Two networks read from a graph: everything (entities and events), and who acts on whom."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import networkx as nx

from kg.analyse.quads import quad
from kg.datamodel import Entity, Event, Role
from kg.graph import KnowledgeGraph

__all__ = [
    "actor_graph",
    "core",
    "entity_attributes",
    "entity_network",
    "event_facts",
    "fillers",
    "to_networkx",
]

_TARGETS: tuple[tuple[Role, ...], ...] = (("patient", "recipient"), ("destination",), ("topic",), ("place",))
_UNREALISED = ("planned", "ordered", "requested")

_READABLE = {"entity": (300, 90), "event": (110, 70)}
"""Nodes that a view may have before it opens on a core, and the size of that core; by what it is made of."""


def to_networkx(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return the whole graph as a network: entities and events are nodes, roles and relations edges.

    Node attributes: `kind` ("entity" or "event"), `type`, `label`, `mentions` (how many), `named` (False for an
    entity that is only described), and what the record says besides; a relation to a value ("age") is an attribute of its subject. Edges run from the event to its
    participant (key: the role), from the event to its source (key: "attributedTo"), and from the subject of a
    relation to its object (key: the property); `kind` is "role", "attribution" or "relation", `weight` the
    number of mentions. Participants that are words alone have no node.

    >>> to_networkx(KnowledgeGraph()).number_of_nodes()
    0
    """
    nx_graph = nx.MultiDiGraph()
    for entity in graph.entities:
        nx_graph.add_node(entity.id, **entity_attributes(entity))
    for event in graph.events:
        nx_graph.add_node(event.id, **_event_attributes(event))
    for event in graph.events:
        weight = len(event.mentions)
        for participant in event.participants:
            for end in filter(None, (participant.entity, participant.event)):
                _known(nx_graph, end)
                attributes = {"kind": "role", "text": participant.text, "weight": weight}
                nx_graph.add_edge(event.id, end, participant.role, **attributes)
        for source in event.attributed_to:
            if source.entity is not None:
                _known(nx_graph, source.entity)
                attributes = {"kind": "attribution", "text": source.text, "weight": weight}
                nx_graph.add_edge(event.id, source.entity, "attributedTo", **attributes)
    for relation in graph.relations:
        if relation.object is not None:
            _known(nx_graph, relation.subject, relation.object)
            weight = len(relation.mentions)
            nx_graph.add_edge(
                relation.subject, relation.object, relation.property, kind="relation", weight=weight
            )
        elif relation.value is not None:
            values = nx_graph.nodes[relation.subject].setdefault(relation.property, ())
            nx_graph.nodes[relation.subject][relation.property] = (*values, relation.value)
    return nx_graph


def _known(nx_graph: nx.MultiDiGraph, *ids: str) -> None:
    for id in ids:
        if id not in nx_graph:
            raise KeyError(id)


def entity_attributes(entity: Entity) -> dict[str, Any]:
    """Return what a node says about an entity."""
    return {
        "kind": "entity",
        "type": entity.type,
        "label": entity.label,
        "aliases": entity.aliases,
        "same_as": entity.same_as,
        "mentions": len(entity.mentions),
        "named": any(mention.kind == "name" for mention in entity.mentions),
        "latitude": entity.latitude,
        "longitude": entity.longitude,
    }


def _event_attributes(event: Event) -> dict[str, Any]:
    time = event.time
    return {
        "kind": "event",
        "type": event.type,
        "label": event.label,
        "predicate": event.predicate,
        "plover": event.plover,
        "status": event.status,
        "attributed_to": tuple(source.text for source in event.attributed_to),
        "time": time.span.text if time else None,
        "start": time.start.isoformat() if time and time.start else None,
        "end": time.end.isoformat() if time and time.end else None,
        "mentions": len(event.mentions),
    }


def actor_graph(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """Return who acts on whom: an edge for each event from its agents to those it is done to.

    Those are its patients and recipients; where it has none, the first that it has of destination, topic and
    place ("fled to Belgium"). An event that embeds one which is only planned, ordered or requested and has no
    agent of its own reaches through to that one's target, with that one's status: "Hollande orders strikes on
    Raqqa" leads from Hollande to Raqqa, ordered. Nobody is linked to themselves.

    The edge key is the event's id; attributes: `predicate`, `type`, `plover`, `quad`, `status`, `role`, `weight`
    (number of mentions), `via` (id of the embedded event, or None), `start` and `end` (days of the event) and
    `published` (the day of its first report), as ISO dates or None. Nodes carry what `to_networkx` gives them.
    """
    nx_graph = nx.MultiDiGraph()
    for event in graph.events:
        agents = fillers(event, "agent")
        if not agents:
            continue
        for target, role, via in _targets(graph, event):
            for agent in agents:
                if agent != target:
                    _add_action(nx_graph, graph, event, agent, target, role, via)
    return nx_graph


def fillers(event: Event, *roles: Role) -> list[str]:
    """Return the entities in any of these roles, sorted, each once."""
    return sorted({p.entity for p in event.participants if p.entity is not None and p.role in roles})


def _targets(graph: KnowledgeGraph, event: Event) -> Iterator[tuple[str, Role, Event | None]]:
    """Yield (entity, role, embedded event) for all that an event is done to."""
    for roles in _TARGETS:
        found = sorted({(p.entity, p.role) for p in event.participants if p.entity and p.role in roles})
        if found:
            yield from ((entity, role, None) for entity, role in found)
            break
    for inner_id in sorted({p.event for p in event.participants if p.event is not None}):
        inner = graph.event(inner_id)
        if inner.status in _UNREALISED and not fillers(inner, "agent"):
            yield from ((entity, "topic", inner) for entity in fillers(inner, "patient", "recipient"))


def _add_action(
    nx_graph: nx.MultiDiGraph,
    graph: KnowledgeGraph,
    event: Event,
    agent: str,
    target: str,
    role: Role,
    via: Event | None,
) -> None:
    for end in (agent, target):
        if end not in nx_graph:
            nx_graph.add_node(end, **entity_attributes(graph.entity(end)))
    if nx_graph.has_edge(agent, target, event.id):
        return
    nx_graph.add_edge(
        agent,
        target,
        event.id,
        predicate=f"{event.predicate} {via.predicate}" if via else event.predicate,
        status=via.status if via and event.status != "negated" else event.status,
        role=role,
        via=via.id if via else None,
        **event_facts(graph, event, via or event),
    )


def event_facts(graph: KnowledgeGraph, event: Event, kind: Event) -> dict[str, Any]:
    """Return what every network of events says on an edge: class of `kind`; days and weight of `event`."""
    time = event.time
    published = {graph.document(mention.trigger.document).published for mention in event.mentions}
    first = min(filter(None, published), default=None)
    return {
        "type": kind.type,
        "plover": kind.plover,
        "quad": quad(kind.plover),
        "weight": max(1, len(event.mentions)),
        "start": time.start.isoformat() if time and time.start else None,
        "end": (time.end or time.start).isoformat() if time and time.start else None,
        "published": first.isoformat() if first else None,
    }


def entity_network(graph: KnowledgeGraph, actors: nx.MultiDiGraph) -> nx.Graph:
    """Return the undirected network the page draws in its actor view: actions and relations, summed up."""
    pairs: Counter[tuple[str, str]] = Counter()
    for source, target, weight in actors.edges(data="weight"):
        pairs[min(source, target), max(source, target)] += weight
    for relation in graph.relations:
        if relation.object is not None and relation.object != relation.subject:
            ends = sorted((relation.subject, relation.object))
            pairs[ends[0], ends[1]] += len(relation.mentions) or 1
    network = nx.Graph()
    network.add_nodes_from(sorted({end for pair in pairs for end in pair}))
    network.add_weighted_edges_from((a, b, pairs[a, b]) for a, b in sorted(pairs))
    for node in network:
        network.nodes[node].update(entity_attributes(graph.entity(node)))
    return network


def core(network: nx.Graph) -> nx.Graph:
    """Return the best connected part of a network that has too many nodes to read, else an empty one.

    Of a network of entities, those with the strongest links, where one that has a name counts twice one that is
    only described ("gunmen"). Of one with events as nodes, the events with most reports, among equals those
    whose participants take part in most, each with all its participants: without them it says nothing. Of very
    many links only the strongest, three a node, shape the picture.
    """
    events = [node for node, kind in network.nodes(data="kind") if kind == "event"]
    most, size = _READABLE["event" if events else "entity"]
    if len(network) <= most:
        return nx.Graph()
    chosen: set[str] = set()
    if events:
        ranks = {
            id: sum(network.degree(end) for end in network[id] if not _is_event(network, end))
            for id in events
        }
        for event in sorted(events, key=lambda id: (-network.nodes[id]["mentions"], -ranks[id], id)):
            if len(chosen) >= size:
                break
            chosen |= {event, *network[event]}
    else:
        named = {node: 2 if network.nodes[node].get("named") else 1 for node in network}
        strength = {node: named[node] * weight for node, weight in network.degree(weight="weight")}
        chosen.update(sorted(network, key=lambda id: (-strength[id], id))[:size])
    part = nx.Graph()
    part.add_nodes_from((node, network.nodes[node]) for node in sorted(chosen))
    ends = ((min(a, b), max(a, b), weight) for a, b, weight in network.edges(data="weight", default=1))
    inside = sorted((-w, a, b) for a, b, w in ends if a in chosen and b in chosen)
    part.add_weighted_edges_from((a, b, -w) for w, a, b in _backbone(inside, 3 * len(chosen)))
    return part


def _is_event(network: nx.Graph, node: str) -> bool:
    return bool(network.nodes[node].get("kind") == "event")


def _backbone(edges: list[tuple[int, str, str]], most: int) -> list[tuple[int, str, str]]:
    """Return of sorted edges the first `most`, and the first that each node has."""
    reached: set[str] = set()
    kept = []
    for number, (weight, a, b) in enumerate(edges):
        if number < most or a not in reached or b not in reached:
            kept.append((weight, a, b))
            reached |= {a, b}
    return kept
