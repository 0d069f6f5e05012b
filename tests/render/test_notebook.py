"""Notebook display: a closed frame, and tables that hold no script."""

from collections.abc import Callable
from dataclasses import replace

from lxml import html

from kg.analyse import analyse
from kg.graph import KnowledgeGraph
from kg.render import entity_html, event_html, graph_html, show
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
    assert view.count('"predicate"') > 20


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
    text = event_html(event)
    assert '<mark title="trigger">ordered</mark>' in text
    assert '<mark title="agent">Jean Dupont</mark>' in text
    quote = html.fragments_fromstring(text)[-1]
    assert quote.text_content() == event.mentions[0].sentence.text
