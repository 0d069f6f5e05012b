"""What helps to doubt: contradictions, and why names were merged, with the lines that undo it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.analyse import analyse
from kg.datamodel import Attribution, Claim, Contradiction, Decision
from kg.graph import KnowledgeGraph
from kg.render import write_page


@pytest.fixture
def doubtful(tab: Any, news: KnowledgeGraph, tmp_path: Path) -> Any:
    """The news, where two sources differ about one event, and one name was merged into France."""
    event = max(news.events, key=lambda event: len(event.mentions))
    first, second = event.mentions[0].trigger, event.mentions[1].trigger
    claims = (Claim("12", first, first, (Attribution("doctors"),)), Claim("19+", second, second))
    france = next(entity for entity in news.entities if entity.label == "France")
    graph = replace(
        news,
        contradictions=tuple(Contradiction(event.id, "number", about, claims) for about in ("dead", "hurt", "held", "lost")),
        decisions=(Decision("merge", france.id, "French Republic", "alias", "both mean one country"),),
    )  # fmt: skip
    path = tmp_path / "graph.html"
    write_page(graph, analyse(graph), path, title="Doubt", provenance={})
    tab.troubles.clear()
    tab.requests.clear()
    yield tab.open(path.as_uri())
    tab.check()


def test_contradictions_stand_side_by_side(doubtful: Any) -> None:
    assert "Sources contradict each other" in doubtful.panel()
    doubtful.tab.click("text=All 4 contradictions")
    assert doubtful.heading() == "Contradictions"
    cards = doubtful.tab.locator("#panel .card")
    assert cards.count() == 4
    assert "number of dead" in cards.first.inner_text()
    assert cards.first.locator("blockquote").count() == 2
    assert "according to doctors" in cards.first.inner_text()
    again = doubtful.again()
    assert again.heading() == "Contradictions"
    again.context.close()


def test_contradictions_are_a_table_too(doubtful: Any) -> None:
    doubtful.keys("3")
    doubtful.tab.click("#table [data-kind=contradictions]")
    assert doubtful.column(2) == ["12", "19+"] * 4


def test_a_merge_says_why_and_how_to_undo_it(doubtful: Any) -> None:
    doubtful.search("france")
    doubtful.tab.click("text=Merged from 1 mention")
    box = doubtful.tab.locator("#panel .merges")
    box.get_by_text("both mean one country").wait_for()  # the list is made when it is opened
    assert "French Republic · alias" in box.inner_text()
    assert "both mean one country" in box.inner_text()
    doubtful.tab.click("text=Not the same? Undo it")
    assert "[[must_not_merge]]" in box.locator("pre").inner_text()
    assert 'other = { name = "French Republic" }' in box.locator("pre").inner_text()
    doubtful.tab.click("text=Copy the lines that undo it")
    box.locator("[role=status]", has_text="cop").wait_for()
