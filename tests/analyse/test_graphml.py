"""GraphML: read back equal, stable, and legal XML whatever the names."""

from dataclasses import replace
from pathlib import Path

import networkx as nx
from lxml import etree

from kg.analyse import to_networkx, write_graphml
from kg.analyse.graphml import _flat
from kg.graph import KnowledgeGraph


def test_networkx_reads_back_what_was_written(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "g.graphml"
    write_graphml(small_graph, path)
    back = nx.read_graphml(path, force_multigraph=True)
    flat = _flat(to_networkx(small_graph))
    assert dict(back.nodes(data=True)) == dict(flat.nodes(data=True))
    assert {
        (a, b, k): {n: v for n, v in d.items() if n != "id"}
        for a, b, k, d in back.edges(keys=True, data=True)
    } == {(a, b, k): d for a, b, k, d in flat.edges(keys=True, data=True)}


def test_the_same_graph_gives_the_same_bytes(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    shuffled = replace(
        small_graph,
        entities=tuple(reversed(small_graph.entities)),
        events=tuple(reversed(small_graph.events)),
        relations=tuple(reversed(small_graph.relations)),
    )
    for name, graph in (("a", small_graph), ("b", small_graph), ("c", shuffled)):
        write_graphml(graph, tmp_path / name)
    assert len({(tmp_path / name).read_bytes() for name in "abc"}) == 1


def test_names_that_xml_forbids(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    bad = "a\x00\x0b<b>&\ufffe\u202e\U0001f600"
    entities = tuple(replace(entity, label=bad, aliases=(bad,)) for entity in small_graph.entities)
    path = tmp_path / "g.graphml"
    write_graphml(replace(small_graph, entities=entities), path)
    etree.parse(path)
    labels = {data["label"] for _, data in nx.read_graphml(path).nodes(data=True) if data["kind"] == "entity"}
    assert labels == {"a��<b>&�\u202e\U0001f600"}


def test_nothing(tmp_path: Path) -> None:
    write_graphml(KnowledgeGraph(), tmp_path / "g.graphml")
    assert len(nx.read_graphml(tmp_path / "g.graphml")) == 0
