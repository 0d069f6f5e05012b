"""What the graph says as a network: centrality, communities, most active pairs, timeline, layout.

Graph in, plain dicts out. The only part that knows networkx; nothing here needs SciPy. All results depend on
the graph and `seed` alone: nodes enter every algorithm sorted by id and renumbered, so that neither the order of
construction nor string hashing shows.

Two networks are read from a `KnowledgeGraph`:

- `to_networkx`: everything, entities *and* events as nodes, an edge for each role, attribution and relation;
- `actor_graph`: who acts on whom, an edge for each event from its agent to those it is done to.
"""

from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.analyse.centrality import betweenness, communities, pagerank
from kg.analyse.graphml import write_graphml
from kg.analyse.grouped import group_network
from kg.analyse.measures import (
    PLOVER_QUADS,
    UNKNOWN_OUTLET,
    actions,
    community_records,
    counts,
    disputed,
    documents,
    dyads,
    entity_measures,
    event_measures,
    most_active,
    sources,
    timeline,
    unmapped,
)
from kg.analyse.networks import actor_graph, core, entity_network, to_networkx
from kg.analyse.placement import layout
from kg.graph import KnowledgeGraph

__all__ = [
    "PLOVER_QUADS",
    "UNKNOWN_OUTLET",
    "actor_graph",
    "analyse",
    "betweenness",
    "communities",
    "layout",
    "pagerank",
    "to_networkx",
    "write_graphml",
]


def analyse(graph: KnowledgeGraph, *, seed: int = 0) -> dict[str, Any]:
    """Return all measures of a graph as plain dicts and lists that `json.dumps` takes as they are.

    Args:
        graph: what a build found.
        seed: for communities, layout and sampled betweenness.

    Returns:
        `seed`; `counts` (by entity type, event type, PLOVER category, status, outlet); `documents` (outlet by
        id); `entities` and `events` (measures by id); `communities` (named by their most central members);
        `actors` (by events done); `actions` (the edges of `actor_graph`); `dyads` (pairs, most active first);
        `sources` (who is quoted); `disputed` (events that one sentence affirms and another denies); `timeline`
        (events a day); `unmapped` (predicates without an event class: the lexicon's work list); `layout`
        (positions for "actors" and "events"); `groups` (those of the communities, by their number as text); `core` (of a network too large to read at once, the best
        connected part, laid out by itself; empty otherwise).
    """
    nx_graph, actors = to_networkx(graph), actor_graph(graph)
    groups = communities(nx_graph, seed=seed)
    entities = entity_measures(graph, actors, groups, seed=seed)
    named = community_records(graph, entities, groups)
    drawn = {"actors": entity_network(graph, actors), "events": nx.Graph(_linked(nx_graph))}
    return {
        "seed": seed,
        "counts": counts(graph),
        "documents": documents(graph),
        "entities": entities,
        "events": event_measures(graph, nx_graph, groups),
        "communities": named,
        "actors": most_active(entities),
        "actions": actions(actors),
        "dyads": dyads(actors),
        "sources": sources(graph),
        "disputed": disputed(graph),
        "timeline": timeline(graph),
        "unmapped": unmapped(graph),
        "layout": {name: _positions(network, groups, seed) for name, network in drawn.items()},
        "groups": _positions(group_network(drawn["actors"], named), None, seed),
        "core": {name: _positions(core(network), groups, seed) for name, network in drawn.items()},
    }


def _positions(network: nx.Graph, groups: Mapping[str, int] | None, seed: int) -> dict[str, list[float]]:
    return {id: [x, y] for id, (x, y) in layout(network, seed=seed, groups=groups).items()}


def _linked(nx_graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the network without its isolated nodes."""
    return nx_graph.subgraph([node for node in sorted(nx_graph) if nx_graph.degree(node)])
