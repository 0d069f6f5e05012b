"""The report shows whatever the articles say as text, and asks for nothing."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import render_report_page

HERE = Path(__file__).parent
CHANGE = runpy.run_path(str(HERE.parent / "render" / "test_page.py"))["hostile"]
TEXTS = runpy.run_path(str(HERE / "test_hostile.py"))["TEXTS"] | {
    "quotes": '"\'` onfocus=alert(1) autofocus="',
    "separators": "a\u2028b\u2029c\u0085d\x0be",
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_the_report_shows_every_field_as_text(
    tab: Any, small_graph: KnowledgeGraph, tmp_path: Path, name: str
) -> None:
    bad = TEXTS[name]
    graph = CHANGE(small_graph, bad)
    path = tmp_path / "report.html"
    text = render_report_page(graph, analyse(graph), title=bad, provenance={bad: bad})
    path.write_text(text, encoding="utf-8")
    tab.troubles.clear()
    tab.requests.clear()
    tab.tab.once("dialog", lambda dialog: tab.troubles.append(dialog.message))
    tab.tab.goto(path.as_uri())
    added = (
        "document.querySelectorAll('img, script, [onerror], [onmouseover], [autofocus], [onfocus]').length"
    )
    assert tab.tab.evaluate(added) == 0
    words = "".join(bad.split())[:200]
    assert words in "".join(tab.tab.text_content("body").split())
    protocols = (
        "all => all.map(a => new URL(a.getAttribute('href'), location).protocol)"  # of links in plots too
    )
    addresses = tab.tab.eval_on_selector_all("a", protocols)
    assert set(addresses) <= {"http:", "https:", "file:"}
    assert tab.tab.evaluate("document.documentElement.scrollWidth") <= 1280
    tab.check()
