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
from hostile import EXAMPLES, HOSTILE, hostile_graphs
from hypothesis import given, settings
from two_readers import by_oxigraph, by_rdflib, terms

from kg.datamodel import Entity, Participant
from kg.errors import KgError, OutputError
from kg.graph import KnowledgeGraph
from kg.ids import entity_id
from kg.rdf import PREFIXES, to_rdf, to_turtle, triples, write_turtle

# ---------------------------------------------------------------- canonical


def test_reads_back_as_the_same_triples(graph: KnowledgeGraph) -> None:
    assert by_oxigraph(to_turtle(graph), "turtle") == terms(triples(graph))


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
    expected = by_oxigraph(to_turtle(graph), "turtle")
    monkeypatch.setattr("kg.rdf.formats.turtle._BATCH", 1)
    data = to_turtle(graph)
    assert data.count(b"@prefix") == len(PREFIXES)
    assert by_oxigraph(data, "turtle") == expected


def test_an_empty_graph_is_valid_turtle() -> None:
    assert by_oxigraph(to_turtle(KnowledgeGraph()), "turtle") == set()


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


@settings(max_examples=EXAMPLES)
@given(hostile_graphs(), HOSTILE, HOSTILE)
def test_two_readers_read_what_was_meant(graph: KnowledgeGraph, key: str, value: str) -> None:
    run = {key: value}
    data = to_turtle(graph, run=run, texts=True)
    meant = terms(triples(graph, run=run, texts=True))
    assert by_oxigraph(data, "turtle") == meant
    assert by_rdflib(data, "turtle") == meant
    assert set(to_rdf(graph, run=run, texts=True)) == set(rdflib.Graph().parse(data=data, format="turtle"))


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
