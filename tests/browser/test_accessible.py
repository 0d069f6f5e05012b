"""axe-core (Deque, MPL-2.0) finds nothing serious in any state of the page, nor in the report.

Each page is opened once and led from state to state: loading it, and axe into it, takes longer than most findings.
"""

import runpy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.datamodel import Claim, Contradiction
from kg.graph import KnowledgeGraph
from kg.render import render_report_page, write_page

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
BENCH = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "test_page.py"))
keep = runpy.run_path(str(Path(__file__).with_name("conftest.py")))["keep"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS: dict[str, dict[str, Any]] = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE}


def findings(tab: Any) -> list[str]:
    """Return what is serious or critical: rule, first places, what is wrong."""
    if not tab.evaluate("typeof axe === 'object'"):
        tab.evaluate(AXE)
    found = tab.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [
        f"{one['id']} at {node['target']}: {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def start(visit: Any) -> None:
    assert visit.tab.locator("#loading").is_hidden()


def contradictions(visit: Any) -> None:
    visit.tab.evaluate("location.hash = '#contradictions=yes'")
    assert visit.heading() == "Contradictions"


def entity(visit: Any) -> None:
    visit.search("raqqa")
    assert visit.heading() == "Raqqa"


def path(visit: Any) -> None:
    """From Raqqa, which is still chosen."""
    visit.keys("p")
    visit.search("merkel")
    assert "path=" in visit.tab.url


def event(visit: Any) -> None:
    visit.keys("2")
    visit.search("france struck")
    assert "node=event" in visit.tab.url


def filtered(visit: Any) -> None:
    visit.tab.locator("[data-facet=status] input").first.uncheck()
    assert "status" in visit.tab.url


def table(visit: Any) -> None:
    visit.keys("3")
    assert visit.tab.locator("#table").is_visible()


def found_in_table(visit: Any) -> None:
    """A few rows, which say as much as all and are looked through sooner."""
    table(visit)
    visit.tab.locator(".table-bar input").fill("raqqa")
    assert visit.column(0)


def suggestions(visit: Any) -> None:
    visit.tab.locator("#query").press_sequentially("fra")
    assert visit.tab.locator("#query").get_attribute("aria-expanded") == "true"


def saving(visit: Any) -> None:
    visit.tab.click("#export-open")
    assert visit.tab.locator("#export").is_visible()


def help_open(visit: Any) -> None:
    visit.keys("?")
    assert visit.tab.locator("dialog").is_visible()


@contextmanager
def looking(tab: Any, address: str, look: str, name: str) -> Iterator[Any]:
    """A tab of a certain look with a page in it, of which nobody complains until it closes."""
    visit = type(tab)(tab.browser, **LOOKS[look])
    visit.tab.goto(address)
    yield visit
    keep(visit, f"accessible-{name}-{look}")
    visit.check()
    visit.context.close()


@pytest.fixture(scope="module")
def disputed(news: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of `news` with a contradiction in it."""
    event = max(news.events, key=lambda event: len(event.mentions))
    claims = tuple(
        Claim(value, m.trigger, m.trigger) for value, m in zip(("12", "19"), event.mentions, strict=False)
    )
    graph = replace(news, contradictions=(Contradiction(event.id, "number", "dead", claims),))
    path = tmp_path_factory.mktemp("disputed") / "graph.html"
    write_page(graph, analyse(graph), path, title="News", provenance={"Made by": "kg"})
    return path.as_uri()


@pytest.mark.parametrize(
    ("look", "states"),
    [
        ("light", (start, contradictions, entity, path, event, filtered, saving, found_in_table, help_open)),
        ("dark", (start, suggestions, entity, found_in_table)),
        ("phone", (start, entity, help_open)),
    ],
    ids=list(LOOKS),
)
def test_no_state_of_the_page_has_a_serious_finding(
    tab: Any, disputed: str, look: str, states: Sequence[Callable[[Any], None]]
) -> None:
    with looking(tab, disputed, look, "page") as visit:
        visit.tab.wait_for_selector("#loading", state="hidden")
        found = {}
        for act in states:
            act(visit)
            found[act.__name__] = findings(visit.tab)
        assert found == {act.__name__: [] for act in states}


def test_a_large_graph_has_none(tab: Any, tmp_path: Path) -> None:
    graph = BENCH["news"](800)
    path = tmp_path / "graph.html"
    write_page(graph, analyse(graph), path, title="Large", provenance={})
    with looking(tab, path.as_uri(), "light", "large") as visit:
        visit.tab.wait_for_selector("#loading", state="hidden")
        assert visit.tab.locator("#notice button", has_text="Show all").is_visible()
        assert findings(visit.tab) == []
        visit.keys("g")
        assert visit.tab.locator("#grouped").get_attribute("aria-pressed") == "true"
        assert findings(visit.tab) == []


@pytest.mark.parametrize("look", LOOKS)
def test_the_report_has_none(tab: Any, small_graph: KnowledgeGraph, tmp_path: Path, look: str) -> None:
    path = tmp_path / "report.html"
    text = render_report_page(small_graph, analyse(small_graph), title="News", provenance={"Made by": "kg"})
    path.write_text(text, encoding="utf-8")
    with looking(tab, path.as_uri(), look, "report") as visit:
        assert findings(visit.tab) == []
