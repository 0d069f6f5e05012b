"""A hand-built graph the size of a small news corpus, and a generator for larger ones.

Every sentence is composed here; spans are found in it, so that `document.text[start:end] == text` holds.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kg.datamodel import (
    Argument,
    Attribution,
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
from kg.ids import digest, document_id, entity_id, event_id

OUTLETS = ["Northern Wire", "The Daily Courier", "Harbour Press", "Channel Nine", "Evening Ledger", None]

ACTORS = {
    "Person": "François Hollande|Manuel Valls|Jean-Yves Le Drian|Vladimir Putin|Barack Obama|David Cameron|Angela Merkel|"
    "Federica Mogherini|Salah Abdeslam|Abdelhamid Abaaoud|Bernard Cazeneuve|Sergei Lavrov|John Kerry|Charles Michel",
    "Organization": "European Union|United Nations Security Council|NATO|Islamic State|French defence ministry|Kremlin|"
    "Europol|House of Commons|Belgian police|Pentagon|UEFA|Air France",
    "Group": "French warplanes|police officers|the attackers|Russian bombers|refugees|witnesses",
    "Place": "France|Russia|Syria|Raqqa|Paris|Brussels|Saint-Denis|Molenbeek|United States|United Kingdom|Belgium|Sinai|"
    "Turkey|Antalya|Germany|Vienna|Egypt|Lebanon",
    "Facility": "Bataclan|Stade de France|Charles de Gaulle (carrier)|Versailles palace",
    "Law": "Article 42.7|Resolution 2249|Schengen code",
    "Event": "G20 summit|COP21",
    "Product": "Rafale",
}

# predicate, class, PLOVER category, past tense, base form
VERBS = [
    ("strike", "AirStrike", "ASSAULT", "struck", "strike"),
    ("attack", "Attack", "ASSAULT", "attacked", "attack"),
    ("meet", "Meeting", "CONSULT", "met", "meet"),
    ("call", "Call", "CONSULT", "called", "call"),
    ("arrest", "Arrest", "COERCE", "arrested", "arrest"),
    ("search", "Search", "COERCE", "searched", "search"),
    ("back", "Support", "SUPPORT", "backed", "back"),
    ("accuse", "Accusation", "ACCUSE", "accused", "accuse"),
    ("urge", "Request", "REQUEST", "urged", "urge"),
    ("warn", "Warning", "THREATEN", "warned", "warn"),
    ("help", "Aid", "AID", "helped", "help"),
    ("invoke", "Invocation", "REQUEST", "invoked", "invoke"),
    ("visit", "Visit", "CONSULT", "visited", "visit"),
    ("shadow", "Event", None, "shadowed", "shadow"),
    ("join", "Cooperation", "COOPERATE", "joined", "join"),
]

FORMS = {
    "asserted": "{a} {past} {p}",
    "planned": "{a} plans to {base} {p}",
    "ordered": "{a} was ordered to {base} {p}",
    "requested": "{a} was asked to {base} {p}",
    "possible": "{a} may {base} {p}",
    "hypothetical": "If {a} were to {base} {p}, much would change",
    "negated": "{a} did not {base} {p}",
}


class Builder:
    """Collects documents and events; `graph` freezes them."""

    def __init__(self, *, seed: int, names: Sequence[tuple[str, str]], documents: int) -> None:
        self.random = random.Random(seed)
        self.names = list(names)
        self.texts: list[list[str]] = [[] for _ in range(documents)]
        self.lengths = [0] * documents
        self.day = date(2015, 11, 13)
        self.documents = [self._document(number) for number in range(documents)]
        # a dict for its order: a mention of two events counts once
        self.mentions: dict[str, dict[EntityMention, None]] = {self.id(*name): {} for name in self.names}
        self.events: dict[str, Event] = {}
        self.relations: list[Relation] = []

    def id(self, kind: str, label: str) -> str:
        return entity_id(kind, label)

    def _document(self, number: int) -> Document:
        outlet = OUTLETS[number % len(OUTLETS)]
        path = f"{number:02}_story.txt"
        published = self.day + timedelta(days=number % 8)
        url = f"https://news.example/{number}/story" if number % 3 else None
        id = document_id(path, digest(path, length=64), outlet)
        title = f"Story {number}: what happened on {published:%d %B}"
        return Document(id, "", path, digest(path, length=64), title, outlet, url, published)

    def sentence(self, number: int, text: str) -> Span:
        start = self.lengths[number]
        self.texts[number].append(text)
        self.lengths[number] += len(text) + (2 if len(self.texts[number]) % 4 == 0 else 1)
        return Span(self.documents[number].id, start, start + len(text), text)

    def find(self, sentence: Span, part: str) -> Span:
        at = sentence.text.index(part)
        return Span(sentence.document, sentence.start + at, sentence.start + at + len(part), part)

    def mention(self, sentence: Span, name: tuple[str, str]) -> EntityMention:
        span = self.find(sentence, name[1])
        head = (span.end - len(name[1].split()[-1]), span.end)
        mention = EntityMention(span, head, name[0], "name")  # type: ignore[arg-type]
        self.mentions[self.id(*name)][mention] = None
        return mention

    def event(
        self,
        verb: tuple[str, str, str | None, str, str],
        agent: tuple[str, str],
        patient: tuple[str, str],
        *,
        status: str = "asserted",
        place: tuple[str, str] | None = None,
        source: tuple[str, str] | None = None,
        day: date | None = None,
        documents: Sequence[int] = (0,),
        inner: str | None = None,
    ) -> str:
        """Add an event told once in each of `documents`; return its id."""
        predicate, kind, plover, past, base = verb
        text = FORMS[status].format(a=agent[1], p=patient[1], past=past, base=base)
        text += f" in {place[1]}" if place else ""
        text += f" on {day.day} November" if day else ""
        text += f", {source[1]} said" if source else ""
        text = text[0].upper() + text[1:] + "."
        names = [("agent", agent), ("patient", patient)] + ([("place", place)] if place else [])
        told = []
        for number in documents:
            sentence = self.sentence(number, text)
            upper = {"agent": (agent[0], agent[1][0].upper() + agent[1][1:])}
            mentions = []
            for role, name in names:
                shown = upper.get(role, name) if name[1] not in text else name
                span = self.find(sentence, shown[1])
                mention = EntityMention(span, (span.start, span.end), name[0], "name")  # type: ignore[arg-type]
                self.mentions[self.id(*name)][mention] = None
                mentions.append((role, mention))
            trigger = self.find(sentence, past if status == "asserted" else f" {base} ".strip())
            said = self.mention(sentence, source) if source else None
            time = None
            if day:
                words = self.find(sentence, f"{day.day} November")
                time = TimeExpression(words, day, day, "day")
            arguments = tuple(Argument(role, m.span, m.head, m) for role, m in mentions)  # type: ignore[arg-type]
            told.append(
                EventMention(
                    trigger,
                    sentence,
                    base,
                    predicate,
                    kind,
                    arguments,
                    status,  # type: ignore[arg-type]
                    (Source(said.span, said),) if said else (),
                    time,
                    "test",
                )
            )
        id = event_id(predicate, agent[1], patient[1], status, str(day), text)
        participants = tuple(Participant(role, name[1], self.id(*name)) for role, name in names)  # type: ignore[arg-type]
        if inner:
            participants += (Participant("topic", self.events[inner].label, event=inner),)
        self.events[id] = Event(
            id,
            kind,
            plover,
            predicate,
            text.rstrip("."),
            participants,
            status,  # type: ignore[arg-type]
            (Attribution(source[1], self.id(*source)),) if source else (),
            told[0].time,
            tuple(told),
        )
        return id

    def relation(
        self, number: int, subject: tuple[str, str], property: str, to: tuple[str, str] | str, text: str
    ) -> None:
        sentence = self.sentence(number, text)
        first = self.mention(sentence, subject)
        if isinstance(to, str):
            value = self.find(sentence, to)
            told = RelationMention(first, property, sentence, "test", value=to, value_span=value)  # type: ignore[arg-type]
            self.relations.append(Relation(self.id(*subject), property, None, to, (told,)))  # type: ignore[arg-type]
        else:
            second = self.mention(sentence, to)
            told = RelationMention(first, property, sentence, "test", object=second)  # type: ignore[arg-type]
            self.relations.append(
                Relation(self.id(*subject), property, self.id(*to), None, (told,))  # type: ignore[arg-type]
            )

    def graph(self) -> KnowledgeGraph:
        documents = []
        for document, parts in zip(self.documents, self.texts, strict=True):
            text = ""
            for number, part in enumerate(parts, 1):
                text += part + ("\n\n" if number % 4 == 0 else " ")
            documents.append(replace(document, text=text))
        entities = []
        for kind, label in self.names:
            id = self.id(kind, label)
            aliases = {"Islamic State": ("Daesh", "IS", "ISIL"), "United Kingdom": ("Britain", "UK")}.get(
                label, ()
            )
            same_as = ("https://sws.geonames.org/3017382/",) if label == "France" else ()
            mentions = tuple(sorted(self.mentions[id], key=lambda m: (m.span.document, m.span.start)))
            entities.append(Entity(id, kind, label, aliases, mentions, same_as))  # type: ignore[arg-type]
        return KnowledgeGraph(
            tuple(sorted(documents, key=lambda d: d.id)),
            tuple(sorted(entities, key=lambda e: e.id)),
            tuple(sorted(self.events.values(), key=lambda e: e.id)),
            tuple(
                sorted(self.relations, key=lambda r: (r.subject, r.property, r.object or "", r.value or ""))
            ),
        )


def news_graph(*, seed: int = 7, events: int = 80) -> KnowledgeGraph:
    """About 60 entities, `events` events, 14 articles of six outlets, a week in November 2015."""
    names = [(kind, label) for kind, joined in ACTORS.items() for label in joined.split("|")]
    by_label = {label: (kind, label) for kind, label in names}
    build = Builder(seed=seed, names=names, documents=14)
    pick = build.random

    def n(label: str) -> tuple[str, str]:
        return by_label[label]

    verbs = {verb[0]: verb for verb in VERBS}
    day = date(2015, 11, 15)
    strike = build.event(
        verbs["strike"], n("French warplanes"), n("Raqqa"), status="ordered", day=day, documents=(0, 2, 3)
    )
    build.event(verbs["urge"], n("François Hollande"), n("French defence ministry"), inner=strike, day=day)
    build.event(
        verbs["invoke"], n("Jean-Yves Le Drian"), n("Article 42.7"), place=n("Brussels"),
        day=date(2015, 11, 17), documents=(1, 4, 7),
    )  # fmt: skip
    build.event(
        verbs["strike"], n("France"), n("Raqqa"), day=date(2015, 11, 17), documents=(1, 2, 5, 9),
        source=n("French defence ministry"),
    )  # fmt: skip
    build.event(
        verbs["strike"],
        n("Russia"),
        n("Raqqa"),
        day=date(2015, 11, 17),
        documents=(2, 5, 9),
        source=n("Kremlin"),
    )
    build.event(
        verbs["attack"], n("Islamic State"), n("Paris"), day=date(2015, 11, 13), documents=(0, 1, 2, 3, 6)
    )
    build.event(
        verbs["help"], n("Belgium"), n("Salah Abdeslam"), status="negated", source=n("Charles Michel")
    )
    hubs = ["France", "Islamic State", "Russia", "François Hollande", "Syria", "Belgian police"]
    doers = [name for name in names if name[0] in ("Person", "Organization", "Group", "Place")]
    aims = [name for name in names if name[0] != "Product"]
    statuses = ["asserted"] * 12 + ["planned", "ordered", "requested", "possible", "hypothetical", "negated"]
    sources = [None, None, None, n("Pentagon"), n("witnesses"), n("Kremlin"), n("Bernard Cazeneuve")]
    places = [None, None, n("Paris"), n("Molenbeek"), n("Vienna"), n("Antalya"), n("Sinai")]
    while len(build.events) < events:
        agent = n(pick.choice(hubs)) if pick.random() < 0.35 else pick.choice(doers)
        patient = n(pick.choice(hubs)) if pick.random() < 0.3 else pick.choice(aims)
        place, source = pick.choice(places), pick.choice(sources)
        chosen = [name for name in (agent, patient, place, source) if name]
        # a name inside another ("French ..." in nothing here, but "Paris" twice) would make spans ambiguous
        if len(set(chosen)) < len(chosen) or any(a[1] in b[1] for a in chosen for b in chosen if a != b):
            continue
        when = date(2015, 11, 13) + timedelta(days=pick.choice([0, 0, 1, 2, 2, 3, 4, 4, 4, 5, 6, 7]))
        build.event(
            pick.choice(VERBS), agent, patient, status=pick.choice(statuses), place=place, source=source,
            day=when if pick.random() < 0.75 else None, documents=sorted(pick.sample(range(14), pick.choice([1, 1, 1, 2, 3]))),
        )  # fmt: skip
    build.relation(3, n("François Hollande"), "holdsPosition", "president", "François Hollande is president.")
    build.relation(3, n("Raqqa"), "locatedIn", n("Syria"), "Raqqa lies in Syria.")
    build.relation(4, n("Molenbeek"), "locatedIn", n("Brussels"), "Molenbeek is a part of Brussels.")
    build.relation(
        5, n("Salah Abdeslam"), "citizenOf", n("France"), "Salah Abdeslam holds a passport of France."
    )
    build.relation(6, n("Salah Abdeslam"), "age", "26", "Salah Abdeslam, 26, was on the run.")
    return build.graph()


def large_graph(entities: int, events: int, *, seed: int = 1) -> KnowledgeGraph:
    """A graph of any size with a few hubs, for timings."""
    kinds = ["Person", "Organization", "Place", "Group"]
    # zero-padded between marks, so that no name is part of another
    names = [(kinds[i % 4], f"Name {i:06}") for i in range(entities)]
    build = Builder(seed=seed, names=names, documents=max(1, events // 20))
    while len(build.events) < events:
        near = int(30 * build.random.paretovariate(0.6)) % entities
        agent, patient = names[near], names[(near + int(build.random.expovariate(0.02))) % entities]
        if agent != patient:
            day = date(2015, 11, 1) + timedelta(days=build.random.randrange(28))
            document = build.random.randrange(len(build.documents))
            build.event(build.random.choice(VERBS), agent, patient, day=day, documents=(document,))
    return build.graph()


@pytest.fixture(scope="session")
def news() -> KnowledgeGraph:
    return news_graph()


@pytest.fixture(scope="session")
def make_large() -> Callable[[int, int], KnowledgeGraph]:
    return large_graph
