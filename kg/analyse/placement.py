"""Where the page draws each node: communities first, deterministic, numpy only (networkx' own needs SciPy)."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.analyse.centrality import communities

__all__ = ["layout"]

Points: TypeAlias = NDArray[np.float64]

_DENSE = 400
_READ_AT_ONCE = 120
_CANVAS = (780.0, 600.0)
"""Pixels of the page's canvas on a common screen."""

_SPACING = 95.0
"""Pixels between neighbouring nodes at zoom 1."""


def layout(
    nx_graph: nx.Graph, *, seed: int = 0, groups: Mapping[str, int] | None = None
) -> dict[str, tuple[float, float]]:
    """Return a position in pixels for every node: communities first, their members inside, labels apart.

    Communities are placed by a spring layout (Fruchterman and Reingold 1991) of their own network, each a disc
    with room for its members, who get a spring layout within. Up to 400 nodes, what hangs together is then
    relaxed together, labels (an event's predicate, an entity's label) are moved apart, and separate parts are set in rows. Unlike one spring layout over all, time grows
    with the sum of squares of the community sizes, not with the square of the whole.

    Args:
        nx_graph: any networkx graph; `weight` pulls, directions do not matter.
        seed: the start of the spring layouts.
        groups: community by node; found by `communities` where not given.

    Returns:
        (x, y) rounded to 2 decimals by node, sorted by node.
    """
    nodes = sorted(nx_graph)
    if not nodes:
        return {}
    groups = communities(nx_graph, seed=seed) if groups is None else groups
    edges, weights = _edge_arrays(nx_graph, nodes)
    rng = np.random.default_rng(seed)
    points = _place(edges, weights, [groups[node] for node in nodes], rng) * _SPACING
    if len(nodes) <= _DENSE:
        labels = [_shown(nx_graph.nodes[node]) for node in nodes]
        points = _relax_parts(_components(nx_graph, nodes), edges, weights, points, labels)
        if len(nodes) <= _READ_AT_ONCE:
            points = _open_up(points, labels)
    points = points - (points.min(axis=0) + points.max(axis=0)) / 2
    return {
        node: (round(x, 2) + 0.0, round(y, 2) + 0.0)
        for node, (x, y) in zip(nodes, points.tolist(), strict=True)
    }


def _shown(attributes: Mapping[str, Any]) -> str:
    """Return what the page writes on a node: an event's predicate, an entity's label."""
    return str(attributes.get("predicate") or attributes.get("label") or "")


def _components(nx_graph: nx.Graph, nodes: Sequence[str]) -> list[NDArray[np.int64]]:
    """Return the numbers of the nodes that hang together, largest part first."""
    number = {node: i for i, node in enumerate(nodes)}
    found = nx.weakly_connected_components if nx_graph.is_directed() else nx.connected_components
    parts = [sorted(number[node] for node in part) for part in found(nx_graph)]
    return [np.array(part, dtype=np.int64) for part in sorted(parts, key=lambda part: (-len(part), part))]


def _relax_parts(
    parts: Sequence[NDArray[np.int64]],
    edges: NDArray[np.int64],
    weights: Points,
    points: Points,
    labels: Sequence[str],
) -> Points:
    """Relax each connected part, part its labels, and set the parts in rows under the largest."""
    placed = points.copy()
    boxes = []
    for part in parts:
        inside = np.isin(edges[:, 0], part)
        local = np.searchsorted(part, edges[inside])
        own = _spring(local, weights[inside], points[part] / _SPACING, rounds=150, heat=0.35, gravity=0.16)
        own = _even(_spread_out(own)) * _SPACING * (1.05, 1.0)
        own = _part_labels(own, [labels[i] for i in part])
        placed[part] = own - own.min(axis=0)
        boxes.append(np.ptp(own, axis=0) + np.array([_SPACING * 1.6, _SPACING * 0.8]))
    width = max(boxes[0][0], 1.3 * math.sqrt(sum(float(box[0] * box[1]) for box in boxes)))
    left = top = height = 0.0
    for part, box in zip(parts, boxes, strict=True):
        if left > 0 and left + box[0] > width:
            left, top, height = 0.0, top + height, 0.0
        placed[part] += (left, top)
        left, height = left + float(box[0]), max(height, float(box[1]))
    return placed


def _edge_arrays(nx_graph: nx.Graph, nodes: Sequence[Hashable]) -> tuple[NDArray[np.int64], Points]:
    """Return the ends of all edges as node numbers (each pair once, no loops), and a damped weight for each."""
    number = {node: i for i, node in enumerate(nodes)}
    pairs: Counter[tuple[int, int]] = Counter()
    for a, b, weight in nx_graph.edges(data="weight", default=1):
        low, high = sorted((number[a], number[b]))
        if low != high:
            pairs[low, high] += weight or 1
    ordered = sorted(pairs)
    edges = np.array(ordered, dtype=np.int64).reshape(-1, 2)
    return edges, np.array([1 + math.log(pairs[pair]) / 2 for pair in ordered], dtype=np.float64)


def _place(
    edges: NDArray[np.int64], weights: Points, groups: Sequence[int], rng: np.random.Generator
) -> Points:
    """Place communities, then members inside them; the unit is the distance between neighbours."""
    names = {group: i for i, group in enumerate(sorted(set(groups)))}
    of = np.array([names[group] for group in groups])
    sizes = np.bincount(of)
    radii = 0.62 * np.sqrt(sizes) + 0.15
    between = of[edges[:, 0]] != of[edges[:, 1]] if len(edges) else np.zeros(0, dtype=bool)
    centres = _place_groups(of[edges[between]].reshape(-1, 2), radii, rng)
    points = np.zeros((len(groups), 2))
    inside, inside_weights = edges[~between], weights[~between]
    by_group = np.argsort(of[inside[:, 0]], kind="stable") if len(inside) else np.zeros(0, dtype=np.int64)
    inside, inside_weights = inside[by_group], inside_weights[by_group]
    bounds = np.searchsorted(of[inside[:, 0]], np.arange(len(sizes) + 1)) if len(inside) else None
    order = np.argsort(of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    for group, radius in enumerate(radii):
        members = order[starts[group] : starts[group + 1]]
        low, high = (bounds[group], bounds[group + 1]) if bounds is not None else (0, 0)
        local = np.searchsorted(members, inside[low:high])
        own = _members(local, inside_weights[low:high], len(members), rng)
        points[members] = centres[group] + _fit(own, radius)
    return points


def _members(edges: NDArray[np.int64], weights: Points, size: int, rng: np.random.Generator) -> Points:
    """Lay out one community; a very large one in a spiral, its best connected nodes in the middle."""
    if size > _DENSE:
        degree = np.bincount(edges.ravel(), minlength=size)
        points = np.zeros((size, 2))
        points[np.argsort(-degree, kind="stable")] = _spiral(np.ones(size))
        return points
    return _spring(edges, weights, rng.normal(size=(size, 2)), rounds=60 if size < 100 else 40, heat=1.0)


def _fit(points: Points, radius: float) -> Points:
    """Centre points and scale them into a disc."""
    points = points - points.mean(axis=0)
    extent = float(np.sqrt((points**2).sum(axis=1)).max())
    return points * (radius * 0.9 / extent) if extent > 0 else points


def _place_groups(edges: NDArray[np.int64], radii: Points, rng: np.random.Generator) -> Points:
    """Return the centre of each community: linked ones by springs, lone ones in a spiral around them."""
    linked = np.unique(edges)
    points = np.zeros((len(radii), 2))
    inner = 0.0
    if len(linked):
        local, weights = np.unique(
            np.sort(np.searchsorted(linked, edges), axis=1), axis=0, return_counts=True
        )
        if len(linked) <= _DENSE:
            start = rng.normal(size=(len(linked), 2))
            spread = _spring(local, 1 + np.log(weights) / 2, start, rounds=150, heat=1.0)
            points[linked] = _part_discs(spread * 2 * float(radii[linked].mean()), radii[linked])
        else:
            points[linked] = _spiral(radii[linked])
        inner = float((np.sqrt((points[linked] ** 2).sum(axis=1)) + radii[linked]).max())
    lone = np.setdiff1d(np.arange(len(radii)), linked)
    points[lone] = _spiral(radii[lone], inner=inner)
    return points


def _spiral(radii: Points, *, inner: float = 0.0) -> Points:
    """Place discs on a sunflower spiral (Vogel 1979) around a free disc of radius `inner`."""
    room = np.cumsum((1.15 * radii) ** 2)
    distance = np.sqrt(inner**2 + room)
    distance = (
        distance - distance[0] if inner == 0.0 and len(radii) else distance + (0.6 if len(radii) else 0.0)
    )
    angle = np.arange(len(radii)) * math.pi * (3 - math.sqrt(5))
    return np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1)


def _spring(
    edges: NDArray[np.int64],
    weights: Points,
    start: Points,
    *,
    rounds: int,
    heat: float,
    gravity: float = 0.06,
) -> Points:
    """Relax points with ideal edge length 1: all repel each other, edges pull, a weak gravity holds parts together."""
    size = len(start)
    if size < 2:
        return start.copy()
    place, force = start.T.copy(), np.zeros((2, size))
    a, b = edges[:, 0], edges[:, 1]
    for step in range(rounds):
        delta_x, delta_y = (axis[:, None] - axis[None, :] for axis in place)
        nearness = 1 / np.maximum(delta_x * delta_x + delta_y * delta_y, 1e-4)
        force[0], force[1] = (delta_x * nearness).sum(axis=1), (delta_y * nearness).sum(axis=1)
        force -= gravity * place
        pull = place[:, b] - place[:, a]
        pull *= weights * np.hypot(*pull)
        for axis in (0, 1):
            force[axis] += np.bincount(a, pull[axis], size) - np.bincount(b, pull[axis], size)
        length = np.maximum(np.hypot(*force), 1e-9)
        place += force / length * np.minimum(length, heat * (1 - step / rounds) * math.sqrt(size) / 3)
    return place.T.copy()


def _spread_out(points: Points) -> Points:
    """Move points along their ray from the middle until they fill their disc more evenly.

    Springs crowd the well linked in the middle and send long chains far out; the middle needs the room.
    """
    points = points - np.median(points, axis=0)
    distance = np.maximum(np.hypot(points[:, 0], points[:, 1]), 1e-9)
    rank = np.argsort(np.argsort(distance, kind="stable"), kind="stable")
    even = np.sqrt((rank + 0.5) / len(points)) * float(np.quantile(distance, 0.85))
    return points * ((0.25 * distance + 0.75 * even) / distance)[:, None]


def _even(points: Points) -> Points:
    """Scale points so that the typical distance to the nearest other point is 0.8."""
    if len(points) < 2:
        return points
    square = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(square, np.inf)
    return points * (0.8 / max(float(np.median(np.sqrt(square.min(axis=1)))), 1e-6))


def _part_discs(points: Points, radii: Points, *, gap: float = 0.35) -> Points:
    """Push discs apart until (nearly) none overlap."""
    least = radii[:, None] + radii[None, :] + gap
    return _part(points, lambda delta: np.maximum(least - np.sqrt((delta**2).sum(axis=2)), 0.0))


def _part(points: Points, overlap: Callable[[Points], Points]) -> Points:
    points = points.copy()
    # equal points have no direction to part in: give every point its own tiny offset
    points += 1e-6 * np.stack([np.arange(len(points)), np.arange(len(points))[::-1]], axis=1)
    for _ in range(120):
        delta = points[:, None, :] - points[None, :, :]
        amount = overlap(delta)
        np.fill_diagonal(amount, 0.0)
        if amount.max(initial=0.0) < 1e-3:
            break
        distance = np.maximum(np.sqrt((delta**2).sum(axis=2)), 1e-9)
        points += 0.5 * (delta * (amount / distance)[:, :, None]).sum(axis=1) * 0.7
    return points


def _part_labels(points: Points, labels: Sequence[str]) -> Points:
    """Move nodes apart until the boxes of their labels do not overlap.

    Letters are taken to be 7 pixels wide, a node with its label 36 pixels high.
    """
    half = np.array([max(22.0, min(len(label), 26) * 3.5 + 6) for label in labels])
    rows = np.arange(len(points))
    # the shorter way out; ties by node number, so that two equal points part at all
    tie = np.sign(rows[:, None] - rows)
    points = points.copy()
    for _ in range(300):
        delta_x, delta_y = (points[:, axis, None] - points[None, :, axis] for axis in (0, 1))
        over_x = half[:, None] + half[None, :] - np.abs(delta_x)
        over_y = 36.0 - np.abs(delta_y)
        hit = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        # a screen is wider than high, and labels are wide: sideways costs less than it measures
        vertical = 1.6 * over_y <= over_x
        way_x, way_y = (np.where(delta == 0, tie, np.sign(delta)) for delta in (delta_x, delta_y))
        points[:, 0] += 0.25 * (np.where(hit & ~vertical, over_x, 0.0) * way_x).sum(axis=1)
        points[:, 1] += 0.25 * (np.where(hit & vertical, over_y, 0.0) * way_y).sum(axis=1)
    return points


def _open_up(points: Points, labels: Sequence[str]) -> Points:
    """Make room for labels at the zoom that shows the whole picture, and make that zoom 1.

    Each round needs more room and so zooms out; a few come close enough.
    """
    points = points * (1.2, 0.9)
    for _ in range(4):
        extent = np.maximum(np.ptp(points, axis=0), 1.0)
        zoom = min(1.15, _CANVAS[0] / float(extent[0]), _CANVAS[1] / float(extent[1]))
        points = _part_labels(points * zoom, labels)
    # fill the canvas: stretching takes no room away
    shape = np.array(_CANVAS) / np.maximum(np.ptp(points, axis=0), 1.0)
    points *= np.minimum(shape / shape.min(), 1.5)
    return points
