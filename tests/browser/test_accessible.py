"""axe-core (Deque, MPL-2.0) finds nothing serious in any state of the page, nor in the report."""

import runpy
from collections.abc import Callable, Iterator
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
keep = runpy.run_path(str(Path(__file__).with_name("conftest.py")))["keep"]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def findings(tab: Any) -> list[str]:
    """Return what is serious or critical: rule, first place, what is wrong."""
    if not tab.evaluate("typeof axe === 'object'"):
        tab.evaluate(AXE)
    found = tab.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [
        f"{one['id']} at {node['target']}: {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def entity(visit: Any) -> None:
    visit.search("raqqa")


def event(visit: Any) -> None:
    visit.keys("2")
    visit.search("france struck")
    assert "node=event" in visit.tab.url


def edge(visit: Any) -> None:
    visit.tab.mouse.click(*visit.mouse_over("France → Raqqa"))


def events_view(visit: Any) -> None:
    visit.keys("2")


def table(visit: Any) -> None:
    visit.keys("3")


def help_open(visit: Any) -> None:
    visit.keys("?")


def suggestions(visit: Any) -> None:
    visit.tab.locator("#query").press_sequentially("fra")


def saving(visit: Any) -> None:
    visit.tab.click("#export-open")


def filtered(visit: Any) -> None:
    visit.tab.locator("[data-facet=status] input").first.uncheck()


def path(visit: Any) -> None:
    visit.search("raqqa")
    visit.keys("p")
    visit.search("merkel")
    assert "path=" in visit.tab.url


def groups(visit: Any) -> None:
    visit.keys("g")


STATES: list[Callable[[Any], None]] = [
    entity, event, edge, events_view, table, help_open, suggestions, saving, filtered, path, groups,
]  # fmt: skip


def start(visit: Any) -> None:
    """The page as it opens."""


@pytest.mark.parametrize("act", [start, *STATES], ids=lambda act: act.__name__)
def test_a_state_has_no_serious_finding(visit: Any, act: Callable[[Any], None]) -> None:
    act(visit)
    assert findings(visit.tab) == [], act.__name__


@pytest.fixture(scope="module", params=["dark", "phone", "dark phone"])
def other(request: pytest.FixtureRequest, tab: Any) -> Iterator[Any]:
    """A visit with another scheme or size."""
    options: dict[str, Any] = {"color_scheme": "dark"} if "dark" in request.param else {}
    visit = type(tab)(tab.browser, **options, **(PHONE if "phone" in request.param else {}))
    yield visit
    visit.context.close()


@pytest.mark.parametrize("act", [start, entity, table, help_open], ids=lambda act: act.__name__)
def test_dark_and_small_have_none(
    other: Any, news_page: str, act: Callable[[Any], None], request: pytest.FixtureRequest
) -> None:
    other.open(news_page)
    act(other)
    assert findings(other.tab) == [], act.__name__
    keep(other, request.node.name)
    other.check()


def test_contradictions_have_none(tab: Any, news: KnowledgeGraph, tmp_path: Path) -> None:
    event = max(news.events, key=lambda event: len(event.mentions))
    claims = tuple(
        Claim(value, m.trigger, m.trigger) for value, m in zip(("12", "19"), event.mentions, strict=False)
    )
    graph = replace(news, contradictions=(Contradiction(event.id, "number", "dead", claims),))
    path = tmp_path / "graph.html"
    write_page(graph, analyse(graph), path, title="News", provenance={})
    tab.open(f"{path.as_uri()}#contradictions=yes")
    assert tab.heading() == "Contradictions"
    assert findings(tab.tab) == []


@pytest.mark.parametrize("scheme", ["light", "dark", "phone"])
def test_the_report_has_none(tab: Any, small_graph: KnowledgeGraph, tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "report.html"
    text = render_report_page(small_graph, analyse(small_graph), title="News", provenance={"Made by": "kg"})
    path.write_text(text, encoding="utf-8")
    visit = type(tab)(tab.browser, **(PHONE if scheme == "phone" else {"color_scheme": scheme}))
    visit.tab.goto(path.as_uri())
    assert findings(visit.tab) == []
    keep(visit, f"report-{scheme}")
    visit.check()
    visit.context.close()
