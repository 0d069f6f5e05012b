"""From texts of two outlets to one event told twice, and what they contradict each other in, through the whole pipeline."""

import json
from pathlib import Path

import pytest

import kg
from kg.graph import KnowledgeGraph

MANIFEST = """
[[document]]
path = "post.txt"
publisher = "Northern Post"
published = 2024-05-03

[[document]]
path = "times.txt"
publisher = "Harbour Times"
published = 2024-05-04

[[document]]
path = "desk.txt"
publisher = "City Desk"
published = 2024-05-05
"""
TEXTS = {
    "post.txt": "Air strike hits market in Kabul\n\nAn air strike on the central market in Kabul killed 12 people on Thursday,"
    " officials said. The strike went on for an hour. The general Omar Hadidi was killed in Raqqa on Wednesday by France,"
    " the ministry said.",
    "times.txt": "A strike on a market in Kabul killed at least 19 people on Thursday, according to doctors. France did not"
    " bomb Homs on Friday, the ministry said. Gunmen killed 4 people in a restaurant in Kabul on Thursday.",
    "desk.txt": "At least 18 people were killed in Kabul on Thursday when jets struck a market. Omar Hadidi was killed in"
    " Aleppo on Thursday by the United States, a monitoring group said. France bombed Homs on Friday.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outlets")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("built") / "out"


@pytest.fixture(scope="module")
def graph(folder: Path, out: Path) -> KnowledgeGraph:
    return kg.build(folder, out=out)


def test_one_strike_told_by_two_outlets_is_one_event(graph: KnowledgeGraph) -> None:
    strikes = [e for e in graph.events if e.type == "AirStrike"]
    told = max(strikes, key=lambda e: len({m.trigger.document for m in e.mentions}))
    assert len({m.trigger.document for m in told.mentions}) == 2


def test_different_tolls_are_one_event_and_a_contradiction(graph: KnowledgeGraph) -> None:
    (number,) = [c for c in graph.contradictions if c.field == "number"]
    assert [(c.value, c.publisher) for c in number.claims] == [
        ("12", "Northern Post"), ("19+", "Harbour Times"), ("18+", "City Desk"),
    ]  # fmt: skip
    assert [source.text for source in number.claims[0].attributed_to] == ["officials"]
    others = [
        m for e in graph.events if e.id != number.event for m in e.mentions if m.trigger.text == "killed"
    ]
    assert any("restaurant" in m.sentence.text for m in others)


def test_a_death_told_otherwise_keeps_both_versions(graph: KnowledgeGraph) -> None:
    found = {c.field: [claim.value for claim in c.claims] for c in graph.contradictions}
    assert found["actor"] == ["France", "United States"]
    assert found["place"] == ["Raqqa", "Aleppo"]
    assert found["date"] == ["2024-05-01", "2024-05-02"]
    assert sorted(found["status"]) == ["asserted", "negated"]


def test_every_view_lists_them(graph: KnowledgeGraph, out: Path) -> None:
    lines = (out / "contradictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(graph.contradictions) == 5
    report = (out / "report.md").read_text(encoding="utf-8")
    page = (out / "graph.html").read_text(encoding="utf-8")
    turtle = (out / "graph.ttl").read_text(encoding="utf-8")
    assert "## Where sources contradict each other" in report
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert data["contradictions"]
    for row in map(json.loads, lines):
        for claim in row["claims"]:
            assert f'kg:value "{claim["value"]}"' in turtle


def test_the_shapes_hold(graph: KnowledgeGraph, out: Path) -> None:
    pytest.importorskip("pyshacl")
    from kg.rdf import validate

    assert graph.contradictions
    assert validate(out).findings == ()


def test_order_and_company_of_the_documents_do_not_matter(graph: KnowledgeGraph, folder: Path) -> None:
    again = kg.build([folder / name for name in sorted(TEXTS, reverse=True)])
    assert [(c.field, [x.value for x in c.claims]) for c in again.contradictions] == [
        (c.field, [x.value for x in c.claims]) for c in graph.contradictions
    ]
