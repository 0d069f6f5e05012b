"""The JSONL contract: keys and their order, slices, sorting, equal bytes for equal graphs."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.datamodel import Decision
from kg.errors import InputError, OutputError
from kg.graph import KnowledgeGraph
from kg.ids import mention_id
from kg.rdf import to_turtle
from kg.tables import TABLES, read_table, rows, write_tables

KEYS = {
    "documents": ["id", "path", "title", "publisher", "url", "published", "language", "sha256", "characters"],
    "entities": ["id", "type", "label", "aliases", "same_as", "mentions"],
    "events": [
        *(
            "id",
            "type",
            "plover",
            "predicate",
            "label",
            "status",
            "attributed_to",
            "participants",
            "time",
            "part_of",
            "mentions",
        ),
    ],
}
MENTION_KEYS = {
    "entities": ["document", "start", "end", "text", "kind"],
    "events": ["document", "sentence", "trigger", "status", "attributed_to", "arguments", "time", "rule"],
    "relations": ["document", "start", "end", "text", "subject", "object", "rule"],
}


@pytest.mark.parametrize("table", KEYS)
def test_keys_in_order(small_graph: KnowledgeGraph, table: str) -> None:
    assert [list(row) for row in rows(small_graph, table)] == [KEYS[table]] * len(getattr(small_graph, table))


@pytest.mark.parametrize("table", MENTION_KEYS)
def test_keys_of_mentions(small_graph: KnowledgeGraph, table: str) -> None:
    found = [list(mention) for row in rows(small_graph, table) for mention in row["mentions"]]
    assert found
    assert found == [MENTION_KEYS[table]] * len(found)


def test_event(small_graph: KnowledgeGraph) -> None:
    order = next(row for row in rows(small_graph, "events") if row["predicate"] == "order")
    text = small_graph.documents[0].text
    assert order["plover"] == "COERCE"
    assert order["time"] == {
        "text": "Monday",
        "start": "2015-11-16",
        "end": "2015-11-16",
        "granularity": "day",
        "document": small_graph.documents[0].id,
        "span": [text.index("Monday"), text.index("Monday") + 6],
    }
    agent, topic = order["participants"]
    dupont = next(entity for entity in small_graph.entities if entity.label == "Jean Dupont")
    assert agent == {"role": "agent", "entity": dupont.id, "text": "Jean Dupont"}
    assert topic == {"role": "topic", "entity": None, "text": "strikes on Kalma"}
    (mention,) = order["mentions"]
    assert list(mention["trigger"]) == ["start", "end", "text", "lemma"]
    assert mention["trigger"]["lemma"] == "order"
    assert [list(argument) for argument in mention["arguments"]] == [
        ["role", "start", "end", "head", "text", "entity"]
    ] * 2
    assert mention["arguments"][0]["entity"] == dupont.id
    assert [list(said) for said in mention["attributed_to"]] == [["entity", "text", "start", "end"]]
    for part in (mention["trigger"], *mention["arguments"], *mention["attributed_to"]):
        assert text[part["start"] : part["end"]] == part["text"]
    assert text[slice(*mention["sentence"])].startswith("Minister")
    assert text[slice(*topic_head(mention))] == "strikes"


def topic_head(mention: dict[str, list[dict[str, list[int]]]]) -> list[int]:
    return mention["arguments"][1]["head"]


def test_relation_has_either_object_or_value(small_graph: KnowledgeGraph) -> None:
    age, lies = sorted(rows(small_graph, "relations"), key=lambda row: row["property"])
    assert list(age) == ["id", "subject", "property", "value", "mentions"]
    assert list(lies) == ["id", "subject", "property", "object", "mentions"]
    text = small_graph.documents[0].text
    assert age["value"] == text[slice(*age["mentions"][0]["object"])] == "51"
    assert text[slice(*lies["mentions"][0]["object"])] == "Nordia"


def test_ids_of_relations_are_those_of_the_turtle(small_graph: KnowledgeGraph) -> None:
    turtle = to_turtle(small_graph).decode()
    ids = [row["id"].rsplit("/", 1)[-1] for row in rows(small_graph, "relations")]
    assert ids
    assert all(f"\nrel:{id} a kg:Relation" in turtle for id in ids)


def test_decisions(small_graph: KnowledgeGraph) -> None:
    dupont, kalma = (
        next(entity for entity in small_graph.entities if entity.label == label)
        for label in ("Jean Dupont", "Kalma")
    )
    mention = mention_id(small_graph.documents[0].id, 0, 8)
    more = (
        Decision("merge", dupont.id, mention, "same-name", "e"),
        Decision(
            "link", kalma.id, "https://sws.geonames.org/1/", "gazetteer", "e", "https://sws.geonames.org/2/"
        ),
        Decision("apart", dupont.id, kalma.id, "must-not-merge", "e"),
    )
    graph = replace(small_graph, decisions=(*more, *small_graph.decisions))
    found = list(rows(graph, "decisions"))
    assert [list(row) for row in found] == [
        ["kind", "subject", "label", "object", "text", "rule", "evidence", "runner_up"]
    ] * 4
    by_rule = {row["rule"]: row for row in found}
    assert by_rule["same-name"]["text"] == small_graph.documents[0].text[:8] == "Minister"
    assert by_rule["surname"]["text"] is None
    assert by_rule["gazetteer"]["runner_up"] == "https://sws.geonames.org/2/"
    assert by_rule["gazetteer"]["label"] == by_rule["must-not-merge"]["text"] == "Kalma"
    assert found == list(rows(replace(graph, decisions=graph.decisions[::-1]), "decisions"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"id": 1}\n{"id": \n', "damaged at line 2"),
        (b"[1]\n", "damaged at line 1: not a JSON object"),
        (b"\xff\n", "is damaged"),
        (None, "holds no events.jsonl: run kg build"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, data: bytes | None, words: str) -> None:
    if data is not None:
        (tmp_path / "events.jsonl").write_bytes(data)
    with pytest.raises(OutputError, match=words):
        list(read_table(tmp_path, "events"))
    with pytest.raises(InputError, match="no table 'mentions'"):
        list(read_table(tmp_path, "mentions"))


def test_document(small_graph: KnowledgeGraph) -> None:
    (row,) = rows(small_graph, "documents")
    assert row["published"] == "2015-11-17"
    assert row["characters"] == len(small_graph.documents[0].text)


def test_files_are_utf8_lines_and_read_back(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    write_tables(small_graph, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{table}.jsonl" for table in TABLES)
    for table in TABLES:
        data = (tmp_path / f"{table}.jsonl").read_bytes()
        assert b"\r" not in data
        assert data.endswith(b"\n") or not list(rows(small_graph, table))
        assert list(read_table(tmp_path, table)) == list(rows(small_graph, table))
    assert "Élan" in (tmp_path / "entities.jsonl").read_text(encoding="utf-8")


def test_order_of_the_graph_does_not_matter(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    turned = {name: getattr(small_graph, name)[::-1] for name in TABLES}
    for name, graph in (("a", small_graph), ("b", replace(small_graph, **turned))):
        (tmp_path / name).mkdir()
        write_tables(graph, tmp_path / name)
    for table in TABLES:
        assert (tmp_path / "a" / f"{table}.jsonl").read_bytes() == (
            tmp_path / "b" / f"{table}.jsonl"
        ).read_bytes()


def test_empty_graph(tmp_path: Path) -> None:
    write_tables(KnowledgeGraph(), tmp_path)
    assert [(tmp_path / f"{table}.jsonl").read_bytes() for table in TABLES] == [b""] * len(TABLES)


def test_what_goes_wrong_is_said(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match="no table 'mentions'; allowed: documents, entities, events, relations"
    ):
        list(rows(small_graph, "mentions"))
    with pytest.raises(OutputError, match="cannot be written"):
        write_tables(small_graph, tmp_path / "none")
