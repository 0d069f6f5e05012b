"""The page against pyvis' own output of the same network: CPU time and bytes, in one run.

The network is the page's "events" view of a generated graph: two fifths entities, three fifths events, two edges for each node; each
event has a sentence, a day, two or three participants, and every third somebody who says so.

- Ours is `render_page`: from the graph and its analysis to HTML as UTF-8, with all that the page holds: the "actors" network, search,
  evidence, filters.
- Ours from the view is `page_of_view`: from the view model, which pyvis' side is given too, to the same HTML. The test holds this one.
- Theirs is `add_node` and `add_edge` for each node and edge of the same view (label, colour, shape, place as computed; as title of a node
  our tip, as title of an edge the role and the sentence that says so) into `Network(cdn_resources="in_line")`, then `generate_html`, as UTF-8. `directed` is pyvis'
  `directed=True`, which does not look through all edges for each new one; it is measured as well.
- Analysis and layout are counted on neither side. Ours are the best of three runs, pyvis' is one: it takes a minute at the full size.

`KG_BENCH_NODES=20000` is the size asked for; with `KG_BENCH_OUT` set the result is appended to that file as one JSON line.
Figures by themselves, from the project's folder: `python tests/benchmarks/test_page.py`.
"""

import json
import os
import runpy
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import render_page, view_model
from kg.render.page import page_of_view

pytestmark = pytest.mark.slow

NODES = int(os.environ.get("KG_BENCH_NODES", "5000"))
LARGE = 20_000
GRAPHS = runpy.run_path(str(Path(__file__).parents[1] / "render" / "conftest.py"))
KINDS = ("Person", "Organization", "Place", "Group")
SHAPES = {"Person": "dot", "Organization": "square", "Place": "hexagon", "Group": "triangle"}


def news(nodes: int) -> KnowledgeGraph:
    """Return a graph whose "events" network has that many nodes and twice as many edges, with a few hubs."""
    number = 2 * nodes // 5
    names = [(KINDS[i % 4], f"Name {i:06}") for i in range(number)]
    events, edges = nodes - number, 0
    build = GRAPHS["Builder"](seed=1, names=names, documents=max(1, events // 20))
    pick = build.random
    while len(build.events) < events:
        left, more = events - len(build.events), 2 * nodes - edges
        near = len(build.events) if len(build.events) < number else int(30 * pick.paretovariate(0.6)) % number
        others = [names[(near + 1 + int(pick.expovariate(0.02))) % number] for _ in range(3)]
        if len({names[near], *others}) < 4:
            continue
        place = others[1] if more > 2 * left else None
        source = others[2] if more > 3 * left else None
        build.event(
            pick.choice(GRAPHS["VERBS"]), names[near], others[0], place=place, source=source,
            day=date(2015, 11, 1 + pick.randrange(28)), documents=(pick.randrange(len(build.documents)),),
        )  # fmt: skip
        edges += 2 + (place is not None) + (source is not None)
    return build.graph()  # type: ignore[no-any-return]


def theirs(view: dict[str, Any], *, directed: bool) -> str:
    """Return pyvis' page of the "events" network of a view."""
    from pyvis.network import Network

    net = Network(directed=directed, cdn_resources="in_line")
    entities, events, sentences = view["entities"], view["events"], view["sentences"]
    for node in view["networks"]["events"]["nodes"]:
        if (event := node["id"] - len(entities)) >= 0:
            record = events[event]
            title = f"{record['label']} · {record['time']['start']}"
            look = {"label": record["predicate"], "title": title, "shape": "box", "color": "#bb4a26"}
        else:
            record = entities[node["id"]]
            title = f"{record['label']} · {record['type'].lower()} · {record['events']} events"
            look = {"label": record["label"], "title": title, "shape": SHAPES[record["type"]]}
        net.add_node(node["id"], x=node["x"], y=node["y"], **look)
    for edge in view["networks"]["events"]["edges"]:
        said = sentences[events[edge["event"]]["evidence"][0]["sentence"]]["text"]
        net.add_edge(edge["from"], edge["to"], title=f"{edge['role']}: {said}")
    net.toggle_physics(False)
    return str(net.generate_html())


def cost(make: Callable[[], str], times: int = 1) -> tuple[float, int]:
    """Return CPU seconds of the best of some runs, and bytes."""
    seconds = []
    for _ in range(times):
        began = time.process_time()
        made = make().encode()
        seconds.append(time.process_time() - began)
    return round(min(seconds), 3), len(made)


def measure(nodes: int) -> dict[str, Any]:
    graph = news(nodes)
    analysis = analyse(graph)
    view = view_model(graph, analysis, title="News")
    network = view["networks"]["events"]
    theirs(view_model(*small(), title=""), directed=False)  # first calls load
    render_page(*small(), title="", provenance={})
    result: dict[str, Any] = {"nodes": len(network["nodes"]), "edges": len(network["edges"])}
    made_by = {"Made by": "kg"}
    result["ours"] = cost(lambda: render_page(graph, analysis, title="News", provenance=made_by), 3)
    result["ours from the view"] = cost(lambda: page_of_view(view, provenance=made_by), 3)
    result["pyvis directed"] = cost(lambda: theirs(view, directed=True))
    result["pyvis"] = cost(lambda: theirs(view, directed=False))
    for name in ("ours", "ours from the view"):
        result[f"pyvis / {name}"] = round(result["pyvis"][0] / result[name][0], 1)
    result["bytes"] = round(result["ours"][1] / result["pyvis"][1], 3)
    return result


def small() -> tuple[KnowledgeGraph, dict[str, Any]]:
    graph = news(50)
    return graph, analyse(graph)


def test_the_page_costs_a_fraction_of_what_pyvis_costs() -> None:
    result = measure(NODES)
    if "KG_BENCH_OUT" in os.environ:
        with open(os.environ["KG_BENCH_OUT"], "a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
    assert (result["nodes"], result["edges"]) == (NODES, 2 * NODES)
    # pyvis' time grows with the square of the edges, ours with their number; below 5,000 nodes the scripts in the page weigh most
    times, share = (25, 0.65) if NODES >= LARGE else (10, 0.8)
    assert result["pyvis / ours from the view"] >= times
    assert result["bytes"] <= share


if __name__ == "__main__":
    print(json.dumps(measure(NODES), indent=1))
