"""Chromium as the system has it, driven by Playwright; all tests here are skipped where either is missing.

One browser for all, one tab for a module; every test finds the page freshly loaded. With KG_SCREENSHOTS=DIR a picture of
the page at the end of every test is kept there.
"""

import os
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import write_page

OURS = ("file:", "data:", "blob:", "about:")
GRAPHS = runpy.run_path(str(Path(__file__).parents[1] / "render" / "conftest.py"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


class Visit:
    """A tab with a page in it, and all that the browser complained about or asked the network for."""

    def __init__(self, browser: Any, address: str = "", **options: Any) -> None:
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.browser = browser
        size = {"width": 1280, "height": 800}
        self.context = browser.new_context(**{"viewport": size, "reduced_motion": "reduce", **options})
        self.tab = self.context.new_page()
        self.tab.set_default_timeout(8000)
        self.tab.on("console", lambda message: self.troubles.append(f"{message.type}: {message.text}"))
        self.tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request.url))
        if address:
            self.open(address)

    def open(self, address: str) -> "Visit":
        """Load a page, also one that differs from the last only after the "#"."""
        self.tab.goto("about:blank")
        self.tab.goto(address)
        self.tab.wait_for_selector("#loading", state="hidden")
        return self

    def again(self) -> "Visit":
        """Return a visit of the same address in a tab of its own."""
        return Visit(self.browser, self.tab.url)

    def panel(self) -> str:
        return str(self.tab.inner_text("#panel-body"))

    def heading(self) -> str:
        return str(self.tab.inner_text("#panel-body h2"))

    def search(self, words: str) -> None:
        """Search by keyboard and take the first suggestion."""
        self.tab.locator("#query").fill(words)
        self.tab.keyboard.press("Enter")

    def keys(self, *names: str) -> None:
        """Press keys on the picture."""
        self.tab.locator("#net").focus()
        for name in names:
            self.tab.keyboard.press(name)

    def column(self, number: int) -> list[str]:
        """Return the cells of a column of the table."""
        script = "(rows, n) => rows.map(row => row.children[n].textContent)"
        return list(self.tab.eval_on_selector_all("#table tbody tr", script, number))

    def saved(self, choice: str) -> Path:
        """Choose from the menu of what can be saved; return the file."""
        if self.tab.locator("#export").is_hidden():
            self.tab.click("#export-open")
        with self.tab.expect_download() as download:
            self.tab.click(f"#export {choice}")
        return Path(download.value.path())

    def mouse_over(self, tip: str) -> tuple[float, float]:
        """Return where on the screen the thing lies whose tip begins with some words: the mouse looks everywhere."""
        found = self.tab.evaluate(LOOK, tip)
        assert found, f"{tip} is nowhere"
        return found[0], found[1]

    def check(self) -> None:
        """Nothing was complained about, nothing was asked of the network."""
        assert self.troubles == []
        assert [url for url in self.requests if not url.startswith(OURS)] == []


LOOK = """(start) => {
  const canvas = document.querySelector("#net canvas"), frame = canvas.getBoundingClientRect(), tip = document.querySelector("#tip");
  for (const step of [23, 11, 5]) for (let x = 10; x < frame.width; x += step) for (let y = 50; y < frame.height; y += step) {
    canvas.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, clientX: frame.left + x, clientY: frame.top + y }));
    if (!tip.hidden && tip.textContent.startsWith(start)) return [frame.left + x, frame.top + y];
  }
}"""


def page_of(graph: KnowledgeGraph, folder: Path, title: str = "News") -> str:
    """Write the page of a graph; return its address."""
    path = folder / "graph.html"
    write_page(graph, analyse(graph), path, title=title, provenance={"Made by": "kg"})
    return path.as_uri()


@pytest.fixture(scope="session")
def news() -> KnowledgeGraph:
    return GRAPHS["news_graph"]()  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def news_page(news: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_of(news, tmp_path_factory.mktemp("news"))


@pytest.fixture(scope="module")
def tab(browser: Any) -> Iterator[Visit]:
    visit = Visit(browser)
    yield visit
    visit.context.close()


@pytest.fixture
def visit(tab: Visit, news_page: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The page of `news`, on a desktop."""
    tab.troubles.clear()
    tab.requests.clear()
    yield tab.open(news_page)
    keep(tab, request.node.name)
    tab.check()


def keep(visit: Visit, name: str) -> None:
    """Keep a picture of the page, where pictures are wanted."""
    if folder := os.environ.get("KG_SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        visit.tab.screenshot(path=str(Path(folder) / f"{re.sub(r'[^A-Za-z0-9-]+', '-', name)}.png"))
