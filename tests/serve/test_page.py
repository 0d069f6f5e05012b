"""The query page: it loads nothing from elsewhere, and it works in a browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import kg.serve

from .conftest import HOSTILE, LIMIT, Client

PAGE = Path(kg.serve.__file__).parent / "page"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted(PAGE.iterdir())}


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert set(TEXTS) == {"page.html", "page.css", "page.js", "results.js"}
    for text in TEXTS.values():
        assert not re.search(r"https?:|//[a-z]+\.|@import|url\(", text)


def test_the_page_has_no_script_or_style_of_its_own_and_no_markup_is_made_from_text() -> None:
    assert re.findall(r"<script[^>]*>(?!</script>)|<style| on\w+=| style=", TEXTS["page.html"]) == []
    for name in ("page.js", "results.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", TEXTS[name]
        )


def test_each_name_that_the_script_uses_is_on_the_page() -> None:
    used = set(re.findall(r'\$\("([\w-]+)"\)', TEXTS["page.js"]))
    assert used <= set(re.findall(r' id="([\w-]+)"', TEXTS["page.html"]))
    assert len(used) > 15


def test_each_field_has_a_name_that_is_read_aloud() -> None:
    html = TEXTS["page.html"]
    for field in re.findall(r"<(?:input|textarea)[^>]*>", html):
        found = re.search(r'id="([\w-]+)"', field)
        assert found
        assert "aria-label=" in field or f'<label for="{found[1]}">' in html


def test_the_policy_of_the_page(client: Client) -> None:
    policy = client("GET", "/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy


# ----------------------------------------------------------- in the browser

browser_test = [pytest.mark.browser, pytest.mark.slow]


class Visit:
    """A tab with the query page in it, and all that the browser complained about or asked the network for."""

    def __init__(self, browser: Any, client: Client, address: str = "") -> None:
        self.base = f"http://{client.host}:{client.port}/"
        self.troubles: list[str] = []
        self.requests: list[str] = []
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        context.set_default_timeout(120_000)
        self.tab = context.new_page()
        self.tab.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.tab.on("dialog", lambda dialog: self.troubles.append(dialog.message))
        self.tab.on("request", lambda request: self.requests.append(request.url))
        self.tab.goto(self.base + address)
        self.tab.wait_for_selector("#questions button")

    def status(self, words: str) -> None:
        self.shown("#status", words)

    def shown(self, selector: str, words: str | re.Pattern[str]) -> None:
        """Wait until an element with these words is seen; the policy of the page keeps tests from waiting by script."""
        self.tab.locator(selector, has_text=words).wait_for()

    def check(self) -> None:
        assert self.troubles == []
        assert {url for url in self.requests if not url.startswith((self.base, "data:", "blob:"))} == set()


@pytest.fixture
def visit(browser: Any, client: Client) -> Iterator[Any]:
    opened: list[Visit] = []

    def open(address: str = "") -> Visit:
        opened.append(Visit(browser, client, address))
        return opened[-1]

    yield open
    for each in opened:
        each.check()
        each.tab.context.close()


def marked(test: Any) -> Any:
    for mark in browser_test:
        test = mark(test)
    return test


@marked
def test_a_question_with_a_bound_name(visit: Any) -> None:
    page = visit()
    page.tab.fill("#filter", "did what")
    page.tab.click("#questions button")
    page.status("row")
    page.tab.fill("#parameters input[name=actor]", "Marta Ruiz")
    page.tab.press("#parameters input[name=actor]", "Enter")
    page.tab.wait_for_url("**/#name=who-did-what&bind=actor*")
    assert page.tab.inner_text("#questions button[aria-current=true]") == "Who did what to whom"


@marked
def test_a_query_by_the_keyboard_and_its_address(visit: Any) -> None:
    query = "SELECT ?x ?label { ?x a kg:Person ; rdfs:label ?label }"
    page = visit()
    page.tab.fill("#query", query)
    page.tab.press("#query", "Control+Enter")
    page.status("1 row,")
    assert page.tab.inner_text("#rows tbody") == "en:person-ruiz\tMarta Ruiz"
    again = visit(page.tab.evaluate("location.hash"))
    again.status("1 row,")
    assert again.tab.input_value("#query") == query


@marked
def test_an_error_is_shown_and_the_next_query_clears_it(visit: Any) -> None:
    page = visit("#query=" + quote("SELECT * { SERVICE <http://127.0.0.1:9/> {} }"))
    page.tab.wait_for_selector("#error:not([hidden])")
    assert "SERVICE is not allowed" in page.tab.inner_text("#error")
    page.tab.fill("#query", "ASK { ?x a kg:Person }")
    page.tab.click("#run")
    page.status("Yes")
    assert not page.tab.is_visible("#error")


@marked
def test_more_rows_than_allowed_are_told(visit: Any) -> None:
    page = visit("#query=" + quote("SELECT * { ?s ?p ?o }"))
    page.status(f"{LIMIT} rows")
    assert f"only the first {LIMIT}" in page.tab.inner_text("#warning")


@marked
def test_a_node_its_facts_and_the_way_back(visit: Any) -> None:
    page = visit("#query=" + quote("SELECT ?x { ?x a kg:Visit }"))
    page.status("1 row,")
    page.tab.click("#rows a")
    page.tab.wait_for_selector("#node:not([hidden])")
    assert page.tab.inner_text("#node-title") == "Marta Ruiz visits Veldt"
    page.tab.click("#node a:text-is('Veldt')")
    page.shown("#node-title", re.compile("^Veldt$"))
    assert "Where it occurs" in page.tab.inner_text("#node")
    page.tab.go_back()
    page.tab.go_back()
    page.status("1 row,")


@marked
def test_text_of_the_graph_never_becomes_markup(visit: Any) -> None:
    page = visit("#query=" + quote("SELECT ?x ?label { ?x a kg:OtherEntity ; rdfs:label ?label }"))
    page.status("1 row,")
    assert HOSTILE in page.tab.inner_text("#rows")
    page.tab.click("#rows a")
    page.tab.wait_for_selector("#node-title")
    assert page.tab.inner_text("#node-title") == HOSTILE
    page.tab.goto(page.base + "#node=" + quote("javascript:alert(1)> ?p ?o . <x"))
    page.tab.wait_for_selector("#error:not([hidden])")
    assert page.tab.query_selector_all("img") == []


@marked
def test_triples_and_downloads(visit: Any) -> None:
    page = visit("#query=" + quote("CONSTRUCT { ?x a kg:Person } WHERE { ?x a kg:Person }"))
    page.status("Triples")
    assert "en:person-ruiz a kg:Person" in page.tab.input_value("#rows textarea")
    with page.tab.expect_download() as waiting:
        page.tab.click("#downloads button:text-is('N-Triples')")
    assert "person-ruiz>" in Path(waiting.value.path()).read_text(encoding="utf-8")
