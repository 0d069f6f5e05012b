"""Properties of the whole: a pure function of the set of documents; every mention has its place."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.datamodel import (
    STATUSES,
    Argument,
    Document,
    EntityMention,
    EventMention,
    Extraction,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.errors import InputError
from kg.graph import KnowledgeGraph
from kg.resolve import Resolution, resolve

NAMES = [
    ("François Hollande", "Person"), ("Hollande", "Person"), ("Hollande", "Organization"), ("Salah Abdeslam", "Person"),
    ("Brahim Abdeslam", "Person"), ("Abdeslam", "Person"), ("Paris", "Place"), ("Texas", "Place"), ("France", "Place"),
    ("Raqqa", "Place"), ("Raqqah", "Place"), ("Syria", "Place"), ("Georgia", "Place"), ("Georgia", "Person"),
    ("Islamic State", "Organization"), ("ISIL", "Group"), ("EU", "Organization"), ("European Union", "Organization"),
    ("Harrow Bridge Institute", "Organization"), ("HBI", "Organization"), ("Interior Ministry", "Organization"),
    ("Mostefai", "Person"), ("Mostefaim", "Person"), ("Article 42.7", "Law"), ("Bataclan", "Facility"),
    ("Moscow", "Place"), ("U.S.", "Place"), ("Springfield", "Place"), ("Ansar", "Other"), ("x", "Work"),
]  # fmt: skip
NOMINALS = [
    ("the police", "Organization", None), ("French police", "Organization", "FR"), ("French", "Group", "FR"),
    ("two Belgians", "Group", "BE"), ("a man", "Person", None), ("EU states", "Group", None),
]  # fmt: skip
PRONOUNS = [("he", "Person"), ("it", "Other"), ("they", "Group")]
TYPES = [
    ("AirStrike", "bomb"), ("Attack", "attack"), ("Statement", "say"), ("Killing", "kill"), ("Event", "frob"),
    ("Meeting", "meet"), ("Order", "order"),
]  # fmt: skip


@st.composite
def extractions(draw: st.DrawFn, path: str) -> tuple[Document, Extraction]:
    """A document whose sentences each have a few mentions and an event between them."""
    id_ = f"https://w3id.org/kg/document/{path}"
    pieces: list[tuple[str, Any]] = []
    for _ in range(draw(st.integers(1, 4))):
        for _ in range(draw(st.integers(1, 4))):
            kind = draw(st.sampled_from(["name", "name", "name", "nominal", "pronoun"]))
            table = {"name": NAMES, "nominal": NOMINALS, "pronoun": PRONOUNS}[kind]
            pieces.append((kind, draw(st.sampled_from(table))))
            pieces.append(("gap", draw(st.sampled_from([", ", " and ", " ", " (", ") ", ". "]))))
        pieces.append(("event", draw(st.sampled_from(TYPES))))
        pieces.append(("gap", ". "))
    text, mentions, triggers = "", [], []
    for kind, what in pieces:
        words = what if kind == "gap" else what[0] if kind != "event" else what[1]
        span = Span(id_, len(text), len(text) + len(words), words)
        text += words
        if kind == "event":
            triggers.append((span, what[0]))
        elif kind != "gap":
            country = what[2] if kind == "nominal" else None
            earlier = [m.span for m in mentions]
            antecedent = draw(st.sampled_from([None, *earlier])) if kind != "name" and earlier else None
            mentions.append(EntityMention(span, span.range, what[1], kind, antecedent, country))
    events = tuple(_event(draw, span, type_, mentions, triggers, text) for span, type_ in triggers)
    relations = ()
    if len(mentions) > 1:
        one, other = draw(st.permutations(mentions))[:2]
        relations = (RelationMention(one, "locatedIn", one.span, "test", other),)
    published = draw(st.sampled_from([None, date(2015, 11, 14), date(2015, 11, 20)]))
    document = Document(id_, text, path, "0" * 64, published=published)
    return document, Extraction(id_, tuple(mentions), (), events, relations)


def _event(
    draw: st.DrawFn, trigger: Span, type_: str, mentions: Any, triggers: Any, text: str
) -> EventMention:
    roles = st.sampled_from(["agent", "patient", "recipient", "topic", "place"])
    arguments = [
        Argument(draw(roles), m.span, m.head, m if draw(st.booleans()) else None)
        for m in mentions
        if draw(st.booleans())
    ]
    if draw(st.booleans()):
        other = draw(st.sampled_from(triggers))[0]
        arguments.append(Argument("topic", other, other.range, None, other))
    day = date(2015, 11, 13) + timedelta(draw(st.integers(0, 3)))
    time = draw(st.sampled_from([None, TimeExpression(trigger, day, day, "day"), TimeExpression(trigger)]))
    sources = tuple(Source(m.span, m) for m in mentions[:1] if draw(st.booleans()))
    rule = draw(st.sampled_from(["verb", "noun"]))
    sentence = Span(trigger.document, 0, len(text), text)
    status = draw(st.sampled_from(STATUSES[:3]))
    return EventMention(
        trigger, sentence, trigger.text, trigger.text, type_, tuple(arguments), status, sources, time, rule
    )


corpora = st.integers(1, 4).flatmap(lambda n: st.tuples(*(extractions(f"{i}.txt") for i in range(n))))


def run(pairs: Any) -> Resolution:
    return resolve([d for d, _ in pairs], [e for _, e in pairs])


@settings(max_examples=50, deadline=None)
@given(corpora, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(corpus: Any, chance: random.Random) -> None:
    shuffled = list(corpus)
    chance.shuffle(shuffled)
    documents, found = [d for d, _ in shuffled], [e for _, e in shuffled]
    chance.shuffle(found)
    expected = run(corpus)
    assert resolve(documents, found) == expected
    assert resolve([*documents, *documents[:1]], [*found, *found]) == expected


@settings(max_examples=50, deadline=None)
@given(corpora)
def test_every_mention_has_one_place(corpus: Any) -> None:
    result = run(corpus)
    spans = [m.span for e in result.entities for m in e.mentions]
    assert len(spans) == len(set(spans))
    mentions = [m for _, e in corpus for m in e.entity_mentions]
    assert {m.span for m in mentions if m.kind == "name"} <= set(spans) <= {m.span for m in mentions}
    triggers = [m.trigger for e in result.events for m in e.mentions]
    assert sorted(triggers) == sorted(m.trigger for _, e in corpus for m in e.event_mentions)


@settings(max_examples=50, deadline=None)
@given(corpora)
def test_ids_are_unique_and_nothing_points_nowhere(corpus: Any) -> None:
    result = run(corpus)
    entities, events = {e.id for e in result.entities}, {e.id for e in result.events}
    assert len(entities) == len(result.entities)
    assert len(events) == len(result.events)
    for event in result.events:
        assert {p.entity for p in event.participants if p.entity} <= entities
        assert {p.event for p in event.participants if p.event} <= events - {event.id}
        assert {a.entity for a in event.attributed_to if a.entity} <= entities
        assert event.label
    for relation in result.relations:
        assert relation.subject in entities
        assert relation.object in entities
    assert {d.subject for d in result.decisions} <= entities | events


@settings(max_examples=25, deadline=None)
@given(corpora)
def test_all_is_sorted(corpus: Any) -> None:
    result = run(corpus)
    assert list(result.entities) == sorted(result.entities, key=lambda e: e.id)
    assert list(result.events) == sorted(result.events, key=lambda e: e.id)
    keys = [(d.subject, d.object, d.rule, d.evidence) for d in result.decisions]
    assert keys == sorted(set(keys))
    for entity in result.entities:
        assert list(entity.mentions) == sorted(entity.mentions, key=lambda m: m.span)
        assert list(entity.aliases) == sorted(set(entity.aliases) - {entity.label})


@settings(max_examples=25, deadline=None)
@given(corpora)
def test_two_known_places_are_never_one(corpus: Any) -> None:
    for entity in run(corpus).entities:
        assert len(entity.same_as) <= 1
        names = {m.span.text for m in entity.mentions if m.kind == "name"}
        assert not {"Raqqa", "Springfield"} <= names
        assert not {"Salah Abdeslam", "Brahim Abdeslam"} <= names


def test_nothing_gives_nothing() -> None:
    assert resolve([], []) == Resolution((), (), (), ())


def test_a_document_without_extraction_is_no_error(story: Any) -> None:
    assert resolve([story("Text.").document], []).entities == ()


def test_an_extraction_without_document_is_named(story: Any) -> None:
    with pytest.raises(InputError, match=r"document/a.txt has no document: give resolve both"):
        resolve([], [story("Text.").extraction])


def test_two_documents_of_one_id_are_named(story: Any) -> None:
    one = story("Text.").document
    with pytest.raises(InputError, match=r"two different documents have the id .*a.txt: keep one of them"):
        resolve([one, replace(one, text="Other.")], [])


def test_the_graph_finds_what_was_resolved(story: Any, resolved: Callable[..., Resolution]) -> None:
    one = story("[He](Person pronoun) left. [Tamar Zubair](Person) met [Zubair](Person).").event(
        "met", "Meeting", agent="Tamar Zubair", patient="Zubair"
    )
    result = resolved(one)
    graph = KnowledgeGraph(
        (one.document,), result.entities, result.events, result.relations, result.decisions
    )
    assert graph.entity_of(one.mention("He")) is None
    assert graph.entity_of(one.mention("Zubair")) is graph.entity_of(one.mention("Tamar Zubair"))
    assert graph.event_of(one.events[0].trigger) is result.events[0]
