"""SHACL: the fixture conforms, and each way of breaking it is found."""

import sys
from pathlib import Path

import pytest

from kg.errors import KgError, OutputError
from kg.graph import KnowledgeGraph
from kg.rdf import PREFIXES, to_turtle, validate, write_turtle

pytest.importorskip("pyshacl", reason="the extra `shacl` is not installed")


@pytest.fixture(scope="module")
def good(graph: KnowledgeGraph, run: dict[str, object]) -> str:
    return to_turtle(graph, run=run, texts=True).decode()


def test_the_fixture_conforms(graph: KnowledgeGraph, run: dict[str, object], tmp_path: Path) -> None:
    write_turtle(graph, tmp_path / "graph.ttl", run=run)
    report = validate(tmp_path)
    assert report.findings == ()
    assert report.conforms


BROKEN = {
    "a mention ends after it begins": (
        'nif:beginIndex "37"^^xsd:nonNegativeInteger', 'nif:beginIndex "47"^^xsd:nonNegativeInteger'
    ),
    "an event does not end before it begins": (
        'sem:hasBeginTimeStamp "2015-11-17"^^xsd:date', 'sem:hasBeginTimeStamp "2015-11-19"^^xsd:date'
    ),
}  # fmt: skip
EXTRA = {
    "only an asserted event has a direct edge": "@EN@ act:order @EN@ .",
    "an event is denoted by at least one event mention": 'ev:x a kg:Visit ; rdfs:label "x"@en ; kg:predicate "x" ; kg:status kg:Asserted .',
    "Less than 1 values": 'ev:y a kg:Visit ; kg:predicate "x" ; kg:status kg:Asserted .',
    "More than 1 values": '@EN@ skos:prefLabel "another" .',
    "Value is not of Node Kind sh:IRI": '@EN@ skos:exactMatch "Raqqa" .',
    "Value does not have class": 'ev:z a kg:Visit ; rdfs:label "x"@en ; kg:predicate "x" ; kg:status kg:Done .',
    "is not Literal with datatype": '<https://w3id.org/kg/document/d> a kg:Document ; schema:datePublished "yesterday" .',
    "conform": "<https://w3id.org/kg/relation/r> a kg:Relation ; kg:object @EN@ ; kg:value 1 .",
}
ENTITY = "en:person-ivo-lang-"


@pytest.mark.parametrize("message", BROKEN)
def test_a_changed_value_is_found(good: str, tmp_path: Path, message: str) -> None:
    old, new = BROKEN[message]
    assert old in good
    path = tmp_path / "graph.ttl"
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    report = validate(path)
    assert not report.conforms
    assert message in {finding.message for finding in report.findings}


@pytest.mark.parametrize("message", EXTRA)
def test_an_added_fault_is_found(good: str, tmp_path: Path, message: str) -> None:
    start = good.index(ENTITY)
    entity = good[start : start + len(ENTITY) + 8]
    path = tmp_path / "graph.ttl"
    path.write_text(good + EXTRA[message].replace("@EN@", entity), encoding="utf-8")
    report = validate(path)
    assert not report.conforms
    assert any(message in finding.message for finding in report.findings), report.findings
    assert all(finding.severity == "Violation" and finding.focus for finding in report.findings)
    assert report.findings == tuple(sorted(report.findings, key=str))


def test_own_shapes(good: str, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(good, encoding="utf-8")
    (tmp_path / "own.ttl").write_text(
        f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <{PREFIXES['kg']}> . <x:s> a sh:NodeShape ; "
        "sh:targetClass kg:Person ; sh:property [ sh:path kg:age ; sh:minCount 1 ; sh:severity sh:Warning ] .",
        encoding="utf-8",
    )
    report = validate(tmp_path, shapes=tmp_path / "own.ttl")
    assert [finding.severity for finding in report.findings] == ["Warning", "Warning"]


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot read"):
        validate(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(OutputError, match="is no Turtle"):
        validate(tmp_path)


def test_without_pyshacl_the_way_to_it_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(KgError, match=r"pip install 'kg\[shacl\]'"):
        validate(tmp_path)
