"""`explain`: every sentence behind a thing, its parts, who says so, and the decisions; by id or name."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.config import STORE
from kg.errors import InputError, OutputError
from kg.explain import GAP, Part, Passage, explain, marked
from kg.graph import KnowledgeGraph
from kg.pipeline import build
from kg.tables import read_table, write_tables

ONE = (
    "President Anna Weber ordered strikes on Kalma on 16 November 2015, her spokesman said.\n\n"
    "Weber met Paul Ito, 51, the foreign minister of France, in Geneva."
)
TWO = 'Paul Ito left Geneva on Tuesday. "He was tired," said the "Élan" agency.'


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    for name, text in (("one", ONE), ("two", TWO)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "manifest.toml").write_text(
        '[[document]]\npath = "one.txt"\npublisher = "Wire A"\ntitle = "Strikes"\npublished = 2015-11-17\n',
        encoding="utf-8",
    )
    build(folder, out=folder / "out")
    return folder / "out"


def row_of(out: Path, table: str, **values: str) -> dict[str, Any]:
    """Return the only row with these values."""
    (found,) = [
        row for row in read_table(out, table) if all(row.get(key) == value for key, value in values.items())
    ]
    return found


def passage(text: str, *parts: tuple[str, str]) -> Passage:
    """Return a passage at 10 of its document, with parts by role and words."""
    found = [
        Part(role, 10 + text.index(words), 10 + text.index(words) + len(words), words)
        for role, words in parts
    ]
    return Passage(
        "d", "a.txt", None, None, None, 10, 10 + len(text), text, tuple(found), "asserted", (), "verb"
    )


# ------------------------------------------------------------------- marking


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([], "Paris called for strikes on Raqqa."),
        (
            [("agent", "Paris"), ("trigger", "called for")],
            "[agent Paris] [trigger called for] strikes on Raqqa.",
        ),
        (
            [("topic", "strikes on Raqqa"), ("mention", "Raqqa")],
            "Paris called for [topic strikes on [mention Raqqa]].",
        ),
        ([("agent", "Paris"), ("attribution", "Paris")], "[agent, attribution Paris] called for strikes on Raqqa."),
        ([("a", "Paris called"), ("b", "called for")], "[a Paris called] for strikes on Raqqa."),
        ([("a", "Paris"), ("a", "Paris")], "[a Paris] called for strikes on Raqqa."),
        ([("a", "Paris called for strikes on Raqqa.")], "[a Paris called for strikes on Raqqa.]"),
    ],
)  # fmt: skip
def test_marked(parts: list[tuple[str, str]], expected: str) -> None:
    assert marked(passage("Paris called for strikes on Raqqa.", *parts)) == expected


def test_parts_beyond_the_sentence_are_cut_or_left_out() -> None:
    found = passage("He left.", ("trigger", "left"))
    outside = (
        *found.parts,
        Part("attribution", 0, 5, "Ito"),
        Part("time", 5, 12, "x"),
        Part("a", 40, 50, "y"),
    )
    assert (
        marked(Passage(*("d", "a.txt", None, None, None, 10, 18), "He left.", outside, None, (), "verb"))
        == "[time He] [trigger left]."
    )


def test_gaps_are_shown_as_one() -> None:
    found = passage(f"Paris{GAP * 8}strikes{GAP}on", ("agent", "Paris"))
    assert marked(found) == f"[agent Paris]{GAP}strikes{GAP}on"


# -------------------------------------------------------------------- events


def test_an_event(out: Path) -> None:
    row = row_of(out, "events", predicate="order")
    found = explain(out, row["id"])
    assert (found.kind, found.id, found.label) == ("event", row["id"], row["label"])
    assert found.facts["type"] == row["type"]
    assert found.facts["status"] == "asserted"
    assert [part["role"] for part in found.facts["participants"]] == [p["role"] for p in row["participants"]]
    (sentence,) = found.passages
    assert sentence.text == ONE[sentence.start : sentence.end] == ONE.split("\n")[0]
    assert (sentence.publisher, sentence.published, sentence.title) == ("Wire A", "2015-11-17", "Strikes")
    assert (sentence.status, sentence.rule) == ("asserted", row["mentions"][0]["rule"])
    assert sentence.said_by
    assert "spokesman" in sentence.said_by[0]
    assert "[trigger ordered]" in marked(sentence)
    assert any(part.role == "agent" and part.entity == "Anna Weber" for part in sentence.parts)
    for part in sentence.parts:
        assert part.text == ONE[part.start : part.end]


# ------------------------------------------------------------------ entities


def test_an_entity_with_its_events_relations_and_merges(out: Path) -> None:
    row = row_of(out, "entities", label="Paul Ito")
    found = explain(out, "Paul Ito")
    assert (found.kind, found.id) == ("entity", row["id"])
    assert {part.start for p in found.passages for part in p.parts if p.path == "one.txt"} >= {
        ONE.index("Paul")
    }
    assert {p.path for p in found.passages} == {"one.txt", "two.txt"}
    assert sum(len(p.parts) for p in found.passages) == len(row["mentions"])
    assert any(item["roles"] == ["agent"] for item in found.facts["events"])
    assert any("age" in item["label"] for item in found.facts["relations"])
    decided = [d for d in read_table(out, "decisions") if d["subject"] == row["id"]]
    assert decided
    assert list(found.decisions) == decided


def test_mentions_in_one_sentence_are_one_passage(tmp_path: Path, small_graph: KnowledgeGraph) -> None:
    write_tables(small_graph, tmp_path)
    found = explain(tmp_path, "Kalma")
    assert len(found.passages) == 1


# ----------------------------------------------------------------- relations


def test_relations(out: Path) -> None:
    row = row_of(out, "relations", property="age")
    found = explain(out, row["id"].rsplit("/", 1)[-1])
    assert (found.kind, found.label) == ("relation", "Paul Ito age 51")
    (sentence,) = found.passages
    assert "[subject Paul Ito], [object 51]" in marked(sentence)
    assert sentence.rule == row["mentions"][0]["rule"]
    assert found.facts["value"] == "51"


def test_every_row_of_the_tables_can_be_explained(out: Path) -> None:
    for table in ("entities", "events", "relations"):
        rows = list(read_table(out, table))
        assert rows
        for row in rows:
            found = explain(out, row["id"])
            assert found.id == row["id"]
            assert found.passages
            json.dumps(found.facts)


# ------------------------------------------------------------- without texts


def test_without_a_store_the_words_come_from_the_tables(out: Path, tmp_path: Path) -> None:
    for path in out.iterdir():
        if path.name != STORE and path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    row = row_of(out, "events", predicate="order")
    with_texts, without = explain(out, row["id"]), explain(tmp_path, row["id"])
    (full,), (gaps,) = with_texts.passages, without.passages
    assert gaps.parts == full.parts
    assert len(gaps.text) == len(full.text)
    assert all(one in (other, GAP) for one, other in zip(gaps.text, full.text, strict=True))
    assert GAP in gaps.text
    assert "[trigger ordered]" in marked(gaps)


# ------------------------------------------------------------------- finding


def test_ids_may_be_written_short(out: Path) -> None:
    id = row_of(out, "events", predicate="order")["id"]
    last = id.rsplit("/", 1)[-1]
    assert {explain(out, name).id for name in (id, last, f"ev:{last}", f"event/{last}")} == {id}


def test_names_in_any_spelling_and_aliases(out: Path) -> None:
    id = row_of(out, "entities", label="Anna Weber")["id"]
    assert {explain(out, name).id for name in ("anna weber", "ANNA  WEBER", "Weber")} == {id}


def test_unknown_names_come_with_near_ones(out: Path) -> None:
    with pytest.raises(
        InputError, match=r"nothing in .* has the id or name 'Ana Weber'; near ones: 'Anna Weber'"
    ):
        explain(out, "Ana Weber")
    with pytest.raises(InputError, match=r"the id or name 'qqqqqqqqq'$"):
        explain(out, "qqqqqqqqq")


def test_a_name_of_several_is_refused_with_their_ids(tmp_path: Path, small_graph: KnowledgeGraph) -> None:
    write_tables(small_graph, tmp_path)
    path = tmp_path / "entities.jsonl"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"Nordia", "al', '"Kalma", "al'), encoding="utf-8"
    )
    with pytest.raises(
        InputError, match=r"2 have the name 'Kalma': entity/.*, entity/.*; name one by its id"
    ):
        explain(tmp_path, "Kalma")


def test_no_build(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="kg build"):
        explain(tmp_path, "x")
