"""`kg contradictions`: what sources contradict each other in, for people and as JSON."""

import json
from datetime import date
from pathlib import Path

import pytest

from kg.cli import main
from kg.datamodel import Attribution, Claim, Contradiction
from kg.graph import KnowledgeGraph
from kg.tables import rows, write_tables


def call(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str, str]:
    """Run the command in this process; return exit code, output and complaints."""
    with pytest.raises(SystemExit) as caught:
        main([str(word) for word in words])
    captured = capsys.readouterr()
    return int(caught.value.code or 0), captured.out, captured.err


@pytest.fixture
def contradicted(small_graph: KnowledgeGraph) -> KnowledgeGraph:
    """A graph of which two sources count differently."""
    event = small_graph.events[0]
    span = event.mentions[0].trigger
    claims = (
        Claim("12", span, span, (Attribution("doctors\x1b[31m"),), "Post", date(2021, 3, 5)),
        Claim("19+", span, span),
    )
    return KnowledgeGraph(
        small_graph.documents,
        small_graph.entities,
        small_graph.events,
        contradictions=(Contradiction(event.id, "number", "people", claims),),
    )


def test_it_lists_every_claim_with_its_source(
    contradicted: KnowledgeGraph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tables(contradicted, tmp_path)
    code, out, err = call(capsys, "contradictions", tmp_path)
    assert (code, err) == (0, "")
    event, first, second, count = out.splitlines()
    assert event == f"{contradicted.events[0].label}: number of people"
    assert first.startswith("  2021-03-05 12 ")
    assert "Post, according to doctors" in first
    assert second.startswith("  undated 19+ ")
    assert count == "1 contradiction"
    assert "\x1b" not in out


def test_it_prints_the_table_as_json(
    contradicted: KnowledgeGraph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tables(contradicted, tmp_path)
    code, out, _ = call(capsys, "contradictions", tmp_path, "--json")
    assert code == 0
    assert json.loads(out) == {"contradictions": list(rows(contradicted, "contradictions"))}


def test_there_may_be_none(
    small_graph: KnowledgeGraph, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_tables(small_graph, tmp_path)
    assert call(capsys, "contradictions", tmp_path) == (0, "0 contradictions\n", "")


def test_a_folder_without_tables_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = call(capsys, "contradictions", tmp_path)
    assert (code, out) == (1, "")
    assert err == f"kg: {tmp_path} holds no contradictions.jsonl: run kg build INPUT -o {tmp_path}\n"


def test_keys_of_the_table_in_order(contradicted: KnowledgeGraph) -> None:
    (row,) = rows(contradicted, "contradictions")
    assert list(row) == ["id", "event", "label", "field", "about", "claims"]
    for claim in row["claims"]:
        assert list(claim) == [
            *(
                "value",
                "document",
                "start",
                "end",
                "text",
                "trigger",
                "publisher",
                "published",
                "attributed_to",
            )
        ]
        text = contradicted.document(claim["document"]).text
        assert text[claim["start"] : claim["end"]] == claim["text"]
