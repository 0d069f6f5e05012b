"""`from_rdf` makes again what was written: each kind of record, generated graphs, and whole corpora."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.datamodel import (
    ENTITY_TYPES,
    PROPERTIES,
    ROLES,
    STATUSES,
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
    Field,
    Granularity,
    MentionKind,
    Participant,
    Relation,
    RelationMention,
    Source,
    Span,
    TimeExpression,
)
from kg.errors import InputError, KgError, OutputError
from kg.graph import KnowledgeGraph
from kg.ids import document_id, entity_id, event_id
from kg.rdf import from_rdf, load_store, to_rdf, to_turtle, triples
from kg.rdf.mapping.implied import in_order, ordered
from kg.rdf.terms import KG, NIF, RDF, SCHEMA

NAMES = ("documents", "entities", "events", "relations", "decisions", "contradictions")


def again(graph: KnowledgeGraph) -> KnowledgeGraph:
    return from_rdf(to_turtle(graph, texts=True))


# ------------------------------------------------------------------- sources


@pytest.mark.parametrize("name", NAMES)
def test_every_table_of_the_fixture_comes_back(graph: KnowledgeGraph, name: str) -> None:
    assert getattr(graph, name)
    assert getattr(again(graph), name) == getattr(graph, name)


def test_all_sources_give_the_same_graph(graph: KnowledgeGraph, tmp_path: Path) -> None:
    turtle = to_turtle(graph, texts=True)
    (tmp_path / "graph.ttl").write_bytes(turtle)
    store = ox.Store()
    store.bulk_load(turtle, ox.RdfFormat.TURTLE)
    for source in (turtle, tmp_path, tmp_path / "graph.ttl", str(tmp_path / "graph.ttl"), store):
        assert from_rdf(source) == graph
    assert from_rdf(to_rdf(graph, texts=True)) == graph
    assert from_rdf(rdflib.Graph().parse(data=turtle, format="turtle")) == graph
    assert kg.from_rdf(graph.to_rdf(texts=True)) == graph


def test_written_again_it_has_the_same_bytes(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    turtle = to_turtle(graph, run=run, texts=True)
    assert to_turtle(from_rdf(turtle), run=run, texts=True) == turtle


def test_the_ontology_beside_it_and_other_triples_do_no_harm(graph: KnowledgeGraph) -> None:
    store = load_store(to_turtle(graph, texts=True))
    node = ox.NamedNode(graph.entities[0].id)
    store.add(ox.Quad(node, ox.NamedNode("https://example.org/p"), ox.Literal("")))
    store.add(ox.Quad(ox.BlankNode(), RDF.type, ox.NamedNode("https://example.org/C")))
    assert from_rdf(store) == graph


def test_classes_that_a_reasoner_adds_do_no_harm(graph: KnowledgeGraph) -> None:
    store = load_store(to_turtle(graph, texts=True))
    store.update(
        "INSERT { ?s a ?above } WHERE { ?s a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>+ ?above }"
    )
    assert from_rdf(store) == graph


def test_the_order_of_triples_does_not_matter(graph: KnowledgeGraph) -> None:
    lines = sorted(str(triple) for triple in triples(graph, texts=True))
    random.Random(0).shuffle(lines)
    assert from_rdf(" .\n".join([*lines, ""]).encode()) == graph


# --------------------------------------------------------------------- texts


def test_without_texts_all_but_the_texts_comes_back(graph: KnowledgeGraph) -> None:
    found = from_rdf(to_turtle(graph))
    assert found.documents == tuple(replace(document, text="") for document in graph.documents)
    for name in NAMES[1:]:
        assert getattr(found, name) == getattr(graph, name)


def test_texts_can_be_given(graph: KnowledgeGraph) -> None:
    texts = {document.id: document.text for document in graph.documents}
    assert from_rdf(to_turtle(graph), texts=texts) == graph


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text + " ", r"doc.* has a text of \d+ characters, the one that is given has \d+"),
        (
            lambda text: text.swapcase(),
            r"north\.txt has '.*' at \d+-\d+, the RDF '.*': give the text that was read",
        ),
    ],
)
def test_another_text_is_refused(graph: KnowledgeGraph, change: Callable[[str], str], message: str) -> None:
    texts = {d.id: change(d.text) for d in graph.documents if d.path == "a/north.txt"}
    with pytest.raises(InputError, match=message):
        from_rdf(to_turtle(graph), texts=texts)


# -------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("node", "predicate", "message"),
    [
        (KG.Document, KG.sha256, "lacks kg:sha256"),
        (NIF.Context, NIF.endIndex, "lacks nif:endIndex"),
        (KG.EntityMention, KG.mentionKind, "lacks kg:mentionKind"),
        (KG.EventMention, KG.lemma, "lacks kg:lemma"),
        (KG.EventMention, KG.inSentence, "lacks kg:inSentence"),
        (KG.Argument, KG.role, "lacks kg:role"),
        (KG.Argument, KG.phrase, "lacks kg:phrase"),
        (KG.StatedRelation, KG.subjectMention, "lacks kg:subjectMention"),
        (KG.StatedRelation, KG.statedAt, "lacks kg:statedAt"),
        (KG.Relation, KG.property, "lacks kg:property"),
        (KG.MergeDecision, KG.rule, "lacks kg:rule"),
        (KG.Contradiction, KG.differsIn, "lacks kg:differsIn"),
        (KG.ConflictingClaim, KG.claimedIn, "lacks kg:claimedIn"),
        (KG.ConflictingClaim, KG.rank, "lacks kg:rank"),
        (KG.Publisher, None, "lacks rdfs:label"),
    ],
)
def test_what_is_missing_is_named_with_its_node(
    graph: KnowledgeGraph, node: ox.NamedNode, predicate: ox.NamedNode | None, message: str
) -> None:
    found = list(triples(graph, texts=True))
    without = {t.subject for t in found if t.object == node}
    kept = [t for t in found if not (t.subject in without and predicate in (None, t.predicate))]
    with pytest.raises(InputError, match=rf"^\S+ {message}: name RDF that kg wrote, or write it again$"):
        from_rdf(ox.serialize(kept, format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        (KG.status, KG.Name, "has 'kg:Name' as kg:status, which kg never writes"),
        (SCHEMA.datePublished, ox.Literal("17 Nov"), "has '17 Nov' as schema:datePublished"),
        (KG.granularity, ox.Literal("hour"), "has 'hour' as kg:granularity"),
        (KG.role, KG.Name, "has 'kg:Name' as kg:role"),
        (KG.phrase, ox.NamedNode("https://example.org/#char=1,2"), "is no #char=start,end of a kg:Document"),
        (NIF.endIndex, ox.Literal("many"), "has 'many' as nif:endIndex"),
    ],
)
def test_what_kg_never_writes_is_refused(
    graph: KnowledgeGraph, predicate: ox.NamedNode, value: Any, message: str
) -> None:
    changed = [
        ox.Triple(t.subject, t.predicate, value if t.predicate == predicate else t.object)
        for t in triples(graph, texts=True)
    ]
    with pytest.raises(InputError, match=message) as error:
        from_rdf(ox.serialize(changed, format=ox.RdfFormat.TURTLE))
    assert "\n" not in str(error.value)


def test_two_values_where_one_is_allowed(graph: KnowledgeGraph) -> None:
    entity = ox.NamedNode(graph.entities[0].id)
    store = load_store(to_turtle(graph, texts=True))
    store.add(
        ox.Quad(entity, ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"), ox.Literal("Other"))
    )
    with pytest.raises(InputError, match=r"^en:\S+ has 2 values of skos:prefLabel, at most one is allowed"):
        from_rdf(store)


def test_what_is_not_ours(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no record of kg"):
        from_rdf(b"<https://example.org/a> a <https://example.org/C> .")
    with pytest.raises(OutputError, match="is no Turtle"):
        from_rdf(b"<html>")
    with pytest.raises(OutputError, match=r"^cannot read .*graph\.ttl: No such file"):
        from_rdf(tmp_path)
    assert from_rdf(b"") == KnowledgeGraph()
    assert issubclass(InputError, KgError)


# ----------------------------------------------------------------- generated

WORDS = st.text("abc dE.é\n\"'\\", min_size=1, max_size=6)
TEXT = "In Kalma the army of Nordia struck at dawn, an envoy said. Oslo denied it, the army's own envoy told us.\n"


@st.composite
def spans(draw: st.DrawFn, document: Document, within: tuple[int, int] | None = None) -> Span:
    low, high = within or (0, len(document.text))
    start = draw(st.integers(low, high - 1))
    end = draw(st.integers(start + 1, min(high, start + 12)))
    return Span(document.id, start, end, document.text[start:end])


def heads(draw: st.DrawFn, span: Span) -> tuple[int, int]:
    start = draw(st.integers(span.start, span.end - 1))
    return start, draw(st.integers(start + 1, span.end))


class Maker:
    """Draws records that refer to each other as those of a build do."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.documents = self._documents()
        self.mentions: dict[Span, EntityMention] = {}
        self.times: dict[Span, TimeExpression] = {}
        self.entities = self._entities()
        self.triggers = sorted(
            {draw(spans(draw(st.sampled_from(self.documents)))) for _ in range(draw(st.integers(0, 4)))}
        )
        self.ids = {trigger: event_id("go", str(trigger)) for trigger in self.triggers}

    def some(self, values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def _documents(self) -> list[Document]:
        return sorted(
            (
                Document(
                    document_id(f"{n}.txt", "0" * 64, None), TEXT, f"{n}.txt", "0" * 64,
                    self.draw(st.none() | WORDS), self.draw(st.none() | WORDS), self.draw(st.none() | WORDS),
                    self.draw(st.none() | st.dates()),
                )
                for n in range(2)
            ),
            key=lambda document: document.id,
        )  # fmt: skip

    def _mention(self, span: Span) -> EntityMention:
        if span not in self.mentions:
            antecedent = self.some([None, *self.mentions])
            self.mentions[span] = EntityMention(
                span, heads(self.draw, span), self.some(ENTITY_TYPES), self.some(get_args(MentionKind)),
                antecedent, self.some([None, "FR"]),
            )  # fmt: skip
        return self.mentions[span]

    def _entities(self) -> tuple[Entity, ...]:
        made = []
        for n in range(self.draw(st.integers(0, 3))):
            found = {self.draw(spans(self.some(self.documents))) for _ in range(2)} - self.mentions.keys()
            mentions = tuple(self._mention(span) for span in sorted(found))
            label, where = f"E{n}", self.draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
            aliases = tuple(sorted(self.draw(st.sets(WORDS, max_size=2))))
            made.append(
                Entity(entity_id("Person", label), self.some(ENTITY_TYPES), label, aliases, mentions,
                       self.some([(), ("https://sws.geonames.org/1/",)]), *(where or (None, None)))
            )  # fmt: skip
        return tuple(sorted(made, key=lambda entity: entity.id))

    def any_mention(self, span: Span) -> EntityMention | None:
        return self.some([None, self._mention(span), *self.mentions.values()])

    def time(self, document: Document) -> TimeExpression | None:
        span = self.draw(spans(document))
        days = self.draw(st.none() | st.lists(st.dates(), min_size=2, max_size=2).map(sorted))
        made = TimeExpression(span, *(days or (None, None)), self.some([None, *get_args(Granularity)]))
        return self.some([None, self.times.setdefault(span, made)])

    def event_mention(self, trigger: Span) -> EventMention:
        document = next(d for d in self.documents if d.id == trigger.document)
        sentence = Span(
            document.id,
            trigger.start,
            document.text.index("\n") + 1,
            document.text[trigger.start : document.text.index("\n") + 1],
        )
        arguments = []
        for _ in range(self.draw(st.integers(0, 3))):
            span = self.draw(spans(document))
            arguments.append(
                Argument(
                    self.some(ROLES),
                    span,
                    heads(self.draw, span),
                    self.any_mention(span),
                    self.some([None, *self.triggers]),
                )
            )
        sources = []
        for _ in range(self.draw(st.integers(0, 3))):
            span = self.draw(spans(document))
            sources.append(Source(span, self.any_mention(span)))
        return EventMention(
            trigger, sentence, self.draw(WORDS), self.some(["go", "come"]), self.some(["Event", "Attack"]),
            tuple(dict.fromkeys(arguments)), self.some(STATUSES), tuple(dict.fromkeys(sources)), self.time(document),
            self.draw(WORDS),
        )  # fmt: skip

    def node(self) -> tuple[str | None, str | None]:
        known = [(entity.id, None) for entity in self.entities] + [(None, id) for id in self.ids.values()]
        return self.some([(None, None), *known])

    def event(self, trigger: Span) -> Event:
        mentions = (self.event_mention(trigger),)
        participants = ordered(
            Participant(self.some(ROLES), self.draw(WORDS), *self.node())
            for _ in range(self.draw(st.integers(0, 3)))
        )
        said = tuple(
            Attribution(self.draw(WORDS), self.node()[0]) for _ in range(self.draw(st.integers(0, 3)))
        )
        return Event(
            self.ids[trigger], self.some(["Event", "Attack"]), self.some([None, "ASSAULT"]), "go", self.draw(WORDS),
            participants, self.some(STATUSES), tuple(dict.fromkeys(said)), self.some([None, mentions[0].time]),
            tuple(in_order(mentions)), tuple(sorted(set(self.some([(), tuple(self.ids.values())])))),
        )  # fmt: skip

    def relations(self) -> tuple[Relation, ...]:
        made: dict[Any, Relation] = {}
        for entity in self.entities:
            for mention in entity.mentions:
                property, value = (
                    self.some(PROPERTIES),
                    self.draw(st.none() | WORDS | st.sampled_from(["41", "041"])),
                )
                other = self.some(self.entities)
                if value is None and (property == "age" or not other.mentions):
                    continue
                end = None if value is not None else other.mentions[0]
                span = mention.span
                stated = RelationMention(
                    mention, property, span, self.draw(WORDS), end, value, span if value else None
                )
                relation = Relation(entity.id, property, None if value else other.id, value, (stated,))
                made[entity.id, property, relation.object, value] = relation
        return tuple(
            sorted(made.values(), key=lambda r: (r.subject, r.property, r.object or "", r.value or ""))
        )

    def contradictions(self) -> tuple[Contradiction, ...]:
        if not self.triggers:
            return ()
        claims = []
        for _ in range(2):
            document = self.some(self.documents)
            inside = [trigger for trigger in self.triggers if trigger.document == document.id]
            if inside:
                said = tuple(
                    Attribution(self.draw(WORDS), self.node()[0]) for _ in range(self.draw(st.integers(0, 2)))
                )
                claims.append(Claim(self.draw(WORDS), self.draw(spans(document)), self.some(inside), tuple(dict.fromkeys(said)),
                                    document.publisher, document.published))  # fmt: skip
        kept = {(claim.value, claim.span, claim.trigger): claim for claim in claims}
        about = self.draw(st.none() | WORDS)
        return (
            Contradiction(
                self.ids[self.triggers[0]], self.some(get_args(Field)), about, tuple(kept.values())
            ),
        )

    def decisions(self) -> tuple[Decision, ...]:
        made = {
            Decision(self.some(["merge", "link"]), entity.id, self.some(["x y", "https://sws.geonames.org/2/"]),
                     self.draw(WORDS), self.draw(WORDS), self.draw(st.none() | WORDS))
            for entity in self.entities
        }  # fmt: skip
        return tuple(sorted(made, key=lambda d: (d.subject, d.object, d.rule, d.evidence)))

    def graph(self) -> KnowledgeGraph:
        events = tuple(sorted(map(self.event, self.triggers), key=lambda event: event.id))
        return KnowledgeGraph(
            tuple(self.documents), self.entities, events, self.relations(), self.decisions(),
            contradictions=self.contradictions(),
        )  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.composite(lambda draw: Maker(draw).graph())())
def test_generated_graphs_come_back(graph: KnowledgeGraph) -> None:
    turtle = to_turtle(graph, texts=True)
    found = from_rdf(turtle)
    for name in NAMES:
        assert getattr(found, name) == getattr(graph, name)
    assert to_turtle(found, texts=True) == turtle


# ------------------------------------------------------------------- corpora

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SHARED = Path(__file__).resolve().parents[3] / "shared"
UK = SHARED / "corpora" / "re3d" / "UK Government"


@pytest.fixture(scope="module")
def uk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles of re3d's UK Government part as files."""
    folder = tmp_path_factory.mktemp("uk")
    if (UK / "documents.json").is_file():
        for line in (UK / "documents.json").read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            (folder / f"{document['_id']}.txt").write_text(document["text"], encoding="utf-8", newline="")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("corpus", ["seeds", "real", "uk"])
def test_a_corpus_comes_back(tmp_path: Path, uk: Path, corpus: str) -> None:
    folder = {"seeds": SEEDS, "real": SHARED / "seeds", "uk": uk}[corpus]
    if not folder.is_dir() or not any(folder.iterdir()):
        pytest.skip(f"the maintainers' data folder is not there: {SHARED}")
    graph = kg.build(folder, out=tmp_path)
    assert from_rdf(tmp_path) == graph  # texts of the store
    turtle = to_turtle(graph, texts=True)
    found = from_rdf(turtle)
    assert found == graph
    assert to_turtle(found, texts=True) == turtle
    assert from_rdf(to_rdf(graph, texts=True)) == graph
