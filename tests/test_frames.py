"""Data frames for reading by eye: names for ids, one value a cell, columns even without rows."""

import sys
from datetime import date

import pandas
import pytest

from kg.errors import InputError
from kg.frames import FRAMES, as_frame, flat_rows, frame
from kg.graph import KnowledgeGraph


@pytest.mark.parametrize("name", FRAMES)
def test_one_row_a_record_and_one_value_a_cell(small_graph: KnowledgeGraph, name: str) -> None:
    table = frame(small_graph, name)
    assert isinstance(table, pandas.DataFrame)
    assert len(table) == len(flat_rows(small_graph, name)) > 0
    for row in flat_rows(small_graph, name):
        assert all(value is None or isinstance(value, str | int | float | date) for value in row.values())


@pytest.mark.parametrize("name", FRAMES)
def test_empty_graph_keeps_the_columns(small_graph: KnowledgeGraph, name: str) -> None:
    empty = frame(KnowledgeGraph(), name)
    assert len(empty) == 0
    assert list(empty.columns) == list(frame(small_graph, name).columns)
    assert (empty.dtypes == "datetime64[s]").tolist() == (
        frame(small_graph, name).dtypes == "datetime64[s]"
    ).tolist()


def test_events_by_name(small_graph: KnowledgeGraph) -> None:
    order = next(row for row in flat_rows(small_graph, "events") if row["predicate"] == "order")
    assert order["agent"] == "Jean Dupont"
    assert order["topic"] == "strikes on Kalma"
    assert order["patient"] is None
    assert order["attributed_to"] == "Élan"
    assert (order["start"], order["mentions"], order["documents"]) == (date(2015, 11, 16), 1, 1)


def test_evidence(small_graph: KnowledgeGraph) -> None:
    text = small_graph.documents[0].text
    for row in flat_rows(small_graph, "mentions"):
        assert row["sentence"].startswith("Minister Jean Dupont")
        assert text[row["trigger_start"] : row["trigger_end"]] in ("ordered", "strikes")
        assert row["publisher"] == "Wire “A”"


def test_relations_by_name(small_graph: KnowledgeGraph) -> None:
    found = {(row["subject"], row["property"], row["object"]) for row in flat_rows(small_graph, "relations")}
    assert found == {("Jean Dupont", "age", "51"), ("Kalma", "locatedIn", "Nordia")}


def test_days_are_dates(small_graph: KnowledgeGraph) -> None:
    events = frame(small_graph, "events")
    assert events["start"].max() == pandas.Timestamp("2015-11-16")
    assert events["start"].isna().sum() == 1


def test_what_goes_wrong_is_said(small_graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no frame 'people'; allowed: documents"):
        frame(small_graph, "people")
    assert isinstance(as_frame(("a",), [(1,)]), pandas.DataFrame)
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert as_frame(("a", "b"), [(1, None)]) == [{"a": 1, "b": None}]
    with pytest.raises(InputError, match=r"pip install pandas"):
        frame(small_graph, "events")
