"""The page as a file: one, offline, closed to scripts that are not ours, and the same for the same graph."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.analyse import analyse
from kg.datamodel import ENTITY_TYPES, PROPERTIES, ROLES, STATUSES
from kg.graph import KnowledgeGraph
from kg.render import render_page, render_report, view_model, write_page
from kg.render.columns import unpacked
from kg.render.page import SCRIPTS, json_for_html, to_pyvis

TEMPLATES = files("kg.render").joinpath("templates")
OWN_SCRIPTS = {name: TEMPLATES.joinpath(f"js/{name}.js").read_text(encoding="utf-8") for name in SCRIPTS}
STYLE = TEMPLATES.joinpath("page.css").read_text(encoding="utf-8")


def page(graph: KnowledgeGraph, title: str = "News") -> str:
    return render_page(graph, analyse(graph), title=title, provenance={"Made by": "kg"})


def data_of(text: str) -> Any:
    (element,) = html.document_fromstring(text).xpath("//script[@type='application/json']")
    data = json.loads(element.text)
    tables = {
        name: unpacked(value) for name, value in data.items() if isinstance(value, dict) and "rows" in value
    }
    networks = {
        mode: {part: unpacked(table) for part, table in network.items()}
        for mode, network in data["networks"].items()
    }
    return data | tables | {"networks": networks}


# ------------------------------------------------------------------ one file


def test_it_names_no_address_but_article_links(news: KnowledgeGraph) -> None:
    tree = html.document_fromstring(page(news))
    assert tree.xpath("//*[@src]") == []
    assert tree.xpath("//@href") == ["data:,"]
    assert tree.xpath("//@style | //@onclick | //@onload | //@onerror") == []
    assert list(tree.xpath("//link/@rel")) == ["icon"]
    assert not re.search(r"@import|url\(", STYLE)


def test_the_policy_allows_our_scripts_by_hash_and_nothing_else(news: KnowledgeGraph) -> None:
    tree = html.document_fromstring(page(news))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"

    def hashes(elements: list[Any]) -> set[str]:
        digests = (hashlib.sha256(element.text.encode()).digest() for element in elements)
        return {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}

    assert set(rules["script-src"].split()) == hashes(tree.xpath("//script[not(@type)]"))
    assert set(rules["style-src"].split()) == hashes(tree.xpath("//style"))
    assert "unsafe" not in policy


def test_it_carries_the_basics(news: KnowledgeGraph) -> None:
    text = page(news, title="A & B")
    assert text.startswith('<!doctype html>\n<html lang="en">')
    tree = html.document_fromstring(text)
    assert tree.xpath("//title/text()") == ["A & B"]
    assert tree.xpath("//meta[@name='viewport']")
    assert tree.xpath("//noscript")
    assert tree.xpath("//footer//dt/text()") == ["Made by"]


def test_the_data_is_the_view(news: KnowledgeGraph) -> None:
    view = view_model(news, analyse(news), title="News")
    edges = view["networks"]["events"]["edges"]
    view["networks"]["events"]["edges"] = [
        edge for edge in edges if "role" not in edge
    ]  # see test_columns.py
    assert data_of(page(news)) == view


def test_pyvis_holds_nodes_and_edges(news: KnowledgeGraph) -> None:
    network = view_model(news, analyse(news), title="News")["networks"]["actors"]
    net = to_pyvis(network)
    assert net.directed
    assert len(net.get_nodes()) == len(network["nodes"]) > 40
    assert net.get_edges() == network["edges"]


def test_vis_network_is_where_pyvis_has_it() -> None:
    script = files("pyvis").joinpath("templates/lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    assert "@version 9.1.2" in script
    for way_in in ("innerHTML", "</script", "new Function", "eval("):
        assert way_in not in script


# --------------------------------------------------------------------- safe

PAYLOADS = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    '"><a href="x" onmouseover="alert(1)">',
    "a\u2028b\u2029c",
    "\u202egnp.exe\u2066",
    "{{ 7*7 }}{% raw %}",
    "<!--<script>",
    "]]>&lt;b&gt;",
)


def hostile(graph: KnowledgeGraph, bad: str) -> KnowledgeGraph:
    """Return a graph that says `bad` wherever a text can stand, ids included."""

    def change(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(change(item) for item in value)
        if not hasattr(value, "__dataclass_fields__") or isinstance(value, KnowledgeGraph):
            return value
        texts = {
            "text", "label", "title", "publisher", "url", "path", "predicate", "value", "lemma", "aliases", "same_as", "plover", "rule",
        }  # fmt: skip
        changes: dict[str, Any] = {}
        for name in value.__dataclass_fields__:
            old = getattr(value, name)
            if name in ("aliases", "same_as"):
                changes[name] = (bad, bad + "2")
            elif name in texts and isinstance(old, str):
                changes[name] = bad
            elif name in ("id", "entity", "event", "subject", "object", "document") and isinstance(old, str):
                changes[name] = bad + old
            else:
                changes[name] = change(old)
        if "type" in changes and type(value).__name__ in ("Event", "EventMention"):
            changes["type"] = bad
        return replace(value, **changes)

    return KnowledgeGraph(
        *(change(getattr(graph, name)) for name in ("documents", "entities", "events", "relations"))
    )


@pytest.mark.parametrize("bad", PAYLOADS)
def test_hostile_text_in_every_field_stays_text(small_graph: KnowledgeGraph, bad: str) -> None:
    graph = hostile(small_graph, bad)
    text = render_page(graph, analyse(graph), title=bad, provenance={bad: bad})
    calm = page(small_graph)
    # the same elements as on a harmless page: nothing that came in as text became markup
    kinds = [
        [element.tag for element in html.document_fromstring(t).iter() if isinstance(element.tag, str)]
        for t in (text, calm)
    ]
    assert kinds[0] == kinds[1]
    tree = html.document_fromstring(text)
    assert tree.xpath("//@href") == ["data:,"]
    found = data_of(text)
    assert {entity["label"] for entity in found["entities"]} == {bad}
    assert all("links" not in entity for entity in found["entities"])
    assert all("url" not in document for document in found["documents"])
    if "<" in bad:
        assert bad not in text


@given(st.text())
def test_json_can_stand_in_a_script_element(text: str) -> None:
    written = json_for_html({"a": text})
    assert json.loads(written) == {"a": text}
    assert written.isascii()
    assert not set("<>&") & set(written)


def test_every_script_is_in_the_page_and_small() -> None:
    folder = Path(str(TEMPLATES)) / "js"
    found = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.js")}
    assert found == set(SCRIPTS)
    for name, script in OWN_SCRIPTS.items():
        assert script.startswith("// "), f"{name} does not say what it is for"
        assert script.count("\n") <= 300, name


def test_scripts_use_no_way_to_turn_text_into_markup() -> None:
    for name, script in OWN_SCRIPTS.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp|DOMParser|createContextualFragment|\bimport\b\s*\(", script), name  # fmt: skip


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_scripts_parse(news: KnowledgeGraph, tmp_path: Path) -> None:
    scripts = html.document_fromstring(page(news)).xpath("//script[not(@type)]")
    assert len(scripts) == 2
    for number, script in enumerate(scripts):
        path = tmp_path / f"{number}.js"
        path.write_text(script.text, encoding="utf-8")
        done = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------- stable


def test_the_same_graph_gives_the_same_bytes(news: KnowledgeGraph, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_page(news, analyse(news), tmp_path / name, title="News", provenance={})
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert b"\r" not in (tmp_path / "a.html").read_bytes()


@pytest.mark.slow
def test_the_hash_seed_does_not_show(news: KnowledgeGraph) -> None:
    """Fresh interpreters make the page and the report that this one does."""
    tests, project = Path(__file__).parent, Path(__file__).parents[2]
    program = (
        "import hashlib, runpy\nfrom kg.analyse import analyse\nfrom kg.render import render_page, render_report\n"
        f"news = runpy.run_path({str(tests / 'conftest.py')!r})['news_graph']()\n"
        "for render in (render_page, render_report):\n"
        "    text = render(news, analyse(news), title='News', provenance={'Made by': 'kg'})\n"
        "    print(hashlib.sha256(text.encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(project)},
        ).stdout
        for seed in ("0", "5")
    }  # fmt: skip
    report = render_report(news, analyse(news), title="News", provenance={"Made by": "kg"})
    assert digests == {
        "".join(f"{hashlib.sha256(text.encode()).hexdigest()}\n" for text in (page(news), report))
    }


# -------------------------------------------------------------------- sizes


def test_nothing_to_show() -> None:
    found = data_of(page(KnowledgeGraph()))
    assert found["entities"] == found["events"] == []


def test_one_document_without_findings(small_graph: KnowledgeGraph) -> None:
    assert data_of(page(KnowledgeGraph(small_graph.documents)))["documents"]


@pytest.mark.slow
def test_three_thousand_nodes_take_seconds(make_large: Callable[[int, int], KnowledgeGraph]) -> None:
    graph = make_large(1200, 1800)
    start = time.process_time()
    text = page(graph)
    assert time.process_time() - start < 20
    assert len(text) < 6_000_000
    network = data_of(text)["networks"]["events"]
    assert network["core"]
    assert len(network["core"]) < 110


# -------------------------------------------- page, styles and types agree


def test_scripts_know_every_word_of_the_data_model() -> None:
    words = OWN_SCRIPTS["logic/words"]

    def keys(name: str) -> set[str]:
        (body,) = re.findall(rf"const {name} = {{(.*?)}};", words, re.DOTALL)
        return set(re.findall(r"(\w+):", body))

    assert set(ENTITY_TYPES) == keys("SHAPES")
    assert set(STATUSES) == keys("STATUS_STYLE")
    assert set(PROPERTIES) == keys("PROPERTY_NAMES")
    assert {*ROLES, "trigger", "attribution", "mention", "subject", "object"} == keys("ROLE_NAMES")
    for role in keys("ROLE_NAMES"):
        assert f"mark[data-role={role}]" in STYLE


def colours() -> list[dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]  # the third is for paper
    first = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return [first, first | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", colours(), ids=["light", "dark"])
def test_contrast(theme: dict[str, str]) -> None:
    for text in ("ink", "muted", "accent", "conflict", "cooperation", "other"):
        for ground in ("paper", "surface"):
            assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
    for ground in [name for name in theme if name.startswith("m-")] + ["sunken", "accent-soft"]:
        assert contrast(theme["ink"], theme[ground]) >= 4.5, ground
    assert contrast(theme["muted"], theme["sunken"]) >= 4.5
    # signs that are not text: WCAG 1.4.11
    for sign in [*ENTITY_TYPES, "conflict", "cooperation", "other", "focus"]:
        for ground in ("paper", "surface", "sunken"):
            assert contrast(theme[sign], theme[ground]) >= 3, (sign, ground)
    # words on a filled ground: the tip, the message, the badge of what is disputed, the button of the help
    for text, ground in [
        ("paper", "ink"),
        ("surface", "conflict"),
        ("surface", "accent"),
        ("accent", "accent-soft"),
        ("accent", "sunken"),
    ]:
        assert contrast(theme[text], theme[ground]) >= 4.5, (text, ground)
