"""The report: what a desk editor needs stands in it, and no name breaks it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import analyse
from kg.datamodel import Attribution, Claim, Contradiction
from kg.graph import KnowledgeGraph
from kg.read.records import Rejection
from kg.render import render_report
from kg.render.report import escape_markdown


def report(graph: KnowledgeGraph, **more: object) -> str:
    return render_report(graph, analyse(graph), title="News", provenance={"Made by": "kg"}, **more)  # type: ignore[arg-type]


def test_it_has_all_parts_in_order(news: KnowledgeGraph) -> None:
    text = report(news, rejected=[Rejection("bad.bin", "no text")])
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == [
        "Who",
        "Who to whom",
        "What, day by day",
        "Who says so",
        "Denied or disputed",
        "Planned, ordered or asked for",
        "Who belongs together",
        "Where",
        "For the lexicon: predicates without an event class",
        "Not read",
        "How this was made",
    ]
    assert "- bad.bin: no text" in text
    assert "| shadow |" in text


def test_every_event_comes_with_its_sentence_and_source(small_graph: KnowledgeGraph) -> None:
    text = report(small_graph)
    assert "- **Jean Dupont orders strikes on Kalma**, according to Élan: 1 report in 1 outlet" in text
    assert "> Minister Jean Dupont, 51, ordered strikes on Kalma on Monday" in text
    assert "([Wire “A”, 17 November 2015](<https://example.org/1>))" in text


def test_a_denied_event_is_no_event_of_its_day(news: KnowledgeGraph) -> None:
    text = report(news)
    days = text[text.index("## What") : text.index("## Who says so")]
    assert "did not" not in days
    assert "did not" in text


def test_sources_that_contradict_each_other_stand_side_by_side(small_graph: KnowledgeGraph) -> None:
    event = small_graph.events[0]
    trigger = event.mentions[0].trigger
    claims = (
        Claim("12", trigger, trigger, (Attribution("doctors"),), "Post", date(2021, 3, 5)),
        Claim("at least *19*", trigger, trigger),
    )
    graph = replace(small_graph, contradictions=(Contradiction(event.id, "number", "people", claims),))
    text = report(graph)
    part = text.partition("## Where sources contradict each other")[2].partition("\n## ")[0]
    assert f"- **{escape_markdown(event.label)}**: number of people" in part
    assert "  - **12**, according to doctors: " in part
    assert "  - **at least \\*19\\***: " in part
    assert part.count(escape_markdown(" ".join(event.mentions[0].sentence.text.split()))) == 2
    assert "contradict each other" not in report(small_graph)


def test_nothing_was_read() -> None:
    text = report(KnowledgeGraph())
    assert "No article was read." in text
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["How this was made"]


@given(st.text())
def test_escaped_text_is_one_line_without_marks(text: str) -> None:
    shown = escape_markdown(text)
    assert "\n" not in shown
    assert "\r" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`<>\[\]|~]", shown)


@pytest.mark.parametrize("start", ["# x", "- x", "+ x", "1. x", "12) x", "> x", "* x", "=== x"])
def test_escaped_text_begins_no_block(start: str) -> None:
    assert escape_markdown(start)[: len(start)] != start


def test_hostile_names_become_neither_markup_nor_table_cells(small_graph: KnowledgeGraph) -> None:
    from dataclasses import replace

    bad = "a|b <script>x</script> [t](javascript:x)\n# h"
    entities = tuple(replace(entity, label=bad, same_as=("javascript:x",)) for entity in small_graph.entities)
    events = tuple(replace(event, label=bad) for event in small_graph.events)
    text = report(replace(small_graph, entities=entities, events=events))
    assert "a\\|b \\<script\\>" in text
    assert "<script" not in re.sub(r"\\<", "", text)
    assert "\n# h" not in text
    assert not re.search(r"[^\\]\]\(<?javascript", text)
