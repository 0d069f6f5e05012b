"""Other screens and states: phone, dark, print, nothing to show, no JavaScript, a notebook's frame."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import show, write_page

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(params=["light", "dark"])
def phone(request: pytest.FixtureRequest, tab: Any, news_page: str) -> Iterator[Any]:
    visit = type(tab)(tab.browser, news_page, color_scheme=request.param, **PHONE)
    yield visit
    visit.check()
    visit.context.close()


def test_a_phone_shows_evidence_in_a_sheet(phone: Any) -> None:
    assert phone.tab.evaluate("document.documentElement.scrollWidth") <= 390
    sheet = phone.tab.locator("#panel")
    assert sheet.get_attribute("data-sheet") == "peek"
    phone.tab.fill("#query", "hollande")
    phone.tab.keyboard.press("Enter")
    assert phone.heading() == "François Hollande"
    assert sheet.get_attribute("data-sheet") == "half"
    phone.tab.tap("#sheet")
    assert sheet.get_attribute("data-sheet") == "full"
    assert sheet.bounding_box()["height"] > 600
    phone.tab.tap("#sheet")
    assert sheet.get_attribute("data-sheet") == "peek"
    assert phone.tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_shows_the_legend_when_asked(phone: Any) -> None:
    assert phone.tab.locator("#facets").is_hidden()
    phone.tab.tap("#filters-toggle")
    assert phone.tab.locator("#facets").is_visible()
    phone.tab.locator("[data-facet=status] input").first.uncheck()
    assert "match" in phone.tab.inner_text("#notice")


def test_a_phone_tells_how_the_page_was_made(phone: Any) -> None:
    phone.tab.tap("#help-open")
    phone.tab.click("#help summary")
    assert phone.tab.locator("#help dd", has_text="kg").is_visible()
    phone.tab.keyboard.press("Escape")


def test_a_phone_taps_what_it_shows(phone: Any) -> None:
    phone.tab.touchscreen.tap(*phone.mouse_over("France ·"))
    phone.tab.wait_for_function("document.querySelector('#panel h2').textContent === 'France'")


def test_dark_is_dark(tab: Any, news_page: str) -> None:
    dark = type(tab)(tab.browser, news_page, color_scheme="dark")
    paper = dark.tab.eval_on_selector("body", "b => getComputedStyle(b).backgroundColor")
    assert sum(int(part) for part in paper[4:-1].split(",")) < 120
    dark.tab.emulate_media(color_scheme="light")
    paper = dark.tab.eval_on_selector("body", "b => getComputedStyle(b).backgroundColor")
    assert sum(int(part) for part in paper[4:-1].split(",")) > 600
    dark.check()
    dark.context.close()


def test_print_leaves_picture_and_evidence(visit: Any) -> None:
    visit.search("raqqa")
    visit.tab.emulate_media(media="print")
    for tool in (".search", "#filters", "#timeline", ".zoom", "#panel .actions"):
        assert not visit.tab.locator(tool).first.is_visible(), tool
    assert visit.tab.locator("#panel blockquote").first.is_visible()
    visit.tab.emulate_media(media="screen")


def test_an_empty_graph_says_so(tab: Any, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    write_page(KnowledgeGraph(), analyse(KnowledgeGraph()), path, title="Nothing", provenance={})
    tab.troubles.clear()
    tab.open(path.as_uri())
    assert "No article was read" in tab.tab.inner_text("#empty")
    tab.check()


def test_without_scripts_the_page_says_where_else_to_look(tab: Any, news_page: str) -> None:
    context = tab.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(news_page)
    assert "report.md" in page.inner_text("noscript")
    assert page.locator("noscript").is_visible()
    context.close()


def test_a_notebook_frame_works_in_its_sandbox(tab: Any, news: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    frame = show(news, analyse(news))._repr_html_()
    path.write_text(f"<!doctype html><p id=loading hidden></p>{frame}", encoding="utf-8")
    tab.troubles.clear()
    tab.open(path.as_uri())
    inner = tab.tab.frame_locator("iframe")
    inner.locator("#query").fill("raqqa")
    inner.locator("#query").press("Enter")
    inner.locator("#panel h2").wait_for()
    assert inner.locator("#panel h2").inner_text() == "Raqqa"
    tab.check()
