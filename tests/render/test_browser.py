"""The page in a real browser: Chromium as the system has it, driven by Playwright; skipped where either is missing."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import show, write_page

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def file(news: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_page(news, analyse(news), path, title="News", provenance={"Made by": "kg"})
    return path


class Visit:
    """A tab with a page in it, and all that the browser complained about or asked the network for."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.troubles: list[str] = []
        self.requests: list[str] = []
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **options}
        )
        self.tab = context.new_page()
        self.tab.on("console", lambda message: self.troubles.append(f"{message.type}: {message.text}"))
        self.tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.goto(address)
        self.tab.wait_for_selector("#loading", state="hidden")

    def panel(self) -> str:
        return str(self.tab.inner_text("#panel"))

    def check(self) -> None:
        assert self.troubles == []
        assert [
            url for url in self.requests if not url.startswith(("file:", "data:", "blob:", "about:"))
        ] == []
        self.tab.context.close()


@pytest.fixture
def visit(browser: Any, file: Path) -> Iterator[Visit]:
    visit = Visit(browser, file.as_uri())
    yield visit
    visit.check()


def test_it_opens_on_a_drawn_graph_and_an_overview(visit: Visit) -> None:
    assert "At a glance" in visit.panel()
    drawn = visit.tab.evaluate(
        "() => { const c = document.querySelector('#net canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i] > 0) n += 1; return n; }"
    )
    assert drawn > 5000


def test_search_by_keyboard_leads_to_evidence(visit: Visit) -> None:
    visit.tab.keyboard.press("/")
    visit.tab.keyboard.type("daesh")
    assert "Islamic State" in visit.tab.inner_text("#hits")
    visit.tab.keyboard.press("Enter")
    panel = visit.panel()
    assert "\nOrganization\n" in panel
    assert "Islamic State" in panel
    assert "attacked Paris" in panel
    marks = visit.tab.eval_on_selector_all(
        "#panel mark", "all => all.map(m => [m.dataset.role, m.textContent])"
    )
    assert ["trigger", "attacked"] in marks
    assert ["patient", "Paris"] in marks


def test_search_finds_words_of_sentences(visit: Visit) -> None:
    visit.tab.fill("#query", "holds a passport")
    visit.tab.keyboard.press("Enter")
    assert "Salah Abdeslam holds a passport of France." in visit.panel()


HOVER = """(start) => {
  const canvas = document.querySelector("#net canvas"), frame = canvas.getBoundingClientRect(), tip = document.querySelector("#tip");
  for (let x = 10; x < frame.width; x += 5) for (let y = 50; y < frame.height; y += 5) {
    canvas.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, clientX: frame.left + x, clientY: frame.top + y }));
    if (!tip.hidden && tip.textContent.startsWith(start)) return [frame.left + x, frame.top + y];
  }
}"""


def at(visit: Visit, label: str) -> tuple[float, float]:
    """Return where on the screen the thing lies whose tip begins with `label`: the mouse looks everywhere."""
    found = visit.tab.evaluate(HOVER, label)
    assert found, f"{label} is nowhere"
    return found[0], found[1]


def test_a_click_on_a_node_shows_its_evidence(visit: Visit) -> None:
    visit.tab.mouse.click(*at(visit, "France ·"))
    assert "\nPlace\n" in visit.panel()
    assert "France struck Raqqa" in visit.panel()
    assert "node=entity" in visit.tab.url


def test_a_click_on_an_edge_shows_what_happened_between_the_two(visit: Visit) -> None:
    visit.tab.mouse.click(*at(visit, "France → Raqqa"))
    assert "Between two actors" in visit.panel()
    assert "France struck Raqqa" in visit.panel()


def test_events_view_and_back(visit: Visit) -> None:
    visit.tab.keyboard.press("2")
    assert visit.tab.get_attribute("[data-mode=events]", "aria-pressed") == "true"
    assert "most reported" in visit.tab.inner_text("#notice")
    visit.tab.click("text=Show all")
    assert "most reported" not in visit.tab.inner_text("#notice")
    visit.tab.click("#back")
    assert visit.tab.get_attribute("[data-mode=actors]", "aria-pressed") == "true"


def test_a_filter_leaves_only_what_it_says(visit: Visit) -> None:
    visit.tab.locator("[data-facet=status] li", has_text="negated").locator(".only").click(force=True)
    assert "6 of 80 events match" in visit.tab.inner_text("#notice")
    visit.tab.keyboard.press("3")
    rows = visit.tab.eval_on_selector_all(
        "#table tbody tr", "rows => rows.map(r => r.children[2].textContent)"
    )
    assert rows == ["negated"] * 6
    visit.tab.click("text=Clear filters")
    assert visit.tab.locator("#table tbody tr").count() == 80


def test_the_timeline_narrows_by_keyboard(visit: Visit) -> None:
    slider = visit.tab.locator("#timeline .last")
    slider.focus()
    for _ in range(7):
        visit.tab.keyboard.press("ArrowLeft")
    visit.tab.uncheck("#undated")
    visit.tab.keyboard.press("3")
    days = visit.tab.eval_on_selector_all(
        "#table tbody tr", "rows => rows.map(r => r.children[0].textContent)"
    )
    assert set(days) == {"2015-11-13"}


def test_the_table_sorts_and_saves(visit: Visit) -> None:
    visit.tab.keyboard.press("3")
    visit.tab.click("#table [data-kind=entities]")
    visit.tab.click("#table th:has-text('Mentions') button")
    numbers = visit.tab.eval_on_selector_all(
        "#table tbody tr", "rows => rows.map(r => +r.children[3].textContent)"
    )
    assert numbers == sorted(numbers, reverse=True)
    with visit.tab.expect_download() as download:
        visit.tab.click("text=Download CSV")
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith('"Name","Type"')
    assert len(lines) == 61


def test_the_picture_can_be_saved(visit: Visit) -> None:
    with visit.tab.expect_download() as download:
        visit.tab.click("#png")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_an_address_restores_the_view(browser: Any, file: Path, visit: Visit) -> None:
    visit.tab.keyboard.press("/")
    visit.tab.keyboard.type("le drian")
    visit.tab.keyboard.press("Enter")
    visit.tab.click("#panel .actions button:has-text('2')")
    again = Visit(browser, visit.tab.url)
    assert again.panel() == visit.panel()
    assert "Jean-Yves Le Drian" in again.panel()
    again.check()


def test_escape_clears_and_help_opens(visit: Visit) -> None:
    visit.tab.fill("#query", "raqqa")
    visit.tab.keyboard.press("Enter")
    visit.tab.keyboard.press("Escape")
    visit.tab.locator("#net").focus()
    visit.tab.keyboard.press("Escape")
    assert "At a glance" in visit.panel()
    visit.tab.keyboard.press("?")
    assert visit.tab.locator("#help").is_visible()
    visit.tab.keyboard.press("Escape")
    assert not visit.tab.locator("#help").is_visible()


def test_arrow_keys_walk_to_neighbours(visit: Visit) -> None:
    visit.tab.locator("#net").focus()
    visit.tab.keyboard.press("ArrowRight")
    first = visit.tab.inner_text("#panel h2")
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        visit.tab.keyboard.press(key)
    assert first != "At a glance"
    assert visit.tab.inner_text("#panel h2") != "At a glance"


def test_a_path_comes_with_its_chain_of_evidence(visit: Visit) -> None:
    visit.tab.fill("#query", "turkey")
    visit.tab.keyboard.press("Enter")
    visit.tab.click("text=Find a path to")
    visit.tab.fill("#query", "kremlin")
    visit.tab.keyboard.press("Enter")
    assert "shortest path" in visit.panel()
    steps = visit.tab.locator("#panel h3")
    ends = [steps.nth(i).inner_text().split("\n")[0] for i in range(steps.count())]
    assert ends[0].startswith("Turkey")
    assert steps.count() >= 2
    assert visit.tab.locator("#panel blockquote").count() >= steps.count()
    assert "path=" in visit.tab.url


def test_a_source_link_points_into_the_article(visit: Visit) -> None:
    visit.tab.fill("#query", "struck raqqa")
    visit.tab.keyboard.press("Enter")
    link = visit.tab.locator("#panel a").first
    assert str(link.get_attribute("href")).startswith("https://news.example/")
    assert ":~:text=France%20struck%20Raqqa" in str(link.get_attribute("href"))
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_graph_and_evidence_without_scrolling_sideways(
    browser: Any, file: Path, scheme: str
) -> None:
    phone = Visit(
        browser, file.as_uri(), viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True
    )
    assert phone.tab.evaluate("document.documentElement.scrollWidth") <= 390
    phone.tab.fill("#query", "hollande")
    phone.tab.keyboard.press("Enter")
    assert "François Hollande" in phone.panel()
    phone.check()


def test_an_empty_graph_says_so(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    write_page(KnowledgeGraph(), analyse(KnowledgeGraph()), path, title="Nothing", provenance={})
    empty = Visit(browser, path.as_uri())
    assert "No article was read" in empty.tab.inner_text("#empty")
    empty.check()


def test_a_notebook_frame_works_in_its_sandbox(browser: Any, news: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    frame = show(news, analyse(news))._repr_html_()
    path.write_text(f"<!doctype html><p id=loading hidden></p>{frame}", encoding="utf-8")
    notebook = Visit(browser, path.as_uri())
    inner = notebook.tab.frame_locator("iframe")
    inner.locator("#query").fill("raqqa")
    inner.locator("#query").press("Enter")
    inner.locator("#panel h2").wait_for()
    assert inner.locator("#panel h2").inner_text() == "Raqqa"
    notebook.check()
