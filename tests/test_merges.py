"""`merges`: the rows of decisions.jsonl, found by name or id, and the entry that undoes one."""

import doctest
import tomllib
from pathlib import Path

import pytest

import kg.merges
from kg.errors import InputError, OutputError
from kg.graph import KnowledgeGraph
from kg.merges import merges, undo
from kg.pipeline import build
from kg.resolve.must import parse_must
from kg.tables import Row, read_table, write_tables

TEXT = "President Anna Weber ordered strikes on Kalma.\n\nWeber met Paul Ito in Geneva. He praised the European Union (EU)."


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("merges")
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    (folder / "two.txt").write_text("Paul Ito left Geneva. Anna Weber stayed.", encoding="utf-8")
    build(folder, out=folder / "out")
    return folder / "out"


def row(**values: str | None) -> Row:
    found: Row = dict.fromkeys(
        ("kind", "subject", "label", "object", "text", "rule", "evidence", "runner_up")
    )
    return found | {"kind": "merge", "rule": "same-name", "evidence": "e"} | values


def test_examples() -> None:
    assert doctest.testmod(kg.merges).failed == 0


def test_all_of_them(out: Path) -> None:
    assert list(merges(out)) == list(read_table(out, "decisions"))
    kinds = {row["kind"] for row in merges(out)}
    assert kinds == {"merge", "link"}


def test_words_that_were_taken_in_are_told(out: Path) -> None:
    texts = {"one.txt": TEXT, "two.txt": "Paul Ito left Geneva. Anna Weber stayed."}
    paths = {row["id"]: row["path"] for row in read_table(out, "documents")}
    found = [row for row in merges(out) if "#char=" in row["object"]]
    assert found
    for row in found:
        document, _, place = row["object"].partition("#char=")
        start, end = map(int, place.split(","))
        assert row["text"] == texts[paths[document]][start:end]


@pytest.mark.parametrize("name", ["Paul Ito", "paul ito", "He"])
def test_by_name(out: Path, name: str) -> None:
    found = list(merges(out, name))
    assert found
    assert {row["label"] for row in found} == {"Paul Ito"}
    assert len(found) < len(list(merges(out)))


def test_by_id(out: Path) -> None:
    full = next(row["subject"] for row in merges(out, "Paul Ito"))
    last = full.rsplit("/", 1)[-1]
    wanted = [row for row in merges(out) if row["subject"] == full]
    for name in (full, last, f"en:{last}", f"entity/{last}"):
        assert list(merges(out, name)) == wanted
    (link,) = [row for row in merges(out) if row["kind"] == "link" and row["label"] == "Geneva"]
    assert link in merges(out, link["object"])


def test_nothing_speaks_of_it(out: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no decision in .* speaks of 'Zeus'"):
        list(merges(out, "Zeus"))
    with pytest.raises(OutputError, match="kg build"):
        list(merges(tmp_path))


def test_no_decisions_are_no_error(tmp_path: Path) -> None:
    write_tables(KnowledgeGraph(), tmp_path)
    assert list(merges(tmp_path)) == []


def test_every_merge_has_an_entry_that_undoes_it(out: Path) -> None:
    rows = list(merges(out))
    entries = [entry for entry in map(undo, rows) if entry]
    assert len(entries) == sum(row["kind"] == "merge" for row in rows) > 0
    for entry in entries:
        assert [pair.kind for pair in parse_must(entry).pairs] == ["must_not_merge"]


@pytest.mark.parametrize(
    "found",
    [
        row(kind="link", object="https://sws.geonames.org/1/"),
        row(kind="apart", rule="must-not-merge", object="https://w3id.org/kg/entity/x"),
        row(rule="must-merge", object="Ito"),
    ],
)
def test_what_no_entry_undoes(found: Row) -> None:
    assert undo(found) is None


def test_a_name_that_toml_would_trip_over() -> None:
    name = 'a "b" \\ \x7f\n🙂'
    entry = undo(row(subject="https://w3id.org/kg/entity/x", object=name))
    assert entry is not None
    (pair,) = tomllib.loads(entry)["must_not_merge"]
    assert pair == {"one": {"id": "https://w3id.org/kg/entity/x"}, "other": {"name": name}}


def test_an_entry_undoes_its_merge(out: Path, tmp_path: Path) -> None:
    (found,) = [row for row in merges(out, "He") if row["text"] == "He"]
    entry = undo(found)
    assert entry is not None
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_bytes((out.parent / name).read_bytes())
    (tmp_path / "must.toml").write_text(entry, encoding="utf-8")
    build(tmp_path, out=tmp_path / "out")
    again = [row for row in merges(tmp_path / "out") if row["object"] == found["object"]]
    assert not [row for row in again if row["kind"] == "merge" and row["label"] == "Paul Ito"]
