"""Whatever the articles say is shown as text: markup, addresses of scripts, directions, names without end."""

import runpy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import write_page

CHANGE = runpy.run_path(str(Path(__file__).parents[1] / "render" / "test_page.py"))["hostile"]
TEXTS = {
    "markup": '</script><img src=x onerror=alert(1)><b onmouseover="alert(1)">&lt;i&gt;',
    "script": "javascript:alert(1)//https://evil.example/x.js",
    "bidi": "\u202egnp.exe\u2066 \u200f\u061c",
    "endless": "x" * 10_000,
    "template": "{{ 7*7 }}${alert(1)}`]]><!--",
}


@pytest.fixture(params=sorted(TEXTS))
def hostile(
    request: pytest.FixtureRequest, tab: Any, small_graph: KnowledgeGraph, tmp_path: Path
) -> Iterator[tuple[Any, str]]:
    """A page in which every field says something bad, and what it says."""
    bad = TEXTS[request.param]
    graph = CHANGE(small_graph, bad)
    path = tmp_path / "graph.html"
    write_page(graph, analyse(graph), path, title=bad, provenance={bad: bad})
    tab.troubles.clear()
    tab.requests.clear()
    tab.tab.on("dialog", lambda dialog: tab.troubles.append(dialog.message))
    yield tab.open(path.as_uri()), bad
    tab.check()


def test_every_field_is_shown_as_text(hostile: tuple[Any, str]) -> None:
    visit, bad = hostile
    elements = "document.querySelectorAll('img, b[onmouseover], [onerror], i:not(:empty)').length"
    for key in "123":
        visit.keys(key)
        visit.keys("ArrowRight", "Enter")
        assert visit.tab.evaluate(elements) == 0
    visit.tab.click("#table tbody .link")
    assert bad.strip() in visit.tab.text_content("#panel-body")
    hrefs = visit.tab.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol)")
    assert set(hrefs) <= {"http:", "https:"}
    visit.tab.fill("#query", bad[:30])
    visit.tab.keyboard.press("Enter")
    assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_long_name_breaks_no_phone(hostile: tuple[Any, str], tab: Any) -> None:
    visit, _ = hostile
    visit.tab.set_viewport_size({"width": 390, "height": 844})
    visit.keys("ArrowRight")
    assert visit.tab.evaluate("document.documentElement.scrollWidth") <= 390
    visit.tab.set_viewport_size({"width": 1280, "height": 800})


def test_names_that_look_alike_stay_apart(tab: Any, small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    """An address names ids, not labels: two of one name keep their own pages."""
    same = replace(small_graph, entities=tuple(replace(e, label="Same") for e in small_graph.entities))
    path = tmp_path / "graph.html"
    write_page(same, analyse(same), path, title="", provenance={})
    tab.open(path.as_uri())
    tab.keys("3")
    tab.tab.click("#table [data-kind=entities]")
    seen = set()
    for link in tab.tab.locator("#table tbody .link").all():
        link.click()
        seen.add(tab.tab.url)
    assert len(seen) == len(small_graph.entities)
    tab.check()
