"""Canonical bytes, and Turtle that two readers read alike whatever the names are."""

import hashlib
import os
import random
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.datamodel import (
    Attribution,
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
)
from kg.errors import KgError, OutputError
from kg.graph import KnowledgeGraph
from kg.ids import document_id, entity_id, event_id
from kg.rdf import PREFIXES, to_rdf, to_turtle, triples, write_turtle


def as_set(data: bytes) -> set[tuple[str, str, str]]:
    parsed = ox.parse(data, ox.RdfFormat.TURTLE)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in parsed}


def as_set_by_rdflib(rdf_graph: rdflib.Graph) -> set[tuple[str, str, str]]:
    def term(node: rdflib.term.Node) -> str:
        if isinstance(node, rdflib.URIRef):
            return str(ox.NamedNode(str(node)))
        assert isinstance(node, rdflib.Literal)
        datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
        return str(
            ox.Literal(str(node), language=node.language, datatype=None if node.language else datatype)
        )

    return {(term(s), term(p), term(o)) for s, p, o in rdf_graph}


def as_set_of_triples(graph: KnowledgeGraph) -> set[tuple[str, str, str]]:
    return {(str(t.subject), str(t.predicate), str(t.object)) for t in triples(graph)}


# ---------------------------------------------------------------- canonical


def test_reads_back_as_the_same_triples(graph: KnowledgeGraph) -> None:
    assert as_set(to_turtle(graph)) == as_set_of_triples(graph)


def test_order_of_the_records_does_not_matter(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    expected = to_turtle(graph, run=run)
    for seed in range(5):
        chance = random.Random(seed)

        def shuffled(records: tuple, chance: random.Random = chance) -> tuple:  # type: ignore[type-arg]
            return tuple(chance.sample(records, len(records)))

        events = tuple(
            replace(e, participants=shuffled(e.participants), mentions=shuffled(e.mentions))
            for e in graph.events
        )
        entities = tuple(
            replace(e, mentions=shuffled(e.mentions), aliases=shuffled(e.aliases)) for e in graph.entities
        )
        other = KnowledgeGraph(
            shuffled(graph.documents), shuffled(entities), shuffled(events), shuffled(graph.relations),
            shuffled(graph.decisions), contradictions=shuffled(graph.contradictions),
        )  # fmt: skip
        assert to_turtle(other, run=run) == expected


def test_the_hash_seed_does_not_matter(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    """Two fresh interpreters write the bytes that this one does."""
    tests, project = Path(__file__).parent, Path(__file__).parents[2]
    program = (
        "import hashlib, runpy\nfrom kg.rdf import to_turtle\n"
        f"made = runpy.run_path({str(tests / 'conftest.py')!r})\n"
        "print(hashlib.sha256(to_turtle(made['build'](), run=made['RUN'])).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(project)},
        ).stdout
        for seed in ("0", "5")
    }  # fmt: skip
    assert digests == {hashlib.sha256(to_turtle(graph, run=run)).hexdigest() + "\n"}


def test_each_subject_stands_in_one_place_and_triples_once(
    graph: KnowledgeGraph, run: dict[str, object]
) -> None:
    found = list(triples(graph, run=run))
    assert len(found) == len(set(found))
    subjects = [found[0].subject, *(b.subject for a, b in pairwise(found) if a.subject != b.subject)]
    assert len(subjects) == len(set(subjects))


def test_the_header_is_sorted_and_complete(graph: KnowledgeGraph) -> None:
    header = to_turtle(graph).decode().split("\n\n")[0].splitlines()
    assert header == [f"@prefix {name}: <{PREFIXES[name]}> ." for name in sorted(PREFIXES)]


def test_batches_do_not_show(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = as_set(to_turtle(graph))
    monkeypatch.setattr("kg.rdf.turtle._BATCH", 1)
    data = to_turtle(graph)
    assert data.count(b"@prefix") == len(PREFIXES)
    assert as_set(data) == expected


def test_an_empty_graph_is_valid_turtle() -> None:
    assert as_set(to_turtle(KnowledgeGraph())) == set()


# ------------------------------------------------------------------- files


def test_writes_a_file_or_an_open_one(graph: KnowledgeGraph, tmp_path: Path) -> None:
    buffer = BytesIO()
    write_turtle(graph, buffer)
    write_turtle(graph, tmp_path / "graph.ttl")
    assert (tmp_path / "graph.ttl").read_bytes() == buffer.getvalue() == to_turtle(graph)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_failed_write_leaves_the_old_file(graph: KnowledgeGraph, tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    target.write_bytes(b"old")
    broken = replace(graph, entities=(*graph.entities, Entity("~ no IRI", "Person", "X")))
    with pytest.raises(KgError, match="is no IRI"):
        write_turtle(broken, target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_folder_that_is_not_there_is_one_line(graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(
        OutputError, match=r"^cannot write .*nowhere.graph\.ttl: .*; choose a folder"
    ) as error:
        write_turtle(graph, tmp_path / "nowhere" / "graph.ttl")
    assert "\n" not in str(error.value)


# ------------------------------------------------------------- differential

HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.sampled_from(
        [
            'x\n...\\"', '"""', '\\"""', "'''", "\\", '\\"', "a\r\nb", "\r", "\x85", "\u2028\u2029", "\x00\x1b[31m",
            "1º ª", "<script>alert(1)</script>", "https://x.org/a b", "http://[", "%zz", "@en", '"@en', "^^<x>", "#", ".",
            "\ud800", "\ufffe", "👩‍👩‍👧", "\u202eevil", "Vla\u200bdimir", "{}|^`<>", "\\u0041", "\\U0001F600", " ", "",
            "https://example.org/ok", "26", "-0", "٣",
        ]
    ),
)  # fmt: skip
DAYS = st.none() | st.dates()
FLOATS = st.none() | st.floats()


@st.composite
def hostile_graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Return a graph whose every string is hostile, with ids as `kg.ids` mints them."""
    words = [draw(HOSTILE) for _ in range(12)]
    text = "".join(words) or "x"
    id = document_id(words[0], words[1], words[2])
    document = Document(id, text, words[0], words[1], words[2], words[3] or None, words[4], draw(DAYS), "en")
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    span = Span(id, start, end, text[start:end])
    mention = EntityMention(span, span.range, "Person", "name")
    entity = Entity(
        entity_id("Person", words[5]), "Person", words[5], (words[6],), (mention,), (), draw(FLOATS), draw(FLOATS)
    )  # fmt: skip
    event_mention = EventMention(
        span,
        Span(id, 0, len(text), text),
        words[7],
        words[8],
        "Event",
        (),
        "asserted",
        (Source(span),),
        None,
        words[9],
    )
    event = Event(
        event_id(words[8], text), "Event", None, words[8], words[10],
        (Participant("agent", words[5], entity.id), Participant("patient", words[11]), Participant("topic", "", entity.id)),
        "asserted", (Attribution(words[4]),), None, (event_mention,),
    )  # fmt: skip
    relations = tuple(
        Relation(entity.id, property, None, words[6], (RelationMention(mention, property, span, words[7]),))
        for property in ("age", "holdsPosition", "memberOf")
    )
    decision = Decision("merge", entity.id, words[6], words[7], words[8], words[9])
    return KnowledgeGraph((document,), (entity,), (event,), relations, (decision,))  # type: ignore[arg-type]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(hostile_graphs())
def test_two_readers_read_what_was_meant(graph: KnowledgeGraph) -> None:
    data = to_turtle(graph, texts=True)
    meant = {(str(t.subject), str(t.predicate), str(t.object)) for t in triples(graph, texts=True)}
    assert as_set(data) == meant
    read = rdflib.Graph().parse(data=data, format="turtle")
    assert as_set_by_rdflib(read) == meant
    assert set(to_rdf(graph, texts=True)) == set(read)


def test_to_rdf_equals_the_turtle_read_back(graph: KnowledgeGraph, run: dict[str, object]) -> None:
    made = to_rdf(graph, run=run)
    read = rdflib.Graph().parse(data=to_turtle(graph, run=run), format="turtle")
    only_made, only_read = set(made) - set(read), set(read) - set(made)
    assert (only_made, only_read) == (set(), set())
    assert dict(made.namespaces())["kg"] == rdflib.URIRef(PREFIXES["kg"])


def test_no_name_gets_into_an_iri(graph: KnowledgeGraph) -> None:
    nasty = 'a b<>"{}|^`\\ é'
    entity = replace(graph.entities[0], id=entity_id("Person", nasty), label=nasty, aliases=(nasty + "x",))
    relation = replace(graph.relations[0], subject=entity.id, value=nasty)
    event = replace(graph.events[0], predicate=nasty, participants=(Participant("agent", nasty, entity.id),))
    found = triples(KnowledgeGraph(graph.documents, (entity,), (event,), (relation,)), run={nasty: nasty})
    nodes = {node.value for t in found for node in t if isinstance(node, ox.NamedNode)}
    ours = {node for node in nodes if node.startswith("https://w3id.org/kg/")}
    assert entity.id in ours
    for node in ours:
        assert set(node) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_#=,:/.")
