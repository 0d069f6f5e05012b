"""Notebook display: a closed frame, and tables that hold no script."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html

from kg.analyse import analyse
from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.render import entity_html, event_html, evidence, graph_html, show
from kg.render import notebook as module


def test_the_frame_is_sandboxed_and_holds_the_page(news: KnowledgeGraph) -> None:
    frame = html.fragment_fromstring(show(news, analyse(news), height=500)._repr_html_())
    assert frame.tag == "iframe"
    assert frame.get("height") == "500"
    assert "allow-same-origin" not in frame.get("sandbox")
    assert {"allow-scripts", "allow-downloads"} <= set(frame.get("sandbox").split())
    inner = html.document_fromstring(frame.get("srcdoc"))
    assert inner.xpath("//script[@type='application/json']")
    assert frame.get("src") is None


def test_a_large_graph_is_cut_and_says_so(
    make_large: Callable[[int, int], KnowledgeGraph], monkeypatch: object
) -> None:
    graph = make_large(300, 400)
    monkeypatch.setattr(module, "MOST_NODES", 200)  # type: ignore[attr-defined]
    frame = show(graph, analyse(graph))
    assert frame.note is not None
    assert "of 700 entities and events" in frame.note
    assert frame.note in html.fragments_fromstring(frame._repr_html_())[0].text
    monkeypatch.setattr(module, "MOST_NODES", 1_000)  # type: ignore[attr-defined]
    assert len(frame.page) < len(show(graph, analyse(graph)).page)
    view = html.document_fromstring(frame.page).xpath("//script[@type='application/json']")[0].text
    assert json.loads(view)["events"]["rows"] > 20


def test_the_frame_has_a_short_repr(news: KnowledgeGraph) -> None:
    assert len(repr(show(news, analyse(news)))) < 100


def test_a_cut_graph_refers_to_nothing_outside(news: KnowledgeGraph, monkeypatch: object) -> None:
    for most in (20, 60, 100):
        monkeypatch.setattr(module, "MOST_NODES", most)  # type: ignore[attr-defined]
        part, analysis = module._best_reported(news, analyse(news))
        assert len(part.entities) + len(part.events) <= most
        assert set(analysis["entities"]) == {entity.id for entity in part.entities}
        assert set(analysis["events"]) == {event.id for event in part.events}
        assert show(part, analysis).note is None


def test_static_tables_hold_names_as_text(small_graph: KnowledgeGraph) -> None:
    bad = "<script>alert(1)</script>"
    event = replace(small_graph.events[0], label=bad)
    entity = replace(small_graph.entities[0], label=bad, aliases=(bad,))
    for text in (
        graph_html(replace(small_graph, entities=(entity,), events=(event,), relations=())),
        event_html(event),
        entity_html(entity),
    ):
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        assert html.fragments_fromstring(text)


def test_an_event_shows_its_sentence_with_its_parts(small_graph: KnowledgeGraph) -> None:
    event = next(event for event in small_graph.events if event.predicate == "order")
    quote = html.fragments_fromstring(event_html(event))[-1]
    marked = {mark.text_content(): mark.get("title") for mark in quote.iter("mark")}
    assert (marked["ordered"], marked["Jean Dupont"]) == ("trigger", "agent")
    assert quote.text_content() == event.mentions[0].sentence.text


def test_records_show_themselves(small_graph: KnowledgeGraph) -> None:
    for record, text in ((small_graph.entities[0], entity_html), (small_graph.events[0], event_html)):
        assert record._repr_html_() == text(record)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "label"),
    [("Dupont", "Jean Dupont"), ("jean  DUPONT", "Jean Dupont"), ("strikes on Kalma", "strikes on Kalma")],
)
def test_things_are_found_by_their_names(small_graph: KnowledgeGraph, name: str, label: str) -> None:
    found = small_graph.find(name)
    assert found.label == label
    assert small_graph.find(found.id) == small_graph.find(found.id.rsplit("/", 1)[-1]) == found


def test_what_is_not_there_is_not_found(small_graph: KnowledgeGraph) -> None:
    with pytest.raises(InputError, match="nothing in the graph is called 'Nobody'"):
        small_graph.evidence("Nobody")


def test_evidence_of_an_event(small_graph: KnowledgeGraph) -> None:
    found = small_graph.evidence("Jean Dupont orders strikes on Kalma")
    (passage,) = found
    assert (passage.status, passage.said_by, passage.path) == ("asserted", ('the "Élan" agency',), "a.txt")
    assert {role: words for words, role in passage.pieces if role}["time"] == "Monday"
    assert "[agent Jean Dupont], 51, [trigger ordered]" in str(found)
    assert passage.text == " ".join(small_graph.events[0].mentions[0].sentence.text.split())
    shown = html.fragments_fromstring(found._repr_html_())
    (link,) = shown[-1].iter("a")
    assert link.get("href").startswith("https://example.org/1#:~:text=")
    assert {mark.get("title") for mark in shown[-1].iter("mark")} >= {
        "agent",
        "trigger",
        "time",
        "attribution",
    }


def test_evidence_of_an_entity_has_each_sentence_once(news: KnowledgeGraph) -> None:
    entity = max(news.entities, key=lambda entity: len(entity.mentions))
    found = evidence(news, entity)
    assert 0 < len(found) <= len(entity.mentions)
    assert len({(passage.path, passage.text) for passage in found}) == len(found)
    days = [passage.published for passage in found if passage.published]
    assert days == sorted(days)
    assert f"and {len(found) - 20} more" in found._repr_html_()


def test_evidence_holds_text_only(small_graph: KnowledgeGraph) -> None:
    bad = '"><script>x</script>'
    documents = tuple(replace(d, publisher=bad, url="javascript:x") for d in small_graph.documents)
    events = tuple(replace(event, label=bad) for event in small_graph.events)
    graph = replace(small_graph, documents=documents, events=events)
    text = evidence(graph, graph.events[0])._repr_html_()
    assert "<script" not in text
    assert "javascript" not in text
