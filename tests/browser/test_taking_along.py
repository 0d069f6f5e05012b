"""The table, and what can be saved: CSV, JSON, GraphML, Turtle and pictures."""

import csv
import json
import struct
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from lxml import etree

from kg.graph import KnowledgeGraph
from kg.rdf import to_turtle


def test_the_table_sorts_and_saves(visit: Any) -> None:
    visit.keys("3")
    visit.tab.click("#table [data-kind=entities]")
    numbers = [int(cell) for cell in visit.column(3)]
    assert numbers == sorted(numbers, reverse=True)
    visit.tab.click("#table th:has-text('Name') button")
    assert visit.column(0) == sorted(visit.column(0))
    assert visit.tab.locator("#table th[aria-sort=ascending]").inner_text().startswith("Name")
    visit.tab.fill("#table input[type=search]", "bel")
    with visit.tab.expect_download() as download:
        visit.tab.click("text=Download CSV")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    assert lines[0][:2] == ["Name", "Type"]
    assert [line[0] for line in lines[1:]] == visit.column(0) == ["Belgian police", "Belgium"]


def test_a_row_leads_to_the_evidence(visit: Any) -> None:
    visit.keys("3")
    visit.tab.click("#table tbody tr:nth-child(3) .link")
    assert visit.heading() == visit.column(1)[2]
    assert visit.tab.locator("#table tr[aria-selected=true]").count() == 1


def test_the_table_keeps_its_place_in_the_address(visit: Any) -> None:
    visit.keys("3")
    visit.tab.click("#table [data-kind=relations]")
    again = visit.again()
    assert again.column(1) == visit.column(1)
    again.context.close()


@pytest.mark.parametrize("times", [1, 4])
def test_the_picture_can_be_saved_in_more_dots(visit: Any, times: int) -> None:
    data = visit.saved(f"[data-times='{times}']").read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    box = visit.tab.locator("#net canvas").bounding_box()
    assert (width, height) == (round(box["width"]) * times, round(box["height"]) * times)
    # what stays on the screen is as it was
    assert visit.tab.eval_on_selector("#net canvas", "c => c.width") == round(box["width"])


def test_json_of_what_is_selected_has_its_sentences(visit: Any) -> None:
    visit.search("molenbeek")
    found = json.loads(visit.saved("[data-file=json]").read_text(encoding="utf-8"))
    names = {entity["label"] for entity in found["entities"]}
    assert {"Molenbeek", "Brussels"} <= names
    assert len(names) < 50
    (relation,) = [r for r in found["relations"] if r["property"] == "locatedIn"]
    assert relation["evidence"][0]["sentence"] == "Molenbeek is a part of Brussels."
    for event in found["events"]:
        assert all(item["document"]["outlet"] for item in event["evidence"])


def test_csv_of_what_is_drawn(visit: Any) -> None:
    visit.keys("2")
    lines = visit.saved("[data-file=csv]").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith('"Date","Event","Status"')
    assert any("France struck Raqqa" in line for line in lines)


def test_graphml_of_what_is_drawn(visit: Any) -> None:
    tree = etree.fromstring(visit.saved("[data-file=graphml]").read_bytes())
    names = {"g": "http://graphml.graphdrawing.org/xmlns"}
    ids = {node.get("id") for node in tree.iterfind(".//g:node", names)}
    edges = list(tree.iterfind(".//g:edge", names))
    assert len(ids) > 60
    assert len(edges) > 60
    assert {end for edge in edges for end in (edge.get("source"), edge.get("target"))} <= ids


def test_turtle_of_everything_is_a_part_of_the_graph(visit: Any, news: KnowledgeGraph) -> None:
    visit.keys("3")
    format = pyoxigraph.RdfFormat.TURTLE
    found = set(pyoxigraph.parse(visit.saved("[data-file=turtle]").read_bytes(), format=format))
    whole = set(pyoxigraph.parse(to_turtle(news), format=format))
    assert len(found) > 500
    assert {str(quad) for quad in found} - {str(quad) for quad in whole} == set()


def test_the_menu_goes_by_keyboard(visit: Any) -> None:
    visit.keys("s")
    assert visit.tab.evaluate("document.activeElement.dataset.times") == "1"
    visit.tab.keyboard.press("ArrowUp")
    assert visit.tab.evaluate("document.activeElement.dataset.file") == "turtle"
    visit.tab.keyboard.press("Escape")
    assert visit.tab.locator("#export").is_hidden()
    assert visit.tab.evaluate("document.activeElement.id") == "export-open"
