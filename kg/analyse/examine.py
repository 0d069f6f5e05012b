"""One network of a graph, cut to a question, with all its measures: what `kg analyse` prints."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import networkx as nx

from kg.analyse.centrality import betweenness, closeness, communities, eigenvector, pagerank
from kg.analyse.networks import actor_graph
from kg.analyse.overtime import changes, pairs_over_time, quads_over_time
from kg.analyse.paths import paths
from kg.analyse.projections import CLOCKS, comention_graph, narrowed, place_graph, summed
from kg.analyse.quads import QUADS
from kg.analyse.structure import brokerage, constraint, cores, reciprocity
from kg.datamodel import STATUSES
from kg.errors import InputError
from kg.graph import KnowledgeGraph

__all__ = ["NETWORKS", "examine"]

NETWORKS = {"actors": actor_graph, "places": place_graph, "mentions": comention_graph}
"""Who acts on whom; who has to do with which place; who is named in one sentence with whom."""

_ALL_PAIRS = 2_000  # nodes up to which closeness, which takes time with nodes times edges, is measured


def examine(
    graph: KnowledgeGraph,
    *,
    network: str = "actors",
    classes: Collection[str] = (),
    quads: Collection[str] = (),
    statuses: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
    clock: str = "published",
    between: tuple[str, str] | None = None,
    seed: int = 0,
    backend: str | None = None,
) -> dict[str, Any]:
    """Return the measures of one network of a graph as plain dicts and lists that `json.dumps` takes as they are.

    Args:
        graph: what a build found.
        network: one of `NETWORKS`.
        classes: event classes or PLOVER categories that count; all where empty. Nothing of this and the next two holds
            for "mentions", which has no events.
        quads: quad classes that count, such as "material conflict".
        statuses: statuses that count, such as "asserted".
        since: first day that counts.
        until: last day that counts.
        clock: "published" (day of the first report) or "event" (days of the event itself).
        between: two names or ids to find ways between.
        seed: for communities and sampled betweenness.
        backend: a networkx backend by name, for betweenness and closeness.

    Returns:
        `seed`, `network`, `period` (since, until, clock); `size` (nodes, edges, pairs, density, parts, reciprocity);
        `entities`: by id `label`, `type`, `named`, `in`, `out`, `degree`, `strength`, `pagerank`, `betweenness`, `closeness`
        (None in a network of more than 2,000 nodes), `eigenvector`, `core`, `constraint`, `brokerage`, `community`, the
        highest PageRank first; `communities` (named by their members); `pairs` and `quads` over time; `changes` against
        all that came before `since` (None without `since`); `paths` (None without `between`).

    Raises:
        InputError: a name, network, clock, class of any kind or backend that is not there.
    """
    _check(network, quads, statuses, clock)
    whole = narrowed(NETWORKS[network](graph), classes=classes, quads=quads, statuses=statuses)
    found = narrowed(whole, since=since, until=until, clock=clock) if since or until else whole
    groups = communities(found, seed=seed)
    entities = _entities(graph, found, groups, seed=seed, backend=backend)
    return {
        "seed": seed,
        "network": network,
        "period": {"since": _iso(since), "until": _iso(until), "clock": clock},
        "size": _size(found, acting=network == "actors"),
        "entities": entities,
        "communities": _communities(entities),
        "pairs": pairs_over_time(found, clock=clock),
        "quads": quads_over_time(found, clock=clock),
        "changes": _changes(whole, found, since, clock),
        "paths": _paths(graph, found, between) if between else None,
    }


def _check(network: str, quads: Collection[str], statuses: Collection[str], clock: str) -> None:
    for what, given, allowed in (
        ("network", [network], tuple(NETWORKS)),
        ("clock", [clock], CLOCKS),
        ("quad class", quads, QUADS),
        ("status", statuses, STATUSES),
    ):
        for value in given:
            if value not in allowed:
                raise InputError(f"there is no {what} {value!r}; allowed: {', '.join(allowed)}")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _size(found: nx.MultiGraph, *, acting: bool) -> dict[str, Any]:
    simple = summed(found)
    parts = nx.weakly_connected_components if simple.is_directed() else nx.connected_components
    share = reciprocity(simple) if acting else None
    return {
        "nodes": len(simple),
        "edges": found.number_of_edges(),
        "pairs": simple.number_of_edges(),
        "density": round(nx.density(simple), 6),
        "parts": sum(1 for _ in parts(simple)),
        "reciprocity": None if share is None else round(share, 6),
    }


def _entities(
    graph: KnowledgeGraph, found: nx.MultiGraph, groups: dict[str, int], *, seed: int, backend: str | None
) -> dict[str, dict[str, Any]]:
    simple = summed(found)
    directed = simple if simple.is_directed() else None
    ranks = pagerank(found if directed is not None else found.to_directed())
    measures: dict[str, dict[str, Any]] = {
        "pagerank": ranks,
        "betweenness": betweenness(simple, seed=seed, backend=backend),
        "closeness": closeness(simple, backend=backend) if len(simple) <= _ALL_PAIRS else {},
        "eigenvector": eigenvector(simple),
        "constraint": constraint(simple),
    }
    core, brokers = cores(simple), brokerage(directed, groups) if directed is not None else {}
    records = {}
    for id in sorted(simple, key=lambda id: (-round(ranks[id], 9), id)):
        entity = graph.entity(id)
        records[id] = {
            "label": entity.label,
            "type": entity.type,
            "named": simple.nodes[id]["named"],
            "in": simple.in_degree(id) if directed is not None else None,
            "out": simple.out_degree(id) if directed is not None else None,
            "degree": len(set(nx.all_neighbors(simple, id))),
            "strength": simple.degree(id, weight="weight"),
            **{name: _rounded(values.get(id)) for name, values in measures.items()},
            "core": core[id],
            "brokerage": brokers.get(id),
            "community": groups[id],
        }
    return records


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _communities(entities: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Name each community of two or more by its three members of highest PageRank, those with a name first."""
    members: dict[int, list[str]] = {}
    for id, record in sorted(entities.items(), key=lambda item: not item[1]["named"]):
        members.setdefault(record["community"], []).append(id)
    return [
        {
            "id": number,
            "name": ", ".join(entities[id]["label"] for id in members[number][:3]),
            "entities": members[number],
        }
        for number in sorted(members)
        if len(members[number]) > 1
    ]


def _changes(
    whole: nx.MultiGraph, found: nx.MultiGraph, since: date | None, clock: str
) -> dict[str, Any] | None:
    if since is None:
        return None
    before = narrowed(whole, until=since - timedelta(days=1), clock=clock)
    return {"until": _iso(since - timedelta(days=1)), **changes(before, found)}


def _paths(graph: KnowledgeGraph, found: nx.MultiGraph, between: tuple[str, str]) -> list[dict[str, Any]]:
    ends = [_named(graph, found, name) for name in between]
    return paths(found, ends[0], ends[1])


def _named(graph: KnowledgeGraph, found: nx.MultiGraph, name: str) -> str:
    """Return the node with this id, label or alias; of several the one that is mentioned most."""
    folded = name.casefold()
    fitting = [
        entity
        for entity in graph.entities
        if entity.id in found
        and (
            name in (entity.id, entity.id.rsplit("/", 1)[-1])
            or folded in (alias.casefold() for alias in (entity.label, *entity.aliases))
        )
    ]
    if not fitting:
        raise InputError(f"nobody in this network is called {name!r}; kg analyse OUT --json lists who is")
    return min(fitting, key=lambda entity: (-len(entity.mentions), entity.id)).id
