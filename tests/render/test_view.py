"""The view model: what it shows is what the texts say."""

import json
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse import analyse
from kg.datamodel import ROLES, STATUSES, Attribution, Claim, Contradiction, Decision, Source, Span
from kg.graph import KnowledgeGraph
from kg.render.evidence import SentencePool, paint, source_name
from kg.render.view import STYLES, tone, view_model, web_url

PARTS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30), st.sampled_from(ROLES)), max_size=8)


@given(PARTS, st.integers(0, 25))
def test_painted_parts_lie_in_order_without_overlap(parts: list[tuple[int, int, str]], length: int) -> None:
    painted = paint(parts, length)
    edges = [edge for start, end, _ in painted for edge in (start, end)]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= length for start, end, _ in painted)
    covered = {i for start, end, _ in parts for i in range(max(0, start), min(end, length))}
    assert covered == {i for start, end, _ in painted for i in range(start, end)}


def test_of_nested_parts_the_inner_one_shows() -> None:
    assert paint([(0, 10, "patient"), (3, 5, "place")], 10) == [
        [0, 3, "patient"],
        [3, 5, "place"],
        [5, 10, "patient"],
    ]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/b?c=d#e", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//a.example/b", False),
        ("https://a.example/\nb", False),
        ("https://", False),
        ("https://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, kept: bool) -> None:
    assert web_url(url) == (url if kept else None)


def test_every_status_has_its_line_and_every_category_its_tone() -> None:
    assert set(STYLES) == set(STATUSES)
    assert tone("ASSAULT", "material conflict") == "conflict"
    assert tone("AID", "material cooperation") == "cooperation"
    assert tone("REQUEST", "verbal conflict") == tone(None, None) == "other"


def test_it_is_plain_data(news: KnowledgeGraph) -> None:
    view = view_model(news, analyse(news), title="News")
    assert json.loads(json.dumps(view)) == view


def test_every_event_mention_shows_its_words_in_their_roles(news: KnowledgeGraph) -> None:
    view = view_model(news, analyse(news), title="News")
    checked = 0
    for event, shown in zip(news.events, view["events"], strict=True):
        for mention, evidence in zip(event.mentions, shown["evidence"], strict=True):
            text = view["sentences"][evidence["sentence"]]["text"]
            assert text == mention.sentence.text
            parts = {(role, text[start:end]) for start, end, role in evidence["parts"]}
            assert ("trigger", mention.trigger.text) in parts
            assert {(argument.role, argument.span.text) for argument in mention.arguments} <= parts
            assert {("attribution", source.span.text) for source in mention.attributed_to} <= parts
            checked += len(parts)
    assert checked > 300


def test_every_mention_of_an_entity_stands_in_its_sentence(news: KnowledgeGraph) -> None:
    view = view_model(news, analyse(news), title="News")
    for entity, shown in zip(news.entities, view["entities"], strict=True):
        words = [view["sentences"][n]["text"][start:end] for n, start, end in shown.get("evidence", [])]
        assert words == [mention.span.text for mention in entity.mentions]


def test_numbers_point_to_what_they_mean(news: KnowledgeGraph) -> None:
    view = view_model(news, analyse(news), title="News")
    records = view["entities"] + view["events"]
    for event, shown in zip(news.events, view["events"], strict=True):
        for participant, part in zip(event.participants, shown["participants"], strict=True):
            assert records[part["node"]]["id"] == (participant.entity or participant.event)
    for network in (view["networks"]["events"], view["networks"]["actors"]):
        drawn = {node["id"] for node in network["nodes"]}
        assert len(network["edges"]) > 40
        assert all({edge["from"], edge["to"]} <= drawn for edge in network["edges"])


def test_an_edge_holds_all_its_events_and_styles_do_not_mix(news: KnowledgeGraph) -> None:
    analysis = analyse(news)
    edges = [
        edge
        for edge in view_model(news, analysis, title="")["networks"]["actors"]["edges"]
        if "actions" in edge
    ]
    assert sum(len(edge["actions"]) for edge in edges) == len(analysis["actions"])
    for edge in edges:
        assert {STYLES[action["status"]] for action in edge["actions"]} == {edge["style"]}


def test_a_mention_outside_known_sentences_gets_the_words_around_it(small_graph: KnowledgeGraph) -> None:
    pool = SentencePool(small_graph)
    nordia = next(entity for entity in small_graph.entities if entity.label == "Nordia")
    number, start, end = pool.of_span(nordia.mentions[0].span)
    assert pool.records[number]["text"] == "Kalma is in Nordia."
    assert pool.records[number]["text"][start:end] == "Nordia"


def test_an_endless_sentence_is_cut_around_what_it_proves(small_graph: KnowledgeGraph) -> None:
    event = small_graph.events[0]
    mention = event.mentions[0]
    document = small_graph.documents[0]
    text = "x" * 5000 + mention.sentence.text + "y" * 5000
    shift = 5000 - mention.sentence.start
    trigger = replace(mention.trigger, start=mention.trigger.start + shift, end=mention.trigger.end + shift)
    long = replace(mention, sentence=replace(mention.sentence, start=0, end=len(text), text=text), trigger=trigger, arguments=(), attributed_to=(), time=None)  # fmt: skip
    pool = SentencePool(KnowledgeGraph((replace(document, text=text),)))
    number, parts = pool.of_event(long)
    shown = pool.records[number]
    assert len(shown["text"]) <= 600
    assert shown["cut"] == ["start", "end"]
    ((start, end, role),) = parts
    assert (role, shown["text"][start:end]) == ("trigger", mention.trigger.text)


def test_a_contradiction_shows_each_claim_with_its_sentence(news: KnowledgeGraph) -> None:
    event = next(event for event in news.events if len(event.mentions) > 1)
    first, second = event.mentions[0].trigger, event.mentions[1].trigger
    claims = (Claim("12", first, first, (Attribution("doctors"),)), Claim("19+", second, second))
    graph = replace(news, contradictions=(Contradiction(event.id, "number", "people", claims),))
    shown = view_model(graph, analyse(graph), title="News")
    (item,) = shown["contradictions"]
    assert shown["events"][item["event"]]["id"] == event.id
    assert (item["field"], item["about"]) == ("number", "people")
    assert [claim["value"] for claim in item["claims"]] == ["12", "19+"]
    assert item["claims"][0]["said"] == ["doctors"]
    for claim, mention in zip(item["claims"], event.mentions, strict=False):
        assert mention.trigger.text in shown["sentences"][claim["sentence"]]["text"]
    assert view_model(news, analyse(news), title="News")["contradictions"] == []


@pytest.mark.parametrize(
    ("words", "shown"), [("He", "François Hollande"), ("an aide", "an aide"), ("Hollande", "Hollande")]
)
def test_who_is_quoted_by_a_pronoun_is_named(news: KnowledgeGraph, words: str, shown: str) -> None:
    hollande = next(entity for entity in news.entities if entity.label == "François Hollande")
    mention = hollande.mentions[0]
    span = Span(mention.span.document, mention.span.start, mention.span.start + len(words), words)
    assert source_name(news, Attribution(words, hollande.id)) == shown
    assert source_name(news, Source(span, mention)) == shown
    assert source_name(news, Attribution(words)) == source_name(news, Source(span)) == words


def test_a_part_points_to_its_whole(news: KnowledgeGraph) -> None:
    part, whole, *rest = news.events
    graph = replace(news, events=(replace(part, part_of=(whole.id,)), whole, *rest))
    shown = view_model(graph, analyse(graph), title="News")
    assert shown["events"][0]["part_of"] == [len(news.entities) + 1]
    assert "part_of" not in shown["events"][1]


def test_what_was_taken_in_comes_with_the_lines_that_undo_it(small_graph: KnowledgeGraph) -> None:
    entity = small_graph.entities[0]
    decisions = (
        Decision("merge", entity.id, "The Alias", "alias", "both name it"),
        Decision("merge", entity.id, "he", "coreference", "refers back"),
        Decision("link", entity.id, "https://sws.geonames.org/1/", "gazetteer", "the largest"),
    )
    graph = replace(small_graph, decisions=decisions)
    shown = view_model(graph, analyse(graph), title="")["entities"]
    (merge,) = shown[0]["merges"]
    assert (merge["text"], merge["rule"], merge["evidence"]) == ("The Alias", "alias", "both name it")
    (pair,) = tomllib.loads(merge["undo"])["must_not_merge"]
    assert pair == {"one": {"id": entity.id}, "other": {"name": "The Alias"}}
    assert all("merges" not in other for other in shown[1:])


def test_a_sentence_says_where_it_stands(news: KnowledgeGraph) -> None:
    view = view_model(news, analyse(news), title="News")
    for sentence in view["sentences"]:
        text = news.documents[sentence["document"]].text
        assert text[sentence["at"] :].startswith(sentence["text"])


def test_every_community_that_is_drawn_at_once_has_its_place(news: KnowledgeGraph) -> None:
    groups = view_model(news, analyse(news), title="News")["communities"]
    placed = [(group["x"], group["y"]) for group in groups if "x" in group]
    assert len(placed) > 1
    assert len(set(placed)) == len(placed)
