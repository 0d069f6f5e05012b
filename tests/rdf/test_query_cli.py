"""`kg query`: formats, query files, what it lists and shows, and what it refuses before anything is read."""

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.graph import KnowledgeGraph
from kg.rdf import named_queries, write_turtle

AGES = "SELECT ?name ?age { ?who kg:age ?age ; rdfs:label ?name }"
MAKE = "CONSTRUCT { ?who kg:age ?age } WHERE { ?who kg:age ?age }"


@pytest.fixture(scope="module")
def out(graph: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_turtle(graph, folder / "graph.ttl")
    return folder


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        main(["query", *map(str, words)])
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


def test_a_table_in_each_format(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {
        name: call(capsys, out, AGES, "--format", name) for name in ("table", "csv", "json", "sparql-json")
    }
    assert {(code, err) for code, _, err in found.values()} == {(0, "")}
    assert "Marta Ruiz   41" in found["table"][1]
    assert list(csv.reader(io.StringIO(found["csv"][1]))) == [["name", "age"], ["Marta Ruiz", "41"]]
    assert json.loads(found["json"][1])["rows"] == [{"name": "Marta Ruiz", "age": 41}]
    (row,) = json.loads(found["sparql-json"][1])["results"]["bindings"]
    assert row["age"] == {
        "type": "literal", "value": "41", "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }  # fmt: skip


def test_csv_has_the_text_of_each_term(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = 'SELECT (true AS ?a) (1.50 AS ?b) ("x"@en AS ?c) (kg:agent AS ?d) (1/0 AS ?e) { }'
    rows = list(csv.reader(io.StringIO(call(capsys, out, text, "--format", "csv")[1])))
    assert rows == [["a", "b", "c", "d", "e"], ["true", "1.5", "x", "https://w3id.org/kg/ontology#agent", ""]]


def test_a_yes_or_no_in_each_format(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(capsys, out, "ASK {}")[1] == "yes\n"
    assert json.loads(call(capsys, out, "ASK {}", "--json")[1]) == {"boolean": True}
    assert json.loads(call(capsys, out, "ASK {}", "--format", "sparql-json")[1]) == {
        "head": {},
        "boolean": True,
    }
    assert call(capsys, out, "ASK {}", "--format", "csv")[1].split() == ["boolean", "true"]


def test_triples_as_lines_json_and_turtle(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, turtle, err = call(capsys, out, MAKE, "--format", "turtle")
    assert (code, err) == (0, "")
    lines = call(capsys, out, MAKE)[1]
    assert set(parse(turtle, RdfFormat.TURTLE)) == set(parse(lines, RdfFormat.N_TRIPLES))
    assert len(json.loads(call(capsys, out, MAKE, "--json")[1])["triples"]) == 1
    assert "kg:agent a owl:ObjectProperty" in call(capsys, out, "DESCRIBE kg:agent", "--format", "turtle")[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            [MAKE, "--format", "csv"],
            "CONSTRUCT gives triples, which csv has no place for: use turtle or json",
        ),
        (
            ["describe kg:agent", "--format", "sparql-json"],
            "DESCRIBE gives triples, which sparql-json has no",
        ),
        ([AGES, "--format", "turtle"], "turtle is for triples: ask with CONSTRUCT or DESCRIBE"),
        (["aliases", "--format", "turtle"], "turtle is for triples"),
        ([AGES, "--format", "xml"], "'xml' is not one of table, csv, json, sparql-json, turtle"),
        ([AGES, "-f", "x.rq"], "name a folder and one query"),
        ([], "name a folder and one query"),
    ],
)
def test_wrong_use_is_2_before_anything_is_read(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed, err = call(capsys, "no-such-folder", *words)
    assert (code, printed) == (2, "")
    assert message in " ".join(err.split())


def test_a_query_from_a_file_or_standard_input(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = call(capsys, out, AGES, "--json")[1]
    file = tmp_path / "ages.rq"
    file.write_bytes(b"\xef\xbb\xbf# how old\n" + AGES.encode())
    for option in ("-f", "--file"):
        assert call(capsys, out, option, file, "--json") == (0, expected, "")
    monkeypatch.setattr("sys.stdin", io.StringIO(AGES))
    assert call(capsys, out, "-f", "-", "--json") == (0, expected, "")
    file.write_bytes(b"\xff\xfe")
    assert call(capsys, out, "-f", file)[::2] == (
        1,
        f"kg: {file} is no UTF-8 text; save the query as UTF-8\n",
    )
    code, _, err = call(capsys, out, "-f", tmp_path / "none.rq")
    assert code == 1
    assert "none.rq: No such file or directory; name a file with one query" in err


def test_a_slip_is_told_and_the_answer_given(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, err = call(capsys, out, "SELECT ?e { ?e kg:agnet ?a }", "--json")
    warning = "kg:agnet is neither in the ontology nor in this graph; did you mean kg:agent or kg:age?"
    assert (code, err) == (0, f"kg: {warning}\n")
    assert json.loads(printed) == {"variables": ["e"], "rows": [], "cut": False, "warnings": [warning]}


def test_the_list_and_the_text_of_named_queries(capsys: pytest.CaptureFixture[str]) -> None:
    code, printed, err = call(capsys, "--list")
    assert code == 0
    assert "kg query --show NAME" in err
    for named in named_queries():
        assert f" {named.name} " in printed
        assert call(capsys, "--show", named.name) == (0, named.text, "")
    assert "actor, target, action, status" in printed
    record = json.loads(call(capsys, "--show", "aliases", "--json")[1])
    assert (record["name"], record["bind"]) == ("aliases", {"entity": "any of its names"})
    code, printed, err = call(capsys, "--show", "aliasess")
    assert (code, printed) == (1, "")
    assert "did you mean aliases" in err
