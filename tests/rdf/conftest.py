"""A small graph built by hand: three outlets on the same night, with an order, a plan, a denial and a flight."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg.datamodel import (
    Argument,
    Attribution,
    Claim,
    Contradiction,
    Decision,
    Document,
    Entity,
    EntityMention,
    Event,
    EventMention,
    Participant,
    Relation,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.graph import KnowledgeGraph
from kg.ids import document_id, entity_id, event_id

NORTH = (
    "Marta Ruiz, 41, president of Arland, ordered strikes on Veldt on Tuesday.\n\n"
    "Defence minister Ivo Lang told parliament that two jets had hit Veldt at night. "
    "Ruiz plans to visit Veldt. Lang denied that civilians were killed."
)
SOUTH = (
    'Jets of Arland (Republic of Arland) struck Veldt, "the rebel city", on 17 November.\n'
    "Karl Osk, a rebel, escaped to Port Sela. A witness said Osk had sold arms."
)
EAST = (
    "Arland invoked Article 5 of the Coast Pact. Ivo Lang met Karl Osk in Port Sela on 18 November. "
    "The parliament said no jets struck Veldt."
)


class Builder:
    """Spans and mentions by the words themselves, so that offsets are true by construction."""

    def __init__(self) -> None:
        self.documents = {
            "north": self.document(
                "a/north.txt", NORTH, "Ruiz orders strikes", "Northern Post", date(2015, 11, 17)
            ),
            "south": self.document("b/south.txt", SOUTH, None, "South Wire", date(2015, 11, 18)),
            "east": self.document("c/east.txt", EAST, "Talks", None, None),
        }

    @staticmethod
    def document(
        path: str, text: str, title: str | None, publisher: str | None, published: date | None
    ) -> Document:
        sha256 = f"{len(text):064x}"
        return Document(
            document_id(path, sha256, title, publisher), text, path, sha256, title, publisher,
            "https://news.example/1?a=b&c=d" if title else None, published,
        )  # fmt: skip

    def span(self, key: str, words: str, occurrence: int = 0) -> Span:
        document = self.documents[key]
        start = -1
        for _ in range(occurrence + 1):
            start = document.text.index(words, start + 1)
        return Span(document.id, start, start + len(words), words)

    def sentence(self, key: str, trigger: Span) -> Span:
        text = self.documents[key].text
        before = text[: trigger.start].replace(". ", ".\n")
        start = before.rfind("\n") + 1
        end = text.index(".", trigger.end) + 1
        return Span(trigger.document, start, end, text[start:end])

    def mention(self, key: str, words: str, occurrence: int = 0, **fields: Any) -> EntityMention:
        span = self.span(key, words, occurrence)
        head = self.span(key, fields.pop("head")).range if "head" in fields else span.range
        return EntityMention(span, head, **({"type": "Person", "kind": "name"} | fields))

    def event_mention(self, key: str, words: str, predicate: str, type: str, **fields: Any) -> EventMention:
        trigger = self.span(key, words, fields.pop("occurrence", 0))
        defaults: dict[str, Any] = {
            "arguments": (), "status": "asserted", "attributed_to": (), "time": None, "rule": "verb",
        }  # fmt: skip
        return EventMention(
            trigger, self.sentence(key, trigger), predicate.split()[0], predicate, type, **(defaults | fields)
        )


def build() -> KnowledgeGraph:
    """Return the graph; every record kind and every optional field occurs."""
    b = Builder()
    ruiz = Entity(
        entity_id("Person", "Marta Ruiz"), "Person", "Marta Ruiz", ("Ruiz",),
        (b.mention("north", "Marta Ruiz"), b.mention("north", "Ruiz", 1)),
    )  # fmt: skip
    lang_first = b.mention("north", "Ivo Lang")
    lang = Entity(
        entity_id("Person", "Ivo Lang"), "Person", "Ivo Lang", ("Lang",),
        (lang_first, b.mention("north", "Lang", 1, antecedent=lang_first.span)),
    )  # fmt: skip
    osk = Entity(
        entity_id("Person", "Karl Osk"), "Person", "Karl Osk", ("Osk",),
        (b.mention("south", "Karl Osk"), b.mention("south", "a rebel", kind="nominal"), b.mention("south", "Osk", 1)),
    )  # fmt: skip
    arland = Entity(
        entity_id("Place", "Arland"), "Place", "Arland", ("Republic of Arland",),
        (b.mention("north", "Arland", type="Place"), b.mention("south", "Arland", type="Place"),
         b.mention("south", "Republic of Arland", type="Place")),
        ("https://sws.geonames.org/1/",), 48.5, -2.25,
    )  # fmt: skip
    veldt = Entity(
        entity_id("Place", "Veldt"), "Place", "Veldt", (),
        (*(b.mention("north", "Veldt", n, type="Place") for n in range(3)),
         b.mention("south", "Veldt", type="Place"), b.mention("east", "Veldt", type="Place")),
        ("https://sws.geonames.org/2/",), 35.0, 39.0,
    )  # fmt: skip
    sela = Entity(
        entity_id("Place", "Port Sela"),
        "Place",
        "Port Sela",
        (),
        (b.mention("south", "Port Sela", type="Place"),),
    )
    jets = Entity(
        entity_id("Group", "jets of Arland"), "Group", "jets of Arland", (),
        (b.mention("south", "Jets of Arland", type="Group", kind="nominal", head="Jets", country="AL"),
         b.mention("north", "two jets", type="Product", kind="nominal", head="jets")),
    )  # fmt: skip
    parliament = Entity(
        entity_id("Organization", "parliament"), "Organization", "parliament", (),
        (b.mention("north", "parliament", type="Organization", kind="nominal"),
         b.mention("east", "The parliament", type="Organization", kind="nominal")),
    )  # fmt: skip
    article = Entity(
        entity_id("Law", "Article 5"), "Law", "Article 5", (), (b.mention("east", "Article 5", type="Law"),)
    )
    entities = (ruiz, lang, osk, arland, veldt, sela, jets, parliament, article)

    tuesday = TimeExpression(b.span("north", "Tuesday"), date(2015, 11, 17), date(2015, 11, 17), "day")
    the_17th = TimeExpression(b.span("south", "17 November"), date(2015, 11, 17), date(2015, 11, 17), "day")
    at_night = TimeExpression(b.span("north", "night"))
    lang_source = Source(b.span("north", "Ivo Lang"), lang_first)
    lang_again = Source(b.span("north", "Lang", 1), lang.mentions[1])
    witness = Source(
        b.span("south", "A witness"), b.mention("south", "A witness", kind="nominal", head="witness")
    )

    def event(
        predicate: str, type: str, label: str, participants: tuple[Participant, ...], mentions: tuple[EventMention, ...],
        *, plover: str | None = None, attributed_to: tuple[Attribution, ...] = (), time: TimeExpression | None = None,
        status: str | None = None,
    ) -> Event:  # fmt: skip
        identity = (type, *(p.text for p in participants), *(str(m.trigger.range) for m in mentions))
        return Event(
            event_id(predicate, *identity), type, plover, predicate, label, participants,
            status or mentions[0].status, attributed_to, time, mentions,
        )  # fmt: skip

    strike_veldt = Argument(
        "patient", b.span("north", "Veldt"), b.span("north", "Veldt").range, veldt.mentions[0]
    )
    hit = event(
        "strike", "AirStrike", "jets of Arland strike Veldt",
        (Participant("agent", "Jets of Arland", jets.id), Participant("patient", "Veldt", veldt.id)),
        (b.event_mention("south", "struck", "strike", "AirStrike", time=the_17th),
         b.event_mention("north", "hit", "hit", "Attack", time=at_night, attributed_to=(lang_source,))),
        plover="ASSAULT", time=the_17th,
    )  # fmt: skip
    strikes = event(
        "strike", "AirStrike", "strikes on Veldt", (Participant("patient", "Veldt", veldt.id),),
        (b.event_mention("north", "strikes", "strike", "AirStrike", status="ordered", arguments=(strike_veldt,)),),
        plover="ASSAULT",
    )  # fmt: skip
    who_orders = Argument(
        "agent", b.span("north", "Marta Ruiz"), b.span("north", "Ruiz").range, ruiz.mentions[0]
    )
    what_is_ordered = Argument(
        "topic", b.span("north", "strikes on Veldt"), b.span("north", "strikes").range,
        event=strikes.mentions[0].trigger,
    )  # fmt: skip
    order = event(
        "order", "Order", "Marta Ruiz orders strikes on Veldt",
        (Participant("agent", "Marta Ruiz", ruiz.id), Participant("topic", "strikes on Veldt", None, strikes.id),
         Participant("time", "Tuesday")),
        (b.event_mention("north", "ordered", "order", "Order", time=tuesday,
                         arguments=(who_orders, what_is_ordered)),), time=tuesday,
    )  # fmt: skip
    tell = event(
        "tell", "Statement", "Ivo Lang tells parliament that jets of Arland struck Veldt",
        (Participant("agent", "Ivo Lang", lang.id), Participant("recipient", "parliament", parliament.id),
         Participant("topic", "that two jets had hit Veldt at night", None, hit.id)),
        (b.event_mention("north", "told", "tell", "Statement"),),
    )  # fmt: skip
    visit = event(
        "visit", "Visit", "Marta Ruiz visits Veldt",
        (Participant("agent", "Ruiz", ruiz.id), Participant("destination", "Veldt", veldt.id)),
        (b.event_mention("north", "visit", "visit", "Visit", status="planned"),),
    )  # fmt: skip
    kill = event(
        "kill", "Killing", "civilians are killed", (Participant("patient", "civilians"),),
        (b.event_mention("north", "killed", "kill", "Killing", status="negated", attributed_to=(lang_again,)),),
        plover="ASSAULT", attributed_to=(Attribution("Lang", lang.id),),
    )  # fmt: skip
    escape = event(
        "escape", "Escape", "Karl Osk escapes to Port Sela",
        (Participant("agent", "Karl Osk", osk.id), Participant("destination", "Port Sela", sela.id)),
        (b.event_mention("south", "escaped", "escape", "Escape"),),
    )  # fmt: skip
    sell = event(
        "sell", "Event", "Karl Osk sells arms",
        (Participant("agent", "Osk", osk.id), Participant("patient", "arms")),
        (b.event_mention("south", "sold", "sell", "Event", attributed_to=(witness,)),),
        attributed_to=(Attribution("A witness"),),
    )  # fmt: skip
    say = event(
        "say", "Statement", "A witness says that Karl Osk sold arms",
        (Participant("agent", "A witness"), Participant("topic", "Osk had sold arms", None, sell.id)),
        (b.event_mention("south", "said", "say", "Statement"),),
    )  # fmt: skip
    invoke = event(
        "invoke", "Invocation", "Arland invokes Article 5",
        (Participant("agent", "Arland", arland.id), Participant("patient", "Article 5", article.id)),
        (b.event_mention("east", "invoked", "invoke", "Invocation"),),
    )  # fmt: skip
    the_18th = TimeExpression(b.span("east", "18 November"), date(2015, 11, 18), date(2015, 11, 18), "day")
    meet = event(
        "meet", "Meeting", "Ivo Lang meets Karl Osk",
        (Participant("agent", "Ivo Lang", lang.id), Participant("recipient", "Karl Osk", osk.id),
         Participant("place", "Port Sela", sela.id)),
        (b.event_mention("east", "met", "meet", "Meeting", time=the_18th),), plover="CONSULT", time=the_18th,
    )  # fmt: skip
    the_parliament = Source(b.span("east", "The parliament"), parliament.mentions[1])
    no_strike = event(
        "strike", "AirStrike", "no jets strike Veldt",
        (Participant("agent", "no jets"), Participant("patient", "Veldt", veldt.id)),
        (b.event_mention("east", "struck", "strike", "AirStrike", status="negated", attributed_to=(the_parliament,)),),
        plover="ASSAULT", attributed_to=(Attribution("The parliament", parliament.id),),
    )  # fmt: skip
    events = (hit, strikes, order, tell, visit, kill, escape, sell, say, invoke, meet, no_strike)

    subject, place = ruiz.mentions[0], arland.mentions[0]
    post = RelationMention(
        subject, "holdsPosition", b.span("north", "Marta Ruiz, 41, president"), "apposition",
        None, "president", b.span("north", "president"),
    )  # fmt: skip
    of = RelationMention(
        subject, "positionOf", b.span("north", "Marta Ruiz, 41, president of Arland"), "apposition", place
    )
    aged = RelationMention(
        subject, "age", b.span("north", "Marta Ruiz, 41"), "age", None, "41", b.span("north", "41")
    )
    minister = RelationMention(
        lang_first, "holdsPosition", b.span("north", "Defence minister Ivo Lang"), "title",
        None, "Defence minister", b.span("north", "Defence minister"),
    )  # fmt: skip
    member = RelationMention(
        osk.mentions[0], "memberOf", b.span("south", "Karl Osk, a rebel"), "apposition",
        None, "rebel", b.span("south", "rebel", 1),
    )  # fmt: skip
    relations = (
        Relation(ruiz.id, "holdsPosition", None, "president", (post,)),
        Relation(ruiz.id, "positionOf", arland.id, None, (of,)),
        Relation(ruiz.id, "age", None, "41", (aged,)),
        Relation(lang.id, "holdsPosition", None, "Defence minister", (minister,)),
        Relation(osk.id, "memberOf", None, "rebel", (member,)),
    )
    decisions = (
        Decision("merge", ruiz.id, "Ruiz", "surname", "the only Ruiz of its document", None),
        Decision("link", veldt.id, "https://sws.geonames.org/2/", "gazetteer", "one city of that name",
                 "https://sws.geonames.org/3/"),
        Decision("merge", osk.id, "a rebel", "apposition", "stands beside Karl Osk", "Ivo Lang"),
        Decision("apart", osk.id, lang.id, "must-not-merge", "a person says so"),
    )  # fmt: skip
    struck, denied = hit.mentions[0].trigger, no_strike.mentions[0].trigger
    south, north = (("South Wire", date(2015, 11, 18)), ("Northern Post", date(2015, 11, 17)))
    contradictions = (
        Contradiction(hit.id, "number", "jet", (
            Claim("2", b.span("north", "two"), hit.mentions[1].trigger, (Attribution("Lang", lang.id),), *north),
            Claim("4+", struck, struck, (Attribution("a witness"),), *south),
        )),
        Contradiction(hit.id, "status", None, (
            Claim("asserted", struck, struck, (), *south),
            Claim("negated", denied, denied, (Attribution("the parliament"),)),
        )),
    )  # fmt: skip
    return KnowledgeGraph(
        tuple(sorted(b.documents.values(), key=lambda d: d.id)),
        tuple(sorted((_sorted(entity) for entity in entities), key=lambda e: e.id)),
        tuple(sorted((_sorted(event) for event in events), key=lambda e: e.id)),
        tuple(sorted(relations, key=lambda r: (r.subject, r.property, r.object or "", r.value or ""))),
        tuple(sorted(decisions, key=lambda d: (d.subject, d.object, d.rule))),
        contradictions=contradictions,
    )


def _sorted(record: Any) -> Any:
    """Return an entity or event with its mentions in the order of a build."""
    return replace(
        record, mentions=tuple(sorted(record.mentions, key=lambda m: getattr(m, "trigger", None) or m.span))
    )


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    return build()


@pytest.fixture(scope="session")
def rebuild() -> Callable[[], KnowledgeGraph]:
    """The builder itself, for tests that need a second graph."""
    return build


RUN = {"version": "0.1.0", "language model": "en_test", "seed": 0}


@pytest.fixture(scope="session")
def run() -> dict[str, object]:
    return dict(RUN)
