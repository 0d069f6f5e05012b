"""What the graph says as a network: centrality, communities, most active pairs, timeline, layout.

Graph in, plain dicts out. The only part that knows networkx; nothing here needs SciPy. All results depend on
the graph and `seed` alone: nodes enter every algorithm sorted by id and renumbered, so that neither the order of
construction nor string hashing shows.

Networks that are read from a `KnowledgeGraph`:

- `to_networkx`: everything, entities *and* events as nodes, an edge for each role, attribution and relation;
- `actor_graph`: who acts on whom, an edge for each event from its agent to those it is done to;
- `place_graph`: who has to do with which place, an edge for each event;
- `comention_graph`: who is named in one sentence with whom, an edge for each document.

`narrowed` cuts each of them to event classes, statuses or days, `summed` makes it one edge a pair; the measures take any of
them, or any other networkx graph. `analyse` is what page and report are made of; `examine` what `kg analyse` prints.
"""

from collections.abc import Mapping
from typing import Any

import networkx as nx

from kg.analyse.centrality import METHODS, betweenness, closeness, communities, eigenvector, pagerank
from kg.analyse.examine import NETWORKS, examine
from kg.analyse.graphml import write_graphml
from kg.analyse.grouped import group_network
from kg.analyse.measures import (
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
from kg.analyse.overtime import PERIODS, changes, pairs_over_time, quads_over_time
from kg.analyse.paths import paths
from kg.analyse.placement import layout
from kg.analyse.projections import CLOCKS, comention_graph, narrowed, place_graph, summed
from kg.analyse.quads import PLOVER_QUADS, QUADS
from kg.analyse.structure import BROKERS, brokerage, constraint, cores, reciprocity
from kg.graph import KnowledgeGraph

__all__ = [
    "BROKERS",
    "CLOCKS",
    "METHODS",
    "NETWORKS",
    "PERIODS",
    "PLOVER_QUADS",
    "QUADS",
    "UNKNOWN_OUTLET",
    "actor_graph",
    "analyse",
    "betweenness",
    "brokerage",
    "changes",
    "closeness",
    "comention_graph",
    "communities",
    "constraint",
    "cores",
    "eigenvector",
    "examine",
    "layout",
    "narrowed",
    "pagerank",
    "pairs_over_time",
    "paths",
    "place_graph",
    "quads_over_time",
    "reciprocity",
    "summed",
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
        (events a day); `quads` (events of pairs by quad class over time); `reciprocity` (the share of pairs that act both
        ways, or None); `unmapped` (predicates without an event class: the lexicon's work list); `layout`
        (positions for "actors" and "events"); `groups` (positions of the communities, by their number as text);
        `core` (of a network too large to read at once, the best
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
        "quads": quads_over_time(actors),
        "reciprocity": reciprocity(summed(actors)),
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
