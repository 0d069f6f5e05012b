"""Large graphs: they open, say what is hidden and how to show it, and move; and the first picture against plain pyvis' own.

KG_BENCH_NODES and KG_BENCH_OUT ask for larger ones and for the figures (see tests/benchmarks/test_page.py): by default
the sizes are small, for every machine.
"""

import json
import os
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import view_model, write_page
from kg.render.page import page_of_view

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
BENCH = runpy.run_path(str(BENCHMARKS / "test_page.py"))
keep = runpy.run_path(str(Path(__file__).with_name("conftest.py")))["keep"]
NODES = int(os.environ.get("KG_BENCH_NODES", "1500"))
VERY_LARGE = 4 * NODES

FRAMES = """(seconds) => new Promise((done) => {
  const times = [];
  const end = performance.now() + 1000 * seconds;
  const tick = (now) => { times.push(now); if (now < end) requestAnimationFrame(tick); else done(times.slice(1).map((time, i) => time - times[i])); };
  requestAnimationFrame(tick);
})"""


def note(**figures: Any) -> None:
    """Keep figures, where they are wanted."""
    if "KG_BENCH_OUT" in os.environ:
        with open(os.environ["KG_BENCH_OUT"], "a", encoding="utf-8") as file:
            file.write(json.dumps(figures) + "\n")


@pytest.fixture(scope="module")
def large() -> tuple[KnowledgeGraph, dict[str, Any]]:
    """A graph of NODES nodes and twice as many edges in the "events" view, and its analysis."""
    graph = BENCH["news"](NODES)
    return graph, analyse(graph)


@pytest.fixture(scope="module")
def large_page(large: tuple[KnowledgeGraph, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("large") / "graph.html"
    write_page(*large, path, title="Large", provenance={"Made by": "kg"})
    return path.as_uri()


@pytest.fixture
def opened(tab: Any, large_page: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    tab.troubles.clear()
    tab.requests.clear()
    tab.tab.set_default_timeout(60_000)
    yield tab.open(large_page)
    keep(tab, request.node.name)
    tab.tab.set_default_timeout(8000)
    tab.check()


def ink(visit: Any) -> int:
    """Return how many dots of the picture are not paper."""
    script = """() => {
      const canvas = document.querySelector("#net canvas, #mynetwork canvas");
      const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      let inked = 0;
      for (let i = 3; i < dots.length; i += 4) if (dots[i] > 40) inked += 1;
      return inked;
    }"""
    return int(visit.tab.evaluate(script))


def test_a_large_graph_opens_on_a_part_and_says_what_is_hidden(opened: Any) -> None:
    told = opened.tab.inner_text("#notice")
    assert "best connected of" in told or "community" in told
    assert opened.tab.locator("#notice button", has_text="Show all").is_visible()
    assert ink(opened) > 500


def test_all_of_it_can_be_shown_and_moved(opened: Any) -> None:
    """While everything is drawn, frames come while the mouse drags, and the picture follows."""
    opened.keys("2")
    opened.tab.locator("#notice button", has_text="Show all").click()
    opened.tab.wait_for_function("!document.querySelector('#notice').textContent.includes('are drawn')")
    box = opened.tab.locator("#net").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = opened.tab.screenshot(clip={"x": x, "y": y, "width": 200, "height": 150})
    measured = opened.tab.evaluate_handle(f"() => ({{ gaps: ({FRAMES})(2) }})")
    opened.tab.mouse.move(x, y)
    opened.tab.mouse.down()
    for step in range(24):
        opened.tab.mouse.move(x + 6 * step, y + 3 * step)
    opened.tab.mouse.up()
    gaps = opened.tab.evaluate("m => m.gaps", measured)
    opened.keys("+")
    note(nodes=NODES, frames=len(gaps), seconds=2, longest_ms=round(max(gaps)))
    assert len(gaps) >= 4
    assert opened.tab.screenshot(clip={"x": x, "y": y, "width": 200, "height": 150}) != before


def test_a_very_large_graph_opens_on_communities(tab: Any, tmp_path: Path) -> None:
    """As many actors as no core can stand for: communities are drawn, the notice says how many are not."""
    graph = BENCH["news"](max(VERY_LARGE, 5500))
    path = tmp_path / "graph.html"
    write_page(graph, analyse(graph), path, title="Very large", provenance={})
    tab.troubles.clear()
    tab.tab.set_default_timeout(90_000)
    tab.open(path.as_uri())
    tab.tab.set_default_timeout(8000)
    told = tab.tab.inner_text("#notice")
    assert "Each circle is a community of actors" in told
    assert re.match(r"[\d,]+ actors in \d+ communities\.|\d+ of \d+ communities are drawn", told)
    assert tab.tab.locator("#grouped").get_attribute("aria-pressed") == "true"
    assert ink(tab) > 500
    tab.keys("ArrowRight")
    assert "actors" in tab.panel()
    tab.keys("Enter")
    assert "open=" in tab.tab.url
    tab.tab.locator("#notice button", has_text="Draw actors").click()
    assert "best connected of" in tab.tab.inner_text("#notice")
    tab.check()


def test_articles_without_findings_say_so(tab: Any, small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph = KnowledgeGraph(small_graph.documents)
    path = tmp_path / "graph.html"
    write_page(graph, analyse(graph), path, title="Quiet", provenance={})
    tab.troubles.clear()
    tab.open(path.as_uri())
    assert "no event or relation was found" in tab.tab.inner_text("#empty")
    tab.check()


DRAWN = """(selector) => new Promise((done) => {
  const look = () => {
    const canvas = document.querySelector(selector);
    if (canvas && canvas.width) {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let inked = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i] > 40 && (inked += 1) > 200) return done(performance.now());
    }
    return setTimeout(look, 25);
  };
  look();
})"""


def first_drawn(tab: Any, address: str, selector: str) -> float:
    """Return the seconds from navigation to the first picture with something on it."""
    tab.tab.goto("about:blank")
    tab.tab.goto(address, wait_until="commit")
    return float(tab.tab.evaluate(DRAWN, selector)) / 1000


def test_the_first_picture_comes_sooner_than_pyvis_own(
    tab: Any, large: tuple[KnowledgeGraph, dict[str, Any]], tmp_path: Path
) -> None:
    """The same graph in pyvis' own page, in the same browser: places as computed, physics off, its addresses blocked.

    Ours shows the core of the graph; pyvis' page has no such choice and draws the "events" view in full.
    """
    view = view_model(*large, title="Large")
    pages = {"ours": page_of_view(view, provenance={}), "pyvis": BENCH["theirs"](view, directed=True)}
    for name, text in pages.items():
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    tab.tab.set_default_timeout(90_000)
    tab.tab.route("http*://**", lambda route: route.abort())
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(3):
        seconds["ours"].append(first_drawn(tab, (tmp_path / "ours.html").as_uri(), "#net canvas"))
        seconds["pyvis"].append(first_drawn(tab, (tmp_path / "pyvis.html").as_uri(), "#mynetwork canvas"))
    tab.tab.unroute("http*://**")
    tab.tab.set_default_timeout(8000)
    best = {name: min(times) for name, times in seconds.items()}
    note(nodes=NODES, first_drawn={name: round(time, 2) for name, time in best.items()})
    assert best["ours"] < 1.5 * best["pyvis"]
