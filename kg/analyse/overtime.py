"""What changes with time: quad classes by period, of all and of pairs, and what is new between two networks."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import networkx as nx

from kg.analyse.centrality import pagerank
from kg.analyse.projections import summed
from kg.analyse.quads import QUADS

__all__ = ["PERIODS", "changes", "pairs_over_time", "period_of", "quads_over_time", "suitable_period"]

PERIODS = ("day", "week", "month", "year")

_DAYS, _WEEKS, _MONTHS = 35, 40 * 7, 6 * 365  # days that are still shown one by one, by weeks, by months


def period_of(day: str, period: str) -> str:
    """Return the period that holds a day: the day itself, its week's Monday, its month or year.

    >>> period_of("2015-11-18", "week"), period_of("2015-11-18", "month")
    ('2015-11-16', '2015-11')
    """
    if period == "week":
        found = date.fromisoformat(day)
        return (found - timedelta(days=found.weekday())).isoformat()
    return day[: {"day": 10, "month": 7, "year": 4}[period]]


def suitable_period(days: Iterable[str]) -> str:
    """Return the shortest of `PERIODS` that shows these days in a few dozen steps."""
    known = sorted(days)
    if not known:
        return "day"
    span = (date.fromisoformat(known[-1]) - date.fromisoformat(known[0])).days
    return "day" if span <= _DAYS else "week" if span <= _WEEKS else "month" if span <= _MONTHS else "year"


def _day(facts: dict[str, Any], clock: str) -> str | None:
    found: str | None = facts.get("start" if clock == "event" else "published")
    return found


def quads_over_time(
    actors: nx.MultiDiGraph, *, clock: str = "published", period: str | None = None
) -> dict[str, Any]:
    """Count events by period and quad class.

    Args:
        actors: what `actor_graph` returned; an event with several pairs counts once.
        clock: "published" or "event", as in `narrowed`.
        period: one of `PERIODS`; a suitable one where not given.

    Returns:
        `period`, `clock`, `undated` (events without a day), and `counts`: by period, of each quad class.
    """
    told: dict[str, tuple[str | None, str | None]] = {}
    for _, _, key, facts in actors.edges(keys=True, data=True):
        told.setdefault(key, (_day(facts, clock), facts.get("quad")))
    days = [day for day, _ in told.values() if day]
    period = period or suitable_period(days)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for day, quad in told.values():
        if day and quad:
            counts[period_of(day, period)][quad] += 1
    return {
        "period": period,
        "clock": clock,
        "undated": len(told) - len(days),
        "counts": {name: {quad: counts[name][quad] for quad in QUADS} for name in sorted(counts)},
    }


def pairs_over_time(
    actors: nx.MultiDiGraph, *, clock: str = "published", period: str | None = None
) -> list[dict[str, Any]]:
    """Return every ordered pair with its events by quad class and period, the most active first.

    Returns:
        Records of `source`, `target`, `events` (ids), `mentions`, `by_quad` (events by quad class) and `over_time` (by
        period, events by quad class; "other" for classes without one).
    """
    found: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for source, target, key in sorted(actors.edges(keys=True)):
        found[source, target].append((key, actors.edges[source, target, key]))
    days = (_day(facts, clock) for told in found.values() for _, facts in told)
    period = period or suitable_period(day for day in days if day)
    records = []
    for (source, target), told in found.items():
        over_time: dict[str, Counter[str]] = defaultdict(Counter)
        for _, facts in told:
            if day := _day(facts, clock):
                over_time[period_of(day, period)][facts.get("quad") or "other"] += 1
        by_quad = Counter(facts.get("quad") or "other" for _, facts in told)
        records.append(
            {
                "source": source,
                "target": target,
                "events": [key for key, _ in told],
                "mentions": sum(facts["weight"] for _, facts in told),
                "by_quad": dict(sorted(by_quad.items())),
                "over_time": {name: dict(sorted(over_time[name].items())) for name in sorted(over_time)},
            }
        )
    return sorted(records, key=lambda r: (-len(r["events"]), -r["mentions"], r["source"], r["target"]))


def changes(before: nx.MultiGraph, after: nx.MultiGraph) -> dict[str, Any]:
    """Return how one network differs from another: of two periods, two statuses, two outlets.

    Returns:
        `new_nodes` and `gone_nodes`; `new_pairs` and `gone_pairs` ([source, target]); `turned`: pairs that were mostly
        cooperation and are mostly conflict, or the other way round, each with `before` and `after`; `ranks`: the change
        of PageRank of every node in both, the largest first.
    """
    old, new = summed(before), summed(after)
    old_pairs, new_pairs = set(old.edges()), set(new.edges())
    tones = {name: _tones(network) for name, network in (("before", before), ("after", after))}
    turned = [
        {"source": a, "target": b, "before": tones["before"][a, b], "after": tones["after"][a, b]}
        for a, b in sorted(set(tones["before"]) & set(tones["after"]))
        if tones["before"][a, b] != tones["after"][a, b]
    ]
    old_ranks, new_ranks = pagerank(before), pagerank(after)
    moved = {node: round(new_ranks[node] - old_ranks[node], 6) for node in set(old) & set(new)}
    return {
        "new_nodes": sorted(set(new) - set(old)),
        "gone_nodes": sorted(set(old) - set(new)),
        "new_pairs": [list(pair) for pair in sorted(new_pairs - old_pairs)],
        "gone_pairs": [list(pair) for pair in sorted(old_pairs - new_pairs)],
        "turned": turned,
        "ranks": dict(sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0]))),
    }


def _tones(nx_graph: nx.MultiGraph) -> dict[tuple[str, str], str]:
    """Return "cooperation" or "conflict" for each pair that has more of one than of the other."""
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for a, b, quad in nx_graph.edges(data="quad"):
        if quad:
            counted[a, b][quad.rpartition(" ")[2]] += 1
    return {
        pair: max(sorted(counts), key=lambda tone: counts[tone])
        for pair, counts in counted.items()
        if counts["cooperation"] != counts["conflict"]
    }
